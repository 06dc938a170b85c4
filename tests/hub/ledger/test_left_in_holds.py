"""What is left in holds, and what releases gave back, read for many at once."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.ledger import posting
from hub.ledger.core.accounts import Move
from hub.ledger.statements import (
    given_back_under,
    given_back_under_each,
    left_in_hold,
    left_in_holds,
)
from tests.factories.ledger import FARM, FUND, GRANT, TODAY, give

pytestmark = pytest.mark.django_db
HOLD: dict[str, Any] = {"kind": "draw", "effective_on": TODAY}


@pytest.fixture
def held(db: None) -> None:
    """300 of the grant, then 200 of the fund, which has 800 more."""
    give(GRANT, 300)
    give(FUND, 1_000)
    posting.hold(key="order:1", draws=[(GRANT, 300), (FUND, 200)], **HOLD)


def spend(key: str, cents: int) -> None:
    posting.capture(
        key=key,
        hold_key="order:1",
        kind="sale",
        amount_cents=cents,
        moves_to=[Move(FARM, cents)],
        effective_on=TODAY,
    )


def give_back(key: str, cents: int | None = None, hold_key: str = "order:1") -> None:
    posting.release(key=key, hold_key=hold_key, amount_cents=cents, effective_on=TODAY)


def test_what_is_left_is_told_of_many_holds_in_two_queries_each_for_itself(held):
    posting.hold(key="order:2", draws=[(FUND, 400)], **HOLD)
    spend("bill:1", 120)
    give_back("less", 150, hold_key="order:2")

    with CaptureQueriesContext(connection) as asked:
        left = left_in_holds(["order:1", "order:2", "order:3"])

    assert left == {
        "order:1": [(GRANT.code, 180), (FUND.code, 200)],
        "order:2": [(FUND.code, 250)],
        "order:3": [],
    }
    assert left == {key: left_in_hold(key) for key in left}
    assert len(asked) == 2


def test_what_came_back_into_a_hold_is_left_in_it_again(held):
    spend("bill:1", 350)
    posting.reverse(key="undo:1", posting_key="bill:1", effective_on=TODAY)

    assert left_in_holds(["order:1"]) == {
        "order:1": [(GRANT.code, 300), (FUND.code, 200)]
    }


def test_a_release_gave_back_from_behind_told_in_the_order_of_the_draws(held):
    give_back("less", 250)

    assert given_back_under("less") == [(GRANT.code, 50), (FUND.code, 200)]


def test_only_a_release_gives_back_and_only_under_its_key(held):
    spend("bill:1", 100)
    posting.reverse(key="undo:1", posting_key="bill:1", effective_on=TODAY)

    keys = ["order:1", "bill:1", "undo:1", "never"]
    assert given_back_under_each(keys) == {key: [] for key in keys}


def test_many_releases_are_told_in_one_query_each_for_itself(held):
    give_back("less", 50)
    give_back("rest")

    with CaptureQueriesContext(connection) as asked:
        back = given_back_under_each(["less", "rest", "never"])

    assert back == {
        "less": [(FUND.code, 50)],
        "rest": [(GRANT.code, 300), (FUND.code, 150)],
        "never": [],
    }
    assert back == {key: given_back_under(key) for key in back}
    assert len(asked) == 1
