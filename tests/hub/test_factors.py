"""Passkeys, an app, recovery codes: added, shown, taken away; nothing else opens."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from hub.models import Person
from tests.factories.factors import (
    SoftPasskey,
    add_app,
    add_recovery_codes,
    code_of,
    show_factor,
)
from tests.factories.hub import make_person

pytestmark = pytest.mark.django_db
AS_PROGRAM = {"accept": "application/json"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def lea() -> Person:
    return make_person("lea@rang.example", language="en")


def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def signed_in(person: Person, *, is_shown: bool = False) -> Client:
    client = browser()
    client.force_login(person, BACKEND)
    if is_shown:
        session = client.session
        show_factor(session, person)
        session.save()
    return client


def type_mailed_code(client: Client, address: str, where: str) -> Any:
    code = str(mail.outbox[-1].subject).split()[-1]
    return client.post(where, {"code": code})


def by_mail(person: Person) -> tuple[Client, Any]:
    client = browser()
    client.post("/accounts/login/code/", {"email": person.email})
    return client, type_mailed_code(client, person.email, "/accounts/login/confirm/")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def data_of(answer: Any) -> dict[str, Any]:
    found = re.search(r'id="passkey-data"[^>]*>(.*?)</script>', answer.content.decode())
    assert found
    given: dict[str, Any] = json.loads(found[1])
    return given


def show_passkey(client: Client, passkey: SoftPasskey, **more: str) -> Any:
    asked = client.get("/accounts/login/passkey/", headers=AS_PROGRAM)
    shown = passkey.show(asked.json()["request_options"])
    return client.post("/accounts/login/passkey/", {"credential": shown, **more})


def test_a_passkey_is_added_after_a_code_by_mail_and_then_opens_alone(
    lea: Person,
) -> None:
    client = signed_in(lea)
    led = client.get("/accounts/factors/passkeys/")
    client.post(led.headers["Location"])
    back = type_mailed_code(client, lea.email, led.headers["Location"])
    passkey = SoftPasskey()

    options = data_of(client.get(back.headers["Location"]))["creation_options"]
    added = client.post(
        back.headers["Location"],
        {"name": "My phone", "credential": passkey.make(options)},
    )
    other = browser()
    come_in = show_passkey(other, passkey, next="/me/")

    assert led.headers["Location"].startswith("/accounts/again/?next=")
    assert added.headers["Location"] == "/accounts/factors/codes/"
    assert (come_in.headers["Location"], is_in(other)) == ("/me/", True)
    assert Authenticator.objects.get(type="webauthn").wrap().name == "My phone"
    assert "passkey was added" in mail.outbox[-1].body


@pytest.mark.parametrize(
    "passkey", [SoftPasskey(is_unlocked=False), SoftPasskey("elsewhere.example")]
)
def test_a_passkey_that_nothing_unlocked_or_of_another_site_opens_nothing(
    passkey: SoftPasskey, lea: Person
) -> None:
    passkey.kept_for(lea)
    client = browser()

    show_passkey(client, passkey)

    assert is_in(client) is False


def test_a_passkey_of_a_closed_account_opens_nothing(lea: Person) -> None:
    passkey = SoftPasskey()
    passkey.kept_for(lea)
    Person.objects.filter(pk=lea.pk).update(is_active=False)
    client = browser()

    answer = show_passkey(client, passkey)

    assert (answer.headers["Location"], is_in(client)) == ("/accounts/login/", False)


def test_the_answer_of_a_passkey_cannot_be_sent_again(lea: Person) -> None:
    passkey = SoftPasskey()
    passkey.kept_for(lea)
    client = browser()
    asked = client.get("/accounts/login/passkey/", headers=AS_PROGRAM)
    shown = passkey.show(asked.json()["request_options"])
    client.post("/accounts/login/passkey/", {"credential": shown})
    client.post("/accounts/logout/")

    client.post("/accounts/login/passkey/", {"credential": shown})

    assert is_in(client) is False


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "[]",
        "1",
        "null",
        '""',
        "{}",
        '{"response": 1}',
        '{"id": [], "rawId": 2}',
    ]
    + [json.dumps({"id": "a", "rawId": "a", "type": "public-key", "response": {}})],
)
def test_what_is_no_passkey_is_refused_in_words(sent: str, lea: Person) -> None:
    SoftPasskey().kept_for(lea)
    client = browser()
    client.get("/accounts/login/passkey/", headers=AS_PROGRAM)
    inside = signed_in(lea, is_shown=True)
    inside.get("/accounts/factors/passkeys/")

    answers = [
        client.post("/accounts/login/passkey/", {"credential": sent}).status_code,
        inside.post("/accounts/factors/passkeys/", {"credential": sent}).status_code,
    ]

    assert (answers, is_in(client)) == ([302, 200], False)


def test_an_app_is_added_with_the_secret_that_is_shown(lea: Person) -> None:
    client = signed_in(lea)
    client.post("/accounts/again/")
    type_mailed_code(client, lea.email, "/accounts/again/")
    page = client.get("/accounts/factors/app/").content.decode()
    found = re.search(r'class="key">([A-Z2-7]+)<', page)
    assert found

    added = client.post("/accounts/factors/app/", {"code": code_of(found[1])})
    codes = re.findall(
        r"<code>(\d{10})</code>", client.get(added.headers["Location"]).content.decode()
    )
    again = client.get(added.headers["Location"]).content.decode()

    assert "data:image/svg+xml;base64," in page
    assert (added.headers["Location"], len(set(codes))) == (
        "/accounts/factors/codes/",
        10,
    )
    assert [code for code in codes if code in again] == []
    written = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert found[1] not in written


def test_a_factor_that_is_added_signs_the_other_devices_out(lea: Person) -> None:
    other, _answer = by_mail(lea)
    here, _answer = by_mail(lea)
    page = here.get("/accounts/factors/app/").content.decode()
    found = re.search(r'class="key">([A-Z2-7]+)<', page)
    assert found

    here.post("/accounts/factors/app/", {"code": code_of(found[1])})

    seen = [each.get("/me/").status_code for each in (other, here)]
    assert seen == [302, 200]


def test_a_code_by_mail_alone_no_longer_lets_in(lea: Person) -> None:
    secret = add_app(lea)
    client, answer = by_mail(lea)
    before = is_in(client)

    client.post("/accounts/login/factor/", {"code": code_of(secret)})

    assert (answer.headers["Location"], before, is_in(client)) == (
        "/accounts/login/factor/",
        False,
        True,
    )


def test_a_code_of_the_app_opens_once_even_while_its_clock_accepts_it(
    lea: Person,
) -> None:
    secret = add_app(lea)
    with time_machine.travel(datetime(2026, 6, 15, 12, tzinfo=UTC)) as clock:
        code = code_of(secret, periods_later=1)
        first, _answer = by_mail(lea)
        first.post("/accounts/login/factor/", {"code": code})
        clock.shift(45)
        second, _answer = by_mail(lea)

        second.post("/accounts/login/factor/", {"code": f"{code[:3]} {code[3:]}"})

        assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_opens_once(lea: Person) -> None:
    add_app(lea)
    code = add_recovery_codes(lea)[3]
    first, _answer = by_mail(lea)
    first.post("/accounts/login/factor/", {"code": code})
    second, _answer = by_mail(lea)

    second.post("/accounts/login/factor/", {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)


def test_after_five_wrong_codes_the_right_one_waits(lea: Person) -> None:
    secret = add_app(lea)
    client, _answer = by_mail(lea)
    for _ in range(5):
        client.post("/accounts/login/factor/", {"code": "000000"})

    client.post("/accounts/login/factor/", {"code": code_of(secret)})

    assert is_in(client) is False


def test_new_recovery_codes_close_the_former_ones(lea: Person) -> None:
    add_app(lea)
    former = add_recovery_codes(lea)
    client = signed_in(lea, is_shown=True)

    client.post("/accounts/factors/codes/new/")
    page = client.get("/accounts/factors/codes/").content.decode()

    shown = re.findall(r"<code>(\d{10})</code>", page)
    assert (len(shown), set(shown) & set(former)) == (10, set())


def test_taking_a_factor_away_asks_for_it_again_and_signs_others_out(
    lea: Person,
) -> None:
    add_app(lea)
    elsewhere = signed_in(lea, is_shown=True)
    stale = signed_in(lea)
    fresh = signed_in(lea, is_shown=True)

    led = stale.post("/accounts/factors/app/remove/")
    kept = Authenticator.objects.count()
    fresh.post("/accounts/factors/app/remove/")

    assert led.headers["Location"].startswith("/accounts/again/factor/?next=")
    assert (kept, Authenticator.objects.count()) == (1, 0)
    assert fresh.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


def test_who_has_a_factor_cannot_show_again_by_mail(lea: Person) -> None:
    add_app(lea)
    client = signed_in(lea)
    num_letters = len(mail.outbox)

    led = client.post("/accounts/again/")

    assert led.headers["Location"].startswith("/accounts/again/factor/")
    assert len(mail.outbox) == num_letters


def test_nobody_touches_the_passkey_of_somebody_else(lea: Person) -> None:
    row = SoftPasskey().kept_for(lea)
    name = row.data["credential"]["id"]
    other = signed_in(make_person(), is_shown=True)

    answers = [
        other.post(f"/accounts/factors/passkeys/{name}/", {"name": "Mine"}),
        other.post(f"/accounts/factors/passkeys/{name}/remove/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Authenticator.objects.get().wrap().name == "Téléphone"


def test_secrets_pass_to_a_new_key(lea: Person, settings: Settings) -> None:
    former = settings.SECOND_FACTOR_KEYS
    secret = add_app(lea)
    settings.SECOND_FACTOR_KEYS = ["n" * 50, *former]
    call_command("encrypt_secrets", verbosity=0)
    settings.SECOND_FACTOR_KEYS = ["n" * 50]
    client, _answer = by_mail(lea)

    client.post("/accounts/login/factor/", {"code": code_of(secret)})

    assert is_in(client) is True


def test_the_operator_helps_who_lost_everything(lea: Person) -> None:
    add_app(lea)
    add_recovery_codes(lea)
    thief = signed_in(lea, is_shown=True)

    call_command("forget_factors", email="LEA@rang.example", verbosity=0)
    client, _answer = by_mail(lea)

    assert (is_in(client), thief.get("/me/").status_code) == (True, 302)
    assert mail.outbox[0].subject == "Charroi: your ways to sign in changed"
