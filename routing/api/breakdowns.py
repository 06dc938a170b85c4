"""Breakdowns through the API: a truck stands still, the rest is proposed, decided."""

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import Door, Id, PublicId, Sent, caller_of, effect_key, narrowed
from hub.core.scopes import Scope
from routing import selectors, services, tasks
from routing.api.driving import DriverOut
from routing.api.shapes import COORDINATION, plan_run_by
from routing.models import Breakdown
from routing.sentences import failure_sentence, reason_sentence

if TYPE_CHECKING:
    from hub.models import Person

BreakdownStatus = Literal["planning", "proposed", "approved", "dropped", "abandoned"]
router = Door(tags=["breakdowns"])
RowId = Annotated[str, Field(pattern=r"^[2-9a-z]{12}$")]


class BreakdownOut(Schema):
    """A truck that stands still."""

    id: PublicId = Field(alias="public_id")
    plan_id: PublicId = Field(alias="plan.public_id")
    vehicle_id: PublicId = Field(alias="vehicle.public_id")
    vehicle: str = Field(alias="vehicle.name")
    place_id: PublicId = Field(alias="place.public_id")
    status: BreakdownStatus = Field(
        description="`planning` while the rest of the day is searched for; `proposed` "
        "waits to be approved or abandoned."
    )
    failure: str = Field(description="Why nothing could be proposed, in words.")
    reported_at: datetime
    approved_at: datetime | None

    @staticmethod
    def resolve_failure(row: Breakdown) -> str:
        return failure_sentence(row.job) if row.job.state == "failed" else ""


class MovedOut(Schema):
    """A delivery before and after; times are seconds from midnight."""

    shipment_id: PublicId = Field(alias="shipment.public_id")
    was_vehicle: str
    was_s: int
    vehicle: str = Field(description="Empty: it stays behind.")
    at_s: int | None


class LeftOut(Schema):
    """A shipment that nobody can take over."""

    shipment_id: PublicId
    reason_code: str
    reason: str


class LateOut(Schema):
    """A delivery that would come after the hours agreed."""

    shipment_id: PublicId = Field(alias="shipment.public_id")
    vehicle: str
    at_s: int
    late_s: int


class NewRouteOut(Schema):
    """A truck that would be sent out anew, and who may drive it."""

    vehicle_id: PublicId = Field(alias="vehicle.public_id")
    vehicle: str = Field(alias="vehicle.name")
    drivers: list[DriverOut]

    @staticmethod
    def resolve_drivers(row: Any) -> "list[Person]":
        return list(row.drivers)


class BreakdownWithProposalOut(BreakdownOut):
    """The same with how the day could go on; empty while nothing is proposed."""

    moved: list[MovedOut]
    late: list[LateOut]
    left: list[LeftOut]
    sent_out: list[NewRouteOut]

    @staticmethod
    def resolve_moved(row: Breakdown) -> list[Any]:
        return selectors.moved_deliveries(row) if row.solution else []

    @staticmethod
    def resolve_late(row: Breakdown) -> list[Any]:
        return selectors.late_deliveries(row) if row.solution else []

    @staticmethod
    def resolve_left(row: Breakdown) -> list[dict[str, Any]]:
        names = selectors.vehicle_names(row.plan.pool)
        return [
            {
                "shipment_id": shipment.public_id,
                "reason_code": code,
                "reason": reason_sentence(code, data, names),
            }
            for shipment, code, data in (selectors.left_by(row) if row.solution else ())
        ]

    @staticmethod
    def resolve_sent_out(row: Breakdown) -> list[Any]:
        return selectors.new_routes(row) if row.solution else []


class BreakdownFilter(Schema):
    """Which breakdowns."""

    plan_id: PublicId | None = None
    status: BreakdownStatus | None = None


class BreakdownIn(Sent):
    """Which truck stands still, and where."""

    vehicle_id: PublicId
    place_id: PublicId = Field(description="The place of its route nearest to it.")


class ApprovalIn(Sent):
    """Who drives the trucks that are sent out anew."""

    drivers: dict[RowId, RowId] = Field(
        default_factory=dict,
        max_length=50,
        json_schema_extra={"additionalProperties": False},
        description="The id of a driver by the id of a truck of `sent_out`.",
    )


@router.pages(
    "/breakdowns", scope=Scope.PLANS_READ, roles=COORDINATION, out=BreakdownOut
)
def breakdowns(
    request: HttpRequest, asked: Query[BreakdownFilter]
) -> QuerySet[Breakdown]:
    """Trucks that broke down on the plans of one's pools."""
    return narrowed(
        selectors.breakdowns_run_by(caller_of(request).person),
        plan__public_id=asked.plan_id,
        status=asked.status,
    )


@router.read(
    "/breakdowns/{breakdown_id}",
    scope=Scope.PLANS_READ,
    roles=COORDINATION,
    out=BreakdownWithProposalOut,
)
def breakdown(request: HttpRequest, breakdown_id: Id) -> Breakdown:
    """One breakdown with what its proposal would change."""
    return _mine(request, breakdown_id)


@router.act(
    "/plans/{plan_id}/breakdowns",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=BreakdownOut,
    status=HTTPStatus.ACCEPTED,
)
def report_breakdown(
    request: HttpRequest, plan_id: Id, asked: BreakdownIn
) -> BreakdownOut:
    """Say that a truck stands still: the rest of the day is planned without it.

    Nothing changes before somebody approves. Told again, it is planned anew from how
    far the trucks are by then. Refused with `plan_not_driven`,
    `truck_not_out`, `other_truck_first`.
    """
    mine = plan_run_by(request, plan_id)
    trucks = mine.routes.select_related("vehicle", "home")
    route = get_object_or_404(trucks, vehicle__public_id=asked.vehicle_id)
    place = selectors.place_on_route(route, asked.place_id)
    told = services.report_breakdown(
        plan=mine,
        report=services.Report(
            vehicle=route.vehicle, place=place, key=effect_key(request)
        ),
        by=caller_of(request).person,
        now=timezone.now(),
    )
    transaction.on_commit(partial(tasks.rest_of_day.delay, told.job_id))
    return BreakdownOut.from_orm(told)


@router.act(
    "/breakdowns/{breakdown_id}/approve",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=BreakdownOut,
)
def approve_breakdown(
    request: HttpRequest, breakdown_id: Id, asked: ApprovalIn
) -> BreakdownOut:
    """Let the day go on as proposed; everyone concerned is told.

    Refused with `rest_not_planned`, `done_meanwhile` (report it again), `day_settled`,
    `papers_expired`, `truck_not_free`, `driver_busy`; then nothing has changed.
    """
    mine = _mine(request, breakdown_id)
    named = {
        each.vehicle.public_id: get_object_or_404(
            each.drivers, public_id=asked.drivers[each.vehicle.public_id]
        )
        for each in (selectors.new_routes(mine) if mine.solution else [])
        if each.vehicle.public_id in asked.drivers
    }
    services.approve_rest(
        breakdown=mine,
        by=caller_of(request).person,
        now=timezone.now(),
        drivers=named,
    )
    return BreakdownOut.from_orm(_mine(request, breakdown_id))


@router.act(
    "/breakdowns/{breakdown_id}/again",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=BreakdownOut,
    status=HTTPStatus.ACCEPTED,
)
def plan_rest_again(request: HttpRequest, breakdown_id: Id) -> BreakdownOut:
    """Plan the rest of the day anew for the same truck, from how far all are now.

    Gives the breakdown that takes the place of this one. Refused as telling it is.
    """
    told = services.plan_rest_again(
        breakdown=_mine(request, breakdown_id),
        key=effect_key(request),
        by=caller_of(request).person,
        now=timezone.now(),
    )
    transaction.on_commit(partial(tasks.rest_of_day.delay, told.job_id))
    return BreakdownOut.from_orm(told)


@router.act(
    "/breakdowns/{breakdown_id}/abandon",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=BreakdownOut,
)
def abandon_breakdown(request: HttpRequest, breakdown_id: Id) -> BreakdownOut:
    """Let the day go on as planned, as if nothing had been told."""
    done = services.abandon_breakdown(
        breakdown=_mine(request, breakdown_id),
        by=caller_of(request).person,
        now=timezone.now(),
    )
    return BreakdownOut.from_orm(done)


@router.act(
    "/breakdowns/{breakdown_id}/resume",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=BreakdownOut,
)
def resume_breakdown(request: HttpRequest, breakdown_id: Id) -> BreakdownOut:
    """Take up an abandoned proposal again."""
    done = services.resume_breakdown(
        breakdown=_mine(request, breakdown_id),
        by=caller_of(request).person,
        now=timezone.now(),
    )
    return BreakdownOut.from_orm(done)


def _mine(request: HttpRequest, public_id: str) -> Breakdown:
    mine = selectors.breakdowns_run_by(caller_of(request).person)
    return get_object_or_404(mine, public_id=public_id)
