"""What the pages of prices ask of their rows."""

from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal
from django import template

from hub.templatetags.words import reader_locale
from pricing import sentences

register = template.Library()

register.filter("lot_name", sentences.lot_name)
register.filter("movement_name", sentences.movement_name)
register.filter("tier_name", sentences.tier_name)
register.filter("tier_explanation", sentences.tier_explanation)


@register.filter
def opposite(amount: int) -> int:
    """The same amount the other way: what left, as a figure above zero."""
    return -amount


@register.filter
def sales(number: Fraction) -> str:
    """How many sales, with one decimal: 3,3."""
    tenths = Decimal(round(number * 10)) / 10
    return format_decimal(tenths, format="#,##0.#", locale=reader_locale())
