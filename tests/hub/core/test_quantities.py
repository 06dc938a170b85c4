"""Whole quantities, units and temperatures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.errors import NotACount
from hub.core.quantities import TEMPERATURE_CLASSES, UNITS, parse_count


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", 12), ("12,0", 12), ("12.00", 12), (" 1 200 ", 1_200), ("0", 0), ("007", 7)],
)
def test_whole_numbers_are_read_as_people_type_them(text, expected):
    assert parse_count(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "12,5", "-3", "douze", "1e3", "٣", "1000001", "9" * 40, "12,"]
)
def test_what_is_no_whole_number_is_refused_with_its_text(text):
    with pytest.raises(NotACount) as refusal:
        parse_count(text)

    assert refusal.value.data == {"text": text}


@pytest.mark.parametrize("text", ["1,000", "1.000", "12,000"])
def test_three_zeros_after_a_comma_are_a_thousand_or_one_and_refused(text):
    with pytest.raises(NotACount):
        parse_count(text)


@given(st.integers(0, 1_000_000))
def test_a_count_written_down_reads_back(count):
    assert parse_count(f"{count:,}".replace(",", "\u202f")) == count


def test_temperatures_go_from_the_coldest_up():
    assert TEMPERATURE_CLASSES == ("frozen", "chilled", "ambient")


def test_every_unit_is_found_under_its_code_and_has_one_standard_code():
    assert [unit.code for unit in UNITS.values()] == list(UNITS)
    assert len({unit.standard_code for unit in UNITS.values()}) == len(UNITS)


def test_a_dozen_is_twelve_pieces_and_a_bunch_does_not_say():
    assert (UNITS["dozen"].pieces, UNITS["bunch"].pieces) == (12, None)
