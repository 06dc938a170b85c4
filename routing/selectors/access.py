"""Who may reach which truck, plan, route and job.

Who may what:
- the coordinators of a pool's own hub keep its trucks, and share it with others;
- the coordinators of every hub that shares the pool see its trucks and its days, plan
  them and publish: one plan a day carries the goods of all;
- drivers see and keep the trucks of the organizations they drive for; they see the
  published routes they are named for, and those of their trucks while nobody is
  named, never a proposal.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet

from hub import selectors as hub_selectors
from orders import selectors as order_selectors
from routing.models import FleetPool, Plan, Route, Stop, Vehicle

if TYPE_CHECKING:
    from hub.models import Cycle, Job, Organization, Person, Place

PLAN_KIND = "routing.plan"
CLOSE_KIND = "routing.close_cycle"
UNDER_WAY = ("queued", "running")


def pools_run_by(person: Person) -> QuerySet[FleetPool]:
    """The pools whose trucks this person plans."""
    mine = hub_selectors.hubs_coordinated_by(person)
    return FleetPool.objects.filter(coordinator__in=mine).select_related("coordinator")


def pools_seen_by(person: Person) -> QuerySet[FleetPool]:
    """The pools of every hub this person coordinates."""
    mine = hub_selectors.hubs_coordinated_by(person)
    return (
        FleetPool.objects.filter(Q(coordinator__in=mine) | Q(hubs__in=mine))
        .distinct()
        .select_related("coordinator")
    )


def vehicles_editable_by(person: Person) -> QuerySet[Vehicle]:
    """Trucks of the pools run, and of the organizations one speaks or drives for."""
    return _with_what_they_hold(
        Vehicle.objects.filter(
            Q(pool__in=pools_run_by(person)) | Q(owner__in=owners_for(person))
        )
    )


def owners_for(person: Person) -> QuerySet[Organization]:
    """The organizations whose trucks a person may keep and lend."""
    speaks = hub_selectors.organizations_editable_by(person)
    pks = {*speaks.values_list("pk", flat=True)}
    pks |= {*_driven_for(person).values_list("pk", flat=True)}
    return hub_selectors.organizations_by_pk(pks)


def _with_what_they_hold(vehicles: QuerySet[Vehicle]) -> QuerySet[Vehicle]:
    return vehicles.select_related("pool", "owner", "home").prefetch_related(
        "compartments"
    )


def _driven_for(person: Person) -> QuerySet[Organization]:
    return hub_selectors.organizations_with_role(person, "driver")


def vehicles_of_hub(hub_id: int) -> QuerySet[Vehicle]:
    """Active trucks of every pool that this hub shares."""
    pools = FleetPool.objects.filter(hubs=hub_id)
    return _with_what_they_hold(Vehicle.objects.filter(pool__in=pools, is_active=True))


def vehicles_driven_by(person: Person) -> QuerySet[Vehicle]:
    """Trucks of the organizations the person drives for."""
    return _with_what_they_hold(Vehicle.objects.filter(owner__in=_driven_for(person)))


def pools_with_trucks(pools: QuerySet[FleetPool]) -> QuerySet[FleetPool]:
    """Pools with their hubs and trucks, in a fixed number of queries."""
    trucks = _with_what_they_hold(Vehicle.objects.all())
    return pools.prefetch_related("hubs", Prefetch("vehicles", queryset=trucks))


def hubs_beside(pool: FleetPool) -> QuerySet[Organization]:
    """The hubs that share a pool beside the one that plans it."""
    return pool.hubs.exclude(pk=pool.coordinator_id)


def lenders_of(pool: FleetPool) -> QuerySet[Organization]:
    """Who may lend to a pool: the hubs that share it and their members."""
    return hub_selectors.members_of_hubs([hub.pk for hub in pool.hubs.all()])


def lender_of(vehicle: Vehicle) -> QuerySet[Organization]:
    """The one organization that lends a truck."""
    return hub_selectors.organizations_by_pk([vehicle.owner_id])


def homes_of(pool: FleetPool) -> QuerySet[Place]:
    """Where trucks of a pool may sleep: active places of those who may lend."""
    return hub_selectors.active_places_of(lenders_of(pool))


def homes_of_owners(owners: QuerySet[Organization]) -> QuerySet[Place]:
    """Where trucks of these organizations may sleep."""
    return hub_selectors.active_places_of(owners)


def homes_of_lender(vehicle: Vehicle) -> QuerySet[Place]:
    """Where the lender of a truck may let it sleep, and where it sleeps now."""
    return hub_selectors.active_places_of(
        hub_selectors.organizations_by_pk(
            [vehicle.owner_id, vehicle.home.organization_id]
        )
    )


def plans_seen_by(person: Person) -> QuerySet[Plan]:
    """Plans of the pools seen, without their heavy documents."""
    return (
        Plan.objects.filter(pool__in=pools_seen_by(person))
        .select_related("pool__coordinator", "job", "published_by")
        .defer("problem", "solution")
    )


def plans_run_by(person: Person) -> QuerySet[Plan]:
    """Plans this person may publish: those of every pool that the hub shares."""
    return (
        Plan.objects.filter(pool__in=pools_seen_by(person))
        .select_related("pool__coordinator")
        .defer("problem", "solution")
    )


def routes_driven_by(person: Person) -> QuerySet[Route]:
    """Published routes that the person drives."""
    return routes_of_driver(person).filter(plan__status=Plan.Status.PUBLISHED)


def routes_of_driver(person: Person) -> QuerySet[Route]:
    """Routes a person drives whatever became of their plan; callers narrow it.

    Those one is named for; and, while nobody is named, those of the trucks of the
    organizations one drives for.
    """
    unnamed = Q(driver__isnull=True, vehicle__owner__in=_driven_for(person))
    return all_routes().filter(unnamed | Q(driver=person))


def all_routes() -> QuerySet[Route]:
    """Every route with what a page says of it; callers narrow it."""
    return Route.objects.select_related("plan__pool", "vehicle", "home")


def routes_with_stops(plan: Plan) -> QuerySet[Route]:
    """The routes of a plan with their stops and places, in three queries."""
    return (
        plan.routes.select_related("plan", "vehicle")
        .prefetch_related("stops__place")
        .order_by("number")
    )


def with_stops(routes: QuerySet[Route]) -> QuerySet[Route]:
    """Routes with all that a map shows of them, in two queries more."""
    return routes.select_related("plan", "vehicle", "home").prefetch_related(
        "stops__place"
    )


def with_goods(routes: QuerySet[Route]) -> QuerySet[Route]:
    """Routes with their stops, places, driver and shipments; a fixed number of
    queries."""
    return routes.select_related("driver").prefetch_related(
        "stops__place", "stops__actions__shipment"
    )


def routes_with_goods(plan: Plan) -> QuerySet[Route]:
    """The routes of a plan with all that is done at their stops."""
    return with_goods(routes_with_stops(plan))


def with_counts(routes: QuerySet[Route]) -> QuerySet[Route]:
    """Routes with the number of their stops, the nearest day last."""
    made = Count("stops", filter=Q(stops__sequence__lt=Stop.CUT_FROM))
    return routes.annotate(num_stops=made).order_by("-plan__service_on", "number")


def jobs_run_by(person: Person) -> QuerySet[Job]:
    """Closings of the hubs this person coordinates, plannings of their pools."""
    pools = list(pools_seen_by(person).values_list("pk", flat=True))
    closings = hub_selectors.jobs_seen_by(person).filter(kind=CLOSE_KIND)
    plannings = hub_selectors.jobs_of_kind(PLAN_KIND).filter(payload__pool__in=pools)
    return closings | plannings


def planning_under_way(pool: FleetPool, service_on: date) -> Job | None:
    """The planning of a pool's day that waits or runs."""
    return (
        _plannings(pool, service_on)
        .filter(state__in=UNDER_WAY)
        .order_by("queued_at", "id")
        .first()
    )


def last_planning(pool: FleetPool, service_on: date) -> Job | None:
    """The latest planning asked for a pool's day."""
    return _plannings(pool, service_on).order_by("-queued_at", "-id").first()


def _plannings(pool: FleetPool, service_on: date) -> QuerySet[Job]:
    return pool.coordinator.jobs.filter(
        kind=PLAN_KIND,
        payload__pool=pool.pk,
        payload__service_on=service_on.isoformat(),
    )


def last_closing(cycle: Cycle) -> Job | None:
    """The latest close asked for a cycle."""
    works = cycle.hub.jobs.filter(kind=CLOSE_KIND, payload__cycle=cycle.pk)
    return works.order_by("-queued_at", "-id").first()


def cycles_run_by(person: Person) -> QuerySet[Cycle]:
    """Cycles this person may close."""
    mine = hub_selectors.hubs_coordinated_by(person)
    return hub_selectors.cycles_seen_by(person).filter(hub__in=mine)


def closed_cycles(pool: FleetPool, service_on: date) -> QuerySet[Cycle]:
    """The closed cycles that a day of a pool stands on, of every hub that shares it.

    Those delivered that day, and those of which goods were moved there.
    """
    hub_ids = [hub.pk for hub in pool.hubs.all()]
    riding = order_selectors.cycles_riding(hub_ids=hub_ids, on=service_on)
    return hub_selectors.closed_cycles_on(
        hub_ids=hub_ids, on=service_on, beside=[pk for pk, _on in riding]
    )
