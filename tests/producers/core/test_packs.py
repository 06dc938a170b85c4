"""What selling units weigh, fill and hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.core.errors import PackMismatch
from producers.core.packs import (
    Load,
    Pack,
    cases_and_loose,
    load_of,
    pieces_in,
    whole_cases,
)

CASE = Pack(mass_g=10_400, volume_ml=28_000, pieces=24)


def test_three_cases_weigh_and_fill_three_times_one():
    assert load_of(CASE, 3) == Load(mass_g=31_200, volume_ml=84_000)


def test_loads_add_up():
    assert load_of(CASE, 1) + load_of(CASE, 2) == load_of(CASE, 3)


def test_a_case_holds_its_pieces():
    assert pieces_in(CASE, 3) == 72


def test_fifty_pieces_are_two_cases_and_two_loose():
    assert cases_and_loose(50, 24) == (2, 2)


def test_pieces_that_fill_cases_become_cases():
    assert whole_cases(48, 24) == 2


def test_pieces_that_leave_some_over_are_refused():
    with pytest.raises(PackMismatch) as refusal:
        whole_cases(50, 24)

    assert refusal.value.data == {"pieces": 50, "pieces_per_case": 24}


def test_a_negative_number_of_cases_is_a_mistake():
    with pytest.raises(ValueError, match="cannot be negative"):
        load_of(CASE, -1)


def test_a_pack_that_weighs_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="weighs, fills and holds"):
        Pack(mass_g=0, volume_ml=1)


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_no_piece_is_lost_between_cases_and_loose(pieces, per_case):
    cases, loose = cases_and_loose(pieces, per_case)

    assert cases * per_case + loose == pieces
    assert 0 <= loose < per_case
