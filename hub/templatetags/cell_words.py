"""A fact of a sheet in the reader's words, which the import reads again as it is."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext

from hub.core.imports import Column, Shape, Value, written
from hub.templatetags import words

Names = Mapping[str, Mapping[str, str]]
"""By the code of a column: what each kept code is called in the reader's language."""

_DAY_S = 86_400
_MONDAY = date(2024, 1, 1)


def in_words(column: Column, value: Value, names: Names | None = None) -> str:
    """A fact as the reader's language writes it; nothing for nothing.

    What it gives is read again as the same fact, in French and in English: nothing is
    rounded, and no group of digits could be taken for a decimal.
    """
    if value is None or value == "":
        return ""
    match column.shape:
        case Shape.AMOUNT:
            return words.money(value)
        case Shape.MASS:
            return _measured(value, "kg", "g")
        case Shape.VOLUME:
            return _measured(value, "L", "mL")
        case Shape.COUNT:
            return words.count(value).replace(",", "")
        case Shape.DEGREES:
            return f"{_figure(Decimal(str(value)), 6)}°"
        case Shape.YES_NO:
            return gettext("yes") if value else gettext("no")
        case Shape.CLOCK:
            return _clock(value)
        case Shape.HOURS:
            return "; ".join(_window(*window) for window in value)
        case Shape.CHOICE:
            return _choice(column, value)
        case _:
            return (names or {}).get(column.code, {}).get(value, str(value))


def choices_in_words(column: Column, names: Names | None = None) -> list[str]:
    """All that a column may hold, in the reader's words."""
    if column.choices:
        return [_choice(column, code) for code in column.choices]
    return list((names or {}).get(column.code, {}).values())


def _choice(column: Column, code: str) -> str:
    label = column.labels.get(code)
    return gettext(label) if label else written(column, code)


def _measured(thousandths: int, whole: str, small: str) -> str:
    if 0 < thousandths < 1_000:
        return f"{thousandths}{words.NO_BREAK}{small}"
    return f"{_figure(Decimal(thousandths) / 1_000, 3)}{words.NO_BREAK}{whole}"


def _figure(number: Decimal, decimals: int) -> str:
    pattern = "0." + "#" * decimals
    return format_decimal(number, format=pattern, locale=words.reader_locale())


def _clock(seconds: int) -> str:
    """A time of day; midnight at the end of a day is 24:00, as no clock shows it."""
    return words.clock(seconds) if seconds < _DAY_S else "24:00"


def _window(weekday: int | None, start_s: int, end_s: int) -> str:
    hours = f"{_clock(start_s)}–{_clock(end_s)}"
    if weekday is None:
        return hours
    named = _MONDAY + timedelta(days=weekday)
    return f"{format_date(named, 'EEEE', locale=words.reader_locale())} {hours}"
