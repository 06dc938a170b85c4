"""Small rows of the routing floor: a pool, trucks, and a closed day to plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

from hub.models import Cycle, Organization, Person, Place
from orders import services as order_services
from orders.models import Shipment, ShipmentAmount
from routing import bridge, services
from routing.core import formats
from routing.core.assemble import plan_of
from routing.core.matrix import Matrix
from routing.core.plan import PlannedRoute
from routing.core.problem import Problem
from routing.core.solve.candidate import filled_up, priced
from routing.core.visits import World
from routing.models import FleetPool, Plan, Route, Vehicle
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
    return _closed(week, **facts)


def make_shared_day(cases: Sequence[int]) -> PlanDay:
    """Cases of one farm for several buyers, who all fetch them at the hub's door."""
    week = make_week()
    stock = make_stock(week, quantity=sum(cases))
    door = ground.make_place(week.hub)
    for units in cases:
        order(
            week,
            {stock.offer.public_id: units},
            buyer=ground.make_buyer(hub=week.hub),
            drop_point=door,
        )
    return _closed(week)


def _closed(week: Week, **facts) -> PlanDay:
    order_services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    pool = make_pool(week.hub)
    return PlanDay(week=week, pool=pool, vehicle=make_vehicle(pool, **facts))


def ask(
    day: PlanDay, *, seconds: int = 1, key: str = "", iterations: int | None = None
):
    """The job of a plan of the day."""
    return services.propose_plan(
        pool=day.pool,
        service_on=day.service_on,
        by=None,
        seconds=seconds,
        seed=1,
        key=key or f"ask-{next(_numbers)}",
        iterations=iterations,
    )


def make_plan(day: PlanDay) -> Plan:
    """A plan of the day by the real planner, measured as the crow flies.

    A few rounds are enough for these days, and take no second of everybody's time.
    """
    job = ask(day, seconds=20, iterations=5)
    plan = services.run_plan(job_id=job.pk, travel=StraightLine())
    assert plan is not None
    return plan


@dataclass
class WideDay:
    """A closed day of several farms, drop points and trucks, without any orders.

    Places stand some two kilometres apart, open from 8:00 to 17:00.
    """

    hub: Organization
    ana: Person
    pool: FleetPool
    vehicles: list[Vehicle]
    cycle: Cycle
    shipments: list[Shipment]

    @property
    def service_on(self):
        return self.cycle.service_on


def make_wide_day(
    *, num_farms: int = 1, num_drops: int = 3, num_trucks: int = 2, **facts
) -> WideDay:
    """Every drop point gets 40 kg chilled from one of the farms, in turn."""
    hub = ground.make_hub()
    pool = make_pool(hub)
    owner = ground.make_carrier(hub=hub)
    depot = ground.make_place(owner, kind=Place.Kind.DEPOT, window_s=None)
    cycle = ground.make_cycle(hub, status=Cycle.Status.CLOSED)
    farms = [
        ground.make_place(ground.make_farm(hub=hub), kind=Place.Kind.FARM, point=point)
        for point in _points(num_farms, south=45.50)
    ]
    buyer = ground.make_buyer(hub=hub)
    drops = [
        ground.make_place(buyer, point=point)
        for point in _points(num_drops, south=45.55)
    ]
    shipments = []
    for number, drop in enumerate(drops):
        farm = farms[number % num_farms]
        shipment = Shipment.objects.create(
            cycle=cycle,
            producer=farm.organization,
            origin=farm,
            drop_point=drop,
            service_on=cycle.service_on,
            goods_cents=10_000,
        )
        ShipmentAmount.objects.create(
            shipment=shipment,
            temperature_class="chilled",
            mass_g=40_000,
            volume_ml=160_000,
        )
        shipments.append(shipment)
    vehicles = [
        make_vehicle(pool, owner=owner, home=depot, **facts) for _ in range(num_trucks)
    ]
    ana = ground.make_coordinator(hub)
    return WideDay(hub, ana, pool, vehicles, cycle, shipments)


def make_wide_plan(day: WideDay, *, left: int = 0, trucks: int | None = None) -> Plan:
    """A plan by insertion alone, at once; the last `left` shipments stay behind.

    `trucks` limits how many of the trucks the plan uses.
    """
    read = bridge.problem_for(pool=day.pool, service_on=day.service_on)
    matrix = StraightLine().matrix_for(read.points)
    world = World(read.problem, matrix)
    shipments = read.problem.shipments
    routes: tuple[PlannedRoute, ...] = ()
    used = read.problem.vehicles[:trucks]
    for number in range(len(shipments) - left):
        only = {used[number % len(used)].id}
        kept = tuple(r for r in routes if r.vehicle_id not in only)
        mine = tuple(r for r in routes if r.vehicle_id in only)
        pinned = replace(shipments[number], only_vehicle_ids=tuple(only))
        routes = kept + filled_up(world, priced(world, mine), (pinned,)).routes
    plan = plan_of(world, routes, engine="test")
    lines = bridge.lines_of(
        read.problem, plan, points=read.points, travel=StraightLine()
    )
    return bridge.save_plan(
        day=read, matrix=matrix, plan=plan, lines=lines, seed=1, job=None, now=NOW
    )


def _points(number: int, *, south: float) -> list[tuple[float, float]]:
    """Points in rows of eight, about two kilometres apart."""
    return [
        (round(south + 0.018 * (i // 8), 5), round(-73.70 + 0.025 * (i % 8), 5))
        for i in range(number)
    ]


def give_papers(plan: Plan, *, driver: Person | None = None) -> Person:
    """Name a driver for every route of a plan, with papers that hold a year more.

    `driver` drives the first route; nobody drives two, so each other has its own.
    """
    first = driver or ground.make_driver(plan.pool.coordinator)
    until = plan.service_on + timedelta(days=365)
    licence = services.PaperFacts(kind="licence", number="2", expires_on=until)
    for number, route in enumerate(plan.routes.select_related("vehicle")):
        for kind in ("insurance", "registration"):
            facts = services.PaperFacts(kind=kind, number="1", expires_on=until)
            services.keep_vehicle_paper(vehicle=route.vehicle, facts=facts)
        drives = ground.make_driver(plan.pool.coordinator) if number else first
        Route.objects.filter(pk=route.pk).update(driver=drives)
        services.keep_driver_paper(person=drives, facts=licence)
    return first


def empty_documents() -> dict[str, dict[str, Any]]:
    """The documents of a plan of nothing, for rows that only stand there."""
    problem, matrix = Problem((), (), ()), Matrix((), (), ())
    plan = plan_of(World(problem, matrix), (), engine="test")
    return {
        "problem": formats.problem_document(problem, matrix),
        "solution": formats.plan_document(plan),
    }
