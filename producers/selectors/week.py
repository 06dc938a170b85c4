"""The weekly grid of a farm, and the farms of a hub in a week."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum

from producers.models import Availability, EmptyWeek, Offer

if TYPE_CHECKING:
    from hub.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One row of the grid; None means that nothing was said."""

    offer_id: int
    public_id: str
    name: str
    label: str
    temperature_class: str
    temperature_label: str
    pool_name: str
    price_cents: int
    quantity: int | None
    reserved: int
    short_quantity: int
    lot: str
    last_quantity: int | None
    last_price_cents: int | None

    @property
    def total_cents(self) -> int:
        """What the row brings if everything is sold."""
        return (self.quantity or 0) * self.price_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class FarmWeek:
    """What one farm of a hub has said of a week."""

    farm: Organization
    num_rows: int
    expected_cents: int
    short_quantity: int
    is_empty: bool

    @property
    def has_answered(self) -> bool:
        """Whether the farm said what it has, even nothing."""
        return self.is_empty or self.num_rows > 0


def last_week_posted(
    producer: Organization, hub: Organization, week_on: date
) -> date | None:
    """The week before `week_on` in which the farm last posted something."""
    earlier = Availability.objects.filter(
        offer__variant__product__producer=producer, offer__hub=hub, week_on__lt=week_on
    )
    found: date | None = earlier.aggregate(last=Max("week_on"))["last"]
    return found


def grid_rows(
    producer: Organization, hub: Organization, week_on: date
) -> list[GridRow]:
    """Every row a farm can fill for a hub in a week; three queries.

    A withdrawn offer stays while units of it are promised in that week.
    """
    offers = list(_offers_of_grid(producer, hub, week_on))
    last_on = last_week_posted(producer, hub, week_on)
    posted = Availability.objects.filter(offer__in=offers, week_on__in=[week_on])
    if last_on is not None:
        posted |= Availability.objects.filter(offer__in=offers, week_on=last_on)
    by_cell = {(row.offer_id, row.week_on): row for row in posted}
    return [
        _grid_row(
            offer,
            by_cell.get((offer.pk, week_on)),
            by_cell.get((offer.pk, last_on)) if last_on else None,
        )
        for offer in offers
    ]


def offers_by_id(ids: Collection[int]) -> dict[int, Offer]:
    """Offers with all that posting reads of them; one query."""
    return {offer.pk: offer for offer in _with_goods().filter(pk__in=ids)}


def blank_row(offer: Offer) -> GridRow:
    """The row of an offer of which nothing is said yet."""
    return _grid_row(offer, None, None)


def hubs_offered_to(producer: Organization) -> list[Organization]:
    """The hubs that a farm offers to, by name; one query."""
    offers = Offer.objects.filter(
        variant__product__producer=producer, is_active=True
    ).select_related("hub")
    hubs = {offer.hub for offer in offers}
    return sorted(hubs, key=lambda hub: (hub.name, hub.pk))


def has_said_nothing(producer: Organization, hub: Organization, week_on: date) -> bool:
    """Whether the farm answered that it has nothing."""
    return EmptyWeek.objects.filter(
        producer=producer, hub=hub, week_on=week_on
    ).exists()


def expected_income_cents(
    producer: Organization, hub: Organization, week_on: date
) -> int:
    """What the farm is paid if everything it posted is sold."""
    rows = Availability.objects.filter(
        offer__variant__product__producer=producer, offer__hub=hub, week_on=week_on
    )
    return rows.aggregate(cents=Sum(F("quantity") * F("price_cents")))["cents"] or 0


def farm_weeks(hub: Organization, week_on: date) -> list[FarmWeek]:
    """Every active farm of `hub` with its week; three queries."""
    posted = {
        line["farm"]: line
        for line in Availability.objects.filter(offer__hub=hub, week_on=week_on)
        .values(farm=F("offer__variant__product__producer"))
        .annotate(
            num_rows=Count("pk"),
            cents=Sum(F("quantity") * F("price_cents")),
            short=Sum("short_quantity"),
        )
    }
    empty = set(
        EmptyWeek.objects.filter(hub=hub, week_on=week_on).values_list(
            "producer", flat=True
        )
    )
    nothing = {"num_rows": 0, "cents": 0, "short": 0}
    return [
        FarmWeek(
            farm=farm,
            num_rows=posted.get(farm.pk, nothing)["num_rows"],
            expected_cents=posted.get(farm.pk, nothing)["cents"],
            short_quantity=posted.get(farm.pk, nothing)["short"],
            is_empty=farm.pk in empty,
        )
        for farm in hub.members.filter(kind="producer", is_active=True)
    ]


def short_rows(
    hub: Organization, week_on: date, *, producer: Organization | None = None
) -> QuerySet[Availability]:
    """Rows of a week in which more is promised than a farm still has."""
    rows = Availability.objects.filter(
        offer__hub=hub, week_on=week_on, short_quantity__gt=0
    )
    if producer is not None:
        rows = rows.filter(offer__variant__product__producer=producer)
    return rows.select_related("offer__variant__product__producer").order_by(
        "offer__variant__product__producer__name", "pk"
    )


def _with_goods() -> QuerySet[Offer]:
    return Offer.objects.select_related("variant__product", "pooled_offer", "hub")


def _offers_of_grid(
    producer: Organization, hub: Organization, week_on: date
) -> QuerySet[Offer]:
    promised = Availability.objects.filter(
        offer=OuterRef("pk"), week_on=week_on, reserved__gt=0
    )
    is_active = Q(
        is_active=True, variant__is_active=True, variant__product__is_active=True
    )
    return (
        _with_goods()
        .filter(variant__product__producer=producer, hub=hub)
        .filter(is_active | Exists(promised))
        .order_by("variant__product__name_fr", "variant__label_fr", "pk")
    )


def _grid_row(
    offer: Offer, row: Availability | None, last: Availability | None
) -> GridRow:
    pool = offer.pooled_offer
    price_cents = offer.price_cents if row is None else row.price_cents
    return GridRow(
        offer_id=offer.pk,
        public_id=offer.public_id,
        name=str(offer.variant.product),
        label=offer.variant.label,
        temperature_class=offer.variant.temperature_class,
        temperature_label=offer.variant.get_temperature_class_display(),
        pool_name="" if pool is None else str(pool),
        price_cents=price_cents if pool is None else pool.price_cents,
        quantity=None if row is None else row.quantity,
        reserved=0 if row is None else row.reserved,
        short_quantity=0 if row is None else row.short_quantity,
        lot="" if row is None else row.lot,
        last_quantity=None if last is None else last.quantity,
        last_price_cents=None if last is None else last.price_cents,
    )
