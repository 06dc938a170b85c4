"""What a farm sold, without a word about who pays how much: no tier, no buyer price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from hub import selectors as hub_selectors
from orders.models import LineSource, Order
from orders.selectors.deliveries import sources_called_off, sources_not_through_us

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person

FARM_PATH = "availability__offer__variant__product__producer"
STANDING = (Order.Status.PLACED, Order.Status.ALLOCATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldRow:
    """What a farm gives of one product for one drop point, in selling units.

    `pay_cents` is the farm's own price times the units, whatever the buyer pays.
    """

    drop_point_id: int
    drop_point: str
    product: str
    packing: str
    temperature_class: str
    lot: str
    units: int
    mass_g: int
    pay_cents: int
    reason_code: str
    reason_data: dict[str, int]


def cycles_sold_by(farm: Organization) -> QuerySet[Cycle]:
    """The cycles of the farm's hub that took orders, the latest delivery first."""
    return farm.hub.cycles.exclude(  # type: ignore[union-attr] # a farm has a hub
        status__in=["draft", "cancelled"]
    ).order_by("-service_on", "-id")


def sold_cycles_seen_by(person: Person) -> QuerySet[Cycle]:
    """Cycles of the person's hubs; drafts and given up ones hold no sales."""
    return hub_selectors.cycles_seen_by(person).exclude(
        status__in=["draft", "cancelled"]
    )


def sold_rows(farm: Organization, cycle: Cycle) -> list[SoldRow]:
    """What a farm gives in a cycle by drop point and product; one query.

    Before the close these are reservations; after it, what was allocated, to the unit,
    without what was cancelled since.
    """
    sources = _sources(cycle).filter(**{FARM_PATH: farm})
    rows: dict[tuple[int, int], SoldRow] = {}
    for source in sources:
        key = (source.line.order.drop_point_id, source.availability_id)
        rows[key] = _joined(rows.get(key), source)
    return list(rows.values())


def farms_that_sold(cycle: Cycle) -> QuerySet[Organization]:
    """The farms with something to pick in a cycle, by name."""
    pks = _sources(cycle).values_list(FARM_PATH, flat=True)
    return cycle.hub.members.filter(pk__in=list(pks)).order_by("name")


def pay_by_cycle(farm: Organization, cycles: list[Cycle]) -> dict[int, int]:
    """What a farm is to be paid for each cycle, by cycle; one query."""
    rows = (
        LineSource.objects.filter(
            **{FARM_PATH: farm},
            line__order__cycle__in=cycles,
            line__order__status__in=STANDING,
        )
        .exclude(pk__in=sources_not_through_us())
        .values_list("line__order__cycle")
        .annotate(
            cents=Sum(
                Coalesce(F("allocated"), F("reserved")) * F("line__farm_unit_cents")
            )
        )
    )
    return dict(rows)


def _sources(cycle: Cycle) -> QuerySet[LineSource]:
    return (
        LineSource.objects.filter(
            line__order__cycle=cycle, line__order__status__in=STANDING
        )
        .exclude(pk__in=sources_called_off())
        .annotate(units=Coalesce(F("allocated"), F("reserved")))
        .filter(units__gt=0)
        .select_related(
            "line__order__drop_point__organization",
            "availability__offer__variant__product",
        )
        .order_by(
            "line__order__drop_point__name",
            "line__order__drop_point_id",
            "availability__offer__variant__product__name_fr",
            "availability_id",
            "pk",
        )
    )


def _joined(before: SoldRow | None, source: LineSource) -> SoldRow:
    variant = source.availability.offer.variant
    place = source.line.order.drop_point
    units = source.reserved if source.allocated is None else source.allocated
    return SoldRow(
        drop_point_id=place.pk,
        drop_point=f"{place.name} · {place.organization.name}",
        product=str(variant.product),
        packing=variant.label,
        temperature_class=variant.temperature_class,
        lot=source.availability.lot,
        units=units + (before.units if before else 0),
        mass_g=units * variant.mass_g + (before.mass_g if before else 0),
        pay_cents=units * source.line.farm_unit_cents
        + (before.pay_cents if before else 0),
        reason_code=source.reason_code,
        reason_data=source.reason_data,
    )
