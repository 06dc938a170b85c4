"""What happens when a farm's minimum is not reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.core.reasons import Reason
from orders.core.shortage import MINIMUM_RULES, MinimumOutcome, minimum_outcome

SHORT = {"missing_cents": 1_000, "minimum_cents": 5_000}


@pytest.mark.parametrize(
    ("rule", "keeps_lines"),
    [("notify", True), ("cancel", False)],
)
def test_a_minimum_not_reached_does_what_its_rule_says(rule, keeps_lines):
    outcome = minimum_outcome(4_000, 5_000, rule)

    assert outcome == MinimumOutcome(rule, 1_000, Reason(f"minimum_{rule}", SHORT))
    assert outcome.keeps_lines == keeps_lines


@pytest.mark.parametrize("ordered_cents", [0, 5_000, 5_001])
def test_a_minimum_reached_or_nothing_sold_goes_on(ordered_cents):
    outcome = minimum_outcome(ordered_cents, 5_000, "cancel")

    assert outcome == MinimumOutcome("proceed", 0, Reason("minimum_reached"))
    assert outcome.keeps_lines


def test_an_unknown_rule_is_a_mistake():
    with pytest.raises(ValueError, match="Unknown rule"):
        minimum_outcome(1, 2, "ignore")  # type: ignore[arg-type] # wrong on purpose


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(MINIMUM_RULES))
def test_what_is_missing_would_reach_the_minimum(ordered, minimum, rule):
    outcome = minimum_outcome(ordered, minimum, rule)

    reached = minimum_outcome(ordered + outcome.missing_cents, minimum, rule)
    assert reached.action == "proceed"
