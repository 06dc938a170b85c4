"""What picking up at a farm costs, and closes that know it."""

import pytest

from hub.models import Job, Place
from orders.models import CycleClosing
from routing import services
from routing.travel.straight_line import StraightLine
from tests.factories import hub as ground
from tests.factories.routing import make_pool, make_vehicle
from tests.factories.week import NOW, Week, make_stock, make_week

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> Week:
    week = make_week()
    make_stock(week)
    return week


def truck_at_the_hub(week: Week, **facts) -> None:
    home = ground.make_place(week.hub, kind=Place.Kind.HUB)
    make_vehicle(make_pool(week.hub), home=home, **facts)


def costs_of(week: Week) -> dict[int, int]:
    return services.pickup_costs(cycle=week.cycle, travel=StraightLine())


def test_a_pickup_costs_the_way_there_and_back_and_the_time_at_the_door(week):
    truck_at_the_hub(week, fixed_cents=9_900, per_km_cents=100, per_hour_cents=3_000)

    costs = costs_of(week)

    # Great circle from (45.5270, -73.6150) to (45.6800, -73.4200): 22 794 m, x 1.30
    # = 29 632 m one way. 6 500 m at 35.29 km/h are 663 s, 23 132 m at 80 km/h 1 041 s:
    # 1 704 s. There and back 59.264 km = 5 926 cents; 3 408 s and 600 s at the door
    # are 4 008 s = 3 340 cents. The day's 99 $ do not count.
    assert costs == {week.farm.pk: 5_926 + 3_340}


def test_the_cheapest_truck_of_the_hub_counts(week):
    truck_at_the_hub(week, per_km_cents=100, per_hour_cents=0)
    truck_at_the_hub(week, per_km_cents=50, per_hour_cents=0)

    costs = costs_of(week)

    # 59.264 km at 50 cents
    assert costs == {week.farm.pk: 2_963}


def test_without_trucks_there_are_no_costs(week):
    assert costs_of(week) == {}


def test_a_farm_outside_quebec_is_left_out_and_the_close_goes_on(week):
    truck_at_the_hub(week)
    Place.objects.filter(organization=week.farm).update(latitude=43.6)

    assert costs_of(week) == {}


def test_a_close_with_costs_closes_the_cycle(week):
    truck_at_the_hub(week)

    services.close_with_costs(cycle=week.cycle, by=None, now=NOW, travel=StraightLine())

    week.cycle.refresh_from_db()
    assert week.cycle.status == "closed"


def test_asking_twice_for_a_close_gives_one_job(week):
    first = services.request_close(cycle=week.cycle, by=None)
    second = services.request_close(cycle=week.cycle, by=None)

    assert (first, Job.objects.count()) == (second, 1)


def test_a_close_asked_by_a_job_is_done_once(week):
    job = services.request_close(cycle=week.cycle, by=None)

    services.run_close(job_id=job.pk)
    services.run_close(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.result["orders"], CycleClosing.objects.count()) == (
        "done",
        0,
        1,
    )


def test_a_refused_close_says_why_and_may_be_asked_again(week):
    week.cycle.status = "draft"
    week.cycle.save()
    job = services.request_close(cycle=week.cycle, by=None)

    services.run_close(job_id=job.pk)

    job.refresh_from_db()
    again = services.request_close(cycle=week.cycle, by=None)
    assert (job.state, job.progress["refusal"]["data"], again.pk != job.pk) == (
        "failed",
        {"cycle": week.cycle.name},
        True,
    )
