"""A day to drive, and taps as a phone sends them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from hub.models import Organization, Person, Place
from orders import services as order_services
from orders.models import ShipmentLine
from routing import services
from routing.models import (
    HandledLine,
    Plan,
    Route,
    Stop,
    StopRecord,
    TemperatureReading,
)
from tests.factories import hub as ground
from tests.factories.routing import (
    PlanDay,
    give_papers,
    make_day,
    make_plan,
    make_pool,
    make_shared_day,
    make_vehicle,
)
from tests.factories.week import NOW, make_stock, make_week, order

EIGHT = datetime(2026, 6, 18, 12, 0, tzinfo=UTC)
"""Eight o'clock in Montreal on the day of `make_day`, by the server's clock."""

TOWN = {
    "Cuisine collective Hochelaga": (45.5490, -73.5420),
    "Marché solidaire Maisonneuve": (45.5545, -73.5560),
    "CPE du Parc": (45.5720, -73.5500),
}
"""Doors on the streets that we know; they order 4, 5 and 6 cases."""

FARM, DOOR = 1, 2
"""The two stops of the day that `make_drive` makes, in their order."""


@dataclass
class Drive:
    """One truck, four cases from a farm to a door, and the person who drives."""

    day: PlanDay
    route: Route
    driver: Person
    counter: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def line(self) -> ShipmentLine:
        return self.day.shipment.lines.get()

    def tap(
        self, kind: str, stop: int, *, at: datetime = EIGHT, **said
    ) -> dict[str, Any]:
        """A new tap of the phone."""
        number = next(self.counter)
        return {
            "local_id": str(UUID(int=self.route.pk * 1_000 + number)),
            "device": "phone",
            "device_seq": number,
            "stop": self.stop(stop).public_id,
            "kind": kind,
            "tapped_at": at.isoformat(),
            **said,
        }

    def stop(self, number: int) -> Stop:
        return self.route.stops.get(sequence=number)

    def loaded(self, units: int, **said) -> dict[str, Any]:
        return self.tap("loaded", FARM, quantities={str(self.line.pk): units}, **said)

    def delivered(self, units: int, **said) -> dict[str, Any]:
        quantities = {str(self.line.pk): units}
        return self.tap("delivered", DOOR, quantities=quantities, **said)

    def send(
        self,
        taps: Iterable[object],
        *,
        sent_at: datetime | None = None,
        now: datetime = EIGHT + timedelta(hours=1),
    ):
        """Send taps; the phone's clock is right unless `sent_at` says otherwise."""
        return services.apply_taps(
            route=self.route,
            person=self.driver,
            taps=list(taps),
            sent_at=sent_at or now,
            now=now,
        )

    def whole_day(self, **load) -> list[dict[str, Any]]:
        """All four cases loaded and delivered, both stops left."""
        return [
            self.tap("arrived", FARM, at=EIGHT),
            self.loaded(4, at=EIGHT + timedelta(minutes=5), **load),
            self.tap("departed", FARM, at=EIGHT + timedelta(minutes=10)),
            self.tap("arrived", DOOR, at=EIGHT + timedelta(minutes=30)),
            self.delivered(
                4,
                at=EIGHT + timedelta(minutes=35),
                temperatures={"chilled": "3,5"},
                receiver="Mireille",
            ),
            self.tap("departed", DOOR, at=EIGHT + timedelta(minutes=40)),
        ]


def make_drive(*, cases: int = 4) -> Drive:
    """A day of `cases` cases, its truck sent out."""
    return _sent_out(make_day(cases=cases))


def make_shared_drive(*cases: int) -> Drive:
    """The same with so many cases each for several buyers at one door."""
    return _sent_out(make_shared_day(cases))


def _sent_out(day: PlanDay) -> Drive:
    driver = ground.make_driver(day.vehicle.owner)
    plan = dispatched(make_plan(day), driver=driver)
    return Drive(day=day, route=plan.routes.get(), driver=driver)


def make_town_day() -> PlanDay:
    """A closed day: the Ferme des Trois Rangs, the doors of TOWN and the truck Cube 1.

    A case costs 12,50 $ at every door; the farm gets 10,00 $ of it.
    """
    week = make_week(fund_cents=100_000)
    Organization.objects.filter(pk=week.farm.pk).update(name="Ferme des Trois Rangs")
    Place.objects.filter(organization=week.farm).update(
        name="Ferme des Trois Rangs", contact_phone="450 555-0101"
    )
    carrots = make_stock(week, quantity=400)
    for number, (name, point) in enumerate(TOWN.items()):
        buyer = ground.make_buyer(name, hub=week.hub)
        door = ground.make_place(buyer, name=name, point=point)
        wants = {carrots.offer.public_id: 4 + number}
        order(week, wants, buyer=buyer, drop_point=door)
    order_services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    pool = make_pool(week.hub)
    return PlanDay(week=week, pool=pool, vehicle=make_vehicle(pool, name="Cube 1"))


def dispatched(plan: Plan, *, driver: Person) -> Plan:
    """The plan of its day, its papers in order and its trucks sent out."""
    services.publish_plan(plan=plan, by=None, now=NOW)
    give_papers(plan, driver=driver)
    return services.dispatch_plan(plan=plan, by=None, now=NOW)


def driven(route: Route) -> list[list[Any]]:
    """Everything that is written of a driven route, to compare two of them."""
    records = StopRecord.objects.filter(stop__route=route).order_by("stop__sequence")
    fields = ("stop__sequence", "status", "arrived_at", "done_at", "departed_at")
    told = ("loading__local_id", "delivery__local_id", "problem__local_id")
    lines = HandledLine.objects.filter(record__in=records).order_by("pk")
    readings = TemperatureReading.objects.filter(record__in=records).order_by("pk")
    return [
        list(records.values_list(*fields, *told)),
        sorted(lines.values_list("record__stop__sequence", "kind", "line", "units")),
        sorted(
            readings.values_list(
                "record__stop__sequence", "kind", "temperature_class", "tenths_c"
            )
        ),
    ]
