"""The simulator of the solidarity fund: other prices tried on the past, and advice."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.core.errors import DomainError
from hub.doors import acting_as, acting_of, sentence_of, table_file, wants_file
from orders import selectors
from orders.exchange import tables
from orders.forms import RecommendForm, SimulatorForm
from orders.selectors import TierPast
from pricing import selectors as pricing_selectors
from pricing.core.simulation import (
    DEMAND_NAMES,
    HORIZON_WEEKS,
    Lasting,
    Replayed,
    Simulation,
    simulate,
)
from pricing.core.solve.recommending import Recommendation, Wish, recommend

USUAL = {"coverage": 25, "wanted": 80, "support_most": 125, "num_weeks": 26}


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it was and as it would have been; money in cents."""

    starts_on: date
    real_drawn_cents: int
    real_given_cents: int
    drawn_cents: int
    given_cents: int
    net_cents: int


@dataclass(frozen=True, slots=True)
class Band:
    """How long the fund lasts by one scenario, in weeks and as a picture 312 wide."""

    name: str
    lasting: Lasting
    x: int
    width: int
    middle_x: int


@require_GET
@acting_as("coordinator")
def simulator(request: HttpRequest) -> HttpResponse:
    """Try other multipliers and shares on the past year; nothing is changed by it."""
    hub = acting_of(request).organization
    today = timezone.localdate()
    past = selectors.tier_past(hub=hub, until=today)
    fund = pricing_selectors.fund_of(hub_id=hub.pk)
    free_cents = 0
    if fund is not None:
        free_cents = pricing_selectors.fund_state(fund=fund, on=today).free_cents
    tiers = list(pricing_selectors.tiers_of(hub_id=hub.pk, on=today))
    form = SimulatorForm(request.GET, tiers=tiers, value_cents=past.value_by_tier)
    context: dict[str, Any] = {
        "form": form,
        "fund": fund,
        "free_cents": free_cents,
        "past": past,
        "tiers": tiers,
        **_advised(request, past, free_cents),
    }
    if past.weeks and tiers and form.is_valid():
        try:
            found = simulate(
                past.weeks,
                multipliers_bps=form.multipliers_bps(),
                shares=form.shares(),
                fund_cents=free_cents,
            )
        except DomainError as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            months = _months(found, past)
            if wants_file(request):
                return table_file(request, (tables.SIMULATED_MONTHS, months))
            context |= {"found": found, "months": months, "bands": _bands(found)}
    return render(request, "orders/simulator.html", context)


def _advised(request: HttpRequest, past: TierPast, free_cents: int) -> dict[str, Any]:
    """The form of the advice, and the advice itself once it is asked for."""
    is_asked = "coverage" in request.GET
    form = RecommendForm(request.GET if is_asked else None, initial=USUAL)
    if not (is_asked and past.weeks and form.is_valid()):
        return {"advice_form": form}
    told = form.cleaned_data
    value = past.value_by_tier
    rest_cents = max(value["juste_prix"], 0) + max(value["soutien"], 0)
    try:
        advice: Recommendation = recommend(
            Wish(
                coverage_bps=told["coverage"] * 100,
                support_share_bps=10_000
                * max(value["soutien"], 0)
                // (rest_cents or 1),
                wanted_percent=told["wanted"],
                support_most_percent=told["support_most"],
                weekly_value_cents=sum(value.values()) // len(past.weeks),
                fund_cents=free_cents,
                num_weeks=told["num_weeks"],
            )
        )
    except DomainError as refusal:
        form.add_error(None, sentence_of(refusal))
        return {"advice_form": form}
    return {"advice_form": form, "advice": advice, "wish": told}


def _months(found: Simulation, past: TierPast) -> list[Month]:
    return [_month(month, past.real_cents) for month in found.months]


def _month(month: Replayed, real_cents: dict[date, tuple[int, int]]) -> Month:
    drawn, given = real_cents.get(month.starts_on, (0, 0))
    return Month(
        month.starts_on,
        drawn,
        given,
        month.drawn_cents,
        month.given_cents,
        month.net_cents,
    )


def _bands(found: Simulation) -> list[Band]:
    return [_band(each) for each in found.lasting]


def _band(lasting: Lasting) -> Band:
    low, middle, high = (
        2 * (HORIZON_WEEKS if weeks is None else weeks)
        for weeks in (lasting.low, lasting.middle, lasting.high)
    )
    return Band(
        name=DEMAND_NAMES[lasting.demand],
        lasting=lasting,
        x=low,
        width=max(high - low, 2),
        middle_x=middle,
    )
