"""Who is concerned by what happened, and with which goods."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils.translation import override

from hub import selectors as hub_selectors
from orders.models import FarmSale, LineSource, Order, OrderLine, ShipmentLine

if TYPE_CHECKING:
    from hub.models import Cycle, Organization

Title = tuple[str, str]
"""The name of a product with its packing, in French and in English."""


def units_to_prepare(
    cycle: Cycle, *, is_closed: bool = True
) -> dict[Organization, Counter[Title]]:
    """What each farm gives of each product in a closed cycle.

    Before the close, what is reserved of its goods now.
    """
    units = "allocated" if is_closed else "reserved"
    sources = (
        LineSource.objects.filter(line__order__cycle=cycle, **{f"{units}__gt": 0})
        .exclude(line__order__status=Order.Status.CANCELLED)
        .select_related("availability__offer__variant__product__producer")
    )
    found: dict[Organization, Counter[Title]] = defaultdict(Counter)
    for source in sources:
        variant = source.availability.offer.variant
        with override("fr-ca"):
            fr = str(variant)
        with override("en"):
            en = str(variant)
        found[variant.product.producer][(fr, en)] += getattr(source, units) or 0
    return dict(found)


def facts_of_close(cycle: Cycle, units: Mapping[Title, int]) -> dict[str, Any]:
    """What a farm is told at the close; also before it, in a preview."""
    return {
        "cycle": cycle.name,
        "service_on": cycle.service_on.isoformat(),
        "items": [
            {"title": {"fr": fr, "en": en}, "units": num}
            for (fr, en), num in sorted(units.items())
        ],
    }


def buyers_of_shipments(
    shipment_ids: Collection[int],
) -> dict[int, list[Organization]]:
    """Whose goods ride in each of these shipments, by shipment; two queries."""
    pairs = (
        ShipmentLine.objects.filter(shipment__in=shipment_ids)
        .order_by("source__line__order__buyer")
        .values_list("shipment_id", "source__line__order__buyer_id")
        .distinct()
    )
    buyers = hub_selectors.organizations_by_pk([buyer for _, buyer in pairs]).in_bulk()
    found: dict[int, list[Organization]] = {pk: [] for pk in shipment_ids}
    for shipment_id, buyer_id in pairs:
        found[shipment_id].append(buyers[buyer_id])
    return found


def buyers_of_farms(
    cycle: Cycle, farm_ids: Collection[int]
) -> dict[int, list[Organization]]:
    """Who ordered goods of these farms' own in a cycle, by farm; two queries.

    A line that several farms fill is no farm's own.
    """
    farm = "offer__variant__product__producer_id"
    pairs = (
        OrderLine.objects.filter(
            **{f"{farm}__in": list(farm_ids)},
            order__cycle=cycle,
            order__status__in=[Order.Status.PLACED, Order.Status.ALLOCATED],
        )
        .order_by("order__buyer")
        .values_list(farm, "order__buyer_id")
        .distinct()
    )
    buyers = hub_selectors.organizations_by_pk([buyer for _, buyer in pairs]).in_bulk()
    found: dict[int, list[Organization]] = defaultdict(list)
    for farm_id, buyer_id in pairs:
        found[farm_id].append(buyers[buyer_id])
    return dict(found)


def sold_for_farms(
    *, hub_id: int, on: date, invoices: Collection[int]
) -> dict[Organization, int]:
    """What a day's billed goods are worth to the farms behind these invoices, in cents.

    Everything of such a farm that day counts, by whatever invoice or credit note.
    """
    sales = FarmSale.objects.filter(
        invoice_line__invoice__hub=hub_id, invoice_line__invoice__service_on=on
    )
    concerned = sales.filter(invoice_line__invoice__in=invoices).values("farm")
    rows = (
        sales.filter(farm__in=concerned)
        .values_list("farm")
        .annotate(cents=Sum("farm_cents"))
    )
    cents = dict(rows)
    farms = hub_selectors.organizations_by_pk(list(cents)).order_by("pk")
    return {found: cents[found.pk] for found in farms}
