"""What buyers missed and farms gave in the last weeks, for the allocation rule."""

from datetime import date, timedelta

from django.db.models import F, Sum

from orders.models import LineSource, Order, OrderLine

MEMORY_DAYS = 28
"""How far back a shortage is remembered when the next one is shared."""


def units_missed(
    *, hub_id: int, before: date
) -> dict[tuple[int, int | None, int | None], int]:
    """Units each buyer missed of each offer in the last four weeks.

    Keys are (buyer id, offer id, pooled offer id).
    """
    rows = (
        OrderLine.objects.filter(
            order__cycle__hub_id=hub_id,
            order__status=Order.Status.ALLOCATED,
            order__cycle__service_on__lt=before,
            order__cycle__service_on__gte=before - timedelta(days=MEMORY_DAYS),
            allocated__lt=F("ordered"),
        )
        .values_list("order__buyer_id", "offer_id", "pooled_offer_id")
        .annotate(missed=Sum(F("ordered") - F("allocated")))
    )
    return {(buyer, offer, pool): missed for buyer, offer, pool, missed in rows}


def units_supplied(*, hub_id: int, before: date) -> dict[tuple[int, int], int]:
    """Units each farm gave of each pooled offer in the last four weeks.

    Keys are (pooled offer id, farm id).
    """
    rows = (
        LineSource.objects.filter(
            line__order__cycle__hub_id=hub_id,
            line__pooled_offer__isnull=False,
            line__order__cycle__service_on__lt=before,
            line__order__cycle__service_on__gte=before - timedelta(days=MEMORY_DAYS),
            allocated__gt=0,
        )
        .values_list(
            "line__pooled_offer_id",
            "availability__offer__variant__product__producer_id",
        )
        .annotate(units=Sum("allocated"))
    )
    return {(pool, farm): units for pool, farm, units in rows}
