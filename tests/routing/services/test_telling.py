"""What a dispatch tells farms, buyers and drivers; its preview says the same."""

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.html import escape

from hub.models import Notice
from hub.services import notices
from routing import selectors, services
from routing.core.telling import told_hours
from routing.models import Plan, StopAction
from tests.factories import hub as ground
from tests.factories.routing import PlanDay, give_papers, make_day, make_plan
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> PlanDay:
    """A day whose farm has a producer; its buyer has a person already."""
    day = make_day()
    Notice.objects.all().delete()
    ground.make_producer(day.week.farm)
    ground.make_driver(day.vehicle.owner)
    return day


@pytest.fixture
def plan(day: PlanDay) -> Plan:
    plan = make_plan(day)
    give_papers(plan)
    return services.publish_plan(plan=plan, by=None, now=NOW)


def test_publishing_tells_nobody(plan):
    assert Notice.objects.count() == 0


def test_a_dispatch_tells_farm_buyer_and_driver_once(day, plan):
    for _ in range(2):
        services.dispatch_plan(plan=plan, by=None, now=NOW)

    told = sorted(Notice.objects.values_list("kind", "organization"), key=str)
    assert told == [
        ("plan_buyer", day.week.buyer.pk),
        ("plan_driver", None),
        ("plan_farm", day.week.farm.pk),
    ]


def test_the_hours_told_are_those_of_the_plan(day, plan):
    services.dispatch_plan(plan=plan, by=None, now=NOW)

    loading = StopAction.objects.get(kind="load").stop
    [stop] = Notice.objects.get(kind="plan_farm").data["stops"]
    assert (stop["from_s"], stop["to_s"]) == told_hours(loading.service_start_s)
    assert (stop["place"], stop["vehicle"]) == (loading.place.name, day.vehicle.name)
    assert stop["goods"] == [f"→ {day.week.drop_point.name}"]


def test_the_preview_is_what_is_sent(client, day, plan):
    ana = ground.make_coordinator(day.week.hub)
    client.force_login(ana, "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/routing/plans/{plan.public_id}/letters/").content.decode()

    services.dispatch_plan(plan=plan, by=None, now=NOW)
    notices.send_waiting(now=timezone.now())

    lines = {escape(line.strip()) for m in mail.outbox for line in m.body.splitlines()}
    assert len(mail.outbox) == len(selectors.tellings_of(plan)) == 3
    assert [line for line in lines if line not in page] == []


def test_who_has_no_account_is_named_to_be_called(client, day, plan):
    day.week.buyer.memberships.all().delete()
    ana = ground.make_coordinator(day.week.hub)
    client.force_login(ana, "django.contrib.auth.backends.ModelBackend")

    page = client.get(f"/routing/plans/{plan.public_id}/letters/").content.decode()

    assert f"<li>{day.week.buyer.name}</li>" in page
