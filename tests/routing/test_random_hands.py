"""Any edits by hand of a plan: every step can be undone to the row, and made again."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing import bridge, services
from routing.core.check import violations_of
from routing.core.edit import Move, MoveShipment, MoveStop, TakeOut
from routing.core.errors import UnknownName
from routing.models import Plan
from tests.factories.routing import WideDay, make_wide_day, make_wide_plan
from tests.factories.week import NOW
from tests.routing.plan_rows import rows_of, written
from tests.soak.figures import count
from tests.soak.playing import num_examples

pytestmark = pytest.mark.django_db

NUM_DROPS, NUM_TRUCKS = 5, 3
trucks = st.integers(0, NUM_TRUCKS - 1)
positions = st.integers(0, 5)
moves = st.one_of(
    st.tuples(st.just("stop"), trucks, positions, trucks, st.none() | positions),
    st.tuples(st.just("shipment"), st.integers(0, NUM_DROPS - 1), trucks),
    st.tuples(st.just("out"), st.sets(st.integers(0, NUM_DROPS - 1), min_size=1)),
)
walks = st.lists(st.sampled_from(["undo", "redo"]), max_size=12)


@dataclass
class Hand:
    """A version under the hand, and how it looked after each step in effect."""

    day: WideDay
    version: Plan
    looks: list[tuple[list[object], str]]

    def look(self) -> tuple[list[object], str]:
        self.version.refresh_from_db()
        return rows_of(self.version), written(self.version)

    def move(self, kind: str, *told) -> Move:
        names = [shipment.public_id for shipment in self.day.shipments]
        vehicles = [vehicle.public_id for vehicle in self.day.vehicles]
        if kind == "stop":
            truck, stop, to, position = told
            return MoveStop(vehicles[truck], stop, vehicles[to], position)
        if kind == "shipment":
            return MoveShipment(names[told[0]], vehicles[told[1]])
        return TakeOut(tuple(names[number] for number in sorted(told[0])))

    def make(self, move: Move) -> None:
        """One move; one that names nothing is refused, and what is refused is no step.

        What was undone before can no more be made again.
        """
        before, num_before = self.look(), self.version.num_applied
        with suppress(UnknownName):
            services.edit_plan(
                plan=self.version,
                version=self.version.edit_version,
                move=move,
                by=None,
                now=NOW,
            )
        after = self.look()
        if self.version.num_applied == num_before:
            assert after == before
            return
        self.looks[num_before + 1 :] = [after]

    def walk(self, step: str) -> None:
        change = services.undo_edit if step == "undo" else services.redo_edit
        change(plan=self.version, version=self.version.edit_version)
        assert self.look() == self.looks[self.version.num_applied]
        self.is_judged()

    def is_judged(self) -> None:
        """The rules that a version says it breaks are those it breaks."""
        problem, matrix, solution = bridge.read_plan(self.version)
        assert self.version.num_broken == len(violations_of(problem, matrix, solution))


@pytest.fixture
def day() -> WideDay:
    return make_wide_day(num_farms=2, num_drops=NUM_DROPS, num_trucks=NUM_TRUCKS)


@pytest.fixture
def plan(day: WideDay) -> Plan:
    return make_wide_plan(day, left=1)


@settings(
    max_examples=num_examples(10, a_round=60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=st.lists(moves, max_size=5), walk=walks, then=st.lists(moves, max_size=3))
def test_all_undone_is_the_plan_begun_with_and_all_redone_the_last(
    day: WideDay, plan: Plan, first: list[Any], walk: list[str], then: list[Any]
) -> None:
    with transaction.atomic():
        found = Plan.objects.get(pk=plan.pk)
        hand = Hand(day, services.adjust_plan(plan=found, now=NOW), [])
        hand.looks.append(hand.look())
        original = rows_of(found), written(found)
        assert hand.looks == [original]

        for told in first:
            hand.make(hand.move(*told))
        for step in walk:
            is_end = hand.version.num_applied == (
                0 if step == "undo" else len(hand.looks) - 1
            )
            if not is_end:
                hand.walk(step)
        for told in then:
            hand.make(hand.move(*told))

        while hand.version.num_applied:
            hand.walk("undo")
        assert hand.look() == original
        for _ in hand.looks[1:]:
            hand.walk("redo")
        assert hand.look() == hand.looks[-1]
        transaction.set_rollback(True)
    count("plans taken in hand")
    count("edits by hand kept", len(hand.looks) - 1)
