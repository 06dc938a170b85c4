"""A day folded from its taps: the same whatever the order they come in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.core.day import (
    StopHours,
    StopState,
    delivered_units,
    expected_arrivals,
    fold,
    in_order,
    is_late,
)
from routing.core.taps import PROBLEM_REASONS, TAP_KINDS, Tap
from tests.routing.core.taps import MORNING, name, tap


@st.composite
def days(draw) -> list[Tap]:
    """Taps of two phones, one of them hours wrong and set right in between."""
    num_taps = draw(st.integers(1, 12))
    taps = []
    for number in range(1, num_taps + 1):
        kind = draw(st.sampled_from(TAP_KINDS))
        content: dict[str, Any] = {}
        if kind in ("loaded", "delivered"):
            content = {"quantities": {7: draw(st.integers(0, 9))}}
        if kind == "problem":
            content = {"reason": draw(st.sampled_from(PROBLEM_REASONS))}
        if kind == "withdrawn":
            content = {"withdraws": name(draw(st.integers(1, num_taps)))}
        taps.append(
            tap(
                number,
                kind,
                stop=draw(st.sampled_from(("1", "2"))),
                device=draw(st.sampled_from(("phone", "tablet"))),
                minute=draw(st.integers(-300, 300)),
                offset_s=draw(st.sampled_from((0, -10_800, 7_200))),
                **content,
            )
        )
    return taps


@given(st.data())
def test_the_state_is_the_same_in_any_order_any_number_of_times(data):
    taps = data.draw(days())
    again = data.draw(st.lists(st.sampled_from(taps), max_size=8))
    shuffled = data.draw(st.permutations([*taps, *again]))

    assert fold(shuffled) == fold(taps)


@given(st.data())
def test_the_state_is_the_same_after_any_batches(data):
    """What is kept is the union of the batches; each batch folds all that is kept."""
    taps = data.draw(days())
    shuffled = data.draw(st.permutations(taps))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(taps)))) | {0, len(taps)})
    kept: dict[str, Tap] = {}
    state: dict[str, StopState] = {}

    for start, end in zip(cuts, cuts[1:], strict=False):
        kept |= {each.local_id: each for each in shuffled[start:end]}
        state = fold(kept.values())

    assert state == fold(taps)


@given(days())
def test_taps_of_one_phone_keep_the_order_of_its_counter(taps):
    ordered = in_order(taps)

    for device in ("phone", "tablet"):
        counters = [each.device_seq for each in ordered if each.device == device]
        assert counters == sorted(counters)


def test_a_stop_waits_then_is_reached_done_and_left():
    arrived, loaded, departed = tap(1, "arrived"), tap(2, "loaded"), tap(3, "departed")
    taps = [arrived, loaded, departed]

    statuses = [fold(taps[:many]).get("1", StopState(stop="1")) for many in range(4)]

    assert [state.status for state in statuses] == [
        "waiting",
        "arrived",
        "done",
        "left",
    ]
    assert statuses[-1] == StopState(
        stop="1", arrived=arrived, loaded=loaded, departed=departed
    )


def test_the_later_count_replaces_the_earlier_one():
    first = tap(1, "loaded", quantities={7: 5})
    second = tap(2, "loaded", quantities={7: 4})

    assert fold([second, first])["1"].loaded == second


def test_a_tap_that_is_taken_back_leaves_the_one_before_it():
    first, mistaken = tap(1, "delivered"), tap(2, "delivered")
    undo = tap(3, "withdrawn", withdraws=mistaken.local_id)

    assert fold([undo, mistaken, first])["1"] == StopState(stop="1", delivered=first)


def test_a_tap_that_was_taken_back_is_nothing_even_when_it_comes_later():
    undo = tap(2, "withdrawn", withdraws=name(1))
    before = fold([undo])
    after = fold([undo, tap(1, "departed")])

    assert before == after == {"1": StopState(stop="1")}


def test_a_stop_takes_back_no_tap_of_another_stop():
    there = tap(1, "delivered", stop="1")
    forged = tap(2, "withdrawn", stop="2", withdraws=there.local_id)

    assert fold([there, forged])["1"].delivered == there


def test_a_clock_set_back_does_not_put_a_later_tap_first():
    """The phone's clock was 3 h ahead, then set right: its counter still speaks."""
    first = tap(1, "delivered", minute=180, quantities={7: 5})
    second = tap(2, "delivered", minute=10, quantities={7: 3})

    assert fold([first, second])["1"].delivered == second


def test_two_phones_are_merged_by_the_corrected_hour():
    """The tablet is 3 h ahead and says so: its tap of "11:05" was made at 8:05."""
    early = tap(9, "loaded", device="tablet", minute=185, offset_s=-10_800)
    late = tap(1, "loaded", device="phone", minute=10)

    assert in_order([late, early]) == [early, late]
    assert early.corrected_at == MORNING + timedelta(minutes=5)


def test_a_door_that_stayed_closed_leaves_nothing_behind():
    taps = [tap(1, "arrived"), tap(2, "problem", reason="closed"), tap(3, "departed")]

    state = fold(taps)["1"]

    assert (state.status, state.left_nothing) == ("missed", True)


@pytest.mark.parametrize("reason", ["damaged", "late", "breakdown"])
def test_other_problems_say_nothing_of_the_goods(reason):
    taps = [tap(1, "arrived"), tap(2, "problem", reason=reason), tap(3, "departed")]

    state = fold(taps)["1"]

    assert (state.status, state.left_nothing) == ("missed", False)


@pytest.mark.parametrize(
    ("loaded", "delivered", "units"),
    [(None, None, 7), (6, None, 6), (None, 5, 5), (None, 8, 8), (6, 7, 6), (0, 3, 0)],
)
def test_no_more_is_delivered_than_was_loaded(loaded, delivered, units):
    """Eight were ordered; seven came to the dock from which they leave."""
    counted = delivered_units(expected=7, most=8, loaded=loaded, delivered=delivered)

    assert counted == units


@pytest.mark.parametrize(
    ("told", "now", "expected"),
    [(15, 99, False), (16, 99, True), (None, 15, False), (None, 16, True)],
)
def test_a_truck_is_late_a_quarter_of_an_hour_after_its_hour(told, now, expected):
    late = is_late(
        planned_at=MORNING,
        told_at=None if told is None else MORNING + timedelta(minutes=told),
        now=MORNING + timedelta(minutes=now),
    )

    assert late == expected


def at_minute(minute: int) -> datetime:
    return MORNING + timedelta(minutes=minute)


def planned(arrival: int, service: int, departure: int, **told: int) -> StopHours:
    """A stop with its hours, in minutes of the morning."""
    return StopHours(
        arrival_at=at_minute(arrival),
        service_at=at_minute(service),
        departure_at=at_minute(departure),
        **{name: at_minute(minute) for name, minute in told.items()},
    )


def test_the_delay_of_a_truck_travels_to_the_stops_that_follow():
    """Left 40 minutes late; ten of them are taken back by a wait at the next door."""
    route = [
        planned(0, 0, 10, arrived_at=30, departed_at=50),
        planned(30, 40, 50),
        planned(60, 60, 70),
    ]

    assert expected_arrivals(route, now=at_minute(55)) == [
        None,
        at_minute(70),
        at_minute(90),
    ]


def test_a_truck_that_stands_too_long_at_a_door_delays_the_others():
    route = [planned(0, 0, 10, arrived_at=0), planned(30, 30, 40)]

    assert expected_arrivals(route, now=at_minute(25)) == [None, at_minute(45)]


def test_nothing_is_expected_before_its_hour_nor_before_now():
    early = [planned(0, 0, 10, arrived_at=-20, departed_at=-10), planned(30, 30, 40)]
    untold = [planned(0, 0, 10)]

    assert expected_arrivals(early, now=at_minute(0)) == [None, at_minute(30)]
    assert expected_arrivals(untold, now=at_minute(33)) == [at_minute(33)]
