"""Who drives: one wheel at a time over all pools, with a licence once on the road."""

import contextlib
from datetime import timedelta

import pytest

from hub.models import Notice, Person
from routing import services
from routing.core.errors import (
    DriverBusy,
    DriverBusyElsewhere,
    DriverNeeded,
    LicenceMissing,
)
from routing.models import DriverPaper, Plan, Route
from tests.factories.hub import make_driver
from tests.factories.routing import (
    WideDay,
    give_papers,
    make_vehicle,
    make_wide_day,
    make_wide_plan,
)
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> WideDay:
    return make_wide_day(num_trucks=1)


@pytest.fixture
def elsewhere() -> WideDay:
    """The same day of another hub, with a pool and a truck of its own."""
    return make_wide_day(num_trucks=1)


def publish(plan: Plan) -> Plan:
    return services.publish_plan(plan=plan, by=None, now=NOW)


def driven(plan: Plan, driver: Person) -> Plan:
    """A plan in order, with one driver for all its routes."""
    give_papers(plan, driver=driver)
    return plan


def drivers_of(plan: Plan) -> set[int | None]:
    return set(plan.routes.values_list("driver", flat=True))


def on_the_road(day: WideDay, driver: Person) -> Route:
    plan = publish(driven(make_wide_plan(day), driver))
    return services.dispatch_plan(plan=plan, by=None, now=NOW).routes.get()


def test_nobody_drives_for_two_pools_at_the_same_hours(day, elsewhere):
    driver = make_driver(day.hub)
    publish(driven(make_wide_plan(day), driver))
    other = publish(make_wide_plan(elsewhere))

    with pytest.raises(DriverBusyElsewhere) as refused:
        services.name_driver(route=other.routes.get(), driver=driver)

    assert refused.value.data == {"driver": str(driver), "on": day.service_on}
    assert drivers_of(other) == {None}


def test_one_drives_for_two_pools_at_other_hours(day, elsewhere):
    driver = make_driver(day.hub)
    mine = publish(driven(make_wide_plan(day), driver)).routes.get()
    other = publish(make_wide_plan(elsewhere)).routes.get()
    Route.objects.filter(pk=other.pk).update(
        start_s=mine.end_s, end_s=mine.end_s + 3_600
    )

    services.name_driver(route=other, driver=driver)

    assert drivers_of(other.plan) == {driver.pk}


def test_a_proposal_of_another_pool_keeps_nobody(day, elsewhere):
    driver = make_driver(day.hub)
    driven(make_wide_plan(day), driver)
    other = publish(make_wide_plan(elsewhere))

    services.name_driver(route=other.routes.get(), driver=driver)

    assert drivers_of(other) == {driver.pk}


def test_the_second_plan_to_be_published_with_one_driver_is_refused(day, elsewhere):
    driver = make_driver(day.hub)
    first, second = (driven(make_wide_plan(each), driver) for each in (day, elsewhere))
    publish(first)

    with pytest.raises(DriverBusyElsewhere):
        publish(second)

    second.refresh_from_db()
    assert second.status == "proposed"


def test_who_drove_before_is_carried_over_only_where_free(day, elsewhere):
    driver = make_driver(day.hub)
    early = publish(driven(make_wide_plan(day), driver)).routes.get()
    Route.objects.filter(pk=early.pk).update(start_s=0, end_s=3_600)
    publish(driven(make_wide_plan(elsewhere), driver))
    later = make_wide_plan(day)

    with pytest.raises(DriverBusyElsewhere):
        publish(later)

    early.plan.refresh_from_db()
    assert (early.plan.status, drivers_of(later)) == ("published", {None})


def test_a_driver_of_two_trucks_is_not_carried_over_to_the_same_hours(day):
    day.vehicles.append(
        make_vehicle(day.pool, owner=day.vehicles[0].owner, home=day.vehicles[0].home)
    )
    driver = make_driver(day.hub)
    before = driven(make_wide_plan(day), driver)
    before.routes.update(driver=driver)
    early, late = before.routes.order_by("number")
    Route.objects.filter(pk=late.pk).update(
        start_s=early.end_s, end_s=early.end_s + 600
    )
    publish(before)

    with pytest.raises(DriverBusy):
        publish(make_wide_plan(day))


def test_on_the_road_a_driver_without_a_licence_is_not_named(day):
    driver, other = make_driver(day.hub), make_driver(day.hub)
    route = on_the_road(day, driver)

    with pytest.raises(LicenceMissing):
        services.name_driver(route=route, driver=other)

    assert drivers_of(route.plan) == {driver.pk}


@pytest.mark.parametrize(("days", "is_named"), [(0, True), (-1, False)])
def test_on_the_road_the_licence_must_hold_on_the_day_itself(day, days, is_named):
    driver, other = make_driver(day.hub), make_driver(day.hub)
    route = on_the_road(day, driver)
    DriverPaper.objects.create(
        person=other,
        kind="licence",
        number="3",
        expires_on=day.service_on + timedelta(days=days),
    )

    with contextlib.suppress(LicenceMissing):
        services.name_driver(route=route, driver=other)

    assert drivers_of(route.plan) == {other.pk if is_named else driver.pk}


def test_a_truck_on_the_road_is_not_left_without_a_driver(day):
    driver = make_driver(day.hub)
    route = on_the_road(day, driver)

    with pytest.raises(DriverNeeded):
        services.name_driver(route=route, driver=None)

    assert drivers_of(route.plan) == {driver.pk}


def told() -> list[tuple[str, int]]:
    rows = Notice.objects.filter(kind__in=["plan_driver", "route_handed_over"])
    return sorted(rows.values_list("kind", "person"))


def test_on_the_road_both_drivers_are_told_once_of_the_handover(day):
    driver, other = make_driver(day.hub), make_driver(day.hub)
    route = on_the_road(day, driver)
    licence = services.PaperFacts(kind="licence", number="3", expires_on=day.service_on)
    services.keep_driver_paper(person=other, facts=licence)
    Notice.objects.all().delete()

    for _ in range(2):
        services.name_driver(route=route, driver=other)

    assert told() == [("plan_driver", other.pk), ("route_handed_over", driver.pk)]
    letter = Notice.objects.get(kind="plan_driver")
    assert letter.data["vehicle"] == route.vehicle.name
    assert len(letter.data["stops"]) == route.stops.count()


def test_before_the_trucks_leave_nobody_is_told_who_drives(day):
    route = publish(make_wide_plan(day)).routes.get()

    services.name_driver(route=route, driver=make_driver(day.hub))

    assert told() == []


def test_before_the_trucks_leave_anybody_may_be_named_and_taken_off(day):
    route = publish(make_wide_plan(day)).routes.get()
    other = make_driver(day.hub)

    named = services.name_driver(route=route, driver=other).driver
    services.name_driver(route=route, driver=None)

    assert (named, drivers_of(route.plan)) == (other, {None})
