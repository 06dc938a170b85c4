"""What an envelope may pay for, and how much of an order."""

from datetime import date

import pytest

from vouchers.core.eligibility import (
    Owed,
    Terms,
    eligible_cents,
    payable_cents,
    require_open,
    room_cents,
    spending_order,
)
from vouchers.core.errors import EnvelopeEnded, EnvelopeNotBegun

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
VEGETABLES, DAIRY = 1, 2


def test_an_envelope_pays_only_for_its_families():
    terms = Terms(starts_on=MAY, family_ids=frozenset({VEGETABLES}))

    assert eligible_cents(terms, [Owed(VEGETABLES, 500), Owed(DAIRY, 300)]) == 500


def test_an_envelope_without_families_pays_for_everything():
    terms = Terms(starts_on=MAY)

    assert eligible_cents(terms, [Owed(VEGETABLES, 500), Owed(DAIRY, 300)]) == 800


def test_its_first_and_last_days_are_open():
    terms = Terms(starts_on=MAY, ends_on=JUNE)

    days = [date(2026, 4, 30), MAY, JUNE, date(2026, 6, 2)]

    assert [terms.is_open(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("on", "refusal"), [(date(2026, 4, 30), EnvelopeNotBegun), (JULY, EnvelopeEnded)]
)
def test_an_envelope_is_refused_outside_its_days(on, refusal):
    with pytest.raises(refusal):
        require_open(Terms(starts_on=MAY, ends_on=JUNE), on)


def test_an_order_has_room_for_what_is_left_and_what_it_holds():
    terms = Terms(starts_on=MAY, ends_on=JUNE)

    assert room_cents(terms, left_cents=700, earlier_cents=200, on=JUNE) == 900


def test_after_the_last_day_an_order_keeps_only_what_it_holds():
    terms = Terms(starts_on=MAY, ends_on=JUNE)

    assert room_cents(terms, left_cents=700, earlier_cents=200, on=JULY) == 200


@pytest.mark.parametrize(
    ("eligible", "room", "wanted", "payable"),
    [
        (500, 900, None, 500),  # all that is owed
        (500, 300, None, 300),  # all that is left
        (500, 900, 120, 120),  # the part wanted
        (500, 900, 800, 500),  # never more than is owed
        (500, 0, None, 0),
    ],
)
def test_an_envelope_pays_as_much_as_it_may_and_is_asked(
    eligible, room, wanted, payable
):
    found = payable_cents(eligible_cents=eligible, room_cents=room, wanted_cents=wanted)

    assert found == payable


def test_the_envelope_that_ends_first_is_spent_first():
    named = [
        (Terms(starts_on=MAY), "without end"),
        (Terms(starts_on=MAY, ends_on=JULY), "july b"),
        (Terms(starts_on=MAY, ends_on=JULY), "july a"),
        (Terms(starts_on=MAY, ends_on=JUNE), "june"),
    ]

    ordered = sorted(named, key=lambda pair: spending_order(*pair))

    assert [name for _terms, name in ordered] == [
        "june",
        "july a",
        "july b",
        "without end",
    ]
