"""Small rows of the routing floor: a pool, trucks, and a closed day to plan."""

from dataclasses import dataclass
from itertools import count

from hub.models import Organization, Place
from orders import services as order_services
from orders.models import Shipment
from routing import services
from routing.models import FleetPool, Plan, Vehicle
from routing.travel.straight_line import StraightLine
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, make_stock, make_week, order

_numbers = count(1)


def make_pool(hub: Organization | None = None, *hubs: Organization) -> FleetPool:
    """A pool planned by `hub` and shared with others."""
    return services.create_pool(
        coordinator=hub or ground.make_hub(),
        name=f"Bassin {next(_numbers)}",
        hubs=hubs,
    )


def make_vehicle(
    pool: FleetPool | None = None,
    *,
    owner: Organization | None = None,
    home: Place | None = None,
    **facts,
) -> Vehicle:
    """A truck of 1 000 kg and 4 000 L chilled; 1 $ a km, 30 $ an hour, 50 $ a day."""
    pool = pool or make_pool()
    owner = owner or ground.make_carrier(hub=pool.coordinator)
    home = home or ground.make_place(owner, kind=Place.Kind.DEPOT, window_s=None)
    defaults = {
        "name": f"Camion {next(_numbers)}",
        "holds": {"chilled": (1_000, 4_000)},
        "fixed_cents": 5_000,
        "per_km_cents": 100,
        "per_hour_cents": 3_000,
    }
    return services.add_vehicle(
        pool=pool,
        facts=services.VehicleFacts(owner=owner, home=home, **{**defaults, **facts}),
    )


@dataclass
class PlanDay:
    """A closed week of one farm and one buyer, with a pool and one truck."""

    week: Week
    pool: FleetPool
    vehicle: Vehicle

    @property
    def service_on(self):
        return self.week.cycle.service_on

    @property
    def shipment(self) -> Shipment:
        return Shipment.objects.get(cycle=self.week.cycle)


def make_day(*, cases: int = 4, **facts) -> PlanDay:
    """`cases` chilled cases of 10 kg from the farm to the buyer, ready to plan."""
    week = make_week()
    stock = make_stock(week, quantity=max(cases, 1))
    order(week, {stock.offer.public_id: cases})
    order_services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    pool = make_pool(week.hub)
    return PlanDay(week=week, pool=pool, vehicle=make_vehicle(pool, **facts))


def ask(day: PlanDay, *, seconds: int = 1, key: str = ""):
    """The job of a plan of the day."""
    return services.propose_plan(
        pool=day.pool,
        service_on=day.service_on,
        by=None,
        seconds=seconds,
        seed=1,
        key=key or f"ask-{next(_numbers)}",
    )


def make_plan(day: PlanDay, *, seconds: int = 1) -> Plan:
    """A plan of the day by the real planner, measured as the crow flies."""
    job = ask(day, seconds=seconds)
    plan = services.run_plan(job_id=job.pk, travel=StraightLine())
    assert plan is not None
    return plan
