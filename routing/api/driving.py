"""Routes through the API: read, staffed, told stop by stop, followed."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import Day, Door, Id, Moment, PublicId, Sent, Text, caller_of, narrowed
from hub.core.scopes import Scope
from hub.doors import sentence_of
from routing import selectors, services
from routing.api.shapes import COORDINATION, Handling, Number, RouteOut
from routing.core.taps import TAP_KINDS
from routing.models import Route

if TYPE_CHECKING:
    from hub.models import Person

StopStatus = Literal["waiting", "arrived", "done", "left", "missed"]
router = Door(tags=["routes"])


class RouteFilter(Schema):
    """Which routes."""

    service_on: Day | None = None
    plan_id: PublicId | None = None


class GoodsOut(Schema):
    """Units of one product for one buyer, handled at a stop."""

    line_id: str = Field(description="Names it in the `quantities` of a tap.")
    shipment_id: PublicId
    kind: Handling
    product: str
    packing: str
    buyer: str
    lot: str
    temperature_class: str
    units: int = Field(description="The most there can be.")
    expected: int = Field(description="Fewer when the goods came short before.")


class StopSheetOut(Schema):
    """One stop with what is handled there."""

    id: PublicId
    sequence: int
    place: str
    address: str
    arrival_s: int
    goods: list[GoodsOut]


class RouteSheetOut(Schema):
    """A route as its driver reads it."""

    plan_id: PublicId
    number: int
    vehicle: str
    stops: list[StopSheetOut]


class DriverOut(Schema):
    """Somebody who may drive a route."""

    id: PublicId = Field(alias="public_id")
    name: str


class DriverIn(Sent):
    """Who drives."""

    driver_id: PublicId | None = Field(description="Null: nobody is named yet.")


class StopTold(Schema):
    """One stop as it is told from the road."""

    stop_id: PublicId = Field(alias="stop.public_id")
    sequence: int = Field(alias="stop.sequence")
    place: str = Field(alias="stop.place.name")
    status: StopStatus
    arrived_at: datetime | None = Field(None, alias="record.arrived_at")
    done_at: datetime | None = Field(None, alias="record.done_at")
    departed_at: datetime | None = Field(None, alias="record.departed_at")
    is_late: bool
    short: int = Field(description="Units that were to come off and did not.")
    too_warm: int = Field(description="Temperatures read above what the rule allows.")
    problem: str = Field(description="Its code; empty for none.")

    @staticmethod
    def resolve_too_warm(row: Any) -> int:
        return len(row.warm)

    @staticmethod
    def resolve_problem(row: Any) -> str:
        told = row.record.problem if row.record else None
        return told.reason if told else ""


class RouteTold(Schema):
    """One truck on the road."""

    vehicle: str
    driver: str
    stops: list[StopTold]


class ProgressOut(Schema):
    """A dispatched day as it stands."""

    plan_id: PublicId
    routes: list[RouteTold]


class TapIn(Sent):
    """One thing said about one stop, under a name of its own; never changed after."""

    local_id: Annotated[Text, Field(max_length=40, description="A UUID.")]
    device: Annotated[Text, Field(min_length=1, max_length=40)]
    device_seq: int = Field(ge=0, le=2**53)
    stop: PublicId
    kind: Annotated[str, Field(pattern=f"^({'|'.join(TAP_KINDS)})$")]
    tapped_at: Moment
    quantities: dict[Annotated[str, Field(pattern=r"^\d{1,18}$")], int] | None = Field(
        None, description="Units handled, by `line_id` of the route's sheet."
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


@router.pages("/routes", scope=Scope.ROUTES_READ, out=RouteOut)
def routes(request: HttpRequest, asked: Query[RouteFilter]) -> QuerySet[Route]:
    """Published routes that one drives."""
    return narrowed(
        selectors.with_goods(selectors.routes_driven_by(caller_of(request).person)),
        plan__service_on=asked.service_on,
        plan__public_id=asked.plan_id,
    )


@router.read("/routes/{plan_id}/{number}", scope=Scope.ROUTES_READ, out=RouteSheetOut)
def route_sheet(request: HttpRequest, plan_id: Id, number: Number) -> dict[str, Any]:
    """A published route that one drives, or that one's hub dispatched, with the goods
    of each stop line by line."""
    person = caller_of(request).person
    mine = selectors.routes_driven_by(person) | selectors.routes_told_for(person)
    route = get_object_or_404(mine, plan__public_id=plan_id, number=number)
    return {
        "plan_id": plan_id,
        "number": route.number,
        "vehicle": route.vehicle.name,
        "stops": [_stop(each) for each in selectors.drive_sheet(route).stops],
    }


@router.act("/routes/{plan_id}/{number}/taps", scope=Scope.ROUTES_WRITE, out=TapsOut)
def send_taps(
    request: HttpRequest, plan_id: Id, number: Number, asked: TapsIn
) -> TapsOut:
    """Say what happened at the stops: each tap counts once, in any order.

    By its driver, or by the coordination of the pool for a driver who calls.
    """
    person = caller_of(request).person
    mine = selectors.routes_told_by(person) | selectors.routes_told_for(person)
    route = get_object_or_404(mine, plan__public_id=plan_id, number=number)
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


@router.read(
    "/plans/{plan_id}/progress",
    scope=Scope.PLANS_READ,
    roles=COORDINATION,
    out=ProgressOut,
)
def progress(request: HttpRequest, plan_id: Id) -> dict[str, Any]:
    """What is told from the road: where each truck is, late, short, too warm."""
    seen = selectors.plans_seen_by(caller_of(request).person)
    plan = get_object_or_404(seen, public_id=plan_id)
    now = timezone.now()
    return {"plan_id": plan_id, "routes": selectors.road_routes(plan, now)}


@router.read(
    "/plans/{plan_id}/routes/{number}/drivers",
    scope=Scope.PLANS_READ,
    roles=COORDINATION,
    out=list[DriverOut],
)
def drivers(request: HttpRequest, plan_id: Id, number: Number) -> "list[Person]":
    """Who may drive a route: drivers of the truck's owner and of the pool's hubs."""
    return list(selectors.drivers_for(_to_staff(request, plan_id, number)))


@router.act(
    "/plans/{plan_id}/routes/{number}/driver",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=RouteOut,
)
def name_driver(
    request: HttpRequest, plan_id: Id, number: Number, asked: DriverIn
) -> RouteOut:
    """Say who drives a route; once the trucks have left, both drivers are told.

    Refused with `driver_busy`, `driver_busy_elsewhere`, `driver_needed`,
    `licence_missing`.
    """
    route = _to_staff(request, plan_id, number)
    driver = None
    if asked.driver_id is not None:
        known = selectors.drivers_for(route)
        driver = get_object_or_404(known, public_id=asked.driver_id)
    return RouteOut.from_orm(services.name_driver(route=route, driver=driver))


def _to_staff(request: HttpRequest, plan_id: str, number: int) -> Route:
    mine = selectors.routes_to_staff(caller_of(request).person)
    return get_object_or_404(mine, plan__public_id=plan_id, number=number)


def _stop(each: Any) -> dict[str, Any]:
    kinds: dict[str, Handling] = {"loaded": "load", "delivered": "unload"}
    return {
        "id": each.name,
        "sequence": each.stop.sequence,
        "place": each.stop.place.name,
        "address": each.stop.place.address,
        "arrival_s": each.stop.arrival_s,
        "goods": [
            {
                "line_id": str(row.line.pk),
                "shipment_id": handled.shipment.public_id,
                "kind": kinds[step.kind],
                "product": row.line.product,
                "packing": row.line.packing,
                "buyer": row.line.buyer,
                "lot": row.line.lot,
                "temperature_class": row.line.temperature_class,
                "units": row.line.units,
                "expected": row.line.expected,
            }
            for step in each.steps
            for handled in step.shipments
            for row in handled.lines
        ],
    }
