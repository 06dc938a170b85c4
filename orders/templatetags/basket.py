"""What the basket's pages ask of their rows."""

from collections.abc import Mapping
from typing import Any

from django import template

from hub.core.errors import DomainError
from hub.doors import sentence_of
from orders.exchange.words import TEMPERATURES
from orders.sentences import price_words

register = template.Library()


@register.filter
def of(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key; nothing for an unknown key."""
    return values.get(key, "") if values else ""


@register.filter
def refusal(error: DomainError) -> str:
    """A refusal in the reader's language."""
    return sentence_of(error)


@register.filter
def temperature(name: str) -> str:
    """A temperature class as the reader calls it."""
    return str(TEMPERATURES.get(name, name))


@register.filter
def why(draw_cents: int) -> str:
    """Why one unit costs this buyer what it costs."""
    return price_words(draw_cents)


@register.simple_tag
def typed_or(texts: Mapping[str, str], public_id: str, quantity: int) -> str:
    """What stands in the field of a quantity: what was typed, or what is kept."""
    return texts.get(public_id, str(quantity or ""))


@register.filter
def opposite(cents: int) -> int:
    """What is taken, said as what is given."""
    return -cents
