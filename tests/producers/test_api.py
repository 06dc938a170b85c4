"""A farm's program: what it has in a week, or that it has nothing."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from producers import selectors
from tests.factories.hub import make_farm, make_hub
from tests.factories.producers import make_offer
from tests.factories.programs import let_in

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 22)


@pytest.fixture(autouse=True)
def _the_week_before() -> Iterator[None]:
    with time_machine.travel("2026-06-16T10:00:00-04:00", tick=False):
        yield


def test_a_farm_has_nothing_until_it_posts_something() -> None:
    hub = make_hub()
    farm = make_farm(hub=hub)
    offer = make_offer(farm, hub=hub)
    program = let_in(farm)
    thursday = {"week_on": "2026-06-25"}

    told = program.does("/availability/nothing", thursday)
    was_empty = selectors.has_said_nothing(farm, hub, MONDAY)
    row = {"offer_id": offer.public_id, "quantity": 4, **thursday}
    program.does("/availability", row)

    assert told == {
        "producer_id": farm.public_id,
        "hub_id": hub.public_id,
        "week_on": "2026-06-22",
    }
    assert (was_empty, selectors.has_said_nothing(farm, hub, MONDAY)) == (True, False)
    assert program.refused("/availability/nothing", thursday) == (
        409,
        "something_posted",
    )


def test_a_coordination_tells_it_of_a_farm_of_its_hub_alone() -> None:
    hub, other = make_hub(), make_hub()
    farm = make_farm(hub=hub)
    asked = {"week_on": "2026-06-25", "producer_id": farm.public_id}

    elsewhere = let_in(other).refused("/availability/nothing", asked)
    here = let_in(hub).does("/availability/nothing", asked)

    assert elsewhere == (404, "not_found")
    assert (here["producer_id"], selectors.has_said_nothing(farm, hub, MONDAY)) == (
        farm.public_id,
        True,
    )
