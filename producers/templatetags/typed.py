"""Figures as people type them into a field: no currency, no thousands."""

from django import template

from hub.templatetags.words import reader_locale

register = template.Library()


def _decimals(whole: int, part: int, width: int) -> str:
    mark = "." if reader_locale().language == "en" else ","
    return f"{whole}{mark}{part:0{width}d}"


@register.filter
def typed_price(cents: int | None) -> str:
    """A price in its field: 12,50 in French, 12.50 in English."""
    return "" if cents is None else _decimals(cents // 100, cents % 100, 2)


@register.filter
def typed_thousandths(thousandths: int | None) -> str:
    """Kilograms of a mass in grams, litres of millilitres: 10 or 0,75."""
    if thousandths is None:
        return ""
    whole, part = divmod(thousandths, 1_000)
    return _decimals(whole, part, 3).rstrip("0") if part else str(whole)
