"""Dispatch beside what could slip in: itself, an edit, a new plan, a change."""

import threading

import pytest

from hub.services import cycle_gate
from routing import services
from routing.core.edit import TakeOut
from routing.models import FleetPool, Plan
from routing.services import dispatching
from tests.factories.routing import WideDay, give_papers, make_wide_day, make_wide_plan
from tests.factories.week import NOW
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def day() -> WideDay:
    return make_wide_day()


def published(plan: Plan) -> Plan:
    give_papers(plan)
    return services.publish_plan(plan=plan, by=None, now=NOW)


def dispatcher(plan: Plan):
    return lambda: bool(services.dispatch_plan(plan=plan, by=None, now=NOW))


def editor(version: Plan, day: WideDay, number: int = 0):
    move = TakeOut((day.shipments[number].public_id,))

    def edit() -> int:
        edited = services.edit_plan(
            plan=version, version=0, move=move, by=None, now=NOW
        )
        return edited.edit_version

    return edit


def test_a_plan_dispatched_many_times_at_once_leaves_once(day):
    plan = published(make_wide_plan(day))

    answers = all_at_once([dispatcher(plan)] * 6)

    assert answers == [True] * 6
    assert Plan.objects.exclude(dispatched_at=None).count() == 1


def test_of_a_dispatch_and_another_plan_one_is_first(day):
    plan, other = published(make_wide_plan(day)), make_wide_plan(day)

    def publish_other() -> str:
        return published(other).status

    went, taken = all_at_once([dispatcher(plan), publish_other])

    assert (went, taken) in [
        (True, "plan_dispatched"),
        ("plan_not_published", "published"),
    ]
    assert Plan.objects.filter(status="published").count() == 1


def test_an_edit_is_made_before_the_dispatch_or_refused_after_it(day):
    plan = published(make_wide_plan(day))
    version = services.adjust_plan(plan=plan, now=NOW)

    went, edited = all_at_once([dispatcher(plan), editor(version, day)])

    version.refresh_from_db()
    outcome = 1 if version.edit_version else "plan_dispatched"
    assert (went, edited) == (True, outcome)


def test_a_plan_is_dispatched_before_a_change_or_refused_after_it(day):
    plan = published(make_wide_plan(day))

    def change() -> str:
        cycle_gate.count_change(cycle_id=day.cycle.pk)
        return "changed"

    went, changed = all_at_once([dispatcher(plan), change])

    plan.refresh_from_db()
    outcome = True if plan.dispatched_at else "plan_outdated"
    assert (went, changed) == (outcome, "changed")


def test_of_two_edits_at_once_one_is_made_and_one_is_told(day):
    version = services.adjust_plan(plan=make_wide_plan(day), now=NOW)

    answers = all_at_once([editor(version, day, n) for n in (0, 1)])

    version.refresh_from_db()
    assert sorted(map(str, answers)) == ["1", "plan_edited_meanwhile"]
    assert (version.edits.count(), version.unserved.count()) == (1, 1)


def test_two_people_who_begin_at_once_adjust_one_version(day):
    plan = make_wide_plan(day)

    def begin() -> int:
        return services.adjust_plan(plan=plan, now=NOW).pk

    answers = all_at_once([begin] * 4)

    assert len(set(answers)) == 1


def test_without_the_locks_an_outdated_plan_leaves(
    day, monkeypatch: pytest.MonkeyPatch
):
    """The negative control: it is the held cycles that keep a change out."""
    plan = published(make_wide_plan(day))
    changed = threading.Event()

    def look_without_holding(_pool: FleetPool, _plan: Plan) -> None:
        assert changed.wait(timeout=30)

    def change() -> str:
        cycle_gate.count_change(cycle_id=day.cycle.pk)
        changed.set()
        return "changed"

    monkeypatch.setattr(dispatching, "require_current", look_without_holding)
    answers = all_at_once([dispatcher(plan), change])

    plan.refresh_from_db()
    is_current = plan.cycles.get().revision == day.cycle.revision + 1
    assert (answers, plan.dispatched_at, is_current) == ([True, "changed"], NOW, False)
