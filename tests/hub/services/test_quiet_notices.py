"""Letters wait for the morning, do not come where they are not wanted, never twice."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings

from hub.core.letters import FACTS, MANDATORY, OPTIONAL, Kind, is_urgent
from hub.core.periods import at_local
from hub.models import Notice, Person, UnwantedKind
from hub.notices import stop_token
from hub.services import notices
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 18)
NIGHT = at_local(DAY, 2 * 3_600)
MORNING = at_local(DAY, 7 * 3_600)
CLOSED = {"cycle": "Paniers", "service_on": "2026-06-18", "items": []}
STATEMENT = {"service_on": "2026-06-18", "total_cents": 1_250, "hub": "Pôle Est"}
CHANGED = {"service_on": "2026-06-18", "stops": []}


@pytest.fixture
def lea() -> Person:
    person = ground.make_person("lea@rang.example")
    person.quiet_from_s, person.quiet_until_s = 21 * 3_600, 7 * 3_600
    person.save()
    return person


def leave(person: Person, kind: Kind, data: dict[str, Any]) -> Notice:
    notices.leave(
        kind=kind, key=f"k:{kind}", data=data, hub=ground.make_hub(), people=[person]
    )
    notice = Notice.objects.get(kind=kind)
    Notice.objects.update(due_at=NIGHT - timedelta(minutes=1))
    return notice


def send(now: datetime) -> int:
    return notices.send_waiting(now=now)


def test_what_is_due_at_night_leaves_once_in_the_morning(lea):
    notice = leave(lea, Kind.STATEMENT_READY, STATEMENT)

    at_night = send(NIGHT)
    notice.refresh_from_db()
    waits = (notice.status, notice.due_at, len(mail.outbox))
    in_the_morning = [send(MORNING), send(MORNING)]

    assert (at_night, waits) == (0, ("quiet", MORNING, 0))
    assert (in_the_morning, len(mail.outbox)) == ([1, 0], 1)


def test_a_breakdown_of_the_day_and_a_drivers_route_do_not_wait(lea):
    data = {**CHANGED, "is_breakdown": True, "is_driver": False}
    leave(lea, Kind.ROUTE_CHANGED, data)

    assert (send(NIGHT), len(mail.outbox)) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "data", "passes"),
    [
        (Kind.ROUTE_CHANGED, {"is_breakdown": True, "is_driver": False}, True),
        (Kind.ROUTE_CHANGED, {"is_breakdown": False, "is_driver": True}, True),
        (Kind.ROUTE_CHANGED, {"is_breakdown": False, "is_driver": False}, False),
        (Kind.PLAN_DRIVER, {}, True),
        (Kind.PLAN_WITHDRAWN, {"is_driver": False}, False),
        (Kind.INVOICE_ISSUED, {}, False),
    ],
)
def test_what_is_urgent_is_stated(kind, data, passes):
    facts = {"service_on": "2026-06-18", **data}

    assert is_urgent(kind, facts, today=DAY) is passes


def test_tomorrows_breakdown_is_not_urgent():
    facts = {"service_on": "2026-06-19", "is_breakdown": True, "is_driver": False}

    assert not is_urgent(Kind.ROUTE_CHANGED, facts, today=DAY)


def test_every_kind_is_optional_or_said_to_be_mandatory():
    assert OPTIONAL.keys() | MANDATORY.keys() == FACTS.keys()
    assert not OPTIONAL.keys() & MANDATORY.keys()


def test_what_is_not_wanted_is_kept_and_never_sent(lea):
    notices.stop_kind(person=lea, kind=Kind.CYCLE_CLOSED)

    notice = leave(lea, Kind.CYCLE_CLOSED, CLOSED)

    assert (notice.status, send(MORNING), len(mail.outbox)) == ("unwanted", 0, 0)


def test_what_waits_already_does_not_leave_once_it_is_not_wanted(lea):
    notice = leave(lea, Kind.CYCLE_CLOSED, CLOSED)
    notices.stop_kind(person=lea, kind=Kind.CYCLE_CLOSED)

    notice.refresh_from_db()
    assert (send(MORNING), notice.status) == (0, "unwanted")


def test_money_is_always_told(lea):
    assert notices.stop_kind(person=lea, kind=Kind.INVOICE_ISSUED) is False
    assert UnwantedKind.objects.count() == 0


@override_settings(PUBLIC_ORIGIN="https://charroi.example")
def test_only_an_optional_letter_offers_to_stop_in_one_click(lea):
    leave(lea, Kind.CYCLE_CLOSED, CLOSED)
    leave(lea, Kind.STATEMENT_READY, STATEMENT)
    send(MORNING)

    offers = {
        "List-Unsubscribe" in message.extra_headers: message.extra_headers
        for message in mail.outbox
    }
    address = offers[True]["List-Unsubscribe"]
    assert offers[True]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith("<https://charroi.example/letters/stop/")
    assert False in offers


def test_a_mailbox_stops_a_kind_without_form_or_sign_in(lea):
    token = stop_token(lea, Kind.CYCLE_CLOSED)
    mailbox = Client(enforce_csrf_checks=True)
    address = f"/letters/stop/{token}/"

    looked = mailbox.get(address).status_code
    before = UnwantedKind.objects.count()
    posted = [
        mailbox.post(address, {"List-Unsubscribe": "One-Click"}).status_code
        for _number in range(2)
    ]

    assert (looked, before, posted) == (200, 0, [200, 200])
    assert list(UnwantedKind.objects.values_list("person", "kind")) == [
        (lea.pk, "cycle_closed")
    ]


def test_what_always_goes_is_stopped_by_nobody(lea):
    is_stopped = notices.stop_kind(person=lea, kind=Kind.INVOICE_ISSUED)

    assert (is_stopped, UnwantedKind.objects.count()) == (False, 0)


def test_a_kind_that_is_wanted_again_is_sent_again(lea):
    for wanted in ([], list(OPTIONAL)):
        notices.choose_notices(
            person=lea, wanted=wanted, quiet_from_s=0, quiet_until_s=0
        )

    leave(lea, Kind.CYCLE_CLOSED, CLOSED)

    assert (send(NIGHT), UnwantedKind.objects.count()) == (1, 0)


@pytest.mark.parametrize("kind", [Kind.INVOICE_ISSUED])
def test_a_token_stops_nothing_that_always_goes(lea, kind):
    address = f"/letters/stop/{stop_token(lea, kind)}/"

    assert Client().post(address).status_code == 404
    assert UnwantedKind.objects.count() == 0


def test_a_token_that_was_touched_stops_nothing(lea):
    token = stop_token(lea, Kind.CYCLE_CLOSED)

    assert Client().post(f"/letters/stop/{token[:-2]}xx/").status_code == 404
    assert UnwantedKind.objects.count() == 0


def test_a_person_chooses_letters_and_hours_on_their_own_page(lea):
    client = Client()
    client.force_login(lea)

    answer = client.post(
        "/me/notices/",
        {"wanted": ["plan_farm"], "quiet_from": "20:30", "quiet_until": "06:15"},
    )

    lea.refresh_from_db()
    assert (answer.status_code, lea.quiet_from_s, lea.quiet_until_s) == (
        302,
        73_800,
        22_500,
    )
    unwanted = set(lea.unwanted_kinds.values_list("kind", flat=True))
    assert unwanted == {str(kind) for kind in OPTIONAL} - {"plan_farm"}
