"""A passkey and an app in a real browser, from the first code to the sign-in alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from hub.models import Person
from tests.factories.factors import code_of
from tests.factories.hub import make_coordinator, make_hub, make_person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
Check = Callable[[Page], bool]
Picture = Callable[[Page, str], None]


@pytest.fixture
def ana() -> Person:
    return make_coordinator(make_hub(), person=make_person())


def add_authenticator(page: Page) -> None:
    """A phone that its owner unlocks at once."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def come_in_by_mail(page: Page, person: Person) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Courriel").fill(person.email)
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Code").fill(str(mail.outbox[-1].subject).split()[-1])
    page.get_by_role("button", name="Entrer").click()


def sign_out(page: Page) -> None:
    page.goto("/help/")
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Entrer dans Charroi")).to_be_visible()


def test_a_passkey_is_added_and_then_signs_in_alone(
    phone: Page, ana: Person, axe_clean: Check, picture: Picture
) -> None:
    add_authenticator(phone)
    come_in_by_mail(phone, ana)
    phone.get_by_role("link", name="Pourquoi, et comment").click()
    picture(phone, "second-factor")
    phone.get_by_role("link", name="Ajouter une clé d’accès").click()
    phone.get_by_label("Son nom").fill("Mon téléphone")
    assert axe_clean(phone)
    phone.get_by_role("button", name="L’ajouter").click()
    expect(phone.get_by_role("heading", name="Codes de secours")).to_be_visible()
    picture(phone, "recovery-codes")
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Les garder dans un fichier").click()
    kept = saved.value.path().read_text()
    phone.goto("/accounts/factors/")
    picture(phone, "factors")
    sign_out(phone)

    phone.goto("/accounts/login/?next=/accounts/devices/")
    picture(phone, "login")
    phone.get_by_role("button", name="Entrer avec une clé d’accès").click()

    expect(phone.get_by_role("heading", name="Mes appareils")).to_be_visible()
    picture(phone, "devices")
    assert len(re.findall(r"^\d{10}$", kept, re.M)) == 10


def test_an_app_is_added_and_a_recovery_code_opens_once(
    phone: Page, ana: Person, axe_clean: Check, picture: Picture
) -> None:
    come_in_by_mail(phone, ana)
    phone.goto("/accounts/factors/app/")
    expect(
        phone.get_by_role("img", name="Code QR pour votre application")
    ).to_be_visible()
    picture(phone, "app")
    secret = phone.locator("code.key").inner_text()
    phone.get_by_label("Six chiffres").fill(code_of(secret))
    phone.get_by_role("button", name="Ajouter cette application").click()
    code = phone.locator(".codes code").first.inner_text()

    for is_open in (True, False):
        sign_out(phone)
        come_in_by_mail(phone, ana)
        assert axe_clean(phone)
        phone.get_by_label("Code de votre application").fill(code)
        phone.get_by_role("button", name="Continuer").click()
        refusal = phone.get_by_text("Ce code ou cette clé d’accès n’a pas été accepté.")
        expect(refusal).to_have_count(0 if is_open else 1)
        picture(phone, f"authenticate-{is_open}")
