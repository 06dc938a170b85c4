"""Trucks are called back: who was told that they come is told that they do not."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from hub.core.letters import Kind
from hub.models import Notice, Person
from hub.services import notices
from routing import services
from routing.models import Plan
from tests.factories import hub as ground
from tests.factories.routing import give_papers, make_day, make_plan
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db

BACK = services.WayBack(reason="Verglas.", by=None, now=NOW)
TOLD = {Kind.PLAN_FARM, Kind.PLAN_BUYER, Kind.PLAN_DRIVER}


@pytest.fixture
def plan() -> Plan:
    """A plan whose trucks are sent out; the farm, the buyer and a driver are told."""
    day = make_day()
    ground.make_producer(day.week.farm)
    plan = make_plan(day)
    give_papers(plan)
    services.publish_plan(plan=plan, by=None, now=NOW)
    return services.dispatch_plan(plan=plan, by=None, now=NOW)


def told_of(kinds: set[Kind]) -> Counter[int]:
    """How many letters of these kinds each person was left."""
    found = Notice.objects.filter(kind__in=kinds).values_list("person_id", flat=True)
    return Counter(found)


@pytest.mark.parametrize("num_sent", [0, 1, 2, 3])
def test_who_was_told_is_told_once_though_the_letter_had_not_left(plan, num_sent):
    letters = list(Notice.objects.filter(kind__in=TOLD).order_by("pk"))
    late = [letter.pk for letter in letters[num_sent:]]
    due_at = max(letter.due_at for letter in letters)
    Notice.objects.filter(pk__in=late).update(due_at=due_at + timedelta(days=1))
    notices.send_waiting(now=due_at)
    left = Notice.objects.filter(kind__in=TOLD, status=Notice.Status.SENT).count()

    for _time in range(2):
        services.withdraw_plan(plan=plan, ask=BACK, key="back")

    assert (len(letters), left, len(mail.outbox)) == (3, num_sent, num_sent)
    assert told_of({Kind.PLAN_WITHDRAWN}) == told_of(TOLD)
    assert set(told_of(TOLD).values()) == {1}


def test_who_did_without_the_hour_of_the_truck_learns_that_it_is_called_back(plan):
    letter = Notice.objects.get(kind=Kind.PLAN_FARM)
    notices.stop_kind(person=letter.person, kind=Kind.PLAN_FARM)

    services.withdraw_plan(plan=plan, ask=BACK, key="back")

    letter.refresh_from_db()
    again = Notice.objects.get(kind=Kind.PLAN_WITHDRAWN, person=letter.person)
    assert (letter.status, again.status) == ("unwanted", "waiting")


def test_the_letters_of_each_call_back_are_their_own(plan):
    for turn in range(2):
        services.withdraw_plan(plan=plan, ask=BACK, key=f"back-{turn}")
        services.publish_plan(plan=plan, by=None, now=NOW)
        services.dispatch_plan(plan=plan, by=None, now=NOW)

    assert set(told_of({Kind.PLAN_WITHDRAWN}).values()) == {2}
    assert set(told_of(TOLD).values()) == {3}


def another_driver(plan: Plan) -> Person:
    """Somebody who may drive the route of this plan too."""
    person = ground.make_driver(plan.pool.coordinator)
    until = plan.service_on + timedelta(days=365)
    facts = services.PaperFacts(kind="licence", number="3", expires_on=until)
    services.keep_driver_paper(person=person, facts=facts)
    return person


def send_all() -> list[str]:
    """Send all that still may leave; gives the kinds that have left."""
    notices.send_waiting(now=timezone.now())
    left = Notice.objects.filter(status=Notice.Status.SENT).order_by("kind", "pk")
    return list(left.values_list("kind", flat=True))


@pytest.mark.parametrize("status", ["waiting", "quiet", "failed", "sending"])
def test_a_letter_that_had_not_left_does_not_leave_any_more(plan, status):
    Notice.objects.filter(kind__in=TOLD).update(status=status)

    services.withdraw_plan(plan=plan, ask=BACK, key="back")
    late = set(Notice.objects.filter(kind__in=TOLD).values_list("status", flat=True))
    for notice in Notice.objects.filter(kind__in=TOLD):
        notices.send_again(notice=notice)

    assert late == {"overtaken"}
    assert send_all() == [Kind.PLAN_WITHDRAWN] * 3


def test_sent_out_again_nobody_is_called_back_afterwards(plan):
    services.withdraw_plan(plan=plan, ask=BACK, key="back")
    services.publish_plan(plan=plan, by=None, now=NOW)

    services.dispatch_plan(plan=plan, by=None, now=NOW)

    assert send_all() == sorted(TOLD)


def test_who_drives_no_more_when_sent_out_again_is_still_called_back(plan):
    before = Notice.objects.get(kind=Kind.PLAN_DRIVER).person
    services.withdraw_plan(plan=plan, ask=BACK, key="back")
    route = plan.routes.get()
    other = another_driver(plan)
    services.name_driver(route=route, driver=other)
    services.publish_plan(plan=plan, by=None, now=NOW)

    services.dispatch_plan(plan=plan, by=None, now=NOW)

    assert send_all() == sorted([*TOLD, Kind.PLAN_WITHDRAWN])
    assert Notice.objects.get(kind=Kind.PLAN_WITHDRAWN, status="sent").person == before


def test_a_route_that_changes_hands_twice_tells_each_the_last_word(plan):
    route = plan.routes.get()
    first = Notice.objects.get(kind=Kind.PLAN_DRIVER).person
    second = another_driver(plan)
    for driver in (first, second, first):
        services.name_driver(route=route, driver=driver)

    send_all()

    routes = Notice.objects.filter(
        kind__in=[Kind.PLAN_DRIVER, Kind.ROUTE_HANDED_OVER], status="sent"
    )
    assert sorted(routes.values_list("person_id", "kind")) == sorted(
        [(first.pk, Kind.PLAN_DRIVER), (second.pk, Kind.ROUTE_HANDED_OVER)]
    )


def test_who_took_a_route_over_is_not_told_of_it_once_it_is_called_back(plan):
    route = plan.routes.get()
    services.name_driver(route=route, driver=another_driver(plan))

    services.withdraw_plan(plan=plan, ask=BACK, key="back")

    assert set(send_all()) == {Kind.PLAN_WITHDRAWN}
