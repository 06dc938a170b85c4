"""Amounts, weights, hours and days on screen, as the reader's language writes them.

Every filter takes a whole number in the unit that its name says and writes it by the
rules of Quebec French or Canadian English. Nothing (None or "") is written as
nothing, so that a template need not ask first.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, Protocol

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext

from hub.core.errors import DomainError

register = template.Library()

NO_BREAK = "\u00a0"
FRENCH_HOUR = "H 'h' mm"
"""Quebec writes 8 h 00, without the zero that Babel puts before the hour."""

_DAY_S = 86_400
_HOUR_S = 3_600


def reader_locale() -> Locale:
    """The locale of the language being read: Quebec French unless it is English."""
    language = get_language() or ""
    return Locale.parse("en_CA" if language.startswith("en") else "fr_CA")


def _nothing_for_nothing(write: Callable[[int], str]) -> Callable[[int | None], str]:
    @lru_cache(maxsize=4_096)
    def said(amount: int, _language: str | None) -> str:
        return write(amount)

    @wraps(write)
    def written(amount: int | None) -> str:
        return said(int(amount), get_language()) if isinstance(amount, int) else ""

    return written


def _number(number: Decimal | int, decimals: int = 0) -> str:
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return _solid(format_decimal(number, format=pattern, locale=reader_locale()))


def _solid(text: str) -> str:
    """The same text in one piece: no line may break inside an amount."""
    return text.replace(" ", NO_BREAK).replace("\u202f", NO_BREAK)


@register.filter
@_nothing_for_nothing
def money(cents: int) -> str:
    """Canadian dollars: 1 234,56 $ in French, $1,234.56 in English."""
    dollars = Decimal(cents) / 100
    return _solid(format_currency(dollars, "CAD", locale=reader_locale()))


@register.filter
@_nothing_for_nothing
def mass(grams: int) -> str:
    """Kilograms from one kilogram up, grams below."""
    if abs(grams) < 1_000 and grams:
        return f"{_number(grams)}{NO_BREAK}g"
    return f"{_number(Decimal(grams) / 1_000, 1)}{NO_BREAK}kg"


@register.filter
@_nothing_for_nothing
def volume(millilitres: int) -> str:
    """Litres from one litre up, millilitres below."""
    if abs(millilitres) < 1_000 and millilitres:
        return f"{_number(millilitres)}{NO_BREAK}mL"
    return f"{_number(Decimal(millilitres) / 1_000, 1)}{NO_BREAK}L"


@register.filter
@_nothing_for_nothing
def distance(metres: int) -> str:
    """Kilometres, with one decimal below ten; metres below one kilometre."""
    if abs(metres) < 1_000 and metres:
        return f"{_number(metres)}{NO_BREAK}m"
    decimals = 1 if abs(metres) < 10_000 else 0
    return f"{_number(Decimal(metres) / 1_000, decimals)}{NO_BREAK}km"


@register.filter
@_nothing_for_nothing
def celsius(tenths: int) -> str:
    """Degrees from tenths of a degree: 3,5 °C in French, 3.5 °C in English."""
    return f"{_number(Decimal(tenths) / 10, 1)}{NO_BREAK}°C"


@register.filter
@_nothing_for_nothing
def clock(seconds: int) -> str:
    """A time of day from seconds after midnight; a later day says by how many."""
    days, within_s = divmod(seconds, _DAY_S)
    shown = _hour(within_s // _HOUR_S, within_s % _HOUR_S // 60)
    return f"{shown} (+{days})" if days else shown


def _hour(hour: int, minute: int) -> str:
    locale = reader_locale()
    pattern = "short" if locale.language == "en" else FRENCH_HOUR
    shown = format_time(time(hour, minute), format=pattern, locale=locale)
    # A sentence that ends with an hour ends with one period: 8:33 am.
    return _solid(shown.replace(".", ""))


@register.filter
@_nothing_for_nothing
def duration(seconds: int) -> str:
    """Hours and minutes, to the nearest minute: 2 h 15 min."""
    if seconds < 0:
        return f"-{duration(-seconds)}"
    hours, minutes = divmod((seconds + 30) // 60, 60)
    if not hours:
        return f"{minutes}{NO_BREAK}min"
    if not minutes:
        return f"{hours}{NO_BREAK}h"
    return f"{hours}{NO_BREAK}h{NO_BREAK}{minutes}{NO_BREAK}min"


@register.filter
@_nothing_for_nothing
def percent_bps(basis_points: int) -> str:
    """A rate in ten-thousandths: 1 500 is 15 % in French, 15% in English."""
    return _percent(Decimal(basis_points) / 10_000)


@register.filter
@_nothing_for_nothing
def percent_ppm(millionths: int) -> str:
    """A rate in millionths: 99 750 is 9,975 %."""
    return _percent(Decimal(millionths) / 1_000_000)


def _percent(rate: Decimal) -> str:
    locale = reader_locale()
    pattern = str(locale.percent_formats[None].pattern).replace("##0", "##0.###")
    return _solid(format_percent(rate, format=pattern, locale=locale))


@register.filter
@_nothing_for_nothing
def count(number: int) -> str:
    """A whole number in groups of three digits."""
    return _number(number)


@register.filter
def day(value: date | None) -> str:
    """A date in full, with its weekday; a moment gives its local date."""
    return _dated(value, str(reader_locale().date_formats["full"].pattern))


@register.filter
def month(value: date | None) -> str:
    """A month and its year: novembre 2026."""
    if value is None:
        return ""
    return format_date(_local_date(value), format="LLLL y", locale=reader_locale())


@register.filter
def short_day(value: date | None) -> str:
    """A date in short, with its weekday: sam. 21 nov."""
    return _dated(
        value, "EEE, MMM d" if reader_locale().language == "en" else "EEE d MMM"
    )


def _dated(value: date | None, pattern: str) -> str:
    """A local date by a pattern; French writes 1er for the first of a month."""
    if not value:
        return ""
    locale, on = reader_locale(), _local_date(value)
    if locale.language == "fr" and on.day == 1:
        pattern = pattern.replace("d", "d'er'")
    return format_date(on, format=pattern, locale=locale)


@register.filter
def moment(value: datetime | None) -> str:
    """A local day and hour: samedi 21 novembre 2026 à 14 h 05."""
    if not value:
        return ""
    local = timezone.localtime(value)
    words = {"day": day(local), "hour": _hour(local.hour, local.minute)}
    return gettext("%(day)s at %(hour)s") % words


@register.filter
def short_moment(value: datetime | None) -> str:
    """A local day and hour in short: sam. 21 nov. à 14 h 05."""
    if not value:
        return ""
    local = timezone.localtime(value)
    words = {"day": short_day(local), "hour": _hour(local.hour, local.minute)}
    return gettext("%(day)s at %(hour)s") % words


@register.filter
def hour(value: datetime | None) -> str:
    """The local hour of a moment: 14 h 05."""
    if not value:
        return ""
    local = timezone.localtime(value)
    return _hour(local.hour, local.minute)


@register.filter
def said(refusal: DomainError) -> str:
    """A refusal that was kept, in the reader's language."""
    return gettext(refusal.sentence) % {
        name: _as_said(name, value) for name, value in refusal.data.items()
    }


def _as_said(name: str, value: Any) -> Any:
    """An amount or a rate, known by the last word of its name, as people write it."""
    if isinstance(value, int) and name.endswith("_cents"):
        return money(value)
    if isinstance(value, int) and name.endswith("_bps"):
        return percent_bps(value)
    return value


class Hours(Protocol):
    """Anything with the fields of a window of a place."""

    weekday: int | None
    start_s: int
    end_s: int


@register.filter
def hours(window: Hours) -> str:
    """When a place receives: lundi, de 8 h 00 à 17 h 00."""
    words = {
        "day": gettext("every day"),
        "start": clock(window.start_s),
        "end": clock(window.end_s),
    }
    if window.weekday is not None:
        monday_first = date(2024, 1, 1) + timedelta(days=window.weekday)
        words["day"] = format_date(monday_first, "EEEE", locale=reader_locale())
    return gettext("%(day)s, %(start)s to %(end)s") % words


def _local_date(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
