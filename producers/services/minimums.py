"""The least a farm wants to sell to a hub in a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.services.trail import Fact, record
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
    standing = FarmMinimum.objects.select_for_update(of=("self",)).filter(
        producer=farm, hub=hub
    )
    earlier_cents = sum(row.amount_cents for row in standing)
    if amount_cents == 0:
        standing.delete()
    else:
        FarmMinimum.objects.update_or_create(
            producer=farm, hub=hub, defaults={"amount_cents": amount_cents}
        )
    fact = Fact(
        kind=Kind.MINIMUM_SET,
        subject=(farm.public_id, farm.name),
        concerns=[farm.pk, hub.pk],
        before={"minimum_cents": earlier_cents},
        after={"minimum_cents": amount_cents},
    )
    record(fact)
