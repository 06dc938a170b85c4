"""Before the trucks leave: hands on the plan, publishing, what stays behind."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from routing import selectors, services
from routing.core import formats
from routing.core.edit import MoveShipment, MoveStop, TakeOut
from routing.models import Plan
from tests.factories.routing import give_papers
from tests.routing.truckday.player import Player

DECISIONS = ("another_day", "own_transport", "cancelled")
some = st.integers(0, 1_000)
few = st.integers(0, 3)


class Hands(Player):
    """What the coordination does with a plan."""

    def version(self) -> Plan:
        """The version under the hands: of the published plan, or of the first one."""
        begun = self.published() or self.world.plan
        return services.adjust_plan(plan=Plan.objects.get(pk=begun.pk), now=self.now)

    @precondition(lambda self: self.driven() is None)
    @rule(numbers=st.tuples(few, some, few, few), kind=st.sampled_from("tsso"))
    def a_hand_moves(self, numbers: tuple[int, int, int, int], kind: str) -> None:
        version = self.version()
        trucks = [truck.public_id for truck in self.world.trucks]
        names = sorted(formats.read_plan(version.solution).served_ids | {"nothing"})
        _problem, where, truck, position = numbers[0], *numbers[1:]
        name, to = names[where % len(names)], trucks[truck % 2]
        move: Any = MoveShipment(name, to)
        if kind == "t":
            move = TakeOut((name,))
        if kind == "o":
            move = MoveStop(trucks[numbers[0] % 2], where % 6, to, position)
        faults = {"unknown_name", "shipment_decided", "plan_edited_meanwhile"}
        self.ask(
            services.edit_plan,
            faults,
            plan=version,
            version=version.edit_version - (where % 10 == 0),
            move=move,
            by=None,
            now=self.now,
        )

    @precondition(lambda self: self.driven() is None)
    @rule(is_redo=st.booleans())
    def a_step_is_undone_or_made_again(self, is_redo: bool) -> None:
        version = self.version()
        self.ask(
            services.redo_edit if is_redo else services.undo_edit,
            {"nothing_to_undo", "nothing_to_redo", "shipment_decided"},
            plan=version,
            version=version.edit_version,
        )

    @precondition(lambda self: self.driven() is None)
    @rule(is_first=st.booleans())
    def a_plan_is_published(self, is_first: bool) -> None:
        plan = self.world.plan if is_first else self.version()
        faults = {"plan_not_sound", "plan_outdated", "cycle_left_the_day"}
        self.ask(services.publish_plan, faults, plan=plan, by=None, now=self.now)

    @precondition(lambda self: self.published() and self.driven() is None)
    @rule()
    def trucks_leave(self) -> None:
        self.the_trucks_leave()

    def the_trucks_leave(self) -> None:
        plan = self.published()
        assert plan is not None
        give_papers(plan)
        faults = {"plan_outdated", "unserved_undecided", "cycle_left_the_day"}
        left = self.ask(
            services.dispatch_plan, faults, plan=plan, by=None, now=self.now
        )
        if left is not None:
            self.at_clock(6 * 3_600 + 1_800)

    @precondition(lambda self: self.left_behind())
    @rule(number=some, decision=st.sampled_from(DECISIONS), days=few)
    def what_stays_is_decided(self, number: int, decision: str, days: int) -> None:
        rows = self.left_behind()
        left = rows[number % len(rows)]
        faults = {"decision_not_possible", "day_not_later", "plan_dispatched"}
        done = self.ask(
            services.decide_unserved,
            faults,
            left=left,
            decision=decision,
            on=self.world.service_on + timedelta(days=days),
            by=None,
            now=self.now,
        )
        self.read_decisions()
        if done is not None:
            load = self.oracle.loads[left.shipment_id]
            is_gone = load.status == "cancelled"
            assert (load.decision, is_gone) == (decision, decision != "another_day")

    @precondition(lambda self: self.left_behind())
    @rule(number=some)
    def a_decision_is_undone(self, number: int) -> None:
        rows = self.left_behind()
        faults = {"decision_not_possible", "plan_dispatched", "fund_too_low"}
        self.ask(
            services.undo_unserved,
            faults | {"not_enough_stock", "goods_come_later"},
            left=rows[number % len(rows)],
            by=None,
            now=self.now,
        )
        self.read_decisions()

    def left_behind(self) -> list[Any]:
        plans = Plan.objects.exclude(status="replaced").order_by("-pk")
        return [left for plan in plans for left in selectors.left_behind(plan)]
