"""The ground floor through the API: who one is, members, places, cycles."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub import selectors
from hub.api.callers import caller_of
from hub.api.doors import Door
from hub.api.shapes import Day, Id, Moment, PublicId, Sent, narrowed
from hub.core.scopes import Scope
from hub.models import Cycle, Organization, Place
from hub.services import cycles as services

CycleStatus = Literal["draft", "open", "closing", "closed", "cancelled"]
Flow = Literal["direct", "cross_dock"]
OrganizationKind = Literal[
    "hub",
    "producer",
    "buyer_group",
    "institution",
    "carrier",
    "programme",
    "merchant",
    "funder",
]
PlaceKind = Literal["farm", "hub", "drop_point", "depot"]
router = Door(tags=["hub"])


class OrganizationOut(Schema):
    """A member of the platform."""

    id: PublicId = Field(alias="public_id")
    kind: OrganizationKind
    name: str
    is_active: bool


class MeOut(Schema):
    """Who is asking, and for whom."""

    organization: OrganizationOut
    roles: list[str]
    scopes: list[str] = Field(description="Empty for a person at the site.")


class PlaceOut(Schema):
    """Where goods are loaded or unloaded."""

    id: PublicId = Field(alias="public_id")
    organization_id: PublicId = Field(alias="organization.public_id")
    kind: PlaceKind
    name: str
    address: str
    latitude: float | None = Field(description="Null until the place is on the map.")
    longitude: float | None
    service_duration_s: int


class CycleOut(Schema):
    """A round of orders."""

    id: PublicId = Field(alias="public_id")
    hub_id: PublicId = Field(alias="hub.public_id")
    name: str
    status: CycleStatus
    flow: Flow
    opens_at: Moment
    closes_at: Moment
    service_on: Day
    revision: int


class CycleIn(Sent):
    """What a coordinator decides about a cycle."""

    name: Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S")]
    opens_at: Moment
    closes_at: Moment
    service_on: Day
    flow: Flow = "direct"


class OrganizationFilter(Schema):
    """Which organizations."""

    kind: OrganizationKind | None = None
    is_active: bool | None = None


class PlaceFilter(Schema):
    """Which places."""

    organization_id: PublicId | None = None
    kind: PlaceKind | None = None


class CycleFilter(Schema):
    """Which cycles."""

    status: CycleStatus | None = None
    hub_id: PublicId | None = None
    since: Day | None = Field(None, description="Delivered on this day or later.")
    until: Day | None = Field(None, description="Delivered on this day or before.")


@router.read("/me", scope=Scope.MEMBERS_READ, out=MeOut)
def me(request: HttpRequest) -> dict[str, Any]:
    """Who is asking, for which organization, with which roles and scopes."""
    caller = caller_of(request)
    return {
        "organization": caller.acting.organization,
        "roles": sorted(caller.acting.roles),
        "scopes": sorted(caller.scopes or ()),
    }


@router.pages("/organizations", scope=Scope.MEMBERS_READ, out=OrganizationOut)
def organizations(
    request: HttpRequest, asked: Query[OrganizationFilter]
) -> QuerySet[Organization]:
    """One's own organization; for a coordination, the members of its hub too."""
    found = selectors.organizations_seen_by(caller_of(request).person)
    return narrowed(found, kind=asked.kind, is_active=asked.is_active)


@router.pages("/places", scope=Scope.MEMBERS_READ, out=PlaceOut)
def places(request: HttpRequest, asked: Query[PlaceFilter]) -> QuerySet[Place]:
    """The places that one may edit; door codes are on no answer of the API."""
    found = selectors.places_editable_by(caller_of(request).person)
    return narrowed(
        found.select_related("organization"),
        organization__public_id=asked.organization_id,
        kind=asked.kind,
    )


@router.pages("/cycles", scope=Scope.CYCLES_READ, out=CycleOut)
def cycles(request: HttpRequest, asked: Query[CycleFilter]) -> QuerySet[Cycle]:
    """Cycles of one's hubs; drafts for their coordination alone."""
    return narrowed(
        selectors.cycles_seen_by(caller_of(request).person),
        status=asked.status,
        hub__public_id=asked.hub_id,
        service_on__gte=asked.since,
        service_on__lte=asked.until,
    )


@router.read("/cycles/{cycle_id}", scope=Scope.CYCLES_READ, out=CycleOut)
def cycle(request: HttpRequest, cycle_id: Id) -> Cycle:
    """One cycle."""
    return get_object_or_404(
        selectors.cycles_seen_by(caller_of(request).person), public_id=cycle_id
    )


@router.act(
    "/cycles",
    scope=Scope.CYCLES_WRITE,
    roles=("coordinator",),
    out=CycleOut,
    status=HTTPStatus.CREATED,
)
def create_cycle(request: HttpRequest, asked: CycleIn) -> CycleOut:
    """Prepare a cycle as a draft that only the coordination sees."""
    hub = caller_of(request).acting.organization
    facts = services.CycleFacts(**asked.model_dump())
    return CycleOut.from_orm(services.create_cycle(hub=hub, facts=facts))


@router.act(
    "/cycles/{cycle_id}/edit",
    scope=Scope.CYCLES_WRITE,
    roles=("coordinator",),
    out=CycleOut,
)
def edit_cycle(request: HttpRequest, cycle_id: Id, asked: CycleIn) -> CycleOut:
    """Correct a draft or an open cycle: send it whole, as it shall be.

    An open one keeps its week. Refused with `cycle_not_editable` once it takes no more
    orders, `cycle_week_fixed`, `cycle_out_of_order`, `hub_without_dock`, `name_taken`.
    """
    mine = _run_by_me(request, cycle_id)
    facts = services.CycleFacts(**asked.model_dump())
    return CycleOut.from_orm(services.edit_cycle(cycle_id=mine.pk, facts=facts))


@router.act(
    "/cycles/{cycle_id}/open",
    scope=Scope.CYCLES_WRITE,
    roles=("coordinator",),
    out=CycleOut,
)
def open_cycle(request: HttpRequest, cycle_id: Id) -> CycleOut:
    """Let buyers order from now on, even before the hour that was set."""
    mine = _run_by_me(request, cycle_id)
    opened = services.open_cycle(cycle_id=mine.pk, now=timezone.now())
    return CycleOut.from_orm(opened)


@router.act(
    "/cycles/{cycle_id}/give-up",
    scope=Scope.CYCLES_WRITE,
    roles=("coordinator",),
    out=CycleOut,
)
def give_up_cycle(request: HttpRequest, cycle_id: Id) -> CycleOut:
    """Give up a draft; its name is free again."""
    mine = _run_by_me(request, cycle_id)
    return CycleOut.from_orm(services.cancel_draft(cycle_id=mine.pk))


def _run_by_me(request: HttpRequest, public_id: str) -> Cycle:
    return get_object_or_404(
        selectors.cycles_run_by(caller_of(request).person), public_id=public_id
    )
