"""A dispatched day on a road of doors, driven by two trucks, for breakdowns.

The plan is made by hand as the crow flies, so that its hours are known: each truck
loads at the farm, then delivers at doors about a kilometre apart.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hub.models import Person, Place
from orders import services as order_services
from routing import bridge, services
from routing.core.assemble import plan_of
from routing.core.plan import PlannedRoute
from routing.core.schedule import schedule
from routing.core.visits import Draft, Visit, World
from routing.models import (
    Breakdown,
    FleetPool,
    Plan,
    Route,
    Stop,
    StopTap,
    Vehicle,
)
from routing.selectors.driving import name_of
from routing.travel.straight_line import StraightLine
from tests.factories import hub as ground
from tests.factories.routing import give_papers, make_pool, make_vehicle
from tests.factories.week import NOW, Week, make_stock, make_week, order

MONTREAL = ZoneInfo("America/Toronto")


@dataclass
class Road:
    """A dispatched day: one farm, eight doors, four for each of two trucks."""

    week: Week
    plan: Plan
    trucks: list[Vehicle]
    doors: list[Place]
    drivers: list[Person]

    def at(self, clock: str) -> datetime:
        hour, minute = clock.split(":")
        on = self.week.cycle.service_on
        return datetime(
            on.year, on.month, on.day, int(hour), int(minute), tzinfo=MONTREAL
        )

    def route(self, truck: int) -> Route:
        return self.plan.routes.get(vehicle=self.trucks[truck])

    def tap(self, truck: int, stop: int, kind: str = "departed", **said) -> None:
        """The driver of a truck tells of a stop, counted from 0."""
        route = self.route(truck)
        row = route.stops.order_by("sequence")[stop]
        number = StopTap.objects.count() + 1
        at = self.at("8:00") + timedelta(minutes=number)
        for i, name in enumerate(("delivered", kind) if stop else ("loaded", kind)):
            (answer,) = services.apply_taps(
                route=route,
                person=None,
                taps=[
                    {
                        "local_id": f"00000000-0000-0000-0000-{number * 2 + i:012d}",
                        "device": f"phone {truck}",
                        "device_seq": number * 2 + i,
                        "stop": name_of(row),
                        "kind": name,
                        "tapped_at": at.isoformat(),
                        **said,
                    }
                ],
                sent_at=at,
                now=at,
            )
            assert answer.status == "applied", answer.refusal

    def report(
        self,
        *,
        key: str = "1",
        truck: int = 0,
        place: Place | None = None,
        clock: str = "9:40",
    ):
        return services.report_breakdown(
            plan=self.plan,
            report=services.Report(
                vehicle=self.trucks[truck], place=place or self.doors[1], key=key
            ),
            by=None,
            now=self.at(clock),
        )

    def tell(self, truck: int, row: Stop, kind: str, clock: str, **said) -> str:
        """A single tap of a driver at an hour; what becomes of it."""
        number = StopTap.objects.count() + 1
        at = self.at(clock)
        (answer,) = services.apply_taps(
            route=self.route(truck),
            person=None,
            taps=[
                {
                    "local_id": f"00000000-0000-0000-0002-{number:012d}",
                    "device": f"phone {truck}",
                    "device_seq": 10_000 + number,
                    "stop": name_of(row),
                    "kind": kind,
                    "tapped_at": at.isoformat(),
                    **said,
                }
            ],
            sent_at=at,
            now=at,
        )
        return answer.status

    def proposed(self, **said) -> Breakdown:
        row: Breakdown = self.report(**said)
        services.run_rest(job_id=row.job_id, travel=StraightLine())
        row.refresh_from_db()
        row.job.refresh_from_db()
        assert row.status == "proposed", row.job.reason
        return row

    def approve(self, row: Breakdown) -> Plan:
        return services.approve_rest(breakdown=row, by=None, now=self.at("9:45"))


def make_road(closing_s: dict[int, int] | None = None, *, num_idle: int = 0) -> Road:
    """Truck 1 has doors 0, 1, 2 … 6 and truck 2 door 7; all leave from the farm's gate.

    Truck 1 has done the farm and doors 0 and 1 when it breaks down at 9:40: five
    stops are left, doors 2 to 6. `closing_s` shuts a door before 17:00. Idle trucks
    stay at home and cost nothing; nobody is named to drive them.
    """
    week = make_week()
    stock = make_stock(week, quantity=50)
    lat, lon = ground.HUB_POINT
    doors = []
    for number in range(8):
        buyer = ground.make_buyer(hub=week.hub)
        door = ground.make_place(
            buyer,
            point=(lat + 0.01 * number, lon),
            window_s=(6 * 3_600, (closing_s or {}).get(number, 17 * 3_600)),
        )
        doors.append(door)
        order(
            week,
            {stock.offer.public_id: 2},
            buyer=buyer,
            drop_point=door,
            key=f"door {number}",
        )
    order_services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    pool = make_pool(week.hub)
    trucks = [make_vehicle(pool, shift_start_s=8 * 3_600) for _ in range(2)]
    idle = [make_idle(pool) for _ in range(num_idle)]
    plan = by_hand(week, pool, trucks, [doors[:7], doors[7:]])
    services.publish_plan(plan=plan, by=None, now=NOW)
    drivers = [ground.make_driver(truck.owner) for truck in trucks]
    for driver in drivers:
        give_papers(plan, driver=driver)
    for truck, driver in zip(trucks, drivers, strict=True):
        plan.routes.filter(vehicle=truck).update(driver=driver)
    Plan.objects.update(dispatched_at=NOW)
    plan.refresh_from_db()
    trucks += idle
    return Road(week=week, plan=plan, trucks=trucks, doors=doors, drivers=drivers)


def make_idle(pool: FleetPool) -> Vehicle:
    """A truck with its papers that drives for nothing."""
    truck = make_vehicle(
        pool,
        shift_start_s=8 * 3_600,
        fixed_cents=0,
        per_km_cents=0,
        per_hour_cents=0,
    )
    for kind in ("insurance", "registration"):
        facts = services.PaperFacts(
            kind=kind, number="1", expires_on=NOW.date() + timedelta(days=365)
        )
        services.keep_vehicle_paper(vehicle=truck, facts=facts)
    return truck


def by_hand(week: Week, pool, trucks, shares) -> Plan:
    day = bridge.problem_for(pool=pool, service_on=week.cycle.service_on)
    matrix = StraightLine().matrix_for(day.points)
    world = World(day.problem, matrix)
    bound = {row.drop_point_id: name for name, row in day.shipments.items()}
    routes = []
    for truck, doors in zip(trucks, shares, strict=True):
        names = [bound[door.pk] for door in doors]
        gate = day.shipments[names[0]].origin.public_id
        visits = [Visit(gate, loads=tuple(names))]
        visits += [
            Visit(door.public_id, unloads=(name,))
            for door, name in zip(doors, names, strict=True)
        ]
        route = schedule(world, Draft(truck.public_id, tuple(visits)))
        assert isinstance(route, PlannedRoute)
        routes.append(route)
    plan = plan_of(world, tuple(routes), engine="by hand")
    lines = bridge.lines_of(day.problem, plan, points=day.points, travel=StraightLine())
    return bridge.save_plan(
        day=day, matrix=matrix, plan=plan, lines=lines, seed=1, job=None, now=NOW
    )
