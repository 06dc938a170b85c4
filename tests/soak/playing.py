"""How long random machines play: a little in `make test`, in rounds in `make soak`."""

import os

from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "soak"


def num_examples(short: int, *, a_round: int) -> int:
    """How many examples: `short` of them, or what fills a round of the long run.

    A round is a minute or two on a quiet core; the long run plays rounds, each with
    other random choices, until its hours are over.
    """
    return a_round if IS_LONG else short


def play(
    machine: type[RuleBasedStateMachine], examples: int, steps: int, *, a_round: int
) -> None:
    """Let a machine play `examples` times `steps`; in the long run, a whole round."""
    if IS_LONG:
        run_state_machine_as_test(machine, settings=settings(max_examples=a_round))
        return
    short = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        # A failure is shown as it came: shrinking over a database takes minutes, and
        # the long run does it.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    run_state_machine_as_test(machine, settings=short)
