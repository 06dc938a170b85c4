"""The least a farm wants to sell to a hub in a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from producers.core.errors import NotAHub
from producers.core.grid import require_figures
from producers.models import FarmMinimum

if TYPE_CHECKING:
    from hub.models import Organization


@transaction.atomic
def set_minimum(*, farm: Organization, hub: Organization, amount_cents: int) -> None:
    """Say what a farm must sell to a hub in one cycle, at its own price.

    Zero takes it back. What happens when a cycle closes below it is the hub's stated
    rule. Raises NotAHub, PriceOutOfRange.
    """
    if hub.kind != "hub":
        raise NotAHub(name=hub.name)
    require_figures(0, amount_cents)
    if amount_cents == 0:
        FarmMinimum.objects.filter(producer=farm, hub=hub).delete()
        return
    FarmMinimum.objects.update_or_create(
        producer=farm, hub=hub, defaults={"amount_cents": amount_cents}
    )
