"""Before what counts: told for two weeks, then stopped, and nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from hub.models import Invitation, Organization, Person, Trace
from hub.selectors.sign_in import has_factor, person_moves_money
from tests.factories.factors import (
    add_app,
    add_recovery_codes,
    code_of,
    show_factor,
)
from tests.factories.hub import (
    make_coordinator,
    make_farm,
    make_hub,
    make_member,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 15, 16, tzinfo=UTC)
INVITED = {
    "email": "omar@rang.example",
    "name": "Omar & Cie",
    "role": "producer",
    "language": "fr-ca",
}


@pytest.fixture
def farm() -> Organization:
    return make_farm(hub=make_hub())


@pytest.fixture
def ana(farm: Organization) -> Person:
    assert farm.hub
    return make_coordinator(farm.hub)


@pytest.fixture
def client(ana: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(ana, "django.contrib.auth.backends.ModelBackend")
    return client


def invite(client: Client, farm: Organization, **headers: str) -> str:
    answer = client.post(
        f"/organizations/{farm.public_id}/invite/", INVITED, headers=headers
    )
    return answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""


def invited() -> int:
    return Invitation.objects.filter(email=INVITED["email"]).count()


def test_the_first_two_weeks_only_tell(
    client: Client, ana: Person, farm: Organization
) -> None:
    with time_machine.travel(NOON, tick=False):
        page = client.get("/today/").content.decode()
        invite(client, farm)
    ana.refresh_from_db()

    assert "June 29" in page
    assert (invited(), ana.factor_asked_on) == (1, NOON.date())


def test_after_two_weeks_what_counts_waits_and_nothing_moves(
    client: Client, ana: Person, farm: Organization
) -> None:
    Person.objects.filter(pk=ana.pk).update(factor_asked_on=NOON.date())
    with time_machine.travel(NOON + timedelta(days=14), tick=False):
        led = invite(client, farm)
        shown = client.get(f"/organizations/{farm.public_id}/").status_code

    assert (led, invited(), len(mail.outbox)) == ("/accounts/second-factor/", 0, 0)
    assert shown == 200


def test_what_was_typed_is_offered_again_after_the_factor(
    client: Client, ana: Person, farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    secret = add_app(ana)
    led = invite(client, farm)
    asked = client.get(led).content.decode()
    again = "/accounts/again/factor/?next=/accounts/second-factor/"

    back = client.post(again, {"code": code_of(secret)})
    page = client.get(back.headers["Location"]).content.decode()

    assert "Show my second factor" in asked
    assert f'action="/organizations/{farm.public_id}/invite/"' in page
    assert 'name="name" value="Omar &amp; Cie"' in page
    invite(client, farm)
    again = client.get("/accounts/second-factor/").content.decode()
    assert (invited(), "Omar" in again) == (1, False)


def test_who_does_nothing_with_what_was_typed_is_not_offered_it_again(
    client: Client, ana: Person, farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    secret = add_app(ana)
    invite(client, farm)
    again = "/accounts/again/factor/?next=/accounts/second-factor/"
    client.post(again, {"code": code_of(secret)})
    before = client.get("/accounts/second-factor/").content.decode()

    left = client.post("/accounts/second-factor/").headers["Location"]
    after = client.get("/accounts/second-factor/").content.decode()

    assert (left, "Omar" in before, "Omar" in after) == ("/", True, False)
    assert "Do nothing and go to my page</button>" in before
    assert ("kept_form" in client.session, invited()) == (False, 0)


def test_a_part_of_a_page_leads_the_whole_page(
    client: Client, farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0

    assert invite(client, farm, hx_request="true") == "/accounts/second-factor/"
    assert invited() == 0


def test_a_factor_shown_at_sign_in_is_enough(
    client: Client, ana: Person, farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    session = client.session
    show_factor(session, ana)
    session.save()

    invite(client, farm)

    assert invited() == 1


def test_a_factor_shown_by_somebody_else_is_not(
    client: Client, farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    session = client.session
    show_factor(session, make_member(farm, "producer"))
    session.save()

    invite(client, farm)

    assert invited() == 0


def test_a_code_by_mail_is_no_second_factor(
    client: Client, ana: Person, farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    session = client.session
    show_factor(session, ana, method="code")
    session.save()

    assert invite(client, farm) == "/accounts/second-factor/"
    assert invited() == 0


def test_recovery_codes_alone_are_no_second_factor(ana: Person) -> None:
    add_recovery_codes(ana)
    alone = has_factor(ana)
    add_app(ana)

    assert (alone, has_factor(ana)) == (False, True)


def test_a_role_in_an_organization_that_is_closed_moves_no_money(ana: Person) -> None:
    before = person_moves_money(ana)
    Organization.objects.update(is_active=False)

    assert (before, person_moves_money(ana)) == (True, False)


def test_in_a_demo_nobody_is_asked(
    client: Client, farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    settings.DEMO = True

    invite(client, farm)

    assert invited() == 1


def test_a_farm_is_told_nothing(farm: Organization) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_member(farm, "producer"))

    assert "moves money" not in client.get("/today/").content.decode()


MEMBERS = "/organizations/?table=organizations&format=csv"


def taken() -> int:
    return Trace.objects.filter(kind="personal_exported").count()


def test_members_are_not_taken_home_without_a_factor(
    client: Client, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0

    led = client.get(MEMBERS)
    plain = client.get("/families/?table=families&format=csv")

    assert (led.status_code, led.headers["Location"], taken()) == (
        302,
        "/accounts/second-factor/",
        0,
    )
    assert plain.status_code == 200


def test_after_the_factor_the_file_is_ready_and_the_page_it_came_from(
    client: Client, ana: Person, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    secret = add_app(ana)
    asked = client.get(client.get(MEMBERS).headers["Location"]).content.decode()
    again = "/accounts/again/factor/?next=/accounts/second-factor/"

    back = client.post(again, {"code": code_of(secret)})
    page = client.get(back.headers["Location"]).content.decode()

    assert "asks for your second factor anew" in asked
    assert f'href="{MEMBERS.replace("&", "&amp;")}"' in page
    assert 'href="/organizations/"' in page
    assert (client.get(MEMBERS).headers["Content-Type"], taken()) == (
        "text/csv; charset=utf-8",
        1,
    )


def test_a_factor_shown_at_sign_in_does_not_last_for_what_is_taken_home(
    client: Client, ana: Person, farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    add_app(ana)
    session = client.session
    show_factor(session, ana)
    session.save()

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=14)):
        soon = client.get(MEMBERS).status_code
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        late = client.get(MEMBERS).status_code
        asked = client.get("/accounts/second-factor/").content.decode()
        invite(client, farm)

    assert (soon, late, taken(), invited()) == (200, 302, 1, 1)
    assert "Show my second factor" in asked


def test_a_farm_takes_its_own_people_home_without_being_asked(
    farm: Organization, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_member(farm, "producer"))
    people = f"/organizations/{farm.public_id}/?table=people&format=csv"

    assert (client.get(people).status_code, taken()) == (200, 1)


def test_a_sheet_waits_for_a_factor_shown_just_now(
    client: Client, ana: Person, settings: Settings
) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    add_app(ana)
    session = client.session
    show_factor(session, ana)
    session.save()

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        led = client.post("/routing/imports/2222/confirm/", {"digest": "abc"})
        page = client.get(led.headers["Location"]).content.decode()

    assert led.headers["Location"] == "/accounts/second-factor/"
    assert client.session["kept_form"]["sent"] == "digest=abc"
    assert "Show my second factor" in page
