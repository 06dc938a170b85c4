"""`hold`, `capture`, `release`: money set aside, spent in parts, given back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.ledger import posting
from hub.ledger.core.accounts import Move, hold_account
from hub.ledger.core.errors import (
    HoldExhausted,
    HoldUnknown,
    KeyReused,
    NotEnoughMoney,
    NotReversible,
)
from hub.ledger.models import Posting
from hub.ledger.statements import (
    balance_cents,
    balances,
    left_in_hold,
    uses_of_holds,
)
from tests.factories.ledger import (
    BANK,
    FARM,
    FUND,
    GRANT,
    TODAY,
    give,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 1, 16, tzinfo=UTC)
HOLD: dict[str, Any] = {
    "key": "order:1",
    "kind": "draw",
    "draws": [(GRANT, 300), (FUND, 200)],
    "effective_on": TODAY,
}


@pytest.fixture
def funds(db):
    give(GRANT, 300)
    give(FUND, 1_000)


@pytest.fixture
def held(funds):
    posting.hold(**HOLD)


def capture(key="bill:1", amount_cents=350, **changes):
    asked = {
        "key": key,
        "hold_key": "order:1",
        "kind": "sale",
        "amount_cents": amount_cents,
        "moves_to": [Move(FARM, amount_cents)],
        "effective_on": TODAY,
    }
    return posting.capture(**asked | changes)


def release(key="back:1", amount_cents=None, **changes):
    asked = {
        "key": key,
        "hold_key": "order:1",
        "amount_cents": amount_cents,
        "effective_on": TODAY,
    }
    return posting.release(**asked | changes)


def test_a_hold_sets_money_aside(funds):
    held = posting.hold(**HOLD, expires_at=NOON)

    assert (held.verb, held.kind, held.expires_at) == ("hold", "draw", NOON)
    assert balances("") == {
        "bank:montreal": -1_300,
        "fund:grant": 0,
        "fund:montreal": 800,
        "hold:order:1": 500,
    }


def test_the_same_hold_sent_twice_holds_once(held):
    again = posting.hold(**HOLD)

    assert again == Posting.objects.get(key="order:1")
    assert balances("hold:") == {"hold:order:1": 500}


def test_a_hold_takes_nothing_when_one_draw_is_short(funds):
    with pytest.raises(NotEnoughMoney) as refusal:
        posting.hold(**HOLD | {"draws": [(FUND, 200), (GRANT, 301)]})

    assert refusal.value.data["account"] == "fund:grant"
    assert balances("fund:") == {"fund:grant": 300, "fund:montreal": 1_000}


def test_a_negative_draw_is_a_mistake(funds):
    with pytest.raises(ValueError, match="negative draw"):
        posting.hold(**HOLD | {"draws": [(FUND, -1)]})

    assert not Posting.objects.filter(key="order:1").exists()


def test_a_hold_does_not_draw_on_a_hold(held):
    draws = [(hold_account("order:1"), 5)]

    with pytest.raises(ValueError, match="belongs to the holds"):
        posting.hold(**HOLD | {"key": "order:2", "draws": draws})

    assert balances("hold:") == {"hold:order:1": 500}


def test_a_hold_is_captured_in_parts(held):
    capture("bill:1", 350)

    last = capture("bill:2", 150)

    assert (last.verb, last.kind, last.hold.key) == ("capture", "sale", "order:1")
    assert balances("f") == {"farm:k7": 500, "fund:grant": 0, "fund:montreal": 800}
    assert balance_cents("hold:order:1") == 0


def test_a_capture_may_be_part_of_a_larger_sale(held):
    moves_to = [Move(BANK, -900), Move(FARM, 1_250)]

    capture(amount_cents=350, moves_to=moves_to)

    assert balances("farm:") == {"farm:k7": 1_250}
    assert balance_cents("hold:order:1") == 150


def test_a_capture_must_say_where_its_cents_go(held):
    with pytest.raises(ValueError, match="sum to 1 cents"):
        capture(amount_cents=350, moves_to=[Move(FARM, 351)])

    assert balance_cents("hold:order:1") == 500


def test_more_than_is_left_cannot_be_captured(held):
    capture("bill:1", 350)

    with pytest.raises(HoldExhausted) as refusal:
        capture("bill:2", 151)

    assert refusal.value.data == {
        "hold": "order:1",
        "balance_cents": 150,
        "missing_cents": 1,
    }
    assert balance_cents("farm:k7") == 350


def test_the_same_capture_sent_twice_spends_once(held):
    first = capture()

    assert capture() == first
    assert balance_cents("hold:order:1") == 150


def test_the_same_key_capturing_another_hold_is_refused(held):
    posting.hold(**HOLD | {"key": "order:2", "draws": [(FUND, 400)]})
    capture()

    with pytest.raises(KeyReused):
        capture(hold_key="order:2")

    assert balance_cents("hold:order:2") == 400


def test_a_release_gives_everything_back(held):
    given = release()

    assert (given.verb, given.kind, given.hold.key) == ("release", "draw", "order:1")
    assert balances("f") == {"fund:grant": 300, "fund:montreal": 1_000}
    assert balance_cents("hold:order:1") == 0


def test_what_was_not_captured_goes_back_to_the_last_drawn(held):
    capture(amount_cents=350)

    release()

    assert balances("fund:") == {"fund:grant": 0, "fund:montreal": 950}


def test_releases_in_parts_go_back_from_the_end(held):
    release("back:1", 150)
    release("back:2", 100)

    assert balances("fund:") == {"fund:grant": 50, "fund:montreal": 1_000}


def test_more_than_is_left_cannot_be_released(held):
    with pytest.raises(HoldExhausted) as refusal:
        release(amount_cents=501)

    assert refusal.value.data["missing_cents"] == 1
    assert balances("fund:") == {"fund:grant": 0, "fund:montreal": 800}


def test_releasing_the_rest_of_nothing_moves_nothing(held):
    release("back:1")

    empty = release("back:2")

    assert empty.entries.count() == 0
    assert balances("fund:") == {"fund:grant": 300, "fund:montreal": 1_000}


def test_the_rest_released_twice_under_one_key_is_released_once(held):
    first = release()
    posting.hold(**HOLD | {"key": "order:2"})

    assert release() == first
    assert balance_cents("hold:order:2") == 500


def test_an_unknown_hold_may_be_captured_once_it_is_known(funds):
    with pytest.raises(HoldUnknown) as refusal:
        capture()
    posting.hold(**HOLD)

    capture()

    assert refusal.value.data == {"hold": "order:1"}
    assert balance_cents("farm:k7") == 350


def test_a_posting_is_not_a_hold(funds):
    with pytest.raises(HoldUnknown):
        release(hold_key="gift:fund:grant")

    assert balance_cents("fund:grant") == 300


@pytest.mark.parametrize("key", ["order:1", "back:1"])
def test_holds_and_releases_are_not_reversed(held, key):
    release()

    with pytest.raises(NotReversible):
        posting.reverse(key="undo:1", posting_key=key, effective_on=TODAY)

    assert balances("fund:") == {"fund:grant": 300, "fund:montreal": 1_000}


def test_a_reversed_capture_refills_its_hold(held):
    capture(amount_cents=350)

    posting.reverse(key="undo:1", posting_key="bill:1", effective_on=TODAY)
    release()

    assert balances("f") == {"farm:k7": 0, "fund:grant": 300, "fund:montreal": 1_000}


def test_an_empty_hold_can_be_captured_and_released_of_nothing(funds):
    posting.hold(**HOLD | {"draws": [(FUND, 0)]})

    capture(amount_cents=0, moves_to=[])
    release()

    assert balances("hold:") == {"hold:order:1": 0}
    assert balances("fund:") == {"fund:grant": 300, "fund:montreal": 1_000}


@pytest.mark.django_db(transaction=True)
def test_a_refused_capture_stays_refused_when_the_hold_is_refilled():
    give(FUND, 1_000)
    posting.hold(**HOLD | {"draws": [(FUND, 500)]})
    capture("bill:1", 350)
    with pytest.raises(HoldExhausted) as early:
        capture("bill:2", 400)
    posting.reverse(key="undo:1", posting_key="bill:1", effective_on=TODAY)

    with pytest.raises(HoldExhausted) as late:
        capture("bill:2", 400)

    assert late.value.data == early.value.data
    assert balance_cents("hold:order:1") == 500


def test_expired_holds_are_given_back(funds):
    posting.hold(**HOLD, expires_at=NOON)
    posting.hold(**HOLD | {"key": "order:2", "draws": [(FUND, 1)]})
    capture(amount_cents=100)

    released = posting.release_expired(now=NOON)

    assert [(one.hold and one.hold.key, one.effective_on) for one in released] == [
        ("order:1", TODAY)
    ]
    assert balances("hold:") == {"hold:order:1": 0, "hold:order:2": 1}
    assert balances("fund:") == {"fund:grant": 200, "fund:montreal": 999}


def test_a_hold_is_not_given_back_before_it_expires(funds):
    posting.hold(**HOLD, expires_at=NOON)

    released = posting.release_expired(now=NOON - timedelta(microseconds=1))

    assert released == []
    assert balance_cents("hold:order:1") == 500


def test_an_expired_hold_that_is_refilled_is_given_back_again(funds):
    posting.hold(**HOLD, expires_at=NOON)
    capture()
    posting.release_expired(now=NOON)
    posting.reverse(key="undo:1", posting_key="bill:1", effective_on=TODAY)

    posting.release_expired(now=NOON)

    assert balance_cents("hold:order:1") == 0
    assert balances("fund:") == {"fund:grant": 300, "fund:montreal": 1_000}
    assert posting.release_expired(now=NOON) == []


def test_what_is_left_in_a_hold_is_told_by_the_account_it_came_from(held):
    capture(amount_cents=120)
    posting.release(
        key="less", hold_key="order:1", amount_cents=150, effective_on=TODAY
    )

    # 300 of the grant, then 200 of the fund: 120 spent in front, 150 given back behind
    assert left_in_hold("order:1") == [(GRANT.code, 180), (FUND.code, 50)]


def test_a_hold_that_was_never_made_has_nothing_left(funds):
    assert left_in_hold("order:2") == []


def test_each_use_of_a_hold_says_which_accounts_paid_and_got_back(held):
    capture("bill:1", 250)
    capture("bill:2", 200)
    posting.reverse(key="credit:1", posting_key="bill:1", effective_on=TODAY)
    capture("bill:3", 100)

    assert uses_of_holds(["order:1"]) == {
        "bill:1": {GRANT.code: 250},
        "bill:2": {GRANT.code: 50, FUND.code: 150},
        "credit:1": {GRANT.code: -100, FUND.code: -150},
        "bill:3": {GRANT.code: 100},
    }
    assert left_in_hold("order:1") == [(FUND.code, 200)]
