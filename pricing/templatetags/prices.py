"""What the pages of prices ask of their rows."""

from django import template

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
