"""Many publish at once: one plan a day, whatever the order they arrive in."""

import threading
from dataclasses import replace
from datetime import date

import pytest

from hub.services import cycle_gate
from routing import selectors, services
from routing.models import FleetPool, Plan
from routing.services import publishing
from tests.factories.routing import make_day, make_plan, make_pool, make_vehicle
from tests.factories.week import NOW
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_PLANS = 6


def publisher(plan: Plan):
    return lambda: services.publish_plan(plan=plan, by=None, now=NOW).status


def statuses() -> list[str]:
    return sorted(Plan.objects.values_list("status", flat=True))


def copies_of(plan: Plan) -> list[Plan]:
    """The plan and others like it, on the same revisions."""
    plans = [plan]
    cycles = list(plan.cycles.all())
    for _ in range(NUM_PLANS - 1):
        twin = Plan.objects.get(pk=plan.pk)
        twin.pk = twin.job_id = None
        twin.public_id = f"{plan.public_id[:10]}-{len(plans)}"
        twin.save()
        for row in cycles:
            row.pk, row.plan = None, twin
            row.save()
        plans.append(twin)
    return plans


def test_of_many_plans_published_at_once_one_stays():
    plans = copies_of(make_plan(make_day()))

    answers = all_at_once([publisher(plan) for plan in plans])

    assert answers == ["published"] * NUM_PLANS
    assert statuses() == ["published"] + ["replaced"] * (NUM_PLANS - 1)


def test_one_plan_published_many_times_at_once_is_published_once():
    plan = make_plan(make_day())

    answers = all_at_once([publisher(plan)] * NUM_PLANS)

    assert (answers, statuses()) == (["published"] * NUM_PLANS, ["published"])


def test_a_plan_is_published_before_a_change_or_refused_after_it():
    day = make_day()
    plan = make_plan(day)

    def change() -> str:
        cycle_gate.count_change(cycle_id=day.week.cycle.pk)
        return "changed"

    published, changed = all_at_once([publisher(plan), change])

    plan.refresh_from_db()
    outcome = "published" if plan.status == "published" else "plan_outdated"
    assert (published, changed) == (outcome, "changed")


def test_without_the_locks_only_the_table_keeps_one(monkeypatch: pytest.MonkeyPatch):
    """The negative control: locks order those who publish, the table guards the day."""
    plans = copies_of(make_plan(make_day()))
    together = threading.Barrier(NUM_PLANS)

    def look_without_locking(_pool: FleetPool, _plan: Plan) -> None:
        together.wait(timeout=30)

    monkeypatch.setattr(publishing, "require_current", look_without_locking)
    monkeypatch.setattr(FleetPool.objects, "select_for_update", FleetPool.objects.all)
    answers = all_at_once([publisher(plan) for plan in plans])

    # How many are stopped depends on who commits before whom looks.
    assert set(answers) == {"published", "stopped by the table"}
    assert statuses().count("published") == 1


def two_pools() -> list[Plan]:
    """Plans of one hub's goods in two of its pools."""
    day = make_day()
    pool = make_pool(day.pool.coordinator)
    make_vehicle(pool)
    return [make_plan(day), make_plan(replace(day, pool=pool))]


def test_of_two_pools_that_publish_the_same_goods_at_once_one_carries_them():
    answers = all_at_once([publisher(plan) for plan in two_pools()])

    assert sorted(map(str, answers)) == ["goods_ride_elsewhere", "published"]
    assert statuses() == ["proposed", "published"]


def test_without_the_lock_of_the_cycles_both_pools_carry_them(
    monkeypatch: pytest.MonkeyPatch,
):
    """The negative control: each looks before the other has written."""
    plans = two_pools()
    together = threading.Barrier(2)
    look = selectors.riding_elsewhere

    def look_together(pool: FleetPool, on: date) -> dict[int, str]:
        seen = look(pool, on)
        together.wait(timeout=30)
        return seen

    monkeypatch.setattr(publishing, "require_current", lambda _pool, _plan: None)
    monkeypatch.setattr("routing.selectors.riding_elsewhere", look_together)
    answers = all_at_once([publisher(plan) for plan in plans])

    assert (answers, statuses()) == (["published"] * 2, ["published"] * 2)
