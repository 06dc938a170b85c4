"""The least that farms want to sell to a hub in a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from producers.models import FarmMinimum

if TYPE_CHECKING:
    from hub.models import Organization


def minimums_of_hub(hub_id: int) -> dict[int, int]:
    """Whole cents at the farm's own price, by the id of the farm; one query."""
    rows = FarmMinimum.objects.filter(hub=hub_id)
    return dict(rows.values_list("producer_id", "amount_cents"))


def minimum_of(farm: Organization, hub: Organization) -> int:
    """What a farm must sell to a hub in a cycle, in cents; 0 when it asks nothing."""
    rows = FarmMinimum.objects.filter(producer=farm, hub=hub)
    return rows.values_list("amount_cents", flat=True).first() or 0
