"""Thermometers as people read them, and the limits of the rule."""

import pytest

from routing.core.cold import is_too_warm, parse_temperature
from routing.core.errors import NotATemperature


@pytest.mark.parametrize(
    ("text", "tenths_c"),
    [
        ("4", 40),
        ("3,5", 35),
        ("3.5", 35),
        ("-18", -180),
        ("−18", -180),
        (" -18,4 °C", -184),
        ("+2", 20),
        ("-0,5", -5),
        ("60", 600),
    ],
)
def test_degrees_are_read_as_people_write_them(text, tenths_c):
    assert parse_temperature(text, field="chilled") == tenths_c


@pytest.mark.parametrize(
    "text", ["400", "abc", "", "4,55", "60,1", "-61", "4 4 4 4", "--4", "٤", "4 °F"]
)
def test_what_is_no_temperature_is_refused_with_its_field(text):
    with pytest.raises(NotATemperature) as refused:
        parse_temperature(text, field="chilled")

    assert refused.value.data == {"field": "chilled", "text": text}


@pytest.mark.parametrize(
    ("temperature_class", "tenths_c", "expected"),
    [
        ("chilled", 40, False),
        ("chilled", 41, True),
        ("frozen", -180, False),
        ("frozen", -179, True),
        ("ambient", 350, False),
    ],
)
def test_the_limit_itself_is_cold_enough(temperature_class, tenths_c, expected):
    assert is_too_warm(temperature_class, tenths_c) == expected
