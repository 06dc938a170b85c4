"""Signing in by a code sent by email; slowed down when tried too often."""

import re
import threading
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from hub import notices
from tests.factories.hub import make_farm, make_person, make_producer

pytestmark = pytest.mark.django_db
ADDRESS = "lea@rang.example"


def french() -> Client:
    return Client(headers={"accept-language": "fr-CA"})


def ask(client: Client, address: str = ADDRESS) -> int:
    return client.post("/accounts/login/code/", {"email": address}).status_code


def code_sent() -> str:
    found = re.search(r": (\S+)$", str(mail.outbox[-1].subject))
    return found[1] if found else ""


def test_a_person_comes_in_with_the_code() -> None:
    make_producer(make_farm(), person=make_person(ADDRESS))
    client = french()
    ask(client)

    answer = client.post("/accounts/login/confirm/", {"code": code_sent()})

    assert answer.headers["Location"] == "/"
    assert client.get("/today/").status_code == 200


def test_a_phone_stays_signed_in_for_thirty_days() -> None:
    make_person(ADDRESS)
    client = french()
    ask(client)

    answer = client.post("/accounts/login/confirm/", {"code": code_sent()})

    assert answer.cookies["sessionid"]["max-age"] == 30 * 86_400


def test_the_mail_and_the_pages_are_ours_and_speak_french() -> None:
    make_person(ADDRESS)
    client = french()
    asked = client.get("/accounts/login/")
    ask(client)
    typed = client.get("/accounts/login/confirm/")

    sent = f"{mail.outbox[-1].subject}\n{mail.outbox[-1].body}"
    pages = asked.content.decode() + typed.content.decode()
    shown = re.sub(r"<[^>]+>", " ", pages) + sent
    assert re.findall(r"\be-?mails?\b", shown.lower()) == []
    assert sent.startswith("Votre code Charroi\u00a0: ")


def test_the_address_is_read_without_regard_to_case() -> None:
    make_person(ADDRESS)

    ask(french(), "LEA@Rang.Example")

    assert [message.to for message in mail.outbox] == [[ADDRESS]]


def test_a_wrong_code_opens_nothing() -> None:
    make_person(ADDRESS)
    client = french()
    ask(client)

    answer = client.post("/accounts/login/confirm/", {"code": "ABC-DEF"})

    assert (answer.status_code, "_auth_user_id" in client.session) == (200, False)


def test_the_third_wrong_code_needs_a_new_one() -> None:
    make_person(ADDRESS)
    client = french()
    ask(client)
    right = code_sent()
    for _ in range(3):
        client.post("/accounts/login/confirm/", {"code": "ABC-DEF"})

    client.post("/accounts/login/confirm/", {"code": right})

    assert "_auth_user_id" not in client.session


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_says_why() -> None:
    make_person(ADDRESS)
    statuses = (ask(french()), ask(french(), "inconnue@rang.example"))

    assert statuses[0] == statuses[1] == 302
    assert mail.outbox[-1].to == ["inconnue@rang.example"]
    assert "inconnue@rang.example" in mail.outbox[-1].body


def test_a_known_and_an_unknown_address_are_the_same_work() -> None:
    make_person(ADDRESS)
    ask(french(), "premiere@rang.example")  # what is read once only
    counted = []
    for address in (ADDRESS, "inconnue@rang.example"):
        client = french()
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/accounts/login/code/", {"email": address})
        written = [re.sub(r"'[^']*'|[0-9]+", "", query["sql"]) for query in queries]
        page = client.get(answer.headers["Location"]).content.decode()
        told = re.sub(rf"\b\w{{64}}\b|{address}", "", page)
        counted.append((answer.status_code, answer.headers["Location"], told, written))

    assert counted[0] == counted[1]
    assert len(mail.outbox) == 3


class SlowMail(LocmemBackend):
    """A mail server that answers only when it is let."""

    may_answer = threading.Event()

    def send_messages(self, messages: Any) -> int:
        self.may_answer.wait(timeout=20)
        return int(super().send_messages(messages))


@pytest.mark.parametrize("address", [ADDRESS, "inconnue@rang.example"])
def test_nobody_waits_for_the_mail_server(address: str, settings: Settings) -> None:
    make_person(ADDRESS)
    settings.SIGN_IN_MAIL_THREADS = 1
    settings.EMAIL_BACKEND = f"{__name__}.{SlowMail.__qualname__}"
    SlowMail.may_answer.clear()

    status = ask(french(), address)
    sent_before = len(mail.outbox)
    SlowMail.may_answer.set()
    notices._senders().shutdown(wait=True)
    notices._senders.cache_clear()

    assert (status, sent_before, len(mail.outbox)) == (302, 0, 1)


def test_a_refused_letter_is_told_to_the_log_and_not_to_the_visitor(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(ADDRESS)
    monkeypatch.setattr(LocmemBackend, "send_messages", refuse)

    assert ask(french()) == 302


def refuse(*_messages: Any) -> int:
    raise SMTPRecipientsRefused({})


def test_another_address_can_be_tried_after_a_typing_mistake() -> None:
    make_person(ADDRESS)
    client = french()
    ask(client, "le@rang.example")

    client.post("/accounts/logout/", {"next": "/accounts/login/"})
    ask(client)

    assert mail.outbox[-1].to == [ADDRESS]


def test_asking_too_often_is_slowed_down_in_words() -> None:
    make_person(ADDRESS)
    statuses = [ask(french()) for _ in range(3)]

    answer = french().post("/accounts/login/code/", {"email": ADDRESS})

    assert (statuses, answer.status_code) == ([302, 302, 302], 429)
    assert answer.context["title"] == "Trop de tentatives"
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    "path", ["/accounts/password/reset/", "/accounts/email/", "/accounts/"]
)
def test_what_is_not_needed_is_absent(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_nobody_signs_up_alone() -> None:
    answer = Client().get("/accounts/signup/")

    assert answer.headers["Location"] == "/accounts/login/"
