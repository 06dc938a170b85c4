"""A truck stays at home without its papers, its driver, or the driver's licence."""

from datetime import timedelta

import pytest

from routing import selectors, services
from routing.core.errors import DriverBusy
from routing.models import DriverPaper, Route, VehiclePaper
from tests.factories.hub import make_driver
from tests.factories.routing import give_papers, make_day, make_plan, make_vehicle

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(make_day(name="Frigo"))


def faults(plan) -> list[tuple[str, str, str]]:
    return [(f.code, f.paper, f.holder) for f in selectors.expired_for(plan)]


def test_a_plan_in_order_has_no_fault(plan):
    give_papers(plan)

    assert faults(plan) == []


def test_a_plan_without_papers_names_all_that_is_missing(plan):
    assert faults(plan) == [
        ("missing", "insurance", "Frigo"),
        ("missing", "registration", "Frigo"),
        ("no_driver", "", "Frigo"),
    ]


@pytest.mark.parametrize(("days", "named"), [(0, False), (-1, True)])
def test_insurance_must_hold_on_the_day_itself(plan, days, named):
    give_papers(plan)
    ends_on = plan.service_on + timedelta(days=days)
    VehiclePaper.objects.filter(kind="insurance").update(expires_on=ends_on)

    assert (("expired", "insurance", "Frigo") in faults(plan)) == named


def test_a_licence_that_is_over_is_named_by_its_driver(plan):
    driver = give_papers(plan)
    before = plan.service_on - timedelta(days=1)
    DriverPaper.objects.update(expires_on=before)

    assert faults(plan) == [("expired", "licence", str(driver))]


def test_a_paper_is_written_in_the_place_of_the_one_before(plan):
    vehicle = plan.routes.get().vehicle
    for number in ("A-1", "A-2"):
        facts = services.PaperFacts(
            kind="insurance", number=number, expires_on=plan.service_on
        )
        services.keep_vehicle_paper(vehicle=vehicle, facts=facts)

    assert list(VehiclePaper.objects.values_list("number", flat=True)) == ["A-2"]


def test_nobody_drives_two_routes_at_the_same_time(plan):
    first = plan.routes.get()
    driver = make_driver(first.vehicle.owner)
    second = Route.objects.get(pk=first.pk)
    second.pk, second.number = None, 2
    second.vehicle = make_vehicle(plan.pool)
    second.save()
    services.name_driver(route=first, driver=driver)

    with pytest.raises(DriverBusy):
        services.name_driver(route=second, driver=driver)

    second.refresh_from_db()
    assert second.driver is None


def test_one_drives_two_routes_one_after_the_other(plan):
    first = plan.routes.get()
    driver = make_driver(first.vehicle.owner)
    second = Route.objects.get(pk=first.pk)
    second.pk, second.number, second.start_s = None, 2, first.end_s
    second.end_s, second.vehicle = first.end_s + 3_600, make_vehicle(plan.pool)
    second.save()

    for route in (first, second):
        services.name_driver(route=route, driver=driver)

    assert set(plan.routes.values_list("driver", flat=True)) == {driver.pk}
