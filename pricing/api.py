"""Prices through the API: how one is made, and how the solidarity fund stands."""

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Field, Query, Schema

from hub.api import Caller, Door, PublicId, caller_of
from hub.core.scopes import Scope
from pricing import indicators, selectors
from pricing.indicators import LotSeen
from pricing.models import SolidarityFund

router = Door(tags=["prices"])
Guard = Literal["ok", "warn", "stop"]


class MarginOut(Schema):
    """The hub's margin: `F = P(1 + rate) + T`, or `F = (P + T) / (1 − rate)`."""

    basis: Literal["markup_on_cost", "commission_on_price"]
    rate_bps: int = Field(description="In hundredths of a percent.")


class UnitOut(Schema):
    """The parts of one selling unit before taxes.

    Always: `full = farm + transport + margin = price + draw + rounding`.
    """

    farm_cents: int
    transport_cents: int
    margin_cents: int
    full_price_cents: int
    price_cents: int = Field(description="What a buyer of this tier pays.")
    draw_cents: int = Field(
        description="What the solidarity fund adds; below zero, what it is given."
    )
    rounding_cents: int


class TierOut(Schema):
    """One tier, with the example priced at it."""

    code: str = Field(alias="tier.code")
    multiplier_bps: int = Field(
        alias="tier.multiplier_bps",
        description="Of the full price, in hundredths of a percent.",
    )
    needs_agreement: bool = Field(alias="tier.needs_agreement")
    example: UnitOut = Field(alias="unit")


class PricesOut(Schema):
    """How a price is made: a chilled case of 10 kg for which a farm asks 20 dollars."""

    hub_id: PublicId
    on: date
    margin: MarginOut
    transport_cents_per_kg: int = Field(description="Of chilled goods.")
    tiers: list[TierOut]
    open_tiers: list[str] = Field(
        description="The codes of those one's own organization may order at."
    )


class LotOut(Schema):
    """Money of one source, with its own end and whom it may pay for."""

    id: PublicId = Field(alias="lot.public_id")
    source: str
    is_general: bool = Field(
        alias="lot.is_general", description="Where contributions come to."
    )
    ends_on: date | None = Field(alias="lot.ends_on")
    group_ids: list[PublicId] = Field(description="Empty: it may pay for everybody.")
    free_cents: int = Field(alias="balance_cents", description="Not held, not spent.")

    @staticmethod
    def resolve_source(seen: LotSeen) -> str:
        return gettext(seen.lot.source)

    @staticmethod
    def resolve_group_ids(seen: LotSeen) -> list[str]:
        return [group.public_id for group in seen.lot.eligible_groups.all()]


class FundOut(Schema):
    """The solidarity fund. Always: `balance = free + held`."""

    hub_id: PublicId
    balance_cents: int
    free_cents: int
    held_cents: int = Field(description="Promised to orders that are not billed yet.")
    weekly_draw_cents: int = Field(description="On average over eight weeks.")
    weeks: int | None = Field(description="How long it lasts; null: without end.")
    guard: Guard = Field(
        description="`stop`: it makes no new promise; `warn`: it will soon."
    )
    warn_weeks: int
    stop_weeks: int
    lots: list[LotOut] = Field(description="Those that end first at the top.")


class FundMovementOut(Schema):
    """One movement of the fund's free money."""

    on: date = Field(alias="effective_on")
    kind: str = Field(description="`fund-deposit`, `fund-draw`, `sale`…")
    verb: str = Field(description="`post`, `hold`, `capture`, `release`, `reverse`.")
    memo: str
    amount_cents: int
    free_cents: int = Field(alias="balance_cents", description="Free after it.")


class FundMovementsOut(Schema):
    """A page of movements, the latest first."""

    items: list[FundMovementOut]
    page: int
    num_pages: int


class FundPage(Schema):
    """Which page; one too far is the last."""

    page: int = Field(1, ge=1, le=100_000)


@router.read("/prices", scope=Scope.PRICES_READ, out=PricesOut)
def prices(request: HttpRequest) -> dict[str, Any]:
    """How a price is made in one's hub today; 404 until the hub has set its prices."""
    caller = caller_of(request)
    hub, today = caller.acting.hub, timezone.localdate()
    example = indicators.worked_example(hub_id=hub.pk, on=today)
    if example is None:
        raise Http404
    tiers = selectors.tiers_open_to(
        hub_id=hub.pk, buyer_id=caller.acting.organization.pk, on=today
    )
    return {
        "hub_id": hub.public_id,
        "on": today,
        "margin": example.margin,
        "transport_cents_per_kg": example.transport_cents_per_kg,
        "tiers": example.tiers,
        "open_tiers": [tier.code for tier in tiers],
    }


@router.read("/fund", scope=Scope.FUND_READ, roles=("coordinator",), out=FundOut)
def fund(request: HttpRequest) -> dict[str, Any]:
    """How the solidarity fund of one's hub stands, lot by lot; 404 without a fund."""
    mine = _fund(caller_of(request))
    today = timezone.localdate()
    state = selectors.fund_state(fund=mine, on=today)
    return {
        "hub_id": mine.hub.public_id,
        "balance_cents": state.balance_cents,
        "free_cents": state.free_cents,
        "held_cents": state.held_cents,
        "weekly_draw_cents": state.weekly_draw_cents,
        "weeks": state.weeks,
        "guard": state.guard,
        "warn_weeks": mine.warn_weeks,
        "stop_weeks": mine.stop_weeks,
        "lots": indicators.lots_seen(fund=mine, on=today),
    }


@router.read(
    "/fund/movements",
    scope=Scope.FUND_READ,
    roles=("coordinator",),
    out=FundMovementsOut,
)
def fund_movements(request: HttpRequest, asked: Query[FundPage]) -> dict[str, Any]:
    """What came into the fund's free money and left it, forty movements a page."""
    found = indicators.journal(fund=_fund(caller_of(request)), page=asked.page)
    return {
        "items": found.movements,
        "page": found.number,
        "num_pages": found.num_pages,
    }


def _fund(caller: Caller) -> SolidarityFund:
    mine = selectors.fund_of(hub_id=caller.acting.organization.pk)
    if mine is None:
        raise Http404
    return mine
