"""Places: doors, docks, farm gates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet

from hub.core.places import OUTLINE
from hub.core.towns import TOWNS
from hub.models import Organization, Person, Place
from hub.selectors.organizations import members_of, organizations_editable_by


def places_of(organization: Organization) -> QuerySet[Place]:
    """The places of one organization, with their hours."""
    return Place.objects.filter(organization=organization).prefetch_related("windows")


def places_editable_by(person: Person) -> QuerySet[Place]:
    """Places of the person's organizations and of the members they coordinate."""
    return Place.objects.filter(
        organization__in=organizations_editable_by(person)
    ).select_related("organization")


def places_listed_for(person: Person, acting: Organization) -> QuerySet[Place]:
    """The places one may correct while acting for an organization, its members' too."""
    return places_editable_by(person).filter(organization__in=members_of(acting))


def map_ground(
    person: Person, acting: Organization, place: Place | None
) -> dict[str, Any]:
    """What a map shows around the pin of `place`: nobody's doors but one's own.

    {"places": [{"name", "at": [latitude, longitude]}], "towns": [{"name", "latitude",
    "longitude", "is_large"}], "outline": [[latitude, longitude], ...]}
    """
    others = places_listed_for(person, acting).filter(
        is_active=True, latitude__isnull=False
    )
    if place is not None:
        others = others.exclude(pk=place.pk)
    rows = others.order_by("name").values_list("name", "latitude", "longitude")
    return {
        "places": [{"name": name, "at": at} for name, *at in rows],
        "towns": [asdict(town) for town in TOWNS],
        "outline": OUTLINE,
    }


def loading_places(organization_ids: Collection[int]) -> dict[int, int]:
    """Where a truck loads at each of these farms: the first active farm place.

    Maps organization id to place id; a farm without such a place, or whose place waits
    for its pin, is left out.
    """
    places = Place.objects.filter(
        organization_id__in=organization_ids,
        kind=Place.Kind.FARM,
        is_active=True,
        latitude__isnull=False,
    ).order_by("-pk")
    return dict(places.values_list("organization_id", "pk"))


def dock_of(hub_id: int) -> int | None:
    """Where goods that pass through a hub are recombined: its first active dock."""
    docks = Place.objects.filter(
        organization_id=hub_id,
        kind=Place.Kind.HUB,
        is_active=True,
        latitude__isnull=False,
    )
    return docks.order_by("pk").values_list("pk", flat=True).first()


def active_places_of(organizations: QuerySet[Organization]) -> QuerySet[Place]:
    """Places in use of these organizations, that are on the map."""
    return Place.objects.filter(
        organization__in=organizations, is_active=True, latitude__isnull=False
    )


def places_by_pk(pks: Collection[int]) -> dict[int, Place]:
    """Places under their keys; for floors that already hold the keys."""
    return Place.objects.in_bulk(pks)


def places_by_public_id(public_ids: Collection[str]) -> dict[str, Place]:
    """Places under their public names; for floors that already hold the names."""
    return Place.objects.in_bulk(public_ids, field_name="public_id")


def drop_points_of(organization_ids: Collection[int]) -> QuerySet[Place]:
    """Where goods can be brought: drop points and docks of these organizations.

    One that waits for its pin is left out.
    """
    return Place.objects.filter(
        organization_id__in=organization_ids,
        kind__in=[Place.Kind.DROP_POINT, Place.Kind.HUB],
        is_active=True,
        latitude__isnull=False,
    ).select_related("organization")


def places_of_members(hub: Organization) -> QuerySet[Place]:
    """Every place of a hub and its members, pinned or not."""
    return Place.objects.filter(organization__in=members_of(hub).order_by())
