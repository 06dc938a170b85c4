"""Results through the API: what the days of a period achieved."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from hub import indicators
from hub.api.callers import caller_of
from hub.api.doors import Door
from hub.api.shapes import Day, PublicId
from hub.core.results import results_of
from hub.core.scopes import Scope

router = Door(tags=["results"])
HIDDEN = "Null: hidden, fewer than five households stand behind it."


class SourceOut(Schema):
    """Money of one source, such as a grant of the fund or a programme."""

    source: str = Field(alias="detail", description="Empty: small ones together.")
    amount_cents: int | None = Field(alias="value", description=HIDDEN)


class GroupOut(Schema):
    """Households that one group reached."""

    group: str = Field(alias="detail", description="Empty: small ones together.")
    num_households: int | None = Field(alias="num_people", description=HIDDEN)


class ComparedOut(Schema):
    """Driving together beside every farm driving alone."""

    driven: int
    alone: int
    saved: int
    saved_bps: int | None = Field(description="Hundredths of a percent of alone.")


class ClassOut(Schema):
    """Trucks and temperatures of one class."""

    temperature_class: Literal["frozen", "chilled", "ambient"] = Field(alias="code")
    filling_bps: int = Field(
        description="How full trucks were at their fullest, in hundredths of a percent."
    )
    readings: int
    breaches: int = Field(description="Readings that were too warm.")


class ResultsOut(Schema):
    """The figures of a period, of goods really delivered."""

    hub_id: PublicId
    since: date
    until: date
    num_days: int = Field(description="Settled days in the period.")
    taken_at: datetime | None = Field(description="When the latest was counted.")
    farm_paid_cents: int
    buyer_invoiced_cents: int
    mass_delivered_g: int
    fund_drawn: list[SourceOut]
    fund_drawn_cents: int | None = Field(description=HIDDEN)
    envelope_paid: list[SourceOut]
    fund_given_cents: int = Field(description="Given to the fund by buyers.")
    solidarity_cents: int | None = Field(
        description="What fund and envelopes paid. " + HIDDEN
    )
    households: list[GroupOut]
    num_households: int | None = Field(description=HIDDEN)
    transport_cents: ComparedOut = Field(description="Cost of transport, in cents.")
    distance_m: ComparedOut = Field(description="In metres.")
    co2e_g: ComparedOut = Field(description="Greenhouse gases, in grams of CO2e.")
    num_stops_timed: int = Field(description="Stops whose hour was noted.")
    on_time_bps: int | None = Field(
        description="Of them, on time, in hundredths of a percent."
    )
    classes: list[ClassOut]


class PeriodFilter(Schema):
    """From one day to another, both included."""

    since: Day | None = Field(None, description="Thirty days before `until` if absent.")
    until: Day | None = Field(None, description="Today when absent.")


@router.read(
    "/results",
    scope=Scope.RESULTS_READ,
    roles=("coordinator", "funder"),
    out=ResultsOut,
)
def results(request: HttpRequest, asked: Query[PeriodFilter]) -> dict[str, Any]:
    """What the settled days of one's hub achieved, as on the page of results.

    Groups of fewer than five households are put together, or hidden with every sum that
    would give them away.
    """
    hub = caller_of(request).acting.hub
    until = asked.until or timezone.localdate()
    since = min(asked.since or until - timedelta(days=30), until)
    totals = indicators.totals_between(hub, since=since, until=until)
    found = results_of(totals)
    return {
        "hub_id": hub.public_id,
        "since": since,
        "until": until,
        "num_days": totals.num_days,
        "taken_at": indicators.taken_at(hub, since=since, until=until),
        "farm_paid_cents": totals.value("farm_paid"),
        "buyer_invoiced_cents": totals.value("buyer_invoiced"),
        "mass_delivered_g": totals.value("mass_delivered"),
        "fund_drawn": found.drawn,
        "fund_drawn_cents": found.drawn_cents,
        "envelope_paid": found.envelopes,
        "fund_given_cents": found.given_cents,
        "solidarity_cents": found.solidarity_cents,
        "households": found.households,
        "num_households": found.num_households,
        "transport_cents": found.compared["transport"],
        "distance_m": found.compared["distance"],
        "co2e_g": found.compared["co2e"],
        "num_stops_timed": totals.value("stops_timed"),
        "on_time_bps": found.on_time_bps,
        "classes": found.classes,
    }
