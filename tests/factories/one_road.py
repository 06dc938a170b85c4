"""A day on one straight road, so that every figure of it can be checked by hand.

The trucks stand at kilometre 0. Eastward a farm at kilometre 10 sends to doors at 12
and 14, westward another at -10 sends to doors at -12 and -14: thirty cases of 10 kg to
each. A kilometre takes a minute, a door ten, a kilogram a second to load and a second
to unload; trucks work from eight to ten, which is time for one side and not for both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hub.core.periods import at_local
from hub.models import Organization, Place
from orders import services as order_services
from orders.models import Order, Shipment, ShipmentLine
from routing import services
from routing.core.matrix import Matrix
from routing.models import FleetPool, Plan, Stop, Vehicle
from routing.travel.base import LatLon, Point
from tests.factories import hub as ground
from tests.factories.phones import Phone
from tests.factories.routing import give_papers, make_pool, make_vehicle
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, Week, change, make_stock, make_week
from vouchers.models import Envelope

CASES = 30
FUND_CENTS = 20_000
ENVELOPE_CENTS = 15_000
PROMISED_CENTS = 10_000
"""What the first group asks its envelope to pay."""

TIERS = {"near east": "solidaire", "far east": "juste_prix"} | {
    "near west": "soutien",
    "far west": "juste_prix",
}
KILOMETRES = {"near east": 12, "far east": 14, "near west": -12, "far west": -14}


def on_the_road(kilometre: int) -> tuple[float, float]:
    """The point at a kilometre: a hundredth of a degree each."""
    return (round(45.50 + kilometre / 100, 2), -73.60)


class Road:
    """Travel on the road: a kilometre a minute."""

    engine = "one road/1"

    def matrix_for(self, points: Mapping[str, Point]) -> Matrix:
        """Every way between points, in whole kilometres and minutes."""
        at = [round((point.lat - 45.50) * 100) for point in points.values()]
        return Matrix(
            place_ids=tuple(points),
            distances_m=tuple(tuple(1_000 * abs(a - b) for b in at) for a in at),
            durations_s=tuple(tuple(60 * abs(a - b) for b in at) for a in at),
            engine=self.engine,
        )

    def leg_geometry(self, origin: Point, destination: Point) -> list[LatLon]:
        """The two ends."""
        return [(origin.lat, origin.lon), (destination.lat, destination.lon)]


@dataclass
class OneRoad:
    """A closed week with its trucks; orders bear the name of their door."""

    week: Week
    pool: FleetPool
    trucks: list[Vehicle]
    farms: dict[str, Organization]
    orders: dict[str, Order]
    envelope: Envelope

    @property
    def hub(self) -> Organization:
        return self.week.hub

    def at(self, clock: str) -> datetime:
        """A moment of the day of the trucks, by the clock on the wall."""
        hour, minute = map(int, clock.split(":"))
        return at_local(self.week.cycle.service_on, hour * 3_600 + minute * 60)

    def shipment(self, name: str) -> Shipment:
        return Shipment.objects.get(drop_point=self.orders[name].drop_point)

    def line(self, name: str) -> ShipmentLine:
        return ShipmentLine.objects.get(shipment=self.shipment(name))

    def plan(self) -> Plan:
        """A plan of the day by the real planner, on the ways of the road."""
        job = services.propose_plan(
            pool=self.pool,
            service_on=self.week.cycle.service_on,
            by=None,
            seconds=20,
            seed=1,
            key=f"road {self.pool.pk}",
            iterations=5,
        )
        plan = services.run_plan(job_id=job.pk, travel=Road())
        job.refresh_from_db()
        assert plan is not None, job.reason
        return plan

    def send_out(self, plan: Plan) -> dict[str, Phone]:
        """Publish a plan and let its trucks leave; the phone of each, by its side."""
        services.publish_plan(plan=plan, by=None, now=NOW)
        driver = give_papers(plan)
        services.dispatch_plan(plan=plan, by=None, now=self.at("7:30"))
        sides = {}
        for route in plan.routes.all():
            stop = route.stops.get(place__kind=Place.Kind.FARM)
            side = "east" if (stop.place.latitude or 0) > 45.50 else "west"
            sides[side] = Phone(route=route, driver=driver)
        return sides

    def drive(self, phone: Phone, came: dict[str, int] | None = None) -> None:
        """Tell a whole route; `came` are the cases that were put off at a door."""
        units = {self.line(name).pk: cases for name, cases in (came or {}).items()}
        at = self.at("8:10")
        for stop in Stop.objects.filter(route=phone.route).order_by("sequence"):
            at += timedelta(minutes=15)
            answers = phone.send(phone.handles(stop, at=at, came=units), now=at)
            assert {answer.status for answer in answers} == {"applied"}

    def settle(self):
        """Close the day on its evening."""
        return services.settle_day(
            pool=self.pool,
            service_on=self.week.cycle.service_on,
            by=None,
            now=self.at("18:00"),
        )


def make_one_road() -> OneRoad:
    """Four groups with thirty cases each of a farm that sells them at 10 $.

    One case at the full price: 10,00 + 1,00 of transport + 1,50 of margin = 12,50 $;
    the lowest tier pays 10,00 $ and the highest 14,38 $ (14,375, half up).
    """
    week = make_week(fund_cents=FUND_CENTS)
    west = ground.make_farm(hub=week.hub)
    ground.make_place(west, kind=Place.Kind.FARM, point=on_the_road(-10))
    lat, lon = on_the_road(10)
    week.farm.places.update(latitude=lat, longitude=lon)
    farms = {"east": week.farm, "west": west}
    stocks = {
        side: make_stock(week, quantity=2 * CASES, farm=farm)
        for side, farm in farms.items()
    }
    envelope, orders = None, {}
    for name, tier_code in TIERS.items():
        buyer = ground.make_buyer(hub=week.hub)
        stock = stocks[name.split()[1]]
        asked = change(week, {stock.offer.public_id: CASES}, tier_code=tier_code)
        if envelope is None:
            envelope = make_envelope(buyer, amount_cents=ENVELOPE_CENTS)
            asked = replace(asked, envelope=envelope, envelope_cents=PROMISED_CENTS)
        orders[name] = order_services.place_order(
            cycle=week.cycle,
            buyer=buyer,
            drop_point=ground.make_place(buyer, point=on_the_road(KILOMETRES[name])),
            change=asked,
            key=name,
        )
    order_services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    assert envelope is not None
    return OneRoad(week, *_trucks(week), farms, orders, envelope)


def _trucks(week: Week) -> tuple[FleetPool, list[Vehicle]]:
    """Two trucks of one carrier: 30 $ a day, 1 $ a kilometre, 36 $ an hour."""
    pool = make_pool(week.hub)
    owner = ground.make_carrier(hub=week.hub)
    home = ground.make_place(
        owner, kind=Place.Kind.DEPOT, point=on_the_road(0), window_s=None
    )
    trucks = [
        make_vehicle(
            pool,
            owner=owner,
            home=home,
            shift_start_s=8 * 3_600,
            shift_end_s=10 * 3_600,
            fixed_cents=3_000,
            per_hour_cents=3_600,
        )
        for _ in range(2)
    ]
    return pool, trucks
