"""A place that waits for its pin is kept, and offered to no truck."""

import pytest

from hub import selectors
from hub.models import Organization, Place
from routing.bridge.problems import point_of
from routing.core.errors import PlaceNotPinned
from tests.factories.hub import make_buyer, make_farm, make_hub, make_place

pytestmark = pytest.mark.django_db


def unpinned(owner: Organization, kind: str) -> Place:
    place = make_place(owner, kind=kind)
    Place.objects.filter(pk=place.pk).update(latitude=None, longitude=None)
    place.refresh_from_db()
    return place


def test_it_is_no_gate_no_dock_no_door_and_no_home() -> None:
    hub = make_hub()
    farm, buyer = make_farm(hub=hub), make_buyer(hub=hub)
    unpinned(farm, "farm")
    unpinned(hub, "hub")
    door = unpinned(buyer, "drop_point")

    assert selectors.loading_places([farm.pk]) == {}
    assert selectors.dock_of(hub.pk) is None
    assert list(selectors.drop_points_of([buyer.pk])) == []
    assert list(selectors.active_places_of(selectors.members_of(hub))) == []
    assert door in selectors.places_waiting(hub)


def test_a_plan_that_meets_it_names_it() -> None:
    place = unpinned(make_hub(), "hub")

    with pytest.raises(PlaceNotPinned) as refused:
        point_of(place)

    assert refused.value.data == {"place": place.name}
