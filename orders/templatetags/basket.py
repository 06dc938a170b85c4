"""What the basket's pages ask of their rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.translation import get_language

from hub.core.errors import DomainError
from hub.doors import sentence_of
from orders.exchange.words import TEMPERATURES
from orders.forms import ListForm
from orders.sentences import price_words
from orders.services.preview import PricedRow

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


@register.simple_tag(takes_context=True)
def offer(context: Context, row: PricedRow) -> str:
    """One row of the list. Rows are written once and remembered by what they say."""
    typed = context["typed"]
    said = typed.texts.get(row.public_id, str(row.quantity or ""))
    is_open = bool(context["time_left"])
    if row.problem or typed.problems or settings.DEBUG:
        problem = typed.problems.get(row.public_id, "") if typed.problems else ""
        return _row(row, said, problem=problem, is_open=is_open)
    return _known_row(row, said, is_open, get_language())


@lru_cache(maxsize=4_096)
def _known_row(row: PricedRow, said: str, is_open: bool, _language: str | None) -> str:
    return _row(row, said, is_open=is_open)


def _row(row: PricedRow, said: str, *, problem: str = "", is_open: bool) -> str:
    shown = {
        "row": row,
        "said": said,
        "typed_problem": problem,
        "is_open": is_open,
    }
    return render_to_string("orders/_offer.html", shown)


@dataclass(frozen=True, slots=True)
class _Filters:
    """All that the form above the list says, apart from the form itself."""

    families: tuple[tuple[int, str], ...]
    farms: tuple[tuple[int, str], ...]
    query: str
    path: str
    language: str | None
    form: ListForm = field(compare=False)


@register.simple_tag(takes_context=True)
def filters(context: Context, form: ListForm, query: str) -> str:
    """The form above the list; written once for those who see the same choices."""
    path, language = context["request"].path, get_language()
    said = _Filters(form.families, form.farms, query, path, language, form)
    return _written(said) if settings.DEBUG else _known_filters(said)


@lru_cache(maxsize=256)
def _known_filters(said: _Filters) -> str:
    return _written(said)


def _written(said: _Filters) -> str:
    shown = {"form": said.form, "query": said.query, "path": said.path}
    return render_to_string("orders/_filters.html", shown)


@register.filter
def opposite(cents: int) -> int:
    """What is taken, said as what is given."""
    return -cents
