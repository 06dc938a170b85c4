"""Envelopes through the API: seen by programme and group, changed by the programme."""

from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import (
    Day,
    Door,
    Id,
    OrganizationOut,
    PublicId,
    Sent,
    Text,
    caller_of,
    effect_key,
    narrowed,
)
from hub.core.scopes import Scope
from vouchers import indicators, selectors, services
from vouchers.indicators import EnvelopeSeen
from vouchers.models import Envelope

if TYPE_CHECKING:
    from hub.models import Organization

router = Door(tags=["vouchers"])
READERS = ("programme_manager", "group_buyer", "distributor")
PROGRAMME = ("programme_manager",)
COORDINATION = ("coordinator",)
What = Literal["granted", "withdrawn", "held", "given_back", "spent", "corrected"]


class EnvelopeOut(Schema):
    """Money that a programme lets one group spend on food."""

    id: PublicId = Field(alias="public_id")
    programme_id: PublicId = Field(alias="programme.public_id")
    group_id: PublicId = Field(alias="group.public_id")
    starts_on: date
    ends_on: date | None
    families: list[str] = Field(description="Their codes; none for any family.")
    note: str

    @staticmethod
    def resolve_families(envelope: Any) -> list[str]:
        return [family.code for family in envelope.families.all()]


class EnvelopeWithMoneyOut(Schema):
    """The same with its money. Always: `granted = left + held + spent`."""

    id: PublicId = Field(alias="envelope.public_id")
    programme_id: PublicId = Field(alias="envelope.programme.public_id")
    group_id: PublicId = Field(alias="envelope.group.public_id")
    starts_on: date = Field(alias="envelope.starts_on")
    ends_on: date | None = Field(alias="envelope.ends_on")
    families: list[str] = Field(description="Their codes; none for any family.")
    note: str = Field(alias="envelope.note")
    granted_cents: int = Field(description="What was taken back is not granted.")
    left_cents: int = Field(description="What it can still promise.")
    held_cents: int = Field(description="Promised to orders that are not billed yet.")
    spent_cents: int

    @staticmethod
    def resolve_families(seen: EnvelopeSeen) -> list[str]:
        return [family.code for family in seen.envelope.families.all()]


class EnvelopeFilter(Schema):
    """Which envelopes."""

    group_id: PublicId | None = None
    open_on: Day | None = Field(None, description="Those that pay on this day.")


class EnvelopePage(Schema):
    """Which page; one too far is the last."""

    page: int = Field(1, ge=1, le=100_000)


class EnvelopeMovementOut(Schema):
    """One movement of an envelope; spent money had left it before, when held."""

    on: date = Field(alias="effective_on")
    what: What
    order_id: str = Field(alias="order", description="Empty when it is about none.")
    in_cents: int | None
    out_cents: int | None
    spent_cents: int | None


class EnvelopeMovementsOut(Schema):
    """A page of movements, the latest first."""

    items: list[EnvelopeMovementOut]
    page: int
    num_pages: int


class GrantIn(Sent):
    """What a programme lets a group spend."""

    group_id: PublicId
    amount_cents: int = Field(ge=1, le=10**11)
    starts_on: Day
    ends_on: Day | None = Field(None, description="Without end when absent.")
    families: list[Annotated[Text, Field(max_length=40)]] = Field(
        default_factory=list,
        max_length=50,
        description="Codes of the only product families it pays for; none: any.",
    )
    note: Annotated[
        Text, Field(max_length=200, description="For the group; no person's name.")
    ] = ""


class ProgrammeIn(Sent):
    """A programme of elsewhere."""

    code: Annotated[
        Text, Field(max_length=16, description="It stands on its page of envelopes.")
    ]


class AmountIn(Sent):
    """Whole cents, above zero."""

    amount_cents: int = Field(ge=1, le=10**11)


@router.pages("/envelopes", scope=Scope.ENVELOPES_READ, roles=READERS, out=EnvelopeOut)
def envelopes(request: HttpRequest, asked: Query[EnvelopeFilter]) -> QuerySet[Envelope]:
    """Envelopes that one granted, or may spend."""
    found = selectors.envelopes_seen_by(caller_of(request).person)
    if asked.open_on is not None:
        found = selectors.open_on(found, asked.open_on)
    return narrowed(found, group__public_id=asked.group_id)


@router.read(
    "/envelopes/{envelope_id}",
    scope=Scope.ENVELOPES_READ,
    roles=READERS,
    out=EnvelopeWithMoneyOut,
)
def envelope(request: HttpRequest, envelope_id: Id) -> EnvelopeSeen:
    """One envelope with what was granted, is left, held and spent."""
    seen = selectors.envelopes_seen_by(caller_of(request).person)
    return _with_money(get_object_or_404(seen, public_id=envelope_id))


@router.read(
    "/envelopes/{envelope_id}/movements",
    scope=Scope.ENVELOPES_READ,
    roles=READERS,
    out=EnvelopeMovementsOut,
)
def envelope_movements(
    request: HttpRequest, envelope_id: Id, asked: Query[EnvelopePage]
) -> dict[str, Any]:
    """What came into an envelope, was held, given back, spent; forty a page."""
    seen = selectors.envelopes_seen_by(caller_of(request).person)
    mine = get_object_or_404(seen, public_id=envelope_id)
    found = indicators.journal(mine, page=asked.page)
    return {"items": found.lines, "page": found.number, "num_pages": found.num_pages}


@router.pages(
    "/groups", scope=Scope.ENVELOPES_READ, roles=PROGRAMME, out=OrganizationOut
)
def groups(request: HttpRequest) -> "QuerySet[Organization]":
    """The groups to which one's programme may grant an envelope."""
    return selectors.groups_of(caller_of(request).acting.organization)


@router.act(
    "/envelopes",
    scope=Scope.ENVELOPES_WRITE,
    roles=PROGRAMME,
    out=EnvelopeWithMoneyOut,
    status=HTTPStatus.CREATED,
    counts=True,
)
def grant_envelope(request: HttpRequest, asked: GrantIn) -> EnvelopeWithMoneyOut:
    """Put money of one's programme in an envelope that one group may spend on food.

    Refused with `group_not_served`, `envelope_backwards`, `envelope_ended`,
    `unknown_family`.
    """
    programme = caller_of(request).acting.organization
    known = selectors.groups_of(programme)
    granted = services.grant_envelope(
        programme=programme,
        grant=services.Grant(
            group=get_object_or_404(known, public_id=asked.group_id),
            amount_cents=asked.amount_cents,
            starts_on=asked.starts_on,
            ends_on=asked.ends_on,
            families=selectors.families_named(asked.families),
            note=asked.note,
        ),
        key=effect_key(request),
        on=timezone.localdate(),
    )
    return _told(granted)


@router.act(
    "/envelopes/{envelope_id}/top-up",
    scope=Scope.ENVELOPES_WRITE,
    roles=PROGRAMME,
    out=EnvelopeWithMoneyOut,
    counts=True,
)
def top_up(
    request: HttpRequest, envelope_id: Id, asked: AmountIn
) -> EnvelopeWithMoneyOut:
    """Add money of the programme to its envelope."""
    return _moved(request, envelope_id, asked, services.top_up)


@router.act(
    "/envelopes/{envelope_id}/withdraw",
    scope=Scope.ENVELOPES_WRITE,
    roles=PROGRAMME,
    out=EnvelopeWithMoneyOut,
    counts=True,
)
def withdraw(
    request: HttpRequest, envelope_id: Id, asked: AmountIn
) -> EnvelopeWithMoneyOut:
    """Take back money that no order holds."""
    return _moved(request, envelope_id, asked, services.withdraw)


def _moved(
    request: HttpRequest, public_id: str, asked: AmountIn, move: Any
) -> EnvelopeWithMoneyOut:
    managed = selectors.envelopes_managed_by(caller_of(request).person)
    mine = get_object_or_404(managed, public_id=public_id)
    move(
        envelope=mine,
        amount_cents=asked.amount_cents,
        key=effect_key(request),
        on=timezone.localdate(),
    )
    return _told(mine)


@router.pages(
    "/programmes",
    scope=Scope.ENVELOPES_READ,
    roles=COORDINATION,
    out=OrganizationOut,
)
def programmes(request: HttpRequest) -> "QuerySet[Organization]":
    """The programmes that may pay for groups of one's hub."""
    return selectors.programmes_of(caller_of(request).acting.organization)


@router.act(
    "/programmes",
    scope=Scope.ENVELOPES_WRITE,
    roles=COORDINATION,
    out=OrganizationOut,
    counts=True,
)
def welcome_programme(request: HttpRequest, asked: ProgrammeIn) -> OrganizationOut:
    """Let a programme of elsewhere pay for groups of one's hub, by the code it gave.

    Refused with `not_a_programme`.
    """
    hub = caller_of(request).acting.organization
    row = services.welcome(hub=hub, code=asked.code, on=timezone.localdate())
    return OrganizationOut.from_orm(row.programme)


@router.act(
    "/programmes/{programme_id}/part",
    scope=Scope.ENVELOPES_WRITE,
    roles=COORDINATION,
    out=OrganizationOut,
    counts=True,
)
def part_with_programme(request: HttpRequest, programme_id: Id) -> OrganizationOut:
    """Let a programme of elsewhere grant nothing more; granted envelopes stand."""
    hub = caller_of(request).acting.organization
    mine = get_object_or_404(selectors.programmes_of(hub), public_id=programme_id)
    services.part_with(hub=hub, programme=mine)
    return OrganizationOut.from_orm(mine)


def _with_money(envelope: Envelope) -> EnvelopeSeen:
    return indicators.envelope_seen(envelope, on=timezone.localdate())


def _told(envelope: Envelope) -> EnvelopeWithMoneyOut:
    return EnvelopeWithMoneyOut.from_orm(_with_money(envelope))
