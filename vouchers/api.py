"""Envelopes through the API: seen by programme and group, changed by the programme."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Path, Schema

from hub.api import Door, PublicId, Sent, caller_of, effect_key
from hub.core.scopes import Scope
from vouchers import selectors, services
from vouchers.models import Envelope

router = Door(tags=["vouchers"])
Id = Annotated[str, Path(pattern=r"^[2-9a-z]{12}$")]
READERS = ("programme_manager", "group_buyer", "distributor")


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


class EnvelopeWithMoneyOut(EnvelopeOut):
    """The same with what is left to promise."""

    left_cents: int

    @staticmethod
    def resolve_left_cents(envelope: Any) -> int:
        return selectors.left_cents(envelope)


class AmountIn(Sent):
    """Whole cents, above zero."""

    amount_cents: int = Field(ge=1, le=10**11)


@router.pages("/envelopes", scope=Scope.ENVELOPES_READ, roles=READERS, out=EnvelopeOut)
def envelopes(request: HttpRequest) -> QuerySet[Envelope]:
    """Envelopes that one granted, or may spend."""
    return selectors.envelopes_seen_by(caller_of(request).person)


@router.read(
    "/envelopes/{envelope_id}",
    scope=Scope.ENVELOPES_READ,
    roles=READERS,
    out=EnvelopeWithMoneyOut,
)
def envelope(request: HttpRequest, envelope_id: Id) -> Envelope:
    """One envelope with what is left to promise."""
    seen = selectors.envelopes_seen_by(caller_of(request).person)
    return get_object_or_404(seen, public_id=envelope_id)


@router.act(
    "/envelopes/{envelope_id}/top-up",
    scope=Scope.ENVELOPES_WRITE,
    roles=("programme_manager",),
    out=EnvelopeWithMoneyOut,
)
def top_up(
    request: HttpRequest, envelope_id: Id, asked: AmountIn
) -> EnvelopeWithMoneyOut:
    """Add money of the programme to its envelope."""
    return _moved(request, envelope_id, asked, services.top_up)


@router.act(
    "/envelopes/{envelope_id}/withdraw",
    scope=Scope.ENVELOPES_WRITE,
    roles=("programme_manager",),
    out=EnvelopeWithMoneyOut,
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
    return EnvelopeWithMoneyOut.from_orm(mine)
