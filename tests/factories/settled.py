"""A driven day ready to be settled: one pool, one truck, two farms, several buyers."""

from dataclasses import dataclass, field

from hub.models import Organization
from orders import services as order_services
from orders.models import Shipment
from routing import services
from routing.models import DaySettlement, FleetPool, Plan
from routing.travel.straight_line import StraightLine
from tests.factories import routing as trucks
from tests.factories.day import NOW, Day, make_day

__all__ = [
    "NOW",
    "DrivenDay",
    "bring_all",
    "drive_out",
    "make_driven_day",
    "send_out",
    "settle",
]


@dataclass
class DrivenDay:
    """A dispatched plan and the goods that rode in it."""

    day: Day
    pool: FleetPool
    plan: Plan
    carrier: Organization
    others: list[Day] = field(default_factory=list)

    @property
    def service_on(self):
        return self.day.week.cycle.service_on

    @property
    def hub(self) -> Organization:
        return self.day.hub

    @property
    def shipments(self) -> list[Shipment]:
        return list(Shipment.objects.filter(service_on=self.service_on).order_by("pk"))


def make_driven_day(
    *,
    wants: dict[str, tuple[int, int]] | None = None,
    tiers: dict[str, str] | None = None,
    num_hubs: int = 1,
) -> DrivenDay:
    """Plan a day, send its truck out; with two hubs, their goods ride in one truck."""
    days = [
        make_day(
            wants=wants or {"a": (4, 0), "b": (2, 3)}, tiers=tiers, fund_cents=10_000
        )
        for _ in range(num_hubs)
    ]
    return drive_out(days)


def drive_out(days: list[Day]) -> DrivenDay:
    """Plan the goods of closed days into one truck of the first hub; it leaves."""
    first = days[0]
    pool = trucks.make_pool(first.hub, *(day.hub for day in days[1:]))
    vehicle = trucks.make_vehicle(pool)
    job = services.propose_plan(
        pool=pool,
        service_on=first.week.cycle.service_on,
        by=None,
        seconds=5,
        seed=1,
        key=f"driven-{pool.public_id}",
        iterations=3,
    )
    plan = services.run_plan(job_id=job.pk, travel=StraightLine())
    assert plan is not None
    services.publish_plan(plan=plan, by=None, now=NOW)
    send_out(plan)
    return DrivenDay(first, pool, plan, vehicle.owner, days[1:])


def send_out(plan: Plan) -> None:
    """Let the trucks of a published plan leave."""
    trucks.give_papers(plan)
    services.dispatch_plan(plan=plan, by=None, now=NOW)


def bring_all(driven: DrivenDay, *, short: dict[int, int] | None = None) -> None:
    """Deliver every shipment whole; `short` maps its position to units of each line."""
    for position, shipment in enumerate(driven.shipments):
        units = (short or {}).get(position)
        lines = shipment.lines.all()
        order_services.record_delivery(
            shipment_id=shipment.pk,
            quantities={} if units is None else {line.pk: units for line in lines},
            by=driven.day.coordinator,
            now=NOW,
        )


def settle(driven: DrivenDay) -> DaySettlement:
    """Settle the day."""
    return services.settle_day(
        pool=driven.pool,
        service_on=driven.service_on,
        by=driven.day.coordinator,
        now=NOW,
    )
