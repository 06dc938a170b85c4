"""What several nouns of routing answer with: routes, stops, plans, jobs."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Schema

from hub.api import PublicId, caller_of
from routing import selectors
from routing.models import Plan, Route, Stop, UnservedShipment
from routing.sentences import failure_sentence, reason_sentence

if TYPE_CHECKING:
    from hub.models import Job

PlanStatus = Literal["proposed", "published", "replaced"]
JobState = Literal["queued", "running", "done", "failed", "stopped"]
Handling = Literal["load", "unload"]
Decision = Literal["", "another_day", "own_transport", "cancelled"]
Number = Annotated[int, Path(ge=1, le=10_000)]
COORDINATION = ("coordinator",)


class PlanOut(Schema):
    """Which truck goes where on one day of a pool."""

    id: PublicId = Field(alias="public_id")
    pool_id: PublicId = Field(alias="pool.public_id")
    service_on: date
    status: PlanStatus
    cost_cents: int
    distance_m: int
    duration_s: int
    edit_version: int = Field(description="Rises with each hand edit.")
    num_broken: int = Field(
        description="Rules that hand edits break; it is published only at zero."
    )
    proposed_at: datetime
    published_at: datetime | None
    dispatched_at: datetime | None


class HandledOut(Schema):
    """A shipment that is loaded or unloaded at a stop."""

    shipment_id: PublicId = Field(alias="shipment.public_id")
    kind: Handling


class StopOut(Schema):
    """One stop as planned; times are seconds from midnight."""

    id: PublicId = Field(alias="public_id")
    place_id: PublicId = Field(alias="place.public_id")
    place: str = Field(alias="place.name")
    latitude: float = Field(alias="place.latitude")
    longitude: float = Field(alias="place.longitude")
    sequence: int = Field(description="From 1, in driving order.")
    arrival_s: int
    service_start_s: int
    departure_s: int
    leg_distance_m: int
    leg_is_estimate: bool
    shipments: list[HandledOut]

    @staticmethod
    def resolve_shipments(stop: Stop) -> list[Any]:
        return list(stop.actions.all())


class RouteOut(Schema):
    """One truck's day."""

    plan_id: PublicId = Field(alias="plan.public_id")
    number: int
    service_on: date = Field(alias="plan.service_on")
    vehicle_id: PublicId = Field(alias="vehicle.public_id")
    vehicle: str = Field(alias="vehicle.name")
    driver_id: PublicId | None = Field(
        None, alias="driver.public_id", description="Who is named to drive it."
    )
    start_s: int
    end_s: int
    distance_m: int
    stops: list[StopOut]

    @staticmethod
    def resolve_stops(route: Route) -> list[Stop]:
        return list(route.stops.all())


class UnservedOut(Schema):
    """A shipment that a plan leaves out, and what becomes of it."""

    shipment_id: PublicId
    farm: str
    drop_point: str
    reason_code: str = Field(description="Why no truck takes it; stable.")
    reason: str = Field(description="The same in words.")
    decision: Decision = Field(description="Empty: still to be decided.")
    moved_to: date | None = Field(description="The other day, when it was moved.")
    note: str


class PlanWithRoutesOut(PlanOut):
    """The same with its routes, and what it leaves out."""

    routes: list[RouteOut]
    unserved: list[UnservedOut]

    @staticmethod
    def resolve_routes(plan: Plan) -> list[Route]:
        return list(selectors.routes_with_goods(plan))

    @staticmethod
    def resolve_unserved(plan: Plan) -> list[dict[str, Any]]:
        return left_out(selectors.left_behind(plan))


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


def left_out(rows: Iterable[UnservedShipment]) -> list[dict[str, Any]]:
    """What `UnservedOut` says of goods that one plan leaves out."""
    told = list(rows)
    names = selectors.vehicle_names(told[0].plan.pool) if told else {}
    return [
        {
            "shipment_id": row.shipment.public_id,
            "farm": row.shipment.producer.name,
            "drop_point": row.shipment.drop_point.name,
            "reason_code": row.reason_code,
            "reason": reason_sentence(row.reason_code, row.reason_data, names),
            "decision": selectors.decision_for(row.shipment, row.plan.service_on),
            "moved_to": row.shipment.service_on
            if row.shipment.service_on != row.plan.service_on
            else None,
            "note": row.shipment.decision_note,
        }
        for row in told
    ]


def plan_run_by(request: HttpRequest, public_id: str) -> Plan:
    """A plan that the caller may publish and change, or nothing is there."""
    mine = selectors.plans_run_by(caller_of(request).person)
    return get_object_or_404(mine, public_id=public_id)
