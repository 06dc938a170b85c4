"""Whole cents: splits sum to the whole, rounding is exact, amounts are read."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.errors import NotAnAmount
from hub.core.money import parse_cents, scale_half_up, split_cents

amounts = st.integers(-(10**9), 10**9)
weight_lists = st.lists(st.integers(0, 10**6), min_size=1, max_size=12)


def test_a_dollar_in_three_gives_the_odd_cent_to_the_first():
    assert split_cents(100, [1, 1, 1]) == [34, 33, 33]


def test_the_odd_cent_goes_to_the_largest_remainder():
    # exact shares: 1.43, 2.86, 5.71
    assert split_cents(10, [1, 2, 4]) == [1, 3, 6]


def test_a_refund_is_split_like_the_payment_it_undoes():
    assert split_cents(-100, [1, 1, 1]) == [-34, -33, -33]


def test_weights_that_are_all_zero_share_equally():
    assert split_cents(5, [0, 0]) == [3, 2]


def test_nothing_is_split_among_nobody():
    assert split_cents(0, []) == []


def test_an_amount_for_nobody_is_a_mistake():
    with pytest.raises(ValueError, match="at least one share"):
        split_cents(1, [])


def test_a_negative_weight_is_a_mistake():
    with pytest.raises(ValueError, match="cannot be negative"):
        split_cents(1, [2, -1])


@given(amounts, weight_lists)
def test_parts_always_sum_to_the_whole(amount_cents, weights):
    assert sum(split_cents(amount_cents, weights)) == amount_cents


@given(amounts, weight_lists.filter(any))
def test_each_part_is_within_a_cent_of_its_exact_share(amount_cents, weights):
    total = sum(weights)

    parts = split_cents(amount_cents, weights)

    far = [
        part
        for part, weight in zip(parts, weights, strict=True)
        if abs(part - Fraction(amount_cents * weight, total)) >= 1
    ]
    assert far == []


@given(amounts, weight_lists)
def test_splitting_the_opposite_gives_the_opposite_parts(amount_cents, weights):
    parts = split_cents(amount_cents, weights)

    assert split_cents(-amount_cents, weights) == [-part for part in parts]


@pytest.mark.parametrize(
    ("amount", "numerator", "denominator", "expected"),
    [
        (1, 1, 2, 1),
        (-1, 1, 2, -1),
        (1, 1, 3, 0),
        (5, 3, 10, 2),
        (10, 99_750, 1_000_000, 1),
        (0, 7, 9, 0),
        (3, -1, 2, -2),
    ],
)
def test_half_a_cent_rounds_away_from_zero(amount, numerator, denominator, expected):
    assert scale_half_up(amount, numerator, denominator) == expected


@given(amounts, st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_rounding_is_never_off_by_more_than_half(amount, numerator, denominator):
    exact = Fraction(amount * numerator, denominator)

    rounded = scale_half_up(amount, numerator, denominator)

    assert abs(rounded - exact) <= Fraction(1, 2)
    assert rounded == -scale_half_up(-amount, numerator, denominator)


def test_a_denominator_of_zero_is_a_mistake():
    with pytest.raises(ValueError, match="must be positive"):
        scale_half_up(1, 1, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,50", 1_250),
        ("12.5", 1_250),
        ("12", 1_200),
        ("0,05", 5),
        (" 1 230,50 $ ", 123_050),
        ("1\u00a0230,50\u00a0$", 123_050),
        ("1\u202f230,50", 123_050),
        ("$1,230.50", 123_050),
        ("-4,25", -425),
        ("−4,25 $", -425),
        ("10000000", 1_000_000_000),
    ],
)
def test_amounts_are_read_as_people_type_them(text, expected):
    assert parse_cents(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "$",
        "douze",
        "12,505",
        "1,230",
        "1.2.3",
        "12,",
        ",50",
        "--5",
        "1e3",
        "nan",
        "٣",
        "10000000,01",
        "9" * 40,
    ],
)
def test_what_is_no_amount_is_refused_with_its_text(text):
    with pytest.raises(NotAnAmount) as refusal:
        parse_cents(text)

    assert refusal.value.data == {"text": text}


@given(st.integers(-1_000_000_000, 1_000_000_000))
def test_an_amount_written_in_french_reads_back(amount_cents):
    dollars, cents = divmod(abs(amount_cents), 100)
    sign = "-" if amount_cents < 0 else ""
    text = f"{sign}{dollars:,}".replace(",", "\u00a0") + f",{cents:02d}\u00a0$"

    assert parse_cents(text) == amount_cents
