"""Rows of the tables of routing whose page shows them nested: one line for each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hub.templatetags.words import clock, mass, money, volume
from routing.exchange.words import temperature
from routing.selectors.calendar import SeenLoan, TruckWeek
from routing.selectors.docks import DockSheet
from routing.selectors.settling import Since
from routing.selectors.sheets import Handled, RouteSheet, StopSheet
from routing.selectors.under_way import RoadRoute

if TYPE_CHECKING:
    from orders.models import Shipment
    from routing.models import Vehicle


def vehicle_rows(vehicles: Iterable["Vehicle"]) -> Iterator[dict[str, Any]]:
    """Each truck with what its compartments hold."""
    for vehicle in vehicles:
        holds = [
            f"{temperature(each.temperature_class)} {mass(each.capacity_kg * 1_000)}"
            f" · {volume(each.capacity_l * 1_000)}"
            for each in vehicle.compartments.all()
        ]
        yield {"vehicle": vehicle, "holds": holds}


def shipment_rows(shipments: Iterable["Shipment"]) -> Iterator[dict[str, Any]]:
    """Each shipment with its grams by temperature class."""
    for shipment in shipments:
        amounts = list(shipment.amounts.all())
        masses_g = Counter({each.temperature_class: each.mass_g for each in amounts})
        yield {
            "shipment": shipment,
            "masses_g": masses_g,
            "volume_ml": sum(each.volume_ml for each in amounts),
        }


def stops_of(sheets: Iterable[RouteSheet]) -> list[StopSheet]:
    """The stops of several routes, route by route."""
    return [stop for sheet in sheets for stop in sheet.stops]


def turns_of(docks: Iterable[DockSheet]) -> Iterator[dict[str, Any]]:
    """Each turn of a truck at a dock, with what changes trucks there."""
    for dock in docks:
        for turn in dock.turns:
            yield {
                "dock": dock,
                "turn": turn,
                "brings": [_said(h, h.shipment.producer.name) for h in turn.brings],
                "takes": [_said(h, h.shipment.drop_point.name) for h in turn.takes],
            }


def _said(handled: Handled, name: str) -> str:
    return f"{name} {mass(sum(load.mass_g for load in handled.amounts))}"


def road_rows(routes: Iterable[RoadRoute]) -> list[dict[str, Any]]:
    """Each stop of the day under way with its truck."""
    return [{"road": road, "at": at} for road in routes for at in road.stops]


def correction_rows(since: Iterable[Since]) -> list[dict[str, Any]]:
    """What was corrected since a day was settled, hub by hub."""
    return [
        {"hub": each.part.hub.name, "row": row}
        for each in since
        for row in each.corrections
    ]


def week_rows(trucks: Iterable[TruckWeek]) -> Iterator[dict[str, Any]]:
    """Each truck on each day; of loans between others, no more than the page says."""
    for truck in trucks:
        for day in truck.days:
            yield _day_row(truck, day.on, day.is_in_pool, day.loans)


def _day_row(
    truck: TruckWeek, on: date, is_in_pool: bool, loans: Iterable[SeenLoan]
) -> dict[str, Any]:
    told = (_loan(each) for each in loans)
    return {
        "truck": truck.vehicle.name,
        "owner": truck.vehicle.owner.name,
        "on": on,
        "is_in_pool": is_in_pool,
        "loans": [words for words in told if words],
    }


def _loan(seen: SeenLoan) -> str:
    loan = seen.loan
    hours = f"{clock(loan.shift_start_s)} – {clock(loan.shift_end_s)}"
    if loan.pool is None:
        return f"{_('Kept')} {hours}"
    if seen.is_known:
        state = _("Offered") if loan.status == "offered" else _("Lent")
        price = money(loan.fixed_cents)
        return f"{state} · {loan.pool.name} · {hours} · {price}"
    return "" if loan.status == "offered" else f"{_('Lent elsewhere')} {hours}"
