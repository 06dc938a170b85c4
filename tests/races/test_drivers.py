"""Two pools that name the same person for the same hours, at once."""

import threading

import pytest

from hub.models import Person
from hub.services import people
from routing import services
from routing.models import Plan, Route
from tests.factories.hub import make_driver
from tests.factories.routing import make_wide_day, make_wide_plan
from tests.factories.week import NOW
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def plans() -> list[Plan]:
    """The published plans of two pools for the same hours of one day."""
    return [
        services.publish_plan(
            plan=make_wide_plan(make_wide_day(num_trucks=1)), by=None, now=NOW
        )
        for _ in range(2)
    ]


def namer(plan: Plan, driver: Person):
    route = plan.routes.get()
    return lambda: bool(services.name_driver(route=route, driver=driver).driver)


def num_driven(driver: Person) -> int:
    return Route.objects.filter(driver=driver).count()


def test_of_two_pools_that_name_one_person_at_once_one_gets_them(plans):
    driver = make_driver(plans[0].pool.coordinator)

    answers = all_at_once([namer(plan, driver) for plan in plans])

    assert sorted(map(str, answers)) == ["True", "driver_busy_elsewhere"]
    assert num_driven(driver) == 1


def test_naming_and_publishing_at_once_do_not_take_one_person_twice(plans):
    driver = make_driver(plans[0].pool.coordinator)
    other = make_wide_day(num_trucks=1)
    proposed = make_wide_plan(other)
    proposed.routes.update(driver=driver)

    def publish() -> bool:
        return bool(services.publish_plan(plan=proposed, by=None, now=NOW))

    answers = all_at_once([namer(plans[0], driver), publish])

    published = Route.objects.filter(driver=driver, plan__status="published")
    assert sorted(map(str, answers)) == ["True", "driver_busy_elsewhere"]
    assert published.count() == 1


def test_without_holding_the_person_both_pools_name_them(
    plans, monkeypatch: pytest.MonkeyPatch
):
    """The negative control: it is the held person that makes the pools take turns."""
    driver = make_driver(plans[0].pool.coordinator)
    both_looked = threading.Barrier(2)
    required = services.drivers._require_free

    def look_together(route: Route, named: Person) -> None:
        required(route, named)
        both_looked.wait(timeout=30)

    monkeypatch.setattr(people, "hold", lambda **_pks: None)
    monkeypatch.setattr(services.drivers, "_require_free", look_together)
    answers = all_at_once([namer(plan, driver) for plan in plans])

    assert answers == [True, True]
    assert num_driven(driver) == 2
