"""Where broken trucks stand: each has a spot of its own, also at one place."""

from dataclasses import replace

from routing.core.check import violations_of
from routing.core.continued import continued
from routing.core.residual import Breakdown, residual_of
from routing.core.solve.search import search
from tests.routing.core.days import MINUTE, truck
from tests.routing.core.test_residual import EIGHT, driven, go_on, two_trucks


def test_two_trucks_break_down_at_one_place_in_the_same_minute():
    problem = two_trucks()
    problem = replace(problem, vehicles=(*problem.vehicles, truck("t3")))
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    now_s = EIGHT + 12 * MINUTE
    first = Breakdown("t1", "farm", now_s, {"t1": 1, "t2": 1})
    once = go_on(problem, plan, first)
    done = {"t1": 9, "t2": 1}
    second = Breakdown("t2", "farm", now_s, done, broken_before=frozenset({"t1"}))

    left = residual_of(once.problem, once.matrix, once.plan, second)
    rest = list(search(left.problem, left.matrix, seed=1, iterations=3))[-1]
    twice = continued(once.problem, once.matrix, once.plan, second, rest)

    assert violations_of(twice.problem, twice.matrix, twice.plan) == []
    assert {name.rstrip("+") for name in twice.plan.served_ids} == set("abcd")
