"""The ways between the states of an order."""

import pytest

from orders.core.errors import TransitionRefused
from orders.core.states import TRANSITIONS, may_become, require_transition


def test_these_are_all_the_ways_between_states():
    ways = {
        (current, wanted)
        for current in TRANSITIONS
        for wanted in TRANSITIONS
        if may_become(current, wanted)
    }

    assert ways == {
        ("draft", "placed"),
        ("draft", "cancelled"),
        ("placed", "placed"),
        ("placed", "allocated"),
        ("placed", "cancelled"),
    }


def test_a_basket_may_be_placed():
    require_transition("draft", "placed")

    assert may_become("draft", "placed")


@pytest.mark.parametrize(
    ("current", "wanted"),
    [("allocated", "placed"), ("cancelled", "placed"), ("lost", "placed")],
)
def test_an_order_does_not_come_back(current, wanted):
    with pytest.raises(TransitionRefused) as refusal:
        require_transition(current, wanted)

    assert refusal.value.data == {"current": current, "wanted": wanted}
