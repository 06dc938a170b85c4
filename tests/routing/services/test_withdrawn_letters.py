"""Trucks are called back: who was told that they come is told that they do not."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail

from hub.core.letters import Kind
from hub.models import Notice
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
