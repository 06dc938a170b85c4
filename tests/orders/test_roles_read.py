"""The roles that a request read with its person open the same orders and baskets."""

import pytest

from hub.accounts_adapter.people import SignedInPeople
from hub.models import Membership, Person
from orders import selectors, services
from orders.models import Basket
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, make_stock, make_week, order

pytestmark = pytest.mark.django_db


def opened(person: Person) -> tuple[int, int]:
    """How many orders and baskets a person reaches."""
    return (
        selectors.orders_seen_by(person).count(),
        sum(
            selectors.basket_editable_by(person, basket.public_id) is not None
            for basket in Basket.objects.all()
        ),
    )


def read(person: Person) -> Person:
    """The same person as a session reads them."""
    found = SignedInPeople().get_user(person.pk)
    assert found is not None
    assert found.roles_read is not None
    return found


@pytest.fixture
def week() -> Week:
    """Two hubs, each with one order and one basket."""
    for week in (make_week(), make_week()):
        order(week, {make_stock(week).offer.public_id: 1})
        services.open_basket(
            cycle=week.cycle, buyer=week.buyer, by=week.person, now=NOW
        )
    return week


def test_buyer_and_coordination_reach_their_own(week: Week) -> None:
    people = [
        week.person,
        ground.make_coordinator(week.hub),
        ground.make_producer(week.farm),
        ground.make_group_buyer(ground.make_buyer(hub=week.hub)),
        ground.make_driver(week.buyer),
        ground.make_driver(week.hub),
    ]

    assert [opened(read(person)) for person in people] == [
        (1, 1),
        (1, 1),
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 0),
    ]
    assert [opened(person) for person in people] == [
        opened(read(person)) for person in people
    ]


def test_a_role_taken_away_opens_nothing_from_the_next_reading_on(week: Week) -> None:
    ground.make_producer(week.farm, person=week.person)
    before = opened(read(week.person))

    Membership.objects.filter(person=week.person, role="group_buyer").delete()

    assert (before, opened(read(week.person))) == ((1, 1), (0, 0))
