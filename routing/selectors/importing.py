"""What the house knows around a sheet of trucks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.imports import Known
from hub.core.quantities import TEMPERATURE_CLASSES
from routing.core.truck_sheet import Yard
from routing.models import FleetPool, Vehicle

if TYPE_CHECKING:
    from hub.models import Organization


def own_pool(hub: Organization) -> FleetPool | None:
    """The pool that takes a hub's imported trucks: the first that it plans."""
    return FleetPool.objects.filter(coordinator=hub).order_by("pk").first()


def yard_of(hub: Organization) -> Yard:
    """A hub's members, their places and its trucks, as their sheet writes them."""
    members = hub_selectors.members_of(hub).filter(is_active=True)
    others = members.exclude(pk=hub.pk).values_list("name", flat=True)
    places = hub_selectors.places_of_members(hub).filter(is_active=True)
    trucks = (
        Vehicle.objects.filter(pool=own_pool(hub), pool__isnull=False)
        .select_related("owner", "home")
        .prefetch_related("compartments")
        .order_by("pk")
    )
    return Yard(
        members=[hub.name, *others],
        homes=[(place.name, place.is_pinned) for place in places],
        trucks=[Known(truck.public_id, truck_facts(truck)) for truck in trucks],
    )


def truck_facts(row: Vehicle) -> dict[str, Any]:
    """A truck in the words of its sheet."""
    holds = {each.temperature_class: each for each in row.compartments.all()}
    rooms: dict[str, Any] = {}
    for name in TEMPERATURE_CLASSES:
        rooms[f"{name}_kg"] = holds[name].capacity_kg if name in holds else 0
        rooms[f"{name}_l"] = holds[name].capacity_l if name in holds else 0
    return rooms | {
        "name": row.name,
        "plate": row.plate,
        "owner": row.owner.name,
        "home": row.home.name,
        "shift_start": row.shift_start_s,
        "shift_end": row.shift_end_s,
        "fixed_cents": row.fixed_cents,
        "per_km_cents": row.per_km_cents,
        "per_hour_cents": row.per_hour_cents,
        "height_cm": row.height_cm,
        "has_tailgate": row.has_tailgate,
    }
