"""What there is to carry."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from orders.models import Shipment


def shipments_to_carry(*, hub_ids: Iterable[int], on: date) -> QuerySet[Shipment]:
    """What the trucks of a day have to carry for these hubs, closed cycles only."""
    return (
        Shipment.objects.filter(
            cycle__hub_id__in=hub_ids,
            cycle__status="closed",
            service_on=on,
            status=Shipment.Status.READY,
        )
        .select_related("cycle", "producer", "origin", "drop_point")
        .prefetch_related("amounts", "origin__windows", "drop_point__windows")
        .order_by("pk")
    )


def shipments_by_public_id(public_ids: Collection[str]) -> dict[str, Shipment]:
    """Shipments under their public names; for floors that already hold the names."""
    return Shipment.objects.in_bulk(public_ids, field_name="public_id")
