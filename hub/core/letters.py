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

from hub.core.errors import N_


class Kind(StrEnum):
    """What a notice is about; its texts are named like it."""

    CYCLE_CLOSED = "cycle_closed"
    CYCLE_REOPENED = "cycle_reopened"
    PLAN_FARM = "plan_farm"
    PLAN_BUYER = "plan_buyer"
    PLAN_DRIVER = "plan_driver"
    PLAN_WITHDRAWN = "plan_withdrawn"
    ROUTE_CHANGED = "route_changed"
    ROUTE_HANDED_OVER = "route_handed_over"
    SHIPMENT_DECIDED = "shipment_decided"
    INVOICE_ISSUED = "invoice_issued"
    STATEMENT_READY = "statement_ready"
    DAY_REOPENED = "day_reopened"
    MINIMUM_NOT_REACHED = "minimum_not_reached"
    DEFAULT_ORDER = "default_order"
    INVITATION = "invitation"
    WEBHOOK_PAUSED = "webhook_paused"
    FUND_GUARD = "fund_guard"
    CASH_LOW = "cash_low"


FACTS: dict[Kind, frozenset[str]] = {
    Kind.CYCLE_CLOSED: frozenset({"cycle", "service_on", "items"}),
    Kind.CYCLE_REOPENED: frozenset(
        {"cycle", "service_on", "until_on", "until_s", "reason", "is_farm"}
    ),
    Kind.PLAN_FARM: frozenset({"service_on", "stops"}),
    Kind.PLAN_BUYER: frozenset({"service_on", "stops"}),
    Kind.PLAN_DRIVER: frozenset(
        {"service_on", "vehicle", "home", "start_s", "end_s", "stops"}
    ),
    Kind.PLAN_WITHDRAWN: frozenset(
        {"service_on", "vehicle", "is_driver", "was_sent", "reason"}
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
    Kind.DAY_REOPENED: frozenset(
        {"service_on", "pool", "amount_cents", "is_carrier", "reason"}
    ),
    Kind.INVITATION: frozenset(
        {"organization", "role", "about", "may", "by", "page", "address", "expires_on"}
    ),
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
    Kind.WEBHOOK_PAUSED: frozenset({"name", "is_gone", "failing_on"}),
    Kind.FUND_GUARD: frozenset(
        {"is_stopped", "free_cents", "warn_weeks", "stop_weeks"}
    ),
    Kind.CASH_LOW: frozenset(
        {
            "below_on",
            "below_cents",
            "low_on",
            "low_cents",
            "level_cents",
            "late_cents",
        }
    ),
}
"""The facts of each kind. `items` are `{"title", "units"}`; `decision` is
another_day, own_transport or cancelled; `moved_on` is the other day, or None;
`is_cancelled` tells whether the farm's lines are given up or stand all the same. Of a
default order, `items` are what is ordered, `missing` are `{"title", "asked", "given"}`,
and `refusal` says why nothing was ordered: a sentence, or None. Of an invitation,
`role`, `about` and each of `may` are words in both languages; `page` is where to come
in, with the code sent to `address`."""


OPTIONAL: dict[Kind, str] = {
    Kind.CYCLE_CLOSED: N_("What to prepare, once a cycle is closed"),
    Kind.CYCLE_REOPENED: N_("A cycle that is open again"),
    Kind.MINIMUM_NOT_REACHED: N_("A minimum that is not reached"),
    Kind.PLAN_FARM: N_("At what hour the truck comes to load"),
    Kind.PLAN_BUYER: N_("At what hour the goods come"),
}
"""Kinds that a person may do without, and how they are named."""

MANDATORY: dict[Kind, str] = {
    Kind.INVOICE_ISSUED: N_("Invoices and credit notes"),
    Kind.STATEMENT_READY: N_("Statements"),
    Kind.DAY_REOPENED: N_("A settlement that is replaced"),
    Kind.CASH_LOW: N_("Cash that will run low"),
    Kind.DEFAULT_ORDER: N_("An order placed by default"),
    Kind.SHIPMENT_DECIDED: N_("Goods that come otherwise, or not at all"),
    Kind.ROUTE_CHANGED: N_("A day whose routes changed"),
    Kind.ROUTE_HANDED_OVER: N_("A route that somebody else drives"),
    Kind.PLAN_DRIVER: N_("The route to drive"),
    Kind.PLAN_WITHDRAWN: N_("Trucks that are called back"),
    Kind.INVITATION: N_("Invitations to a role"),
    Kind.WEBHOOK_PAUSED: N_("A program that no longer answers"),
    Kind.FUND_GUARD: N_("A solidarity fund that would not last"),
}
"""Kinds that always go: money, and what people must know to do their part."""

_OF_DRIVERS = frozenset({Kind.PLAN_DRIVER, Kind.ROUTE_HANDED_OVER})


def is_urgent(kind: Kind, data: Mapping[str, Any], *, today: date) -> bool:
    """Whether a notice passes quiet hours.

    What changed a route passes for its driver, and so do a route of the day itself and
    a breakdown of the day for all concerned. An invitation passes too: who is invited
    is often on the phone with who invites. Everything else waits.
    """
    if kind == Kind.INVITATION:
        return True
    is_today = date.fromisoformat(data.get("service_on", "9999-12-31")) <= today
    if kind in _OF_DRIVERS:
        return is_today
    if kind in {Kind.ROUTE_CHANGED, Kind.PLAN_WITHDRAWN}:
        return bool(data["is_driver"]) or (
            is_today and bool(data.get("is_breakdown", False))
        )
    return False


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
