"""Amounts, weights, hours and days, written as each language writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from hub.templatetags import words

CASES: list[tuple[Callable[[int], str], int, str, str]] = [
    (words.money, 123_456, "1 234,56 $", "$1,234.56"),
    (words.money, -5, "-0,05 $", "-$0.05"),
    (words.mass, 12_500, "12,5 kg", "12.5 kg"),
    (words.mass, 750, "750 g", "750 g"),
    (words.mass, 0, "0 kg", "0 kg"),
    (words.volume, 1_500, "1,5 L", "1.5 L"),
    (words.volume, 250, "250 mL", "250 mL"),
    (words.distance, 45_300, "45 km", "45 km"),
    (words.distance, 4_530, "4,5 km", "4.5 km"),
    (words.distance, 80, "80 m", "80 m"),
    (words.celsius, 35, "3,5 °C", "3.5 °C"),
    (words.celsius, -180, "-18 °C", "-18 °C"),
    (words.clock, 14 * 3_600 + 300, "14 h 05", "2:05 pm"),
    (words.clock, 25 * 3_600, "1 h 00 (+1)", "1:00 am (+1)"),
    (words.duration, 8_100, "2 h 15 min", "2 h 15 min"),
    (words.duration, 2_700, "45 min", "45 min"),
    (words.duration, 7_200, "2 h", "2 h"),
    (words.percent_bps, 1_500, "15 %", "15%"),
    (words.percent_bps, 1_280, "12,8 %", "12.8%"),
    (words.percent_ppm, 99_750, "9,975 %", "9.975%"),
    (words.count, 12_345, "12 345", "12,345"),
]


@pytest.mark.parametrize(("write", "amount", "french", "english"), CASES)
def test_a_figure_is_written_in_the_reader_s_language(
    write: Callable[[int], str], amount: int, french: str, english: str
) -> None:
    with override("fr-ca"):
        in_french = write(amount)
    with override("en"):
        in_english = write(amount)

    assert (in_french.replace("\u00a0", " "), in_english.replace("\u00a0", " ")) == (
        french,
        english,
    )


@pytest.mark.parametrize(("write", "amount"), [(case[0], case[1]) for case in CASES])
def test_no_line_breaks_inside_a_figure(
    write: Callable[[int], str], amount: int
) -> None:
    with override("fr-ca"):
        written = write(amount).removesuffix(" (+1)")

    assert " " not in written


def test_nothing_is_written_for_nothing() -> None:
    page = Template("[{{ a|money }}{{ b|mass }}{{ a|day }}{{ a|moment }}]")

    assert page.render(Context({"a": None, "b": ""})) == "[]"


def test_a_day_is_written_in_full() -> None:
    with override("fr-ca"):
        french = words.day(date(2026, 11, 21))
    with override("en"):
        english = words.day(date(2026, 11, 21))

    assert (french, english) == (
        "samedi 21 novembre 2026",
        "Saturday, November 21, 2026",
    )


def test_a_moment_is_shown_by_the_clocks_of_montreal() -> None:
    late = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)

    with override("en"):
        shown = words.moment(late).replace("\u00a0", " ")

    assert shown == "Saturday, November 21, 2026 at 10:30 pm"


def test_a_short_day_keeps_its_weekday() -> None:
    with override("fr-ca"):
        assert words.short_day(date(2026, 11, 21)) == "sam. 21 nov."


def test_french_says_first_of_a_month_and_english_does_not() -> None:
    first = date(2026, 12, 1)

    with override("fr-ca"):
        french = (words.day(first), words.short_day(first))
    with override("en"):
        english = words.day(first)

    assert french == ("mardi 1er décembre 2026", "mar. 1er déc.")
    assert english == "Tuesday, December 1, 2026"


def test_the_hours_of_a_place_name_their_day() -> None:
    class Thursday:
        weekday: int | None = 3
        start_s = 28_800
        end_s = 41_400

    with override("en"):
        shown = words.hours(Thursday()).replace("\u00a0", " ")

    assert shown == "Thursday, 8:00 am to 11:30 am"


def test_django_itself_writes_quebec_hours() -> None:
    """Without our own formats Django 5.2 writes 14:05 as "14 02 05" in fr-ca."""
    page = Template("{{ at|time }} | {{ at|date:'SHORT_DATETIME_FORMAT' }}")

    with override("fr-ca"):
        shown = page.render(Context({"at": datetime(2026, 11, 21, 19, 5, tzinfo=UTC)}))

    assert shown == "14 h 05 | 2026-11-21 14 h 05"


def test_an_hour_is_shown_by_the_clocks_of_montreal() -> None:
    noon = datetime(2026, 6, 18, 16, 5, tzinfo=UTC)

    with override("fr-ca"):
        french = words.hour(noon)
    with override("en"):
        english = words.hour(noon)

    assert (french, english, words.hour(None)) == (
        "12\u00a0h\u00a005",
        "12:05\u00a0pm",
        "",
    )
