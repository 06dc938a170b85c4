"""Driving the demo's past day: trucks leave, phones tell, the day is settled.

What happens on the road is drawn by chance and told through the phones' own door, so
that a demo holds what a real day would leave behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from config.demo.build import DemoHub
from hub.core.periods import at_local
from orders import selectors as order_selectors
from orders import services as order_services
from routing import services as routing_services
from routing.selectors import driving as selectors

if TYPE_CHECKING:
    from orders.selectors import FreightLine
    from routing.models import FleetPool, Plan, Route, Stop

RECEIVERS = ("Mme Diallo", "Luc", "Sœur Agnès", "Amira B.", "M. Tremblay")
DEGREES_TENTHS = {"frozen": (-215, -181), "chilled": (12, 39), "ambient": (140, 190)}
TOO_WARM_TENTHS = 58
SHORT_IN_100, TOO_WARM_IN_100 = 4, 2
SHORT = "Une caisse manquante au chargement."
UNSERVED = ("own_transport", "cancelled")


class TapNotKept(Exception):
    """A phone of the demo said something that the site refuses."""


@dataclass(slots=True)
class _Phone:
    """The phone of one truck: its name, its counter, and what it has to send."""

    route: "Route"
    device: str
    day: date
    chance: Random
    taps: list[dict[str, Any]] = field(default_factory=list)

    def tap(self, stop: "Stop", kind: str, at_s: int, **said: object) -> None:
        """Keep one tap to be sent."""
        number = len(self.taps) + 1
        self.taps.append(
            {
                "local_id": str(uuid5(NAMESPACE_URL, f"{self.device}/{number}")),
                "device": self.device,
                "device_seq": number,
                "stop": selectors.name_of(stop),
                "kind": kind,
                "tapped_at": at_local(self.day, at_s).isoformat(),
                **said,
            }
        )


def drive_day(demo: DemoHub, plan: "Plan", *, seed: int) -> None:
    """Decide what stays behind, send the trucks out, let the phones tell the day.

    Raises TapNotKept.
    """
    chance = Random(seed + 2)  # noqa: S311 - a fictional world, no secret
    on = plan.service_on
    decide_left(demo, plan, seed=seed)
    routing_services.dispatch_plan(
        plan=plan, by=demo.coordinator, now=at_local(on, 6 * 3_600)
    )
    for route in plan.routes.select_related("driver").order_by("number"):
        phone = _Phone(
            route=route, device=f"demo-{on}-{route.number}", day=on, chance=chance
        )
        _tell(phone)
        sent_at = at_local(on, min(route.end_s + 600, 86_399))
        answers = routing_services.apply_taps(
            route=route,
            person=route.driver,
            taps=phone.taps,
            sent_at=sent_at,
            now=sent_at,
        )
        if refused := [a for a in answers if a.status != "applied"]:
            raise TapNotKept(str(refused[0]))


def decide_left(demo: DemoHub, plan: "Plan", *, seed: int) -> None:
    """Say what becomes of each shipment that a plan leaves behind."""
    chance = Random(seed + 3)  # noqa: S311 - a fictional world, no secret
    for left in plan.unserved.select_related("shipment").order_by("pk"):
        routing_services.decide_unserved(
            left=left,
            decision=chance.choice(UNSERVED),
            on=None,
            by=demo.coordinator,
            now=at_local(plan.service_on, 5 * 3_600),
        )


def settle(demo: DemoHub, pool: "FleetPool", on: date) -> None:
    """Close the books of a driven day, on its evening."""
    routing_services.settle_day(
        pool=pool, service_on=on, by=demo.coordinator, now=evening(on)
    )
    chance = Random(on.toordinal())  # noqa: S311 - a fictional world, no secret
    for row in order_selectors.orders_of_day(hub=demo.hub, on=on):
        if row.order.buyer.kind == "buyer_group":
            order_services.tell_households(
                order=row.order,
                num_households=chance.randint(3, 40),
                now=evening(on),
            )


def evening(on: date) -> datetime:
    """When the coordination closes a day."""
    return at_local(on, 19 * 3_600)


def _tell(phone: _Phone) -> None:
    """A whole route as its phone tells it, now and then a little late."""
    goods = selectors.route_goods(phone.route)
    late_s = 0
    for stop in goods.stops.values():
        late_s = max(0, late_s + phone.chance.randint(-240, 300))
        at_s = stop.service_start_s + late_s
        phone.tap(stop, "arrived", stop.arrival_s + late_s)
        delivered = goods.at(stop, "unload")
        if delivered:
            phone.tap(
                stop,
                "delivered",
                at_s + 30,
                receiver=phone.chance.choice(RECEIVERS),
                **_handled(delivered, phone.chance, may_be_short=True),
            )
        if loaded := goods.at(stop, "load"):
            handled = _handled(loaded, phone.chance, may_be_short=False)
            phone.tap(stop, "loaded", at_s + 60, **handled)
        phone.tap(stop, "departed", stop.departure_s + late_s)


def _handled(
    lines: Mapping[int, "FreightLine"], chance: Random, *, may_be_short: bool
) -> dict[str, Any]:
    """Quantities and degrees of one stop; here and there a crate is missing."""
    quantities = {}
    for pk, line in sorted(lines.items()):
        is_short = may_be_short and chance.randrange(100) < SHORT_IN_100
        quantities[str(pk)] = line.units - 1 if is_short and line.units else line.units
    is_short = any(quantities[str(pk)] < line.units for pk, line in lines.items())
    classes = sorted({line.temperature_class for line in lines.values()})
    return {
        "quantities": quantities,
        "temperatures": {name: _degrees(name, chance) for name in classes},
        "note": SHORT if is_short else "",
    }


def _degrees(temperature_class: str, chance: Random) -> str:
    tenths = chance.randint(*DEGREES_TENTHS[temperature_class])
    if temperature_class == "chilled" and chance.randrange(100) < TOO_WARM_IN_100:
        tenths = TOO_WARM_TENTHS
    return f"{tenths / 10:.1f}"
