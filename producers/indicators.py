"""Figures of the farms' stock, for reports and for the demo's proof."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from hub import selectors as hub_selectors
from hub.core.errors import N_
from hub.core.first_steps import Missing, Step, few
from producers.models import Availability, Offer

if TYPE_CHECKING:
    from hub.models import Organization


def units_reserved() -> dict[int, int]:
    """Units promised of each availability that has any, by id."""
    return dict(
        Availability.objects.filter(reserved__gt=0).values_list("pk", "reserved")
    )


_NOTHING_OFFERED = N_("Nothing is offered to the hub yet by: %(names)s.")


def first_steps_missing(
    hub: Organization, *, beside: Collection[str] = ()
) -> list[Missing]:
    """Farms of a hub that offer it nothing; samples (`beside`) are not counted."""
    farms = hub_selectors.members_of(hub).filter(kind="producer", is_active=True)
    offering = Offer.objects.filter(hub=hub, is_active=True).values(
        "variant__product__producer"
    )
    silent = farms.exclude(pk__in=offering).exclude(public_id__in=beside)
    names = list(silent.values_list("name", flat=True)[:4])
    if not names:
        return []
    data = {"names": few(names)}
    return [Missing(Step.FARMS, _NOTHING_OFFERED, "producers:farms", data)]
