"""Farms through the API: what they offer, what they will have in a week."""

from datetime import date, datetime
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import Day, Door, PublicId, Sent, Text, caller_of, narrowed
from hub.core.periods import monday_of
from hub.core.scopes import Scope
from producers import selectors, services
from producers.core.grid import LARGEST_PRICE_CENTS, LARGEST_QUANTITY, LONGEST_LOT
from producers.models import Availability, Offer
from producers.services.availability import post_availability as post

router = Door(tags=["producers"])


class OfferOut(Schema):
    """A packing of a farm's product, offered to one hub."""

    id: PublicId = Field(alias="public_id")
    producer_id: PublicId = Field(alias="variant.product.producer.public_id")
    hub_id: PublicId = Field(alias="hub.public_id")
    product: str = Field(alias="variant.product.name_fr")
    packing: str = Field(alias="variant.label_fr")
    mass_g: int = Field(alias="variant.mass_g")
    volume_ml: int = Field(alias="variant.volume_ml")
    temperature_class: str = Field(alias="variant.temperature_class")
    price_cents: int
    is_pooled: bool
    is_active: bool

    @staticmethod
    def resolve_is_pooled(offer: Offer) -> bool:
        return offer.pooled_offer_id is not None


class AvailabilityOut(Schema):
    """What a farm has of an offer in a week, and what of it is promised."""

    offer_id: PublicId = Field(alias="offer.public_id")
    week_on: date = Field(description="The Monday.")
    quantity: int
    reserved: int
    short_quantity: int = Field(description="Promised beyond `quantity`.")
    price_cents: int
    lot: str
    updated_at: datetime


class AvailabilityIn(Sent):
    """One row of a farm's week."""

    offer_id: PublicId
    week_on: Day = Field(description="Any day of the week meant.")
    quantity: int = Field(ge=0, le=LARGEST_QUANTITY)
    price_cents: int | None = Field(
        None,
        ge=0,
        le=LARGEST_PRICE_CENTS,
        description="The offer's usual price when absent.",
    )
    lot: Annotated[Text, Field(max_length=LONGEST_LOT)] = ""


class NothingIn(Sent):
    """A week in which a farm has nothing for a hub."""

    week_on: Day = Field(description="Any day of the week meant.")
    producer_id: PublicId | None = Field(
        None, description="One's own farm when absent; for a coordination."
    )
    hub_id: PublicId | None = Field(
        None, description="The hub that the farm is a member of when absent."
    )


class NothingOut(Schema):
    """The same, noted."""

    producer_id: PublicId
    hub_id: PublicId
    week_on: date = Field(description="The Monday.")


class OfferFilter(Schema):
    """Which offers."""

    is_active: bool | None = None
    producer_id: PublicId | None = None


class WeekFilter(Schema):
    """Which weeks."""

    week_on: Day | None = Field(None, description="Any day of the week meant.")
    producer_id: PublicId | None = None
    offer_id: PublicId | None = None


@router.pages("/offers", scope=Scope.AVAILABILITY_READ, out=OfferOut)
def offers(request: HttpRequest, asked: Query[OfferFilter]) -> QuerySet[Offer]:
    """What one's farms offer; for a coordination, the farms of its hub."""
    return narrowed(
        selectors.offers_editable_by(caller_of(request).person),
        is_active=asked.is_active,
        variant__product__producer__public_id=asked.producer_id,
    )


@router.pages("/availability", scope=Scope.AVAILABILITY_READ, out=AvailabilityOut)
def availability(
    request: HttpRequest, asked: Query[WeekFilter]
) -> QuerySet[Availability]:
    """What one's farms posted; for a coordination, the farms of its hub."""
    return narrowed(
        selectors.availabilities_editable_by(caller_of(request).person),
        week_on=asked.week_on and monday_of(asked.week_on),
        offer__variant__product__producer__public_id=asked.producer_id,
        offer__public_id=asked.offer_id,
    )


@router.act(
    "/availability",
    scope=Scope.AVAILABILITY_WRITE,
    roles=("producer", "coordinator"),
    out=AvailabilityOut,
)
def post_availability(request: HttpRequest, asked: AvailabilityIn) -> AvailabilityOut:
    """Say what a farm has of an offer in a week; the row before is replaced.

    What is promised is never lost: below it, the missing units are in
    `short_quantity`. Refused with `week_is_past`, `week_closed` (orders of that week
    are closed), `price_is_agreed` (a pooled offer has one price for all).
    """
    person = caller_of(request).person
    offer = get_object_or_404(
        selectors.offers_editable_by(person), public_id=asked.offer_id
    )
    row = post(
        offer=offer,
        week_on=monday_of(asked.week_on),
        quantity=asked.quantity,
        price_cents=asked.price_cents,
        lot=asked.lot,
        by=person,
        now=timezone.now(),
    )
    return AvailabilityOut.from_orm(row)


@router.act(
    "/availability/nothing",
    scope=Scope.AVAILABILITY_WRITE,
    roles=("producer", "coordinator"),
    out=NothingOut,
)
def nothing_this_week(request: HttpRequest, asked: NothingIn) -> NothingOut:
    """Say that a farm has nothing in a week, so that nobody calls it; twice is once.

    A quantity posted later takes it back. Refused with `something_posted` beside a
    figure above zero, `week_is_past`, `week_closed`.
    """
    caller = caller_of(request)
    farm = get_object_or_404(
        selectors.farms_editable_by(caller.person),
        public_id=asked.producer_id or caller.acting.organization.public_id,
    )
    hub = get_object_or_404(
        selectors.hubs_open_to(caller.person),
        **({"public_id": asked.hub_id} if asked.hub_id else {"pk": farm.hub_id}),
    )
    week_on = monday_of(asked.week_on)
    services.nothing_this_week(
        producer=farm, hub=hub, week_on=week_on, by=caller.person, now=timezone.now()
    )
    return NothingOut(producer_id=farm.public_id, hub_id=hub.public_id, week_on=week_on)
