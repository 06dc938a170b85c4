"""A key lets a program in for one organization, within its scopes, until its day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from hub.core.errors import DomainError
from hub.models import ApiKey, Membership, Person
from hub.services.api_keys import issue_key, revoke_key
from tests.factories.hub import make_buyer, make_farm, make_hub, make_person
from tests.hub.api.conftest import MakeProgram, Program

pytestmark = pytest.mark.django_db
NO_KEY = {
    "error": {
        "code": "key_missing",
        "message": "Send a key that is valid, or sign in.",
        "fields": [],
    }
}


def test_a_program_is_told_who_it_is(let_in: MakeProgram) -> None:
    farm = make_farm("Ferme du Rang")

    answer = let_in(farm, "members:read", "cycles:read").get("/me")

    assert answer.json() == {
        "organization": {
            "id": farm.public_id,
            "kind": "producer",
            "name": "Ferme du Rang",
            "is_active": True,
        },
        "roles": ["producer"],
        "scopes": ["cycles:read", "members:read"],
    }


def test_the_table_keeps_no_secret(let_in: MakeProgram) -> None:
    program = let_in(make_farm())

    kept = ApiKey.objects.values().get()

    secret = program.headers["Authorization"].split("_")[-1]
    assert [name for name, value in kept.items() if secret in str(value)] == []


@pytest.mark.parametrize(
    "text", ["", "charroi_", "charroi_22222222_" + "2" * 40, "autre_cle_ici"]
)
def test_a_wrong_key_lets_nobody_in(text: str) -> None:
    answer = Program(text).get("/me")

    assert (answer.status_code, answer.json()) == (401, NO_KEY)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_with_one_letter_changed_lets_nobody_in(let_in: MakeProgram) -> None:
    program = let_in(make_farm())
    text = program.headers["Authorization"]
    program.headers["Authorization"] = text[:-1] + ("2" if text[-1] != "2" else "3")

    assert program.get("/me").json() == NO_KEY


def test_a_key_ends_on_its_day(let_in: MakeProgram) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 12, 1, tzinfo=UTC), tick=False):
        program = let_in(make_farm(), days=30)
    with time_machine.travel(datetime(2026, 7, 1, 11, 59, tzinfo=UTC), tick=False):
        before = program.get("/me").status_code
    with time_machine.travel(datetime(2026, 7, 1, 12, 0, tzinfo=UTC), tick=False):
        after = program.get("/me").json()

    assert (before, after) == (200, NO_KEY)


def test_a_program_put_out_is_refused_at_once(let_in: MakeProgram) -> None:
    program = let_in(make_farm())
    before = program.get("/me").status_code

    revoke_key(key=ApiKey.objects.get(), now=timezone.now())

    assert (before, program.get("/me").json()) == (200, NO_KEY)


def test_a_program_of_an_organization_set_aside_is_refused(let_in: MakeProgram) -> None:
    farm = make_farm()
    program = let_in(farm)
    farm.is_active = False
    farm.save()

    assert program.get("/me").json() == NO_KEY


def test_a_key_without_the_scope_is_refused_in_words(let_in: MakeProgram) -> None:
    answer = let_in(make_farm(), "orders:read").get("/cycles")

    assert (answer.status_code, answer.json()["error"]["code"]) == (
        403,
        "scope_missing",
    )
    assert answer.json()["error"]["message"] == (
        "This key lacks the scope cycles:read."
    )


def test_what_is_not_for_its_role_is_absent(let_in: MakeProgram) -> None:
    answer = let_in(make_farm()).post("/cycles", CYCLE, key="cycle-0001")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_a_program_can_neither_sign_in_nor_be_listed(let_in: MakeProgram) -> None:
    hub = make_hub()
    let_in(hub)

    machine = Person.objects.get(is_machine=True)

    assert (machine.is_active, machine.has_usable_password()) == (False, False)
    assert Membership.objects.get(person=machine).role == "coordinator"


def test_the_last_use_is_written_once_a_minute(let_in: MakeProgram) -> None:
    program = let_in(make_buyer())
    first = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    seen = []
    for seconds in (0, 59, 61):
        with time_machine.travel(first + timedelta(seconds=seconds), tick=False):
            program.get("/me")
        seen.append(ApiKey.objects.get().last_used_at)

    assert seen == [
        first,
        first,
        first + timedelta(seconds=61),
    ]


@pytest.mark.parametrize(
    ("scopes", "days", "code"),
    [
        ([], 30, "key_without_scope"),
        (["tout"], 30, "key_without_scope"),
        (["orders:read"], 0, "key_lasts_too_long"),
        (["orders:read"], 731, "key_lasts_too_long"),
    ],
)
def test_a_key_that_cannot_be_is_refused_and_nobody_made(
    scopes: list[str], days: int, code: str
) -> None:
    farm, by, now = make_farm(), make_person(), timezone.now()

    with pytest.raises(DomainError) as refusal:
        issue_key(organization=farm, name="X", scopes=scopes, days=days, by=by, now=now)

    assert refusal.value.code == code
    assert (ApiKey.objects.count(), Person.objects.count()) == (0, 1)


CYCLE = {
    "name": "Semaine 48",
    "opens_at": "2026-11-20T12:00:00-05:00",
    "closes_at": "2026-11-25T12:00:00-05:00",
    "service_on": "2026-11-27",
}
