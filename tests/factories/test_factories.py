"""The factories make rows that every constraint accepts, twice in a row."""

import pytest

from hub.models import Cycle
from hub.selectors import acting_for
from producers.models import Availability
from tests.factories import hub as hubs
from tests.factories import producers as farms

pytestmark = pytest.mark.django_db


def test_two_of_each_thing_may_be_made() -> None:
    for _ in range(2):
        hub = hubs.make_hub()
        hubs.make_place(hubs.make_buyer(hub=hub))
        hubs.make_cycle(hub)
        hubs.make_driver(hubs.make_carrier(hub=hub))
        farms.make_availability(farms.make_offer(hub=hub), reserved=60)
        farms.make_availability(
            farms.make_offer(hub=hub, pooled_offer=farms.make_pooled_offer(hub))
        )

    assert (Cycle.objects.count(), Availability.objects.count()) == (2, 4)


def test_a_coordinator_acts_for_the_hub() -> None:
    hub = hubs.make_hub()

    acting = acting_for(hubs.make_coordinator(hub), None)

    assert acting is not None
    assert (acting.organization, acting.is_coordinator) == (hub, True)
