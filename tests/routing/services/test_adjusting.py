"""Hands on a plan: versions, steps, undoing them, and two people at once."""

import pytest

from routing import bridge, services
from routing.core.check import violations_of
from routing.core.edit import MoveShipment, MoveStop, TakeOut
from routing.core.errors import (
    NothingToRedo,
    NothingToUndo,
    PlanEditedMeanwhile,
    PlanNotAdjustable,
    PlanNotSound,
    ShipmentDecided,
)
from routing.models import Plan, Stop
from tests.factories.hub import make_coordinator
from tests.factories.routing import WideDay, make_wide_day, make_wide_plan
from tests.factories.week import NOW
from tests.routing.plan_rows import rows_of, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> WideDay:
    """Three drop points of one farm; the first truck does two of them."""
    return make_wide_day()


@pytest.fixture
def plan(day: WideDay) -> Plan:
    return make_wide_plan(day)


@pytest.fixture
def version(plan: Plan) -> Plan:
    return services.adjust_plan(plan=plan, now=NOW)


def edit(version: Plan, move, *, at: int | None = None, by=None) -> Plan:
    return services.edit_plan(
        plan=version,
        version=version.edit_version if at is None else at,
        move=move,
        by=by,
        now=NOW,
    )


def first_truck(day: WideDay) -> str:
    return day.vehicles[0].public_id


def second_truck(day: WideDay) -> str:
    return day.vehicles[1].public_id


def test_a_version_begins_as_the_plan_it_was_made_from(plan, version):
    assert (version.parent, version.status, version.edit_version) == (
        plan,
        "proposed",
        0,
    )
    assert (rows_of(version), written(version)) == (rows_of(plan), written(plan))
    assert list(version.cycles.values_list("cycle_id", "revision")) == list(
        plan.cycles.values_list("cycle_id", "revision")
    )


def test_adjusting_twice_finds_the_same_version(plan, version):
    again = services.adjust_plan(plan=plan, now=NOW)
    itself = services.adjust_plan(plan=version, now=NOW)

    assert (again, itself, Plan.objects.count()) == (version, version, 2)


def test_a_move_changes_the_version_and_not_the_plan(day, plan, version):
    was = rows_of(plan)

    edited = edit(version, MoveStop(first_truck(day), 1, second_truck(day)))

    plan.refresh_from_db()
    problem, matrix, solution = bridge.read_plan(edited)
    assert rows_of(plan) == was
    assert (edited.edit_version, edited.num_applied, edited.num_broken) == (1, 1, 0)
    assert violations_of(problem, matrix, solution) == []
    assert edited.cost_cents == sum(r.cost_cents for r in solution.routes)
    assert [len(route.stops) for route in solution.routes] == [
        route.stops.count() for route in edited.routes.order_by("number")
    ]


def test_rows_say_what_the_document_says(day, version):
    edited = edit(version, MoveStop(first_truck(day), 1, second_truck(day), 0))

    _problem, _matrix, solution = bridge.read_plan(edited)
    planned = [
        (stop.arrival_s, stop.service_start_s, stop.departure_s)
        for route in solution.routes
        for stop in route.stops
    ]
    rows = Stop.objects.filter(route__plan=edited).order_by("route__number", "sequence")
    assert planned == list(
        rows.values_list("arrival_s", "service_start_s", "departure_s")
    )


def test_undoing_every_step_restores_every_byte(day, version):
    was = rows_of(version), written(version)
    for move in (
        MoveStop(first_truck(day), 1, second_truck(day)),
        MoveShipment(day.shipments[1].public_id, first_truck(day)),
        TakeOut((day.shipments[1].public_id,)),
    ):
        version = edit(version, move)

    for _ in range(3):
        version = services.undo_edit(plan=version, version=version.edit_version)

    version.refresh_from_db()
    assert (rows_of(version), written(version)) == was
    assert (version.edit_version, version.num_applied) == (6, 0)


def test_redoing_restores_every_byte_too(day, version):
    edited = edit(version, MoveStop(first_truck(day), 1, second_truck(day)))
    edited = edit(edited, TakeOut((day.shipments[1].public_id,)))
    was = rows_of(edited), written(edited)
    for _ in range(2):
        edited = services.undo_edit(plan=edited, version=edited.edit_version)

    for _ in range(2):
        edited = services.redo_edit(plan=edited, version=edited.edit_version)

    edited.refresh_from_db()
    assert (rows_of(edited), written(edited)) == was


def test_a_new_step_after_undoing_forgets_what_was_undone(day, version):
    version = edit(version, TakeOut((day.shipments[0].public_id,)))
    version = services.undo_edit(plan=version, version=version.edit_version)
    version = edit(version, TakeOut((day.shipments[1].public_id,)))

    with pytest.raises(NothingToRedo):
        services.redo_edit(plan=version, version=version.edit_version)

    assert list(version.edits.values_list("number", "content__shipment_ids")) == [
        (1, [day.shipments[1].public_id])
    ]


def test_nothing_is_undone_where_nothing_was_done(version):
    with pytest.raises(NothingToUndo):
        services.undo_edit(plan=version, version=0)


def test_a_move_that_changes_nothing_is_no_step(day, version):
    edited = edit(version, MoveStop(first_truck(day), 1, first_truck(day), 1))

    assert (edited.edit_version, edited.edits.count()) == (0, 0)


def test_the_second_of_two_people_is_told_who_was_first(day, version):
    bea = make_coordinator(day.hub)
    edited = edit(version, TakeOut((day.shipments[0].public_id,)), by=bea)
    was = rows_of(edited)

    with pytest.raises(PlanEditedMeanwhile) as refused:
        edit(version, TakeOut((day.shipments[1].public_id,)), at=0, by=day.ana)

    edited.refresh_from_db()
    assert refused.value.data == {"who": bea.name or bea.email}
    assert (rows_of(edited), edited.edit_version, edited.edits.count()) == (was, 1, 1)


def test_the_plan_of_a_search_is_not_changed_itself(day, plan):
    with pytest.raises(PlanNotAdjustable):
        edit(plan, TakeOut((day.shipments[0].public_id,)))

    assert plan.edits.count() == 0


def test_what_breaks_a_rule_is_kept_to_look_at_and_not_published(day, version):
    # The farm's stop after the first delivery: goods are unloaded before loading.
    edited = edit(version, MoveStop(first_truck(day), 0, first_truck(day), 1))

    with pytest.raises(PlanNotSound) as refused:
        services.publish_plan(plan=edited, by=None, now=NOW)

    edited.refresh_from_db()
    assert (edited.num_broken, refused.value.data) == (2, {"count": 2})
    assert edited.status == "proposed"


def test_a_sound_version_is_published_and_adjusted_into_a_new_one(day, version):
    edited = edit(version, MoveStop(first_truck(day), 1, second_truck(day)))
    published = services.publish_plan(plan=edited, by=day.ana, now=NOW)

    later = services.adjust_plan(plan=published, now=NOW)

    assert (later.parent, later.status, rows_of(later)) == (
        published,
        "proposed",
        rows_of(published),
    )
    with pytest.raises(PlanNotAdjustable):
        edit(published, TakeOut((day.shipments[0].public_id,)))


def test_goods_decided_otherwise_are_not_put_back_on_a_truck(day, version):
    shipment = day.shipments[0]
    edited = edit(version, TakeOut((shipment.public_id,)))
    shipment.decision = "own_transport"
    shipment.save()

    with pytest.raises(ShipmentDecided) as refused:
        services.undo_edit(plan=edited, version=edited.edit_version)

    edited.refresh_from_db()
    assert refused.value.data == {"shipment": str(shipment)}
    assert (edited.num_applied, edited.unserved.count()) == (1, 1)
