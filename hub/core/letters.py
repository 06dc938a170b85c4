"""Which notices there are, and the facts that each must carry.

The floor that leaves a notice hands its facts down as plain data: whole cents, seconds
from midnight (`…_s`), days as "2026-06-18" (`…_on`), and what has a name in each
language as `{"fr": …, "en": …}`. A stop is `{"place", "from_s",
"to_s", "vehicle", "goods"}`: where, between which hours, which truck, and what is
loaded or brought there (a list of sentences, which may be empty).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a notice is about; its texts are named like it."""

    CYCLE_CLOSED = "cycle_closed"
    PLAN_FARM = "plan_farm"
    PLAN_BUYER = "plan_buyer"
    PLAN_DRIVER = "plan_driver"
    ROUTE_CHANGED = "route_changed"
    ROUTE_HANDED_OVER = "route_handed_over"
    SHIPMENT_DECIDED = "shipment_decided"
    INVOICE_ISSUED = "invoice_issued"
    STATEMENT_READY = "statement_ready"
    MINIMUM_NOT_REACHED = "minimum_not_reached"
    DEFAULT_ORDER = "default_order"


FACTS: dict[Kind, frozenset[str]] = {
    Kind.CYCLE_CLOSED: frozenset({"cycle", "service_on", "items"}),
    Kind.PLAN_FARM: frozenset({"service_on", "stops"}),
    Kind.PLAN_BUYER: frozenset({"service_on", "stops"}),
    Kind.PLAN_DRIVER: frozenset(
        {"service_on", "vehicle", "home", "start_s", "end_s", "stops"}
    ),
    Kind.ROUTE_CHANGED: frozenset({"service_on", "is_breakdown", "is_driver", "stops"}),
    Kind.ROUTE_HANDED_OVER: frozenset({"service_on", "vehicle"}),
    Kind.SHIPMENT_DECIDED: frozenset(
        {"service_on", "decision", "moved_on", "farm", "drop_point", "note"}
    ),
    Kind.INVOICE_ISSUED: frozenset(
        {"number", "service_on", "total_cents", "seller", "is_credit"}
    ),
    Kind.STATEMENT_READY: frozenset({"service_on", "total_cents", "hub"}),
    Kind.MINIMUM_NOT_REACHED: frozenset(
        {"cycle", "service_on", "farm", "missing_cents", "is_cancelled"}
    ),
    Kind.DEFAULT_ORDER: frozenset(
        {
            "cycle",
            "service_on",
            "drop_point",
            "total_cents",
            "items",
            "missing",
            "refusal",
        }
    ),
}
"""The facts of each kind. `items` are `{"title", "units"}`; `decision` is
another_day, own_transport or cancelled; `moved_on` is the other day, or None;
`is_cancelled` tells whether the farm's lines are given up or stand all the same. Of a
default order, `items` are what is ordered, `missing` are `{"title", "asked", "given"}`,
and `refusal` says why nothing was ordered: a sentence, or None."""


NAMED = frozenset({"fr", "en"})


def require_facts(kind: Kind, data: Mapping[str, Any]) -> None:
    """Stop a caller that leaves a notice without its facts, or with others."""
    assert frozenset(data) == FACTS[kind], (kind, sorted(data))


def readable(data: Mapping[str, Any], *, language: str) -> dict[str, Any]:
    """Facts as a text writes them, at every depth.

    Days are dates again; what is named in both languages is named in the reader's.
    """
    return {name: _read(name, value, language) for name, value in data.items()}


def _read(name: str, value: Any, language: str) -> Any:
    if name.endswith("_on") and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, Mapping):
        if frozenset(value) == NAMED:
            return value["en" if language.startswith("en") else "fr"]
        return readable(value, language=language)
    if isinstance(value, list | tuple):
        return [_read("", row, language) for row in value]
    return value
