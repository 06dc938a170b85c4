"""Several workers empty one outbox: each notice is sent once."""

import time
from collections import Counter
from datetime import datetime

import pytest
from django.core import mail
from django.utils import timezone

from hub.core.letters import Kind
from hub.models import Notice
from hub.services import notices
from tests.factories import hub as ground
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_NOTICES = 30
CLOSED = {"cycle": "Paniers", "service_on": "2026-06-18", "items": []}


@pytest.fixture
def outbox() -> None:
    """Thirty notices that wait."""
    hub = ground.make_hub()
    reader = ground.make_person("ana@rang.example")
    for number in range(NUM_NOTICES):
        notices.leave(
            kind=Kind.STATEMENT_READY,
            key=f"statement:{number}",
            data={"service_on": "2026-06-18", "total_cents": number, "hub": "Pôle"},
            hub=hub,
            people=[reader],
        )


def empty_it() -> int:
    return notices.send_waiting(now=timezone.now())


def names() -> Counter[str]:
    return Counter(str(m.extra_headers["Message-ID"]) for m in mail.outbox)


def test_four_workers_send_each_notice_once(outbox: None) -> None:
    answers = all_at_once([empty_it] * 4)

    assert sum(num for num in answers if isinstance(num, int)) == NUM_NOTICES
    assert (len(names()), set(names().values())) == (NUM_NOTICES, {1})
    assert Notice.objects.filter(status="sent").count() == NUM_NOTICES


def take_without_lock(now: datetime) -> Notice | None:
    """The same claim without its lock, and with a moment to be overtaken."""
    notice = Notice.objects.filter(status="waiting").order_by("due_at", "pk").first()
    time.sleep(0.02)
    if notice is not None:
        Notice.objects.filter(pk=notice.pk).update(status="sending", claimed_at=now)
        notice.status = Notice.Status.SENDING
    return notice


def test_without_the_lock_some_are_sent_twice(
    outbox: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "_claim", take_without_lock)

    all_at_once([empty_it] * 4)

    assert max(names().values()) > 1


def test_two_who_leave_the_same_thing_leave_it_once() -> None:
    hub = ground.make_hub()
    readers = [ground.make_person() for _ in range(5)]

    def leave() -> int:
        return notices.leave(
            kind=Kind.STATEMENT_READY,
            key="statement:1",
            data={"service_on": "2026-06-18", "total_cents": 5, "hub": "Pôle"},
            hub=hub,
            people=readers,
        )

    answers = all_at_once([leave] * 8)

    assert (answers, Notice.objects.count()) == ([5] * 8, 5)


def test_what_waited_for_the_morning_leaves_once_whoever_sends_it(outbox: None) -> None:
    Notice.objects.update(status="quiet")

    answers = all_at_once([empty_it] * 4)

    assert sum(num for num in answers if isinstance(num, int)) == NUM_NOTICES
    assert set(names().values()) == {1}


def test_a_notice_is_stopped_before_it_leaves_or_has_left(outbox: None) -> None:
    reader = Notice.objects.select_related("person")[0].person
    Notice.objects.update(kind=Kind.CYCLE_CLOSED, data={**CLOSED})

    _sent, stopped = all_at_once(
        [empty_it, lambda: notices.stop_kind(person=reader, kind=Kind.CYCLE_CLOSED)]
    )

    left = Notice.objects.filter(status="sent").count()
    unwanted = Notice.objects.filter(status="unwanted").count()
    assert (stopped, left + unwanted, len(mail.outbox)) == (True, NUM_NOTICES, left)
