"""A coordinator's hand on a plan: versions, moves, undoing them, and what is locked.

The plan that a search made is never changed: hands work on a version of it. Every
change is asked with the version it was looked at; who comes second is told who was
first, and nothing of either is lost. Locks: the pool, then the plan, as in publishing.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from routing import bridge, selectors
from routing.core import formats
from routing.core.check import violations_of
from routing.core.edit import Move, moved
from routing.core.errors import (
    NothingToRedo,
    NothingToUndo,
    PlanDispatched,
    PlanEditedMeanwhile,
    PlanNotAdjustable,
    ShipmentDecided,
)
from routing.core.plan import Plan as Solution
from routing.core.problem import Problem
from routing.models import FleetPool, Plan, PlanEdit, Route
from routing.services.ways import streets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hub.models import Person
    from routing.travel.base import TravelProvider


@transaction.atomic
def adjust_plan(*, plan: Plan, now: datetime) -> Plan:
    """The version of a plan that hands may change: found, or made from it now.

    Two people who begin at once get the same one. Raises PlanDispatched.
    """
    lock_day(plan)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if is_adjustable(plan):
        return plan
    open_version = plan.versions.filter(status=Plan.Status.PROPOSED, job=None).first()
    if open_version is not None:
        return open_version
    solution = formats.read_plan(plan.solution)
    return bridge.save_version(plan, solution, job=None, now=now)


@transaction.atomic
def edit_plan(
    *, plan: Plan, version: int, move: Move, by: Person | None, now: datetime
) -> Plan:
    """Make one move; what was undone before can no more be redone.

    A move that changes nothing is no step. A move that breaks a rule is made: the
    plan then says how many are broken, and cannot be published.
    Raises PlanNotAdjustable, PlanDispatched, PlanEditedMeanwhile, ShipmentDecided,
    UnknownName.
    """
    row = lock_version(plan, version)
    problem, matrix, before = bridge.read_plan(row)
    edited = moved(problem, matrix, before, move)
    if edited.plan.routes == before.routes:
        return row
    row.edits.filter(number__gt=row.num_applied).delete()
    row.num_applied += 1
    _write(row, problem, before, edited.plan, len(edited.violations))
    PlanEdit.objects.create(
        plan=row,
        number=row.num_applied,
        content={"kind": type(move).__name__, **asdict(move)},
        solution=row.solution,
        made_by=by,
        made_at=now,
    )
    return row


@transaction.atomic
def undo_edit(*, plan: Plan, version: int) -> Plan:
    """Go back to the plan before the last step, exactly as it was.

    Raises NothingToUndo, and what edit_plan raises.
    """
    row = lock_version(plan, version)
    if row.num_applied == 0:
        raise NothingToUndo
    row.num_applied -= 1
    return _go_to_step(row)


@transaction.atomic
def redo_edit(*, plan: Plan, version: int) -> Plan:
    """Make the step that was undone last again.

    Raises NothingToRedo, and what edit_plan raises.
    """
    row = lock_version(plan, version)
    if not row.edits.filter(number=row.num_applied + 1).exists():
        raise NothingToRedo
    row.num_applied += 1
    return _go_to_step(row)


def draw_plan(*, plan_id: int, travel: TravelProvider | None = None) -> int:
    """Let the lines of an adjusted plan follow the streets; says how many did not.

    The streets are read before anything is locked, so that nobody waits for them. A
    plan changed meanwhile keeps its lines: that change asks for a drawing of its own.
    """
    row = Plan.objects.filter(pk=plan_id).first()
    if row is None:
        return 0
    drawn = bridge.drawn_routes(row, travel=travel or streets())
    return _keep_lines(row, drawn)


@transaction.atomic
def _keep_lines(row: Plan, drawn: Sequence[tuple[Route, int]]) -> int:
    same = Plan.objects.select_for_update().filter(
        pk=row.pk, edit_version=row.edit_version
    )
    if not same.exists():
        return 0
    for route, _num in drawn:
        route.save(update_fields=["legs"])
    return sum(num for _route, num in drawn)


def is_adjustable(plan: Plan) -> bool:
    """Whether hands may change this version: made by hand, and not published."""
    return (
        plan.parent_id is not None
        and plan.job_id is None
        and plan.status == Plan.Status.PROPOSED
    )


def lock_day(plan: Plan) -> FleetPool:
    """Hold the pool, so that nobody publishes or dispatches meanwhile.

    Raises PlanDispatched once the trucks of the day have left with their papers.
    """
    pool = FleetPool.objects.select_for_update().get(pk=plan.pool_id)
    _require_not_gone(pool, plan.service_on)
    return pool


def require_day_to_come(pool_id: int, on: date) -> None:
    """Hold the pool, and refuse a day whose trucks have left already.

    Raises PlanDispatched.
    """
    pool = FleetPool.objects.select_for_update().get(pk=pool_id)
    _require_not_gone(pool, on)


def _require_not_gone(pool: FleetPool, on: date) -> None:
    if gone := selectors.dispatched_plan(pool, on):
        raise PlanDispatched(at=localtime(gone.dispatched_at).strftime("%H:%M"))


def lock_version(plan: Plan, version: int) -> Plan:
    """Hold a plan for a hand that looked at it as `version`.

    Raises PlanNotAdjustable, PlanDispatched, PlanEditedMeanwhile.
    """
    lock_day(plan)
    row = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("pool", "parent")
        .get(pk=plan.pk)
    )
    if not is_adjustable(row):
        raise PlanNotAdjustable
    if row.edit_version != version:
        last = row.edits.order_by("-made_at").select_related("made_by").first()
        raise PlanEditedMeanwhile(who=_name_of(last.made_by if last else None))
    return row


def _name_of(person: Person | None) -> str:
    return (person.name or person.email) if person else "?"


def _go_to_step(row: Plan) -> Plan:
    assert row.parent is not None  # an adjustment is made from a plan
    source: Any = row.parent
    if row.num_applied:
        source = row.edits.get(number=row.num_applied)
    problem, matrix, before = bridge.read_plan(row)
    after = formats.read_plan(source.solution)
    num_broken = len(violations_of(problem, matrix, after))
    _write(row, problem, before, after, num_broken)
    return row


def _write(
    row: Plan, problem: Problem, before: Solution, after: Solution, num_broken: int
) -> None:
    day = bridge.day_of(row, problem)
    carried = after.served_ids - before.served_ids
    for name in sorted(carried):
        if selectors.decision_for(day.shipments[name], row.service_on):
            raise ShipmentDecided(shipment=str(day.shipments[name]))
    bridge.rewrite(row, day, before, after)
    row.num_broken = num_broken
    row.edit_version += 1
    row.save()
