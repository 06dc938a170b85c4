"""The states of an order, and the only ways between them.

A draft is a basket: it promises nothing. A placed order has its stock reserved and
its draw held. The close of the cycle allocates it; from then on its quantities are
what they are and corrections are other facts (a short delivery, a credit note). Only
its whole cycle, opened again before its trucks leave, makes it placed once more; that
is no step of one order and stands in no table here.
"""

from typing import Literal

from orders.core.errors import TransitionRefused

OrderState = Literal["draft", "placed", "allocated", "cancelled"]

TRANSITIONS: dict[str, frozenset[str]] = {
    "draft": frozenset({"placed", "cancelled"}),
    "placed": frozenset({"placed", "allocated", "cancelled"}),
    "allocated": frozenset(),
    "cancelled": frozenset(),
}
"""Placed to placed is a change of a confirmed order while its cycle is open."""


def may_become(current: str, wanted: str) -> bool:
    """Tell whether an order in one state may go to another; unknown states may not."""
    return wanted in TRANSITIONS.get(current, frozenset())


def require_transition(current: str, wanted: str) -> None:
    """Raises TransitionRefused, with both states, where there is no way between."""
    if not may_become(current, wanted):
        raise TransitionRefused(current=current, wanted=wanted)
