"""A plan is current while every cycle is as it was planned."""

import pytest

from routing.core.current import first_moved

CARROTS, BREAD = ("Carottes", 4), ("Pain", 2)


def test_the_same_revisions_are_current():
    assert first_moved(planned={1: CARROTS}, current={1: CARROTS}) is None


@pytest.mark.parametrize(
    ("planned", "current", "moved"),
    [
        ({1: CARROTS}, {1: ("Carottes", 5)}, ("changed", "Carottes", 4, 5)),
        ({1: CARROTS}, {1: CARROTS, 2: BREAD}, ("closed_later", "Pain", 0, 2)),
        ({1: CARROTS, 2: BREAD}, {1: CARROTS}, ("gone", "Pain", 2, 0)),
        ({1: CARROTS}, {1: CARROTS, 2: ("Neuf", 0)}, ("closed_later", "Neuf", 0, 0)),
    ],
)
def test_a_cycle_that_changed_closed_later_or_went_away_is_named(
    planned, current, moved
):
    found = first_moved(planned=planned, current=current)

    assert found is not None
    assert (found["how"], found["cycle"], found["planned"], found["current"]) == moved


def test_a_cycle_of_another_day_came_by_its_goods():
    found = first_moved(planned={}, current={2: BREAD}, guests={2})

    assert found is not None
    assert (found["how"], found["cycle"]) == ("came", "Pain")
