"""A plan under a coordinator's hands: moved, undone, locked, left goods decided."""

from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field
from pydantic import Discriminator, Tag

from hub.api import Day, Door, Id, PublicId, Sent, Text, caller_of, effect_key
from hub.core.scopes import Scope
from routing import selectors, services, tasks
from routing.api.shapes import (
    COORDINATION,
    JobOut,
    PlanOut,
    PlanWithRoutesOut,
    UnservedOut,
    left_out,
    plan_run_by,
)
from routing.core.edit import Move, MoveShipment, MoveStop, TakeOut
from routing.models import Plan, UnservedShipment

router = Door(tags=["plans"])
Sequence = Annotated[int, Field(ge=1, le=9_999)]
Version = Annotated[
    int,
    Field(ge=0, le=10**9, description="The `edit_version` that was looked at."),
]


class MoveStopIn(Sent):
    """A whole stop, with all it handles, elsewhere."""

    kind: Literal["move_stop"]
    vehicle_id: PublicId
    sequence: Sequence = Field(description="Of the stop, as the plan says.")
    to_vehicle_id: PublicId
    to_sequence: Sequence | None = Field(
        None, description="Where the detour is shortest when absent."
    )


class MoveShipmentIn(Sent):
    """One shipment, carried or left out, onto a truck where the detour is shortest."""

    kind: Literal["move_shipment"]
    shipment_id: PublicId
    to_vehicle_id: PublicId


class TakeOutIn(Sent):
    """Shipments off their trucks; they stay behind, to be decided."""

    kind: Literal["take_out"]
    shipment_ids: list[PublicId] = Field(min_length=1, max_length=200)


def _kind_of(move: Any) -> str:
    """Which move is meant, so that faults of that one alone are told."""
    is_sent = isinstance(move, dict)
    return str(move.get("kind") if is_sent else getattr(move, "kind", ""))


MoveIn = Annotated[
    Annotated[MoveStopIn, Tag("move_stop")]
    | Annotated[MoveShipmentIn, Tag("move_shipment")]
    | Annotated[TakeOutIn, Tag("take_out")],
    Discriminator(_kind_of),
]


class EditIn(Sent):
    """One step of a hand."""

    edit_version: Version
    move: MoveIn


class VersionIn(Sent):
    """The plan that was looked at."""

    edit_version: Version


class LockIn(VersionIn):
    """What a search is to leave alone."""

    vehicle_id: PublicId
    sequence: Sequence | None = Field(None, description="The whole truck when absent.")
    is_locked: bool = True


class ImproveIn(Sent):
    """How long to search."""

    seconds: int = Field(60, ge=1, le=settings.SOLVER_TIME_LIMIT_S)
    seed: int = Field(1, ge=0, le=1_000_000)


class DecisionIn(Sent):
    """What becomes of goods left out."""

    decision: Literal["another_day", "own_transport", "cancelled"]
    moved_to: Day | None = Field(None, description="For `another_day`: which one.")
    note: Annotated[Text, Field(max_length=200)] = ""


@router.act(
    "/plans/{plan_id}/adjust",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanOut,
)
def adjust_plan(request: HttpRequest, plan_id: Id) -> PlanOut:
    """The version of a plan that hands may change: found, or made from it now."""
    mine = plan_run_by(request, plan_id)
    return PlanOut.from_orm(services.adjust_plan(plan=mine, now=timezone.now()))


@router.act(
    "/plans/{plan_id}/edits",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanWithRoutesOut,
)
def edit_plan(request: HttpRequest, plan_id: Id, asked: EditIn) -> PlanWithRoutesOut:
    """Make one step on a version of a plan; `num_broken` says how many rules it breaks.

    Refused with `plan_not_adjustable` (adjust it first), `plan_edited_meanwhile`,
    `plan_dispatched`, `shipment_decided`, `unknown_name` (no such truck or stop).
    """
    return _drawn(
        services.edit_plan(
            plan=plan_run_by(request, plan_id),
            version=asked.edit_version,
            move=_move(asked),
            by=caller_of(request).person,
            now=timezone.now(),
        )
    )


@router.act(
    "/plans/{plan_id}/undo",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanWithRoutesOut,
)
def undo_edit(request: HttpRequest, plan_id: Id, asked: VersionIn) -> PlanWithRoutesOut:
    """Go back to the plan before the last step, exactly as it was."""
    mine = plan_run_by(request, plan_id)
    return _drawn(services.undo_edit(plan=mine, version=asked.edit_version))


@router.act(
    "/plans/{plan_id}/redo",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanWithRoutesOut,
)
def redo_edit(request: HttpRequest, plan_id: Id, asked: VersionIn) -> PlanWithRoutesOut:
    """Make the step that was undone last again."""
    mine = plan_run_by(request, plan_id)
    return _drawn(services.redo_edit(plan=mine, version=asked.edit_version))


@router.act(
    "/plans/{plan_id}/locks",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanOut,
)
def lock_stop(request: HttpRequest, plan_id: Id, asked: LockIn) -> PlanOut:
    """Lock a stop or a truck against the next search, or free it."""
    locked = services.set_lock(
        plan=plan_run_by(request, plan_id),
        version=asked.edit_version,
        vehicle_id=asked.vehicle_id,
        stop=asked.sequence and asked.sequence - 1,
        is_locked=asked.is_locked,
    )
    return PlanOut.from_orm(locked)


@router.act(
    "/plans/{plan_id}/improve",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=JobOut,
    status=HTTPStatus.ACCEPTED,
)
def improve_plan(request: HttpRequest, plan_id: Id, asked: ImproveIn) -> JobOut:
    """Let a search improve what is not locked; its job names the version it found."""
    job = services.improve_plan(
        plan=plan_run_by(request, plan_id),
        by=caller_of(request).person,
        seconds=asked.seconds,
        seed=asked.seed,
        key=effect_key(request),
    )
    transaction.on_commit(partial(tasks.plan.delay, job.pk))
    return JobOut.from_orm(job)


@router.act(
    "/plans/{plan_id}/unserved/{shipment_id}/decide",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=UnservedOut,
)
def decide_unserved(
    request: HttpRequest, plan_id: Id, shipment_id: Id, asked: DecisionIn
) -> UnservedOut:
    """Say what becomes of goods that a plan leaves out.

    They ride another day, go by someone else's transport, or are cancelled: then they
    bill nothing and what was held for them goes back. Refused with `day_not_later`,
    `decision_not_possible`, `goods_come_later`, `plan_dispatched`.
    """
    left = _left(request, plan_id, shipment_id)
    services.decide_unserved(
        left=left,
        decision=asked.decision,
        on=asked.moved_to if asked.decision == "another_day" else None,
        by=caller_of(request).person,
        now=timezone.now(),
        note=asked.note,
    )
    return _told(request, plan_id, shipment_id)


@router.act(
    "/plans/{plan_id}/unserved/{shipment_id}/undo",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=UnservedOut,
)
def undo_unserved(request: HttpRequest, plan_id: Id, shipment_id: Id) -> UnservedOut:
    """Take back what was decided of goods that a plan leaves out."""
    services.undo_unserved(
        left=_left(request, plan_id, shipment_id),
        by=caller_of(request).person,
        now=timezone.now(),
    )
    return _told(request, plan_id, shipment_id)


def _left(request: HttpRequest, plan_id: str, shipment_id: str) -> UnservedShipment:
    left = selectors.left_behind(plan_run_by(request, plan_id))
    return get_object_or_404(left, shipment__public_id=shipment_id)


def _told(request: HttpRequest, plan_id: str, shipment_id: str) -> UnservedOut:
    (told,) = left_out([_left(request, plan_id, shipment_id)])
    return UnservedOut.model_validate(told)


def _drawn(plan: Plan) -> PlanWithRoutesOut:
    """The plan after a step; its lines follow the streets a moment later."""
    transaction.on_commit(partial(tasks.draw_plan.delay, plan.pk))
    return PlanWithRoutesOut.from_orm(plan)


def _move(asked: EditIn) -> Move:
    move = asked.move
    if isinstance(move, MoveShipmentIn):
        return MoveShipment(move.shipment_id, move.to_vehicle_id)
    if isinstance(move, TakeOutIn):
        return TakeOut(tuple(move.shipment_ids))
    position = None if move.to_sequence is None else move.to_sequence - 1
    return MoveStop(move.vehicle_id, move.sequence - 1, move.to_vehicle_id, position)
