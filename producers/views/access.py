"""How the pages of this floor find the farm, the hub and the week asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from hub.doors import acting_of, person_of
from producers import selectors

if TYPE_CHECKING:
    from hub.models import Organization


def farm_of(request: HttpRequest, farm_id: str) -> Organization:
    """A farm the person may edit; 404 otherwise."""
    farms = selectors.farms_editable_by(person_of(request))
    return get_object_or_404(farms, public_id=farm_id)


def hub_of(request: HttpRequest, farm: Organization) -> Organization:
    """The hub named by the page, or the farm's own; 404 for a hub not joined."""
    asked = request.POST.get("hub") or request.GET.get("hub")
    if asked:
        hubs = selectors.hubs_open_to(person_of(request))
        return get_object_or_404(hubs, public_id=asked)
    if farm.hub is None:
        raise Http404
    return farm.hub


def own_farm(request: HttpRequest) -> Organization | None:
    """The farm the person acts for now, if it is one."""
    acting = acting_of(request)
    return acting.organization if acting.is_producer else None
