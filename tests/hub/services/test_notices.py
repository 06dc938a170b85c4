"""The outbox: left once, sent once, in the language of each reader."""

from datetime import timedelta
from smtplib import SMTPException, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from hub.core.letters import Kind
from hub.models import Notice, Organization, Person
from hub.services import notices
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db
FACTS = {"service_on": "2026-06-18", "total_cents": 1_250, "hub": "Pôle Est"}


def leave(farm: Organization, *, key: str = "statement:1") -> int:
    assert farm.hub is not None
    return notices.leave(
        kind=Kind.STATEMENT_READY,
        key=key,
        data=FACTS,
        hub=farm.hub,
        organization=farm,
    )


@pytest.fixture
def farm() -> Organization:
    """A farm with a producer who reads French, one who reads English, and a driver."""
    farm = ground.make_farm()
    ground.make_producer(farm, person=ground.make_person("lea@rang.example"))
    english = ground.make_person("joe@rang.example", language="en")
    ground.make_producer(farm, person=english)
    ground.make_driver(farm)
    return farm


def send() -> int:
    return notices.send_waiting(now=timezone.now())


def test_those_who_answer_for_an_organization_are_told_in_their_language(farm):
    leave(farm)

    num_sent = send()

    told = sorted((message.to[0], message.subject) for message in mail.outbox)
    assert num_sent == 2
    assert told == [
        ("joe@rang.example", "Your statement of Thursday, June 18, 2026"),
        ("lea@rang.example", "Votre relevé du jeudi 18 juin 2026"),
    ]


def test_the_same_thing_left_twice_is_told_once(farm):
    leave(farm)
    leave(farm)
    send()
    leave(farm)

    send()

    assert (Notice.objects.count(), len(mail.outbox)) == (2, 2)


def test_a_closed_account_is_told_nothing(farm):
    Person.objects.update(is_active=False)

    assert (leave(farm), Notice.objects.count()) == (0, 0)


def test_a_closed_account_that_is_named_is_told_nothing(farm):
    lea = Person.objects.get(email="lea@rang.example")
    lea.is_active = False

    num = notices.leave(
        kind=Kind.STATEMENT_READY, key="named", data=FACTS, hub=farm.hub, people=[lea]
    )

    assert (num, Notice.objects.count()) == (0, 0)


def test_what_is_undone_tells_nobody(farm):
    with transaction.atomic():
        leave(farm)
        transaction.set_rollback(True)

    assert (send(), mail.outbox) == (0, [])


def test_a_notice_without_its_facts_stops_who_leaves_it(farm):
    with pytest.raises(AssertionError):
        notices.leave(
            kind=Kind.STATEMENT_READY, key="k", data={}, hub=farm.hub, organization=farm
        )

    assert Notice.objects.count() == 0


def test_the_very_words_are_kept(farm):
    leave(farm)
    send()

    kept = Notice.objects.get(person__email="joe@rang.example")
    assert (kept.status, kept.address) == ("sent", "joe@rang.example")
    assert kept.body == next(m.body for m in mail.outbox if m.to == [kept.address])


def refusing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def refuse(*_messages: object) -> int:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_a_worker_killed_while_it_sends_leaves_the_notice_in_doubt(farm, monkeypatch):
    leave(farm)
    with monkeypatch.context() as broken:
        refusing(broken, SystemExit())
        with pytest.raises(SystemExit):
            send()

    send()

    states = sorted(Notice.objects.values_list("status", flat=True))
    assert (states, len(mail.outbox)) == (["sending", "sent"], 1)


def test_a_server_that_goes_silent_is_not_asked_again(farm, monkeypatch):
    leave(farm)
    with monkeypatch.context() as broken:
        refusing(broken, SMTPServerDisconnected("gone"))
        send()

    num_sent = notices.send_waiting(now=timezone.now() + timedelta(hours=1))

    assert (num_sent, Notice.objects.filter(status="sending").count()) == (0, 2)


def test_a_refusal_is_tried_again_later_and_given_up_in_the_end(farm, monkeypatch):
    leave(farm)
    later = timezone.now()
    with monkeypatch.context() as broken:
        refusing(broken, ConnectionRefusedError("nobody listens"))
        for _attempt in range(notices.MAX_ATTEMPTS):
            assert notices.send_waiting(now=later) == 0
            later += timedelta(hours=1)

    num_sent = notices.send_waiting(now=later)

    notice = Notice.objects.filter(status="failed").first()
    assert notice is not None
    assert (num_sent, notice.num_attempts) == (0, notices.MAX_ATTEMPTS)
    assert notice.reason == "nobody listens"


def test_a_notice_in_doubt_is_sent_again_when_a_person_asks(farm):
    leave(farm)
    Notice.objects.update(status="sending")
    notice = Notice.objects.earliest("pk")

    notices.send_again(notice=notice)
    send()

    notice.refresh_from_db()
    assert (notice.status, len(mail.outbox)) == ("sent", 1)


def test_a_notice_that_was_sent_is_not_sent_again(farm):
    leave(farm)
    send()

    notices.send_again(notice=Notice.objects.earliest("pk"))
    send()

    assert len(mail.outbox) == 2


def test_what_is_overtaken_while_it_is_refused_is_not_tried_again(farm, monkeypatch):
    leave(farm)
    asked = []

    def refuse(*_args, **_kwargs):
        asked.append(notices.overtake(about=["statement:"]))
        raise SMTPException("451 Try again later")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    send()
    monkeypatch.undo()
    Notice.objects.update(due_at=timezone.now())

    assert (send(), asked, mail.outbox) == (0, [2], [])
    assert set(Notice.objects.values_list("status", flat=True)) == {"overtaken"}


def test_what_left_while_it_was_overtaken_was_sent(farm, monkeypatch):
    leave(farm)
    send_messages = EmailBackend.send_messages

    def overtaken(backend, messages):
        notices.overtake(about=["statement:"])
        return send_messages(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", overtaken)

    num_sent = send()

    assert (num_sent, len(mail.outbox)) == (1, 1)
    assert sorted(Notice.objects.values_list("status", flat=True)) == [
        "overtaken",
        "sent",
    ]


def test_nothing_is_overtaken_but_what_begins_so_and_is_theirs(farm):
    leave(farm, key="statement:1")
    leave(farm, key="statement:10")
    joe = Person.objects.get(email="joe@rang.example")

    nothing = notices.overtake(about=[])
    of_joe = notices.overtake(about=["statement:1:"], people=[joe])

    left = Notice.objects.exclude(status="overtaken").values_list("key", flat=True)
    assert (nothing, of_joe, len(left)) == (0, 1, 3)
    assert f"statement:1:{joe.public_id}" not in left
