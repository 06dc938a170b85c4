"""Improve the rest: locks are kept, nothing is dearer, the whole day is judged."""

import pytest

from routing import bridge, services
from routing.core.edit import MoveStop, TakeOut
from routing.core.errors import (
    NothingToImprove,
    PlanDispatched,
    PlanEditedMeanwhile,
    PlanNotAdjustable,
    PlanNotSound,
    SearchTimeRefused,
    UnknownName,
)
from routing.models import Plan
from routing.travel.straight_line import StraightLine
from tests.factories.routing import (
    WideDay,
    give_papers,
    make_wide_day,
    make_wide_plan,
)
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SOLVER_FOLDER = tmp_path / "solver"


@pytest.fixture
def day() -> WideDay:
    """Three drop points shared by two trucks; one truck would do it for less."""
    return make_wide_day()


@pytest.fixture
def version(day: WideDay) -> Plan:
    return services.adjust_plan(plan=make_wide_plan(day), now=NOW)


def ask(plan: Plan, *, seconds: int = 20, key: str = "improve"):
    return services.improve_plan(
        plan=plan, by=None, seconds=seconds, seed=1, key=key, iterations=6
    )


def improve(plan: Plan) -> Plan:
    better = services.run_plan(job_id=ask(plan).pk, travel=StraightLine())
    assert better is not None
    return better


def lock(plan: Plan, day: WideDay, number: int, stop: int | None, *, on: bool = True):
    plan.refresh_from_db(fields=["edit_version"])
    return services.set_lock(
        plan=plan,
        version=plan.edit_version,
        vehicle_id=day.vehicles[number].public_id,
        stop=stop,
        is_locked=on,
    )


def route_of(plan: Plan, day: WideDay, number: int) -> list[tuple[int, int]]:
    return list(
        plan.routes.get(vehicle=day.vehicles[number]).stops.values_list(
            "place_id", "service_start_s"
        )
    )


def test_a_lock_is_refused_on_a_plan_that_moved_meanwhile(day, version):
    Plan.objects.filter(pk=version.pk).update(edit_version=version.edit_version + 1)

    with pytest.raises(PlanEditedMeanwhile):
        services.set_lock(
            plan=version,
            version=version.edit_version,
            vehicle_id=day.vehicles[0].public_id,
            stop=0,
            is_locked=True,
        )

    assert version.stop_locks.count() == 0


def test_without_locks_one_truck_does_it_all(day, version):
    better = improve(version)

    assert (better.parent, better.status, better.routes.count()) == (
        version,
        "proposed",
        1,
    )
    assert better.cost_cents < version.cost_cents


def test_the_version_it_came_from_stays_as_it_was(day, version):
    was = version.cost_cents, version.routes.count()

    improve(version)

    version.refresh_from_db()
    assert (version.cost_cents, version.routes.count()) == was


def test_a_locked_truck_keeps_its_route(day, version):
    lock(version, day, 1, None)

    better = improve(version)

    assert route_of(better, day, 1) == route_of(version, day, 1)
    assert better.route_locks.count() == 1


def test_a_locked_stop_keeps_its_truck_and_about_its_hour(day, version):
    lock(version, day, 1, 1)
    (place, begins_s) = route_of(version, day, 1)[1]

    better = improve(version)

    again = dict(route_of(better, day, 1))
    assert abs(again[place] - begins_s) <= 900
    assert better.stop_locks.count() == version.stop_locks.count() == 1


def test_a_lock_taken_away_binds_no_more(day, version):
    lock(version, day, 1, 1)
    lock(version, day, 1, 1, on=False)
    lock(version, day, 1, None)
    lock(version, day, 1, None, on=False)

    assert improve(version).routes.count() == 1


def test_locking_twice_is_locking_once(day, version):
    for _ in range(2):
        lock(version, day, 0, 0)
        lock(version, day, 0, None)

    assert (version.stop_locks.count(), version.route_locks.count()) == (2, 1)


def test_goods_decided_otherwise_are_not_put_on_a_truck(day, version):
    out = services.edit_plan(
        plan=version,
        version=0,
        move=TakeOut((day.shipments[0].public_id,)),
        by=None,
        now=NOW,
    )
    services.decide_unserved(
        left=out.unserved.get(), decision="own_transport", on=None, by=None, now=NOW
    )

    better = improve(out)

    assert list(better.unserved.values_list("shipment", "reason_code")) == [
        (day.shipments[0].pk, "taken_out")
    ]


def test_the_whole_day_is_published_after_it(day, version):
    lock(version, day, 1, None)
    better = improve(version)
    problem, _matrix, solution = bridge.read_plan(better)

    published = services.publish_plan(plan=better, by=None, now=NOW)

    assert published.status == "published"
    assert solution.served_ids == {shipment.id for shipment in problem.shipments}


def test_every_truck_locked_leaves_nothing_to_improve(day, version):
    lock(version, day, 0, None)
    lock(version, day, 1, None)

    with pytest.raises(NothingToImprove):
        ask(version)


def test_a_plan_that_breaks_a_rule_is_mended_by_hand_first(day, version):
    truck = day.vehicles[0].public_id
    move = MoveStop(truck, 0, truck, 1)
    broken = services.edit_plan(plan=version, version=0, move=move, by=None, now=NOW)

    with pytest.raises(PlanNotSound):
        ask(broken)


def test_a_dispatched_day_is_not_improved(day, version):
    services.publish_plan(plan=version, by=None, now=NOW)
    give_papers(version)
    services.dispatch_plan(plan=version, by=None, now=NOW)

    with pytest.raises(PlanDispatched):
        ask(version)


def test_a_search_of_no_time_is_refused(version):
    with pytest.raises(SearchTimeRefused):
        ask(version, seconds=0)


def test_asking_twice_finds_the_same_search(version):
    assert ask(version).pk == ask(version, key="again").pk


def test_locks_are_for_versions_and_for_what_is_there(day, version):
    with pytest.raises(UnknownName):
        lock(version, day, 0, 9)
    with pytest.raises(PlanNotAdjustable):
        lock(version.parent, day, 0, 0)

    assert version.stop_locks.count() == 0
