"""Percentages are read as people type them, in both languages."""

import pytest

from pricing.core.errors import NotAPercent
from pricing.core.percents import parse_percent_bps


@pytest.mark.parametrize(
    ("text", "bps"),
    [
        ("80", 8_000),
        ("12,5", 1_250),
        ("12.25", 1_225),
        (" 115 %", 11_500),
        ("0,05", 5),
        ("1\u202f000", 100_000),
        ("-3", -300),
        ("−0,5", -50),
    ],
)
def test_a_percentage_is_read_into_basis_points(text, bps):
    assert parse_percent_bps(text) == bps


@pytest.mark.parametrize("text", ["", "quinze", "1,234", "12,5,5", "%", "--3", "1e3"])
def test_what_is_no_percentage_is_refused(text):
    with pytest.raises(NotAPercent) as refusal:
        parse_percent_bps(text)

    assert refusal.value.data == {"text": text}
