"""From rows to a stored plan, with the real planner in its own process."""

import pytest

from hub.models import Job, Place, PlaceWindow
from routing import services
from routing.core.errors import (
    NothingToCarry,
    PlaceOffTheMap,
    PoolWithoutVehicle,
    SearchTimeRefused,
    VehicleWithoutCompartment,
)
from routing.models import Compartment, Plan, StopAction
from routing.travel.straight_line import StraightLine
from tests.factories.hub import make_coordinator
from tests.factories.routing import ask, make_day, make_plan, make_vehicle
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


def test_a_day_becomes_a_plan_with_its_route_and_stops():
    day = make_day(cases=4)

    plan = make_plan(day)

    route = plan.routes.get()
    stops = [
        (stop.place.organization, stop.actions.get().kind, stop.load_after)
        for stop in route.stops.all()
    ]
    assert stops == [
        (day.week.farm, StopAction.Kind.LOAD, {"chilled": [40_000, 80_000]}),
        (day.week.buyer, StopAction.Kind.UNLOAD, {}),
    ]
    assert (route.vehicle, route.capacities, len(route.legs)) == (
        day.vehicle,
        {"chilled": [1_000_000, 4_000_000]},
        3,
    )


def test_a_plan_says_which_revision_of_each_cycle_it_stands_on():
    day = make_day()

    plan = make_plan(day)

    day.week.cycle.refresh_from_db()
    assert [(row.cycle, row.revision) for row in plan.cycles.all()] == [
        (day.week.cycle, day.week.cycle.revision)
    ]


def test_a_job_that_made_a_plan_is_done_and_names_it():
    day = make_day()

    plan = make_plan(day)

    job = Job.objects.get()
    assert (job.state, job.result) == (
        "done",
        {"plan": plan.public_id, "cost_cents": plan.cost_cents},
    )


def test_goods_without_a_compartment_stay_behind_with_that_reason():
    day = make_day(holds={"frozen": (1_000, 4_000)})

    plan = make_plan(day)

    left = plan.unserved.get()
    assert (left.shipment, left.reason_code, left.reason_data) == (
        day.shipment,
        "no_compartment",
        {"temperature_class": "chilled"},
    )


def test_a_window_nobody_can_meet_leaves_the_goods_behind_with_that_reason():
    day = make_day()
    PlaceWindow.objects.filter(place=day.week.drop_point).update(
        start_s=1 * 3_600, end_s=2 * 3_600
    )

    plan = make_plan(day)

    left = plan.unserved.get()
    assert (left.reason_code, left.reason_data["vehicle"]) == (
        "window_unreachable",
        day.vehicle.public_id,
    )


def test_asking_twice_with_one_key_gives_one_job():
    day = make_day()

    first, second = ask(day, key="click"), ask(day, key="click")

    assert (first, Job.objects.count()) == (second, 1)


def test_asking_while_a_planning_waits_shows_that_one():
    day = make_day()

    first, second = ask(day, key="one"), ask(day, key="other")

    assert (first, Job.objects.count()) == (second, 1)


def test_a_message_delivered_again_makes_no_second_plan():
    day = make_day()
    job = ask(day)
    services.run_plan(job_id=job.pk, travel=StraightLine())

    again = services.run_plan(job_id=job.pk, travel=StraightLine())

    assert (again, Plan.objects.count()) == (None, 1)


def test_a_pool_without_an_active_truck_is_refused():
    day = make_day(is_active=False)

    with pytest.raises(PoolWithoutVehicle):
        ask(day)
    assert Job.objects.count() == 0


def test_a_truck_that_holds_nothing_is_refused_by_name():
    day = make_day()
    Compartment.objects.all().delete()

    with pytest.raises(VehicleWithoutCompartment) as refused:
        ask(day)
    assert (refused.value.data, Job.objects.count()) == (
        {"vehicle": day.vehicle.name},
        0,
    )


def test_a_day_without_goods_is_refused():
    day = make_day()
    day.shipment.lines.all().delete()
    day.shipment.delete()

    with pytest.raises(NothingToCarry):
        ask(day)
    assert Job.objects.count() == 0


def test_a_place_in_another_province_is_refused_by_name():
    day = make_day()
    toronto = {"latitude": 43.6532, "longitude": -79.3832}
    Place.objects.filter(pk=day.week.drop_point.pk).update(**toronto)

    with pytest.raises(PlaceOffTheMap) as refused:
        ask(day)
    assert (refused.value.data, Job.objects.count()) == (
        {"place": day.week.drop_point.name, **toronto},
        0,
    )


def test_a_place_moved_away_after_asking_fails_the_job_with_words():
    day = make_day()
    job = ask(day)
    Place.objects.filter(pk=day.week.drop_point.pk).update(latitude=43.6532)

    plan = services.run_plan(job_id=job.pk, travel=StraightLine())

    job.refresh_from_db()
    assert (plan, job.state, job.progress["refusal"]["sentence"]) == (
        None,
        "failed",
        PlaceOffTheMap.sentence,
    )


@pytest.mark.parametrize("seconds", [0, -1, 301])
def test_a_search_time_out_of_bounds_is_refused(seconds):
    day = make_day()

    with pytest.raises(SearchTimeRefused):
        ask(day, seconds=seconds)
    assert Job.objects.count() == 0


def test_stopping_before_the_start_makes_no_plan():
    day = make_day()
    job = ask(day)

    services.stop_planning(job=job, now=NOW)

    assert services.run_plan(job_id=job.pk, travel=StraightLine()) is None
    assert Plan.objects.count() == 0


def test_hubs_that_share_a_pool_are_planned_together():
    day, other = make_day(), make_day()
    day.pool.hubs.add(other.week.hub)
    make_vehicle(day.pool)

    plan = make_plan(day)

    carried = StopAction.objects.filter(stop__route__plan=plan, kind="load")
    assert {action.shipment for action in carried} == {day.shipment, other.shipment}
    assert plan.cycles.count() == 2


def test_the_job_belongs_to_the_hub_that_plans():
    day = make_day()
    person = make_coordinator(day.week.hub)

    job = services.propose_plan(
        pool=day.pool,
        service_on=day.service_on,
        by=person,
        seconds=1,
        seed=1,
        key="mine",
    )

    assert (job.organization, job.requested_by, job.kind) == (
        day.week.hub,
        person,
        "routing.plan",
    )
