"""Days of a pool: what is to be carried, what can be, and what was planned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from hub import selectors as hub_selectors
from hub.core.quantities import TEMPERATURE_CLASSES
from orders import selectors as order_selectors
from routing.core.current import Moved, first_moved
from routing.models import DaySettlement, FleetPool, Plan, PlanCycle, StopAction
from routing.selectors.access import closed_cycles
from routing.selectors.lending import available_on

if TYPE_CHECKING:
    from hub.models import Cycle
    from orders.models import Shipment


@dataclass(frozen=True, slots=True)
class ClassLoad:
    """Goods of one temperature class beside the room for them."""

    temperature_class: str
    mass_g: int
    volume_ml: int
    capacity_g: int
    capacity_ml: int

    @property
    def is_over(self) -> bool:
        """Whether the room does not hold all of it at once."""
        return self.mass_g > self.capacity_g or self.volume_ml > self.capacity_ml

    @property
    def filled_percent(self) -> int:
        """The tighter of mass and volume, in percent of the room, at most 100."""
        shares = [
            100 * amount // room
            for amount, room in (
                (self.mass_g, self.capacity_g),
                (self.volume_ml, self.capacity_ml),
            )
            if room
        ]
        return min(100, max(shares, default=100))


@dataclass(frozen=True, slots=True)
class DayGoods:
    """The shipments of a day and their totals by class; the frozen ones first.

    `num_elsewhere` ride already by the published plan of another pool.
    """

    shipments: list[Shipment]
    loads: list[ClassLoad]
    num_elsewhere: int

    @property
    def over(self) -> list[ClassLoad]:
        """Classes that the trucks cannot hold at once."""
        return [load for load in self.loads if load.is_over]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan in the list of its day; settled while the day stands settled by it."""

    plan: Plan
    num_routes: int
    num_unserved: int
    moved: Moved | None
    is_settled: bool

    @property
    def status(self) -> str:
        """How the plan stands for whoever reads it: settled goes before published."""
        return "settled" if self.is_settled else str(self.plan.status)


@dataclass(slots=True)
class PoolDay:
    """One day of a pool in the list of days; `best` is published, else the latest."""

    pool: FleetPool
    service_on: date
    cycles: list[Cycle]
    proposals: list[Proposal]

    @property
    def cycle_names(self) -> list[str]:
        """The cycles of the day by name."""
        return [cycle.name for cycle in self.cycles]

    @property
    def published(self) -> Proposal | None:
        """The plan that everybody drives by."""
        status = Plan.Status.PUBLISHED
        return next((p for p in self.proposals if p.plan.status == status), None)

    @property
    def best(self) -> Proposal | None:
        """The published plan, else the latest proposal."""
        return self.published or next(iter(self.proposals), None)


def dispatched_plan(pool: FleetPool, service_on: date) -> Plan | None:
    """The plan the trucks of a day left by, without its heavy documents."""
    return (
        pool.plans.filter(service_on=service_on, status=Plan.Status.PUBLISHED)
        .exclude(dispatched_at=None)
        .defer("problem", "solution")
        .first()
    )


def riding_elsewhere(pool: FleetPool, service_on: date) -> dict[int, str]:
    """Shipments that published plans of other pools carry that day, with its pool.

    A hub may share several pools; its goods ride once.
    """
    ridden = StopAction.objects.filter(
        stop__route__plan__status=Plan.Status.PUBLISHED,
        stop__route__plan__service_on=service_on,
    ).exclude(stop__route__plan__pool=pool)
    return dict(ridden.values_list("shipment", "stop__route__plan__pool__name"))


def moved_since(plan: Plan, cycles: Iterable[Cycle]) -> Moved | None:
    """The first cycle that is not as this plan knew it, among the day's closed ones."""
    planned = plan.cycles.select_related("cycle")
    return _first_moved(plan, planned, list(cycles))


def _first_moved(
    plan: Plan, planned: Iterable[PlanCycle], cycles: Collection[Cycle]
) -> Moved | None:
    return first_moved(
        planned={row.cycle_id: (row.cycle.name, row.revision) for row in planned},
        current={cycle.pk: (cycle.name, cycle.revision) for cycle in cycles},
        guests={cycle.pk for cycle in cycles if cycle.service_on != plan.service_on},
    )


def day_goods(pool: FleetPool, service_on: date) -> DayGoods:
    """What a day has to carry beside what the trucks of that day can hold.

    Goods that come to a hub and leave it again count once: they ride twice, one leg
    after the other.
    """
    hub_ids = [hub.pk for hub in pool.hubs.all()]
    elsewhere = riding_elsewhere(pool, service_on)
    ready = list(order_selectors.shipments_to_carry(hub_ids=hub_ids, on=service_on))
    shipments = [row for row in ready if row.pk not in elsewhere]
    masses_g: Counter[str] = Counter()
    volumes_ml: Counter[str] = Counter()
    for shipment in (s for s in shipments if s.leg != "inbound"):
        for amount in shipment.amounts.all():
            masses_g[amount.temperature_class] += amount.mass_g
            volumes_ml[amount.temperature_class] += amount.volume_ml
    rooms: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    trucks = available_on(pool, service_on)
    for held in (c for truck in trucks for c in truck.vehicle.compartments.all()):
        rooms[held.temperature_class][0] += held.capacity_kg * 1_000
        rooms[held.temperature_class][1] += held.capacity_l * 1_000
    return DayGoods(
        shipments=shipments,
        loads=[
            ClassLoad(name, masses_g[name], volumes_ml[name], *rooms[name])
            for name in TEMPERATURE_CLASSES
            if masses_g[name] or volumes_ml[name]
        ],
        num_elsewhere=len(ready) - len(shipments),
    )


def proposals_of(pool: FleetPool, service_on: date) -> list[Proposal]:
    """The plans of a day, the latest first, each judged against the cycles now."""
    cycles = list(closed_cycles(pool, service_on))
    plans = pool.plans.filter(service_on=service_on)
    return [_proposal(plan, cycles) for plan in _for_lists(plans)]


def days_of(pools: Iterable[FleetPool], *, since: date) -> list[PoolDay]:
    """Days with goods or plans, the latest first; a fixed number of queries."""
    rows: list[PoolDay] = []
    pools = list(pools)
    hubs_of = {pool.pk: {hub.pk for hub in pool.hubs.all()} for pool in pools}
    hub_ids: set[int] = set().union(*hubs_of.values())
    riding = order_selectors.cycles_riding(hub_ids=hub_ids, since=since)
    cycles = list(
        hub_selectors.closed_cycles_since(
            hub_ids=hub_ids, since=since, beside=[pk for pk, _on in riding]
        )
    )
    riding |= {(cycle.pk, cycle.service_on) for cycle in cycles}
    plans = Plan.objects.filter(pool__in=pools, service_on__gte=since)
    plans_of: dict[tuple[int, date], list[Plan]] = defaultdict(list)
    for plan in _for_lists(plans):
        plans_of[plan.pool_id, plan.service_on].append(plan)
    for pool in pools:
        mine = [cycle for cycle in cycles if cycle.hub_id in hubs_of[pool.pk]]
        pks = {cycle.pk for cycle in mine}
        days = {on for pk, on in riding if pk in pks and on >= since}
        days |= {on for pool_id, on in plans_of if pool_id == pool.pk}
        for on in days:
            of_day = [cycle for cycle in mine if (cycle.pk, on) in riding]
            proposals = [_proposal(plan, of_day) for plan in plans_of[pool.pk, on]]
            rows.append(PoolDay(pool, on, of_day, proposals))
    return sorted(rows, key=lambda row: (row.service_on, row.pool.name), reverse=True)


def _for_lists(plans: QuerySet[Plan]) -> Any:  # annotated rows have no name
    return (
        plans.defer("problem", "solution")
        .annotate(
            num_routes=Count("routes", distinct=True),
            num_unserved=Count("unserved", distinct=True),
            is_settled=Exists(
                DaySettlement.objects.filter(plan=OuterRef("pk"), withdrawn_at=None)
            ),
        )
        .select_related("pool", "published_by")
        .prefetch_related("cycles__cycle")
        .order_by("-proposed_at", "-pk")
    )


def _proposal(plan: Plan, cycles: Collection[Cycle]) -> Proposal:
    """A plan beside the cycles of its day; one the trucks left by grows old no more."""
    moved = _first_moved(plan, plan.cycles.all(), cycles)
    return Proposal(
        plan=plan,
        num_routes=plan.num_routes,  # type: ignore[attr-defined] # annotated above
        num_unserved=plan.num_unserved,  # type: ignore[attr-defined]
        moved=None if plan.dispatched_at else moved,
        is_settled=plan.is_settled,  # type: ignore[attr-defined]
    )
