"""Figures of a computation, as finely as they were computed with."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal
from django import template

from hub.templatetags.words import NO_BREAK, reader_locale

register = template.Library()


def _solid(text: str) -> str:
    return text.replace(" ", NO_BREAK).replace("\u202f", NO_BREAK)


@register.filter
def fine_money(thousandths: object) -> str:
    """Thousandths of a cent as dollars with five decimals, ends of zero left out."""
    if not isinstance(thousandths, int):
        return ""
    dollars = Decimal(thousandths) / 100_000
    pattern = str(reader_locale().currency_formats["standard"].pattern)
    fine = pattern.replace("0.00", "0.00###")
    return _solid(format_currency(dollars, "CAD", fine, locale=reader_locale()))


@register.filter
def kilometres(metres: object) -> str:
    """Metres as kilometres with three decimals: 12,345 km."""
    if not isinstance(metres, int):
        return ""
    number = format_decimal(
        Decimal(metres) / 1_000, format="#,##0.###", locale=reader_locale()
    )
    return _solid(f"{number} km")


@register.filter
def minutes(seconds: object) -> str:
    """Seconds as minutes and seconds: 35 min 20 s."""
    if not isinstance(seconds, int):
        return ""
    whole, rest = divmod(seconds, 60)
    return _solid(f"{whole} min {rest} s" if rest else f"{whole} min")


@register.filter
def factor(millionths: object) -> str:
    """A factor in millionths as a number with six decimals."""
    if not isinstance(millionths, int):
        return ""
    return format_decimal(
        Decimal(millionths) / 1_000_000, format="0.######", locale=reader_locale()
    )
