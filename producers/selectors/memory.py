"""What farms had in past weeks, for the memory of the allocation rule."""

from datetime import date, timedelta

from django.db.models import Sum

from producers.models import Availability


def units_offered(
    *, hub_id: int, before: date, num_weeks: int
) -> dict[tuple[int, int], int]:
    """Units each farm posted of each pooled offer in the weeks before a Monday.

    Keys are (pooled offer id, farm id).
    """
    rows = (
        Availability.objects.filter(
            offer__hub_id=hub_id,
            offer__pooled_offer__isnull=False,
            week_on__lt=before,
            week_on__gte=before - timedelta(weeks=num_weeks),
        )
        .values_list("offer__pooled_offer_id", "offer__variant__product__producer_id")
        .annotate(units=Sum("quantity"))
    )
    return {(pool, farm): units for pool, farm, units in rows}
