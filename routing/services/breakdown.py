"""A truck breaks down: the rest of the day is planned without it, shown, approved.

Nothing changes before somebody approves. Then, under the lock that drivers' taps take
too, the plan of the day goes on as its next version: what is done keeps its rows. A
stop that was done meanwhile makes the proposal old, and it is refused whole. Until then
it may be abandoned, and taken up again; each step is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hub.core.periods import local_clock
from hub.services import jobs
from routing import bridge, selectors
from routing.core import formats
from routing.core.check import violations_of
from routing.core.continued import Continued, continued
from routing.core.errors import (
    DaySettled,
    DoneMeanwhile,
    NotAbandoned,
    OtherTruckFirst,
    PlaceNotOnRoute,
    PlanBreaksRules,
    PlanNotDriven,
    RestNotPlanned,
    TruckNotOut,
)
from routing.core.plan import Plan as Rest
from routing.core.residual import Residual, residual_of
from routing.core.residual_cut import Breakdown as Standstill
from routing.core.residual_cut import Cut
from routing.models import Breakdown, BreakdownStep, FleetPool, Plan, Route
from routing.services.breakdown_notices import tell_everybody
from routing.services.breakdown_trucks import require_trucks

if TYPE_CHECKING:
    from hub.models import Job, Person, Place
    from routing.models import Vehicle
    from routing.travel.base import TravelProvider

KIND = "routing.rest_of_day"
SECONDS = 20
ITERATIONS = 60
"""A truck stands on the road: a good plan soon is better than the best one later."""

OPEN = (Breakdown.Status.PLANNING, Breakdown.Status.PROPOSED)
Steps = BreakdownStep.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Who stands still, and the known place where it does or that is nearest."""

    vehicle: Vehicle
    place: Place
    key: str
    seed: int = 1


@transaction.atomic
def report_breakdown(
    *, plan: Plan, report: Report, by: Person | None, now: datetime
) -> Breakdown:
    """Ask for the rest of the day without a truck; the caller sends the job's task.

    The same key finds the same breakdown; told again under another key while nothing
    is approved, it is planned anew from how far the trucks are now. One whose planning
    failed stands in nobody's way. Raises PlanNotDriven, TruckNotOut, PlaceNotOnRoute,
    OtherTruckFirst.
    """
    plan = _lock(plan)
    key = f"{KIND}:{report.key}"
    if earlier := Breakdown.objects.filter(plan=plan, job__key=key).first():
        return earlier
    at_s = _clock_s(plan, now)
    route = _route_of(plan, report)
    if waiting := selectors.open_breakdown(plan):
        has_failed = waiting.job.state == waiting.job.State.FAILED
        if waiting.vehicle_id != report.vehicle.pk and not has_failed:
            raise OtherTruckFirst(vehicle=waiting.vehicle.name)
        _end(waiting, Steps.DROPPED, by=by, now=now)
    progress = selectors.progress_of(plan, now_s=at_s)
    job = jobs.request_job(
        kind=KIND,
        key=key,
        payload={
            "pool": plan.pool_id,
            "service_on": plan.service_on.isoformat(),
            "seconds": SECONDS,
            "iterations": ITERATIONS,
            "seed": report.seed,
        },
        organization=plan.pool.coordinator,
        by=by,
    )
    row = Breakdown.objects.create(
        plan=plan,
        vehicle=route.vehicle,
        place=report.place,
        job=job,
        at_s=at_s,
        num_done=progress.num_done,
        under_way=sorted(progress.under_way),
        missed=sorted(progress.missed),
        kept_home=selectors.trucks_kept_home(plan),
        reported_at=now,
        reported_by=by,
    )
    _keep_step(row, Steps.TOLD, by=by, now=now)
    return row


def plan_rest_again(
    *, breakdown: Breakdown, key: str, by: Person | None, now: datetime
) -> Breakdown:
    """Tell the same standstill anew, from how far the trucks are now.

    Raises what `report_breakdown` raises.
    """
    report = Report(vehicle=breakdown.vehicle, place=breakdown.place, key=key)
    return report_breakdown(plan=breakdown.plan, report=report, by=by, now=now)


@transaction.atomic
def abandon_breakdown(
    *, breakdown: Breakdown, by: Person | None, now: datetime
) -> Breakdown:
    """Let the day go on as it was planned, the truck that was told of included.

    Nothing of the plan changes; abandoning twice abandons once. Raises PlanNotDriven,
    RestNotPlanned when it is not open.
    """
    _lock(breakdown.plan)
    row = _row(breakdown)
    if row.status == Breakdown.Status.ABANDONED:
        return row
    if row.status not in OPEN:
        raise RestNotPlanned
    return _end(row, Steps.ABANDONED, by=by, now=now)


@transaction.atomic
def resume_breakdown(
    *, breakdown: Breakdown, by: Person | None, now: datetime
) -> Breakdown:
    """Take up an abandoned proposal again, as it was.

    What was done since is looked at when it is approved. Raises PlanNotDriven,
    NotAbandoned, RestNotPlanned when it was abandoned before anything was proposed.
    """
    plan = _lock(breakdown.plan)
    row = _row(breakdown)
    if row.status != Breakdown.Status.ABANDONED or selectors.open_breakdown(plan):
        raise NotAbandoned
    if not row.solution:
        raise RestNotPlanned
    row.status = Breakdown.Status.PROPOSED
    row.save(update_fields=["status"])
    _keep_step(row, Steps.RESUMED, by=by, now=now)
    return row


def rest_to_plan(job: Job) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is left to plan, and the plan to begin from, for the planner's process."""
    left = _residual(job)
    return (
        formats.problem_document(left.problem, left.matrix),
        formats.plan_document(left.start),
    )


def _residual(job: Job) -> Residual:
    row = Breakdown.objects.select_related("plan", "vehicle", "place").get(job=job)
    problem, matrix, plan = bridge.read_plan(row.plan)
    return residual_of(problem, matrix, plan, standstill_of(row))


def propose_rest(
    job: Job, document: object, *, travel: TravelProvider
) -> dict[str, Any]:
    """Keep the day as it would go on, judged whole; nothing is changed by it.

    Where what the search found is not sound, the others drive on as they are and
    nobody takes anything over. Raises PlanBreaksRules, RoutingRefused.
    """
    rows = Breakdown.objects.select_for_update(of=("self",)).select_related(
        "plan__pool", "vehicle", "place"
    )
    found = rows.get(job=job)
    after = _sound(job, found, formats.read_plan(document))
    points = bridge.day_of(found.plan, after.problem).points
    found.problem = formats.problem_document(after.problem, after.matrix)
    found.solution = formats.plan_document(after.plan)
    found.lines = bridge.lines_of(
        after.problem, after.plan, points=points, travel=travel
    )
    if found.status == Breakdown.Status.PLANNING:
        found.status = Breakdown.Status.PROPOSED
    found.save()
    return {"breakdown": found.public_id}


def _sound(job: Job, found: Breakdown, rest: Rest) -> Continued:
    asked = (*bridge.read_plan(found.plan), standstill_of(found))
    after = continued(*asked, rest)
    violations = violations_of(after.problem, after.matrix, after.plan)
    if not violations:
        return after
    cautious = continued(*asked, _residual(job).start)
    if not violations_of(cautious.problem, cautious.matrix, cautious.plan):
        return cautious
    broken = violations[0]
    raise PlanBreaksRules(
        count=len(violations),
        first=str(broken),
        rule=broken.code,
        values=broken.values,
        names=bridge.names_in(bridge.day_of(found.plan, after.problem), broken),
    )


@transaction.atomic
def approve_rest(
    *,
    breakdown: Breakdown,
    by: Person | None,
    now: datetime,
    drivers: Mapping[str, Person] | None = None,
) -> Plan:
    """Let the day go on as proposed: the plan's next version, what is done untouched.

    `drivers` names who drives the trucks that are sent out anew, by public id of the
    truck. Approving twice approves once. Raises RestNotPlanned, DaySettled,
    PlanNotDriven on another day, DoneMeanwhile when a truck did or reached a stop that
    was planned anew, and, where a truck drives longer or is sent out anew,
    PapersExpired, TruckNotFree and DriverBusy; then nothing has changed.
    """
    plan = _lock(breakdown.plan)
    row = _row(breakdown)
    if row.status == Breakdown.Status.APPROVED:
        return plan
    if row.status != Breakdown.Status.PROPOSED:
        raise RestNotPlanned
    if selectors.is_settled(plan.pool, plan.service_on):
        raise DaySettled
    cut = Cut(*bridge.read_plan(plan), standstill_of(row))
    _require_nothing_done(plan, row, cut, _clock_s(plan, now))
    after_problem, after_matrix = formats.read_problem(row.problem)
    after = formats.read_plan(row.solution)
    day = bridge.day_of(plan, after_problem)
    bridge.rewrite_rest(plan, day, cut=cut, after=after, lines=row.lines)
    require_trucks(plan, cut, after_problem, after, drivers=drivers or {})
    row.before = plan.solution
    plan.problem = formats.problem_document(after_problem, after_matrix)
    plan.solution, plan.engine = row.solution, after.engine
    plan.cost_cents, plan.penalty_cents = after.cost_cents, after.penalty_cents
    plan.distance_m, plan.duration_s = after.distance_m, after.duration_s
    plan.edit_version += 1
    plan.save()
    row.status = Breakdown.Status.APPROVED
    row.approved_by, row.approved_at = by, now
    row.save()
    _keep_step(row, Steps.APPROVED, by=by, now=now)
    tell_everybody(row, plan)
    return plan


def standstill_of(row: Breakdown) -> Standstill:
    """A breakdown as the pure rules know it."""
    approved = Breakdown.objects.filter(
        plan=row.plan_id, status=Breakdown.Status.APPROVED
    )
    return Standstill(
        vehicle_id=row.vehicle.public_id,
        place_id=row.place.public_id,
        now_s=row.at_s,
        num_done=row.num_done,
        under_way=frozenset(row.under_way),
        broken_before=frozenset(
            approved.exclude(pk=row.pk).values_list("vehicle__public_id", flat=True)
        ),
        missed=frozenset(row.missed),
        kept_home=frozenset(row.kept_home),
    )


def _row(breakdown: Breakdown) -> Breakdown:
    locked = Breakdown.objects.select_for_update(of=("self",))
    return locked.select_related("job", "vehicle", "place").get(pk=breakdown.pk)


def _lock(plan: Plan) -> Plan:
    """Hold pool and plan, as drivers' taps and everybody who changes a plan do."""
    FleetPool.objects.select_for_update().get(pk=plan.pool_id)
    locked = Plan.objects.select_for_update(of=("self",)).select_related(
        "pool__coordinator"
    )
    row = locked.get(pk=plan.pk)
    if row.status != Plan.Status.PUBLISHED or row.dispatched_at is None:
        raise PlanNotDriven
    return row


def _clock_s(plan: Plan, now: datetime) -> int:
    on, at_s = local_clock(now)
    if on != plan.service_on:
        raise PlanNotDriven
    return at_s


def _route_of(plan: Plan, report: Report) -> Route:
    route = plan.routes.filter(vehicle=report.vehicle).select_related("vehicle").first()
    is_broken = Breakdown.objects.filter(
        plan=plan, vehicle=report.vehicle, status=Breakdown.Status.APPROVED
    ).exists()
    if route is None or is_broken or not route.stops.exists():
        raise TruckNotOut(vehicle=report.vehicle.name)
    if report.place.pk not in {place.pk for place in selectors.places_on_route(route)}:
        raise PlaceNotOnRoute(vehicle=report.vehicle.name, place=report.place.name)
    return route


def _end(
    row: Breakdown, how: BreakdownStep.Kind, *, by: Person | None, now: datetime
) -> Breakdown:
    """Let go of an open breakdown, abandoned or dropped for a new one."""
    jobs.drop_job(job_id=row.job_id, now=now)
    row.status = how.value
    row.save(update_fields=["status"])
    _keep_step(row, how, by=by, now=now)
    return row


def _keep_step(
    row: Breakdown, kind: BreakdownStep.Kind, *, by: Person | None, now: datetime
) -> None:
    BreakdownStep.objects.create(breakdown=row, kind=kind, done_at=now, done_by=by)


def _require_nothing_done(plan: Plan, row: Breakdown, cut: Cut, at_s: int) -> None:
    """A stop that was planned anew must not have been done or reached since.

    A truck that tells nothing drives as planned until now; the broken one does not.
    """
    now = selectors.progress_of(plan, now_s=at_s)
    reached = selectors.reached_since(row)
    names = {vehicle.id: vehicle.name for vehicle in cut.problem.vehicles}
    for name, route in cut.routes.items():
        if name == cut.breakdown.vehicle_id and name not in now.under_way:
            continue
        fixed = cut.standings[name].num_fixed
        has_moved = name in now.under_way - set(row.under_way) and not fixed
        num_done = max(now.num_done.get(name, 0), reached.get(name, 0))
        if has_moved or min(num_done, len(route.stops)) > fixed:
            raise DoneMeanwhile(vehicle=names[name])
