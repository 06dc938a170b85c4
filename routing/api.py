"""Trucks through the API: plans asked for, published, dispatched; routes and taps."""

from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Path, Query, Schema

from hub.api import Day, Door, Moment, PublicId, Sent, Text, caller_of, effect_key
from hub.core.scopes import Scope
from hub.doors import sentence_of
from routing import selectors, services, tasks
from routing.core.taps import TAP_KINDS
from routing.models import FleetPool, Plan, Route, Stop
from routing.sentences import failure_sentence

if TYPE_CHECKING:
    from hub.models import Job

PlanStatus = Literal["proposed", "published", "replaced"]
JobState = Literal["queued", "running", "done", "failed", "stopped"]
router = Door(tags=["routing"])
Id = Annotated[str, Path(pattern=r"^[2-9a-z]{12}$")]
Number = Annotated[int, Path(ge=1, le=10_000)]
COORDINATION = ("coordinator",)


class PoolOut(Schema):
    """Trucks that several hubs share."""

    id: PublicId = Field(alias="public_id")
    name: str
    hub_ids: list[PublicId]

    @staticmethod
    def resolve_hub_ids(pool: Any) -> list[str]:
        return [hub.public_id for hub in pool.hubs.all()]


class PlanOut(Schema):
    """Which truck goes where on one day of a pool."""

    id: PublicId = Field(alias="public_id")
    pool_id: PublicId = Field(alias="pool.public_id")
    service_on: date
    status: PlanStatus
    cost_cents: int
    distance_m: int
    duration_s: int
    edit_version: int
    proposed_at: datetime
    published_at: datetime | None
    dispatched_at: datetime | None


class StopOut(Schema):
    """One stop; times are seconds from midnight."""

    id: PublicId = Field(alias="public_id")
    place_id: PublicId = Field(alias="place.public_id")
    place: str = Field(alias="place.name")
    latitude: float = Field(alias="place.latitude")
    longitude: float = Field(alias="place.longitude")
    sequence: int
    arrival_s: int
    service_start_s: int
    departure_s: int
    leg_distance_m: int
    leg_is_estimate: bool


class RouteOut(Schema):
    """One truck's day."""

    plan_id: PublicId = Field(alias="plan.public_id")
    number: int
    service_on: date = Field(alias="plan.service_on")
    vehicle: str = Field(alias="vehicle.name")
    start_s: int
    end_s: int
    distance_m: int
    stops: list[StopOut]

    @staticmethod
    def resolve_stops(route: Any) -> list[Stop]:
        return list(route.stops.all())


class PlanWithRoutesOut(PlanOut):
    """The same with its routes."""

    routes: list[RouteOut]
    unserved: list["UnservedOut"]

    @staticmethod
    def resolve_routes(plan: Any) -> list[Route]:
        return list(selectors.routes_with_stops(plan))

    @staticmethod
    def resolve_unserved(plan: Any) -> list[Any]:
        return list(plan.unserved.select_related("shipment"))


class UnservedOut(Schema):
    """A shipment that the plan leaves out."""

    shipment_id: PublicId = Field(alias="shipment.public_id")
    reason: str = Field(alias="reason_code")


class JobOut(Schema):
    """A long work: how far it is, how it ended."""

    id: PublicId = Field(alias="public_id")
    kind: str
    state: JobState
    plan_id: PublicId | None
    reason: str = Field(description="Why it failed, in words.")

    @staticmethod
    def resolve_plan_id(job: "Job") -> str | None:
        found = job.result.get("plan")
        return str(found) if found else None

    @staticmethod
    def resolve_reason(job: "Job") -> str:
        return failure_sentence(job) if job.state == "failed" else ""


class PlanIn(Sent):
    """A search for a plan of a pool's day."""

    pool_id: PublicId
    service_on: Day
    seconds: int = Field(60, ge=1, le=settings.SOLVER_TIME_LIMIT_S)
    seed: int = Field(1, ge=0, le=1_000_000)


class PlanFilter(Schema):
    """Which plans."""

    service_on: Day | None = None
    status: PlanStatus | None = None


class RouteFilter(Schema):
    """Which routes."""

    service_on: Day | None = None


class TapIn(Sent):
    """One thing said about one stop, under a name of its own; never changed after."""

    local_id: Annotated[Text, Field(max_length=40, description="A UUID.")]
    device: Annotated[Text, Field(min_length=1, max_length=40)]
    device_seq: int = Field(ge=0, le=2**53)
    stop: PublicId
    kind: Annotated[str, Field(pattern=f"^({'|'.join(TAP_KINDS)})$")]
    tapped_at: Moment
    quantities: dict[Annotated[str, Field(pattern=r"^\d{1,18}$")], int] | None = Field(
        None, description="Units handled, by line."
    )
    temperatures: dict[str, str] | None = Field(
        None, description="Degrees Celsius by temperature class, such as “3.5”."
    )
    reason: Annotated[Text, Field(max_length=40)] | None = None
    receiver: Annotated[Text, Field(max_length=80)] | None = None
    note: Annotated[Text, Field(max_length=200)] | None = None
    withdraws: Annotated[Text, Field(max_length=40)] | None = None


class TapsIn(Sent):
    """What a device kept."""

    sent_at: Moment = Field(description="By the device's clock, right or wrong.")
    taps: list[TapIn] = Field(min_length=1, max_length=200)


class TapOut(Schema):
    """What became of a tap."""

    local_id: str
    status: str
    message: str


class TapsOut(Schema):
    """The answer to each tap, in order."""

    answers: list[TapOut]


@router.pages("/pools", scope=Scope.PLANS_READ, roles=COORDINATION, out=PoolOut)
def pools(request: HttpRequest) -> QuerySet[FleetPool]:
    """The fleet pools that one's hub shares."""
    return selectors.pools_seen_by(caller_of(request).person).prefetch_related("hubs")


@router.pages("/plans", scope=Scope.PLANS_READ, roles=COORDINATION, out=PlanOut)
def plans(request: HttpRequest, asked: Query[PlanFilter]) -> QuerySet[Plan]:
    """Plans of the pools that one's hub shares."""
    found = selectors.plans_seen_by(caller_of(request).person)
    if asked.service_on is not None:
        found = found.filter(service_on=asked.service_on)
    if asked.status is not None:
        found = found.filter(status=asked.status)
    return found


@router.read(
    "/plans/{plan_id}",
    scope=Scope.PLANS_READ,
    roles=COORDINATION,
    out=PlanWithRoutesOut,
)
def plan(request: HttpRequest, plan_id: Id) -> Plan:
    """One plan with its routes, its stops, and what it leaves out."""
    seen = selectors.plans_seen_by(caller_of(request).person)
    return get_object_or_404(seen, public_id=plan_id)


@router.act(
    "/plans",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=JobOut,
    status=HTTPStatus.ACCEPTED,
)
def propose_plan(request: HttpRequest, asked: PlanIn) -> JobOut:
    """Begin a search; its job tells how far it is and, at the end, which plan."""
    person = caller_of(request).person
    pool = get_object_or_404(selectors.pools_seen_by(person), public_id=asked.pool_id)
    job = services.propose_plan(
        pool=pool,
        service_on=asked.service_on,
        by=person,
        seconds=asked.seconds,
        seed=asked.seed,
        key=effect_key(request),
    )
    transaction.on_commit(partial(tasks.plan.delay, job.pk))
    return JobOut.from_orm(job)


@router.read("/jobs/{job_id}", scope=Scope.PLANS_READ, roles=COORDINATION, out=JobOut)
def job(request: HttpRequest, job_id: Id) -> "Job":
    """How far a search or a close is."""
    mine = selectors.jobs_run_by(caller_of(request).person)
    return get_object_or_404(mine, public_id=job_id)


@router.act(
    "/cycles/{cycle_id}/close",
    scope=Scope.CYCLES_WRITE,
    roles=COORDINATION,
    out=JobOut,
    status=HTTPStatus.ACCEPTED,
)
def close_cycle(request: HttpRequest, cycle_id: Id) -> JobOut:
    """Close a cycle now: orders stop, quantities are shared out by a job."""
    person = caller_of(request).person
    cycle = get_object_or_404(selectors.cycles_run_by(person), public_id=cycle_id)
    asked = services.request_close(cycle=cycle, by=person)
    transaction.on_commit(partial(tasks.close_cycle.delay, asked.pk))
    return JobOut.from_orm(asked)


@router.act(
    "/plans/{plan_id}/publish",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanOut,
)
def publish_plan(request: HttpRequest, plan_id: Id) -> PlanOut:
    """Make a plan the one everybody drives by."""
    person = caller_of(request).person
    mine = get_object_or_404(selectors.plans_run_by(person), public_id=plan_id)
    return PlanOut.from_orm(
        services.publish_plan(plan=mine, by=person, now=timezone.now())
    )


@router.act(
    "/plans/{plan_id}/dispatch",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanOut,
)
def dispatch_plan(request: HttpRequest, plan_id: Id) -> PlanOut:
    """Let the trucks leave by a published plan; those concerned are told."""
    person = caller_of(request).person
    mine = get_object_or_404(selectors.plans_run_by(person), public_id=plan_id)
    return PlanOut.from_orm(
        services.dispatch_plan(plan=mine, by=person, now=timezone.now())
    )


@router.pages("/routes", scope=Scope.ROUTES_READ, out=RouteOut)
def routes(request: HttpRequest, asked: Query[RouteFilter]) -> QuerySet[Route]:
    """Published routes that one drives."""
    found = selectors.routes_driven_by(caller_of(request).person)
    if asked.service_on is not None:
        found = found.filter(plan__service_on=asked.service_on)
    return found.prefetch_related("stops__place")


@router.act("/routes/{plan_id}/{number}/taps", scope=Scope.ROUTES_WRITE, out=TapsOut)
def send_taps(
    request: HttpRequest, plan_id: Id, number: Number, asked: TapsIn
) -> TapsOut:
    """Say what happened at the stops: each tap counts once, in any order."""
    person = caller_of(request).person
    route = get_object_or_404(
        selectors.routes_told_by(person), plan__public_id=plan_id, number=number
    )
    answers = services.apply_taps(
        route=route,
        person=person,
        taps=[tap.model_dump(mode="json", exclude_none=True) for tap in asked.taps],
        sent_at=asked.sent_at,
        now=timezone.now(),
    )
    return TapsOut(
        answers=[
            TapOut(
                local_id=answer.local_id,
                status=answer.status,
                message=sentence_of(answer.refusal) if answer.refusal else "",
            )
            for answer in answers
        ]
    )
