"""Terms in words, on pages and in files."""

from typing import Any

from django import template

from orders.sentences import terms_in_words, terms_whom

register = template.Library()
register.filter("in_words", terms_in_words)


@register.filter
def terms_of(row: Any) -> str:
    """Whose terms a row of the list are."""
    return terms_whom(row.side, row.member)
