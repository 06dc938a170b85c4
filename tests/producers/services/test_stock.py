"""Stock: promised, given back and settled, never more than there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from producers import services
from producers.core.errors import NoLongerOffered, NotEnoughStock
from producers.models import Availability
from tests.factories.producers import make_availability

pytestmark = pytest.mark.django_db


def stock_of(row: Availability) -> tuple[int, int, int]:
    row.refresh_from_db()
    return row.quantity, row.reserved, row.short_quantity


def test_reserving_promises_what_every_line_asks() -> None:
    carrots, beets = make_availability(quantity=50), make_availability(quantity=5)

    services.reserve(wants={beets.pk: 5, carrots.pk: 12})

    assert (stock_of(carrots), stock_of(beets)) == ((50, 12, 0), (5, 5, 0))


def test_the_first_line_lacking_is_named_and_nothing_is_taken() -> None:
    carrots, beets = make_availability(quantity=50), make_availability(quantity=5)
    leeks = make_availability(quantity=1)

    with pytest.raises(NotEnoughStock) as refusal:
        services.reserve(wants={carrots.pk: 1, leeks.pk: 2, beets.pk: 9})

    assert refusal.value.data == {"product": str(leeks.offer), "left": 1, "asked": 2}
    assert [stock_of(row)[1] for row in (carrots, beets, leeks)] == [0, 0, 0]


def test_rows_locked_already_are_promised_without_reading_them_again() -> None:
    carrots, beets = make_availability(quantity=50), make_availability(quantity=5)
    locked = services.lock_availabilities([carrots.pk, beets.pk])

    with CaptureQueriesContext(connection) as asked:
        services.reserve_of(locked, wants={carrots.pk: 12})

    assert (stock_of(carrots), stock_of(beets)) == ((50, 12, 0), (5, 0, 0))
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_rows_are_not_promised_outside_the_transaction_that_locks_them() -> None:
    carrots = make_availability(quantity=50)

    with pytest.raises(ValueError, match="transaction"):
        services.reserve_of([carrots], wants={carrots.pk: 1})

    assert stock_of(carrots) == (50, 0, 0)


def test_a_row_its_farm_took_away_cannot_be_reserved() -> None:
    carrots, gone = make_availability(), make_availability()
    gone_id = gone.pk
    gone.delete()

    with pytest.raises(NoLongerOffered):
        services.reserve(wants={carrots.pk: 1, gone_id: 1})

    assert stock_of(carrots) == (50, 0, 0)


def test_a_farm_that_is_short_has_nothing_left_to_promise() -> None:
    row = make_availability(quantity=10, reserved=12)

    with pytest.raises(NotEnoughStock) as refusal:
        services.reserve(wants={row.pk: 1})

    assert refusal.value.data == {"product": str(row.offer), "left": 0, "asked": 1}
    assert stock_of(row) == (10, 12, 2)


@pytest.mark.parametrize("units", [0, -1])
def test_only_whole_units_from_one_up_are_reserved(units: int) -> None:
    row = make_availability()

    with pytest.raises(ValueError, match="one or more"):
        services.reserve(wants={row.pk: units})

    assert stock_of(row) == (50, 0, 0)


def test_giving_back_shrinks_what_is_short_first() -> None:
    row = make_availability(quantity=10, reserved=14)

    services.give_back(returns={row.pk: 3})

    assert stock_of(row) == (10, 11, 1)


def test_giving_back_everything_leaves_everything() -> None:
    row = make_availability(quantity=10, reserved=14)

    services.give_back(returns={row.pk: 14})

    assert stock_of(row) == (10, 0, 0)


def test_more_than_was_promised_cannot_be_given_back() -> None:
    row = make_availability(quantity=10, reserved=4)

    with pytest.raises(ValueError, match="4 promised"):
        services.give_back(returns={row.pk: 5})

    assert stock_of(row) == (10, 4, 0)


def test_a_promise_is_settled_up_and_down_and_a_farm_may_be_short_of_it() -> None:
    short, spared = make_availability(quantity=10, reserved=14), make_availability()
    over = make_availability(quantity=10, reserved=8)

    services.settle_promises(changes={short.pk: -4, spared.pk: 4, over.pk: 5})

    found = (stock_of(short), stock_of(spared), stock_of(over))
    assert found == ((10, 10, 0), (50, 4, 0), (10, 13, 3))


def test_more_than_was_promised_cannot_be_settled_away() -> None:
    row, other = make_availability(quantity=10, reserved=4), make_availability()

    with pytest.raises(ValueError, match="4 promised"):
        services.settle_promises(changes={other.pk: 1, row.pk: -5})

    assert (stock_of(row), stock_of(other)) == ((10, 4, 0), (50, 0, 0))


def test_rows_are_locked_in_ascending_id_by_one_query() -> None:
    rows = [make_availability() for _ in range(3)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        locked = services.lock_availabilities([row.pk for row in reversed(rows)])

    assert [row.pk for row in locked] == sorted(row.pk for row in rows)
    assert [query["sql"].count("FOR UPDATE OF") for query in queries] == [1]
