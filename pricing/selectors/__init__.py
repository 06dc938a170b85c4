"""Every read of pricing: terms of a hub, tiers open to a buyer, state of the fund."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from hub import selectors as hub_selectors
from hub.ledger import statements
from hub.ledger.core.accounts import AccountRef, hold_account
from pricing import accounts
from pricing.core.funding import MoneyLot
from pricing.core.runway import GuardState, Thresholds, guard, runway
from pricing.models import (
    FeeRule,
    FundLot,
    MarginRule,
    SolidarityFund,
    SupportLimit,
    TaxRate,
    TierAgreement,
    TierMultiplier,
    TransportRule,
)
from pricing.selectors.terms import (
    TermsForBuyer,
    TierChoice,
    require_tier,
    tax_rates,
    terms_book,
    terms_for,
    tier_choices,
    tiers_of,
    tiers_open_to,
)

if TYPE_CHECKING:
    from hub.models import Organization

__all__ = [
    "DRAW_KIND",
    "RETURN_KIND",
    "RUNWAY_WEEKS",
    "FundState",
    "TermsForBuyer",
    "TierChoice",
    "account_code",
    "agreements_of",
    "buyers_of",
    "fees_of",
    "fund_of",
    "fund_state",
    "general_lot",
    "held_cents",
    "limits_of",
    "lots_of",
    "lots_open_on",
    "margins_of",
    "money_lots",
    "multipliers_of",
    "public_fund_of",
    "require_tier",
    "tax_rates",
    "taxes_of",
    "terms_book",
    "terms_for",
    "tier_choices",
    "tiers_of",
    "tiers_open_to",
    "transport_of",
]

RUNWAY_WEEKS = 8
"""How many past weeks the pace of the fund is measured on."""

DRAW_KIND = "fund-draw"
"""The ledger kind of holds on the fund, by which its pace is counted."""

RETURN_KIND = "fund-return"
"""The ledger kind of money that goes back to its funder."""


def margins_of(*, hub_id: int) -> QuerySet[MarginRule]:
    """Every margin a hub has set, the latest first."""
    return MarginRule.objects.filter(hub_id=hub_id)


def transport_of(*, hub_id: int) -> QuerySet[TransportRule]:
    """Every transport part a hub has set, the latest first."""
    return TransportRule.objects.filter(hub_id=hub_id).order_by("-starts_on", "id")


def multipliers_of(*, hub_id: int) -> QuerySet[TierMultiplier]:
    """Every dated multiplier of a hub's tiers, the latest first."""
    return TierMultiplier.objects.filter(tier__hub_id=hub_id).select_related("tier")


def fees_of(*, hub_id: int) -> QuerySet[FeeRule]:
    """Every fee a hub has set for a leg, the latest first."""
    return FeeRule.objects.filter(hub_id=hub_id).order_by("-starts_on", "id")


def taxes_of() -> QuerySet[TaxRate]:
    """The sales taxes by class of goods, with their days."""
    return TaxRate.objects.order_by("goods_class", "code", "-starts_on")


def limits_of(*, hub_id: int) -> QuerySet[SupportLimit]:
    """Every limit of support that a hub has set, the latest first."""
    return SupportLimit.objects.filter(hub_id=hub_id).select_related("buyer", "grant")


def buyers_of(*, hub_id: int) -> QuerySet["Organization"]:
    """Who may be granted a tier, or be the only ones a money lot pays for."""
    kinds = ["buyer_group", "institution"]
    return (
        hub_selectors.members_of_hubs([hub_id])
        .filter(kind__in=kinds)
        .order_by("name", "pk")
    )


def agreements_of(*, hub_id: int) -> QuerySet[TierAgreement]:
    """Every agreement of a hub, the latest first."""
    return TierAgreement.objects.filter(tier__hub_id=hub_id).select_related(
        "tier", "buyer"
    )


def lots_open_on(*, hub_id: int, on: date) -> QuerySet[FundLot]:
    """The money lots that still take money: those whose last day is to come."""
    return lots_of(hub_id=hub_id).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def lots_of(*, hub_id: int) -> QuerySet[FundLot]:
    """The money lots of a hub's fund, those that end first at the top."""
    return (
        FundLot.objects.filter(fund__hub_id=hub_id)
        .select_related("fund__hub")
        .prefetch_related("eligible_groups")
    )


def account_code(lot: FundLot) -> str:
    """The ledger account of a lot."""
    return accounts.fund_lot(hub=lot.fund.hub.public_id, lot=lot.public_id).code


def general_lot(*, hub_id: int) -> AccountRef | None:
    """The ledger account that contributions come to; None without a fund."""
    lots = FundLot.objects.filter(fund__hub_id=hub_id, is_general=True)
    lot = lots.select_related("fund__hub").first()
    return AccountRef(account_code(lot), floored=True) if lot else None


def money_lots(lots: Iterable[FundLot]) -> list[MoneyLot]:
    """The lots as the choosing rule wants them, with what each holds now."""
    known = {account_code(lot): lot for lot in lots}
    balances = statements.balances_of(known)
    return [
        MoneyLot(
            code=code,
            balance_cents=balances[code],
            ends_on=lot.ends_on,
            eligible_groups=frozenset(
                group.public_id for group in lot.eligible_groups.all()
            )
            or None,
        )
        for code, lot in known.items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FundState:
    """How a fund stands: free money, money held for orders, weeks it lasts."""

    free_cents: int
    held_cents: int
    weekly_draw_cents: int
    weeks: int | None
    guard: GuardState

    @property
    def balance_cents(self) -> int:
        """All that was given and not yet spent: free and held."""
        return self.free_cents + self.held_cents


def fund_state(*, fund: SolidarityFund, on: date) -> FundState:
    """Read a fund's state from the ledger, in three sums whatever its history."""
    hub = fund.hub.public_id
    lots = accounts.fund_prefix(hub=hub)
    free_cents = statements.total_cents(lots)
    held_cents = statements.total_cents(accounts.fund_holds_prefix(hub=hub))
    since = on - timedelta(weeks=RUNWAY_WEEKS)
    drawn_cents = -statements.moved_cents(lots, kind=DRAW_KIND, since=since)
    pace = runway(free_cents, 0, [drawn_cents] + [0] * (RUNWAY_WEEKS - 1))
    return FundState(
        free_cents=free_cents,
        held_cents=held_cents,
        weekly_draw_cents=drawn_cents // RUNWAY_WEEKS,
        weeks=pace.weeks,
        guard=guard(
            pace, Thresholds(warn_weeks=fund.warn_weeks, stop_weeks=fund.stop_weeks)
        ),
    )


def fund_of(*, hub_id: int) -> SolidarityFund | None:
    """The hub's fund, if it has one."""
    return SolidarityFund.objects.filter(hub_id=hub_id).select_related("hub").first()


def public_fund_of(*, hub_public_id: str) -> SolidarityFund | None:
    """The fund of a hub that shows it to everybody."""
    shown = SolidarityFund.objects.filter(is_public=True, hub__is_active=True)
    return shown.select_related("hub").filter(hub__public_id=hub_public_id).first()


def held_cents(hold_key: str) -> int:
    """What is still held under a key; zero for no key."""
    return statements.balance_cents(hold_account(hold_key).code) if hold_key else 0
