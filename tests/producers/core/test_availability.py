"""What a farm posts, what is left, what is short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.core.availability import (
    Posted,
    copy_last_week,
    parse_cell,
    post_quantity,
    quantity_left,
    require_left,
)
from producers.core.errors import NotEnoughStock, UnknownQuantity

counts = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("text", "expected"), [("", None), ("  ", None), ("0", 0), ("12", 12), ("12,0", 12)]
)
def test_a_blank_is_not_a_zero(text, expected):
    assert parse_cell(text) == expected


@pytest.mark.parametrize("text", ["-1", "12,5", "beaucoup", "1/2"])
def test_a_cell_that_holds_no_quantity_is_refused(text):
    with pytest.raises(UnknownQuantity) as refusal:
        parse_cell(text)

    assert refusal.value.data == {"text": text}


def test_a_figure_under_what_is_promised_is_kept_and_the_rest_is_short():
    assert post_quantity(30, reserved=50) == Posted(30, 20)


def test_a_figure_that_covers_what_is_promised_is_short_of_nothing():
    assert post_quantity(50, reserved=50) == Posted(50, 0)


def test_a_negative_figure_is_a_mistake():
    with pytest.raises(ValueError, match="zero or more"):
        post_quantity(-1, reserved=0)


@pytest.mark.parametrize(
    ("quantity", "reserved", "left"),
    [(50, 20, 30), (50, 50, 0), (30, 50, 0), (None, 0, 0)],
)
def test_what_is_left_is_what_is_not_promised(quantity, reserved, left):
    assert quantity_left(quantity, reserved) == left


@given(counts, counts)
def test_what_is_promised_is_always_covered_or_short(quantity, reserved):
    posted = post_quantity(quantity, reserved)

    assert reserved <= posted.quantity + posted.short_quantity
    assert quantity_left(quantity, reserved) * posted.short_quantity == 0
    assert (
        quantity_left(quantity, reserved) + reserved
        == posted.quantity + posted.short_quantity
    )


def test_the_last_crate_can_be_asked_for():
    left = quantity_left(50, 49)

    require_left("Carottes, 10 kg", left=left, asked=1)

    assert left == 1


def test_more_than_is_left_is_refused_with_the_figures():
    with pytest.raises(NotEnoughStock) as refusal:
        require_left("Carottes, 10 kg", left=1, asked=2)

    assert refusal.value.data == {"product": "Carottes, 10 kg", "left": 1, "asked": 2}
    assert str(refusal.value) == "Carottes, 10 kg: 1 left, you asked for 2."


def test_copying_last_week_fills_only_the_blanks():
    this_week = {"carrots": None, "leeks": 0, "beets": 5, "kale": None, "new": None}
    last_week = {"carrots": 40, "leeks": 10, "beets": 9, "kale": 0, "gone": 7}

    assert copy_last_week(this_week, last_week) == {"carrots": 40, "kale": 0}


weeks = st.dictionaries(st.sampled_from("abcdef"), st.none() | counts)


@given(weeks, weeks)
def test_copying_twice_is_copying_once(this_week, last_week):
    copied = {**this_week, **copy_last_week(this_week, last_week)}

    assert copy_last_week(copied, last_week) == {}
    assert {k: v for k, v in copied.items() if this_week[k] is not None} == {
        k: v for k, v in this_week.items() if v is not None
    }
