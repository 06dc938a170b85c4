"""Every page of the ground floor, in both languages, on a phone and on a desk."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from hub.models import Cycle, Person
from hub.services.families import plant_first_families
from tests.factories.hub import (
    make_buyer,
    make_coordinator,
    make_cycle,
    make_farm,
    make_group_buyer,
    make_hub,
    make_member,
    make_person,
    make_place,
    make_producer,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Reading = Callable[[Page, str], None]
Picture = Callable[[Page, str], None]
SignIn = Callable[[Page, Person], None]


@dataclass(frozen=True)
class Week:
    """Ana coordinates a hub with one cycle of each kind; Lea has a farm."""

    ana: Person
    lea: Person
    pages: dict[str, str]


@pytest.fixture
def week() -> Week:
    hub = make_hub("Pôle Nord-Est")
    farm = make_farm("Ferme du Petit Rang", hub=hub)
    group = make_buyer("Cuisine collective du Coin", hub=hub)
    ana = make_coordinator(hub, person=make_person("ana@demo.charroi.example"))
    lea = make_producer(farm, person=make_person("lea@demo.charroi.example"))
    make_group_buyer(group, person=make_person("omar@demo.charroi.example"))
    make_member(farm, "driver", person=lea)
    plant_first_families()
    make_place(hub, kind="hub", name="Quai du pôle")
    place = make_place(group, name="Porte de la ruelle")
    now = datetime.now(UTC)
    draft, opened = (
        make_cycle(
            hub,
            status=status,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(hours=20),
            service_on=(now + timedelta(days=3)).date(),
        )
        for status in (Cycle.Status.DRAFT, Cycle.Status.OPEN)
    )
    pages = {
        "today": "/today/",
        "organizations": "/organizations/",
        "organization-new": "/organizations/new/",
        "organization": f"/organizations/{farm.public_id}/",
        "places": "/places/",
        "place-new": "/places/new/",
        "place": f"/places/{place.public_id}/",
        "cycles": "/cycles/",
        "cycle-new": "/cycles/new/?copy=last",
        "cycle-draft": f"/cycles/{draft.public_id}/",
        "cycle-open": f"/cycles/{opened.public_id}/",
        "cycle-edit": f"/cycles/{opened.public_id}/edit/",
        "families": "/families/",
        "family": "/families/vegetables/",
        "me": "/me/",
        "help": "/help/",
        "absent": "/nothing-here/",
    }
    return Week(ana=ana, lea=lea, pages=pages)


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_a_stranger_reads_every_open_page_on_a_phone(
    phone: Page,
    week: Week,
    axe_clean: Check,
    read_in: Reading,
    picture: Picture,
    settings: Settings,
    language: str,
) -> None:
    settings.DEMO = True
    read_in(phone, language)
    for name, path in {"welcome": "/", "sign-in": "/accounts/login/"}.items():
        phone.goto(path)
        picture(phone, f"{name}-{language}")
        assert axe_clean(phone)

    phone.get_by_label(re.compile("Courriel|Email")).fill(week.lea.email)
    phone.get_by_role("button", name=re.compile("Recevoir un code|Send me")).click()
    phone.wait_for_url("**/confirm/")
    picture(phone, f"code-{language}")
    assert axe_clean(phone)


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_the_coordination_reads_every_page_on_a_phone(
    phone: Page,
    week: Week,
    axe_clean: Check,
    read_in: Reading,
    sign_in: SignIn,
    picture: Picture,
    language: str,
) -> None:
    read_in(phone, language)
    sign_in(phone, week.ana)

    for name, path in week.pages.items():
        phone.goto(path)
        picture(phone, f"{name}-{language}")
        assert axe_clean(phone)


def test_the_coordination_reads_every_page_on_a_desk(
    desktop: Page, week: Week, axe_clean: Check, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(desktop, week.ana)

    for name, path in week.pages.items():
        desktop.goto(path)
        picture(desktop, f"{name}-desk")
        assert axe_clean(desktop)


def test_a_person_comes_in_with_the_code_from_her_mail(
    phone: Page, week: Week, picture: Picture, axe_clean: Check
) -> None:
    phone.goto("/today/")
    phone.get_by_label("Courriel").fill(week.lea.email)
    phone.get_by_role("button", name="Recevoir un code").click()
    phone.wait_for_url("**/confirm/**")
    found = re.search(r"\S+$", str(mail.outbox[-1].subject))
    phone.get_by_label("Code").fill(found[0] if found else "")
    phone.get_by_role("button", name="Entrer").click()

    expect(phone).to_have_url(re.compile("/today/$"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    picture(phone, "today-farm")
    assert axe_clean(phone)


def test_the_panels_of_the_floors_above_come_by_themselves(
    desktop: Page, week: Week, sign_in: SignIn, picture: Picture, axe_clean: Check
) -> None:
    sign_in(desktop, week.ana)
    desktop.goto("/today/")

    expect(desktop.locator("[hx-trigger=load]")).to_have_count(0)
    picture(desktop, "today-panels")
    assert axe_clean(desktop)


def test_a_long_menu_unfolds_on_a_phone(
    phone: Page, week: Week, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(phone, week.ana)
    phone.goto("/today/")
    menu = phone.get_by_role("navigation").get_by_role("link", name="Membres")
    expect(menu).to_be_hidden()

    phone.get_by_role("button", name="Menu").click()

    expect(menu).to_be_visible()
    picture(phone, "menu-open")


def test_the_language_button_keeps_the_page(
    phone: Page, week: Week, sign_in: SignIn
) -> None:
    sign_in(phone, week.ana)
    phone.goto("/cycles/new/?copy=last")

    phone.get_by_role("button", name="English").click()

    expect(phone).to_have_url(re.compile(r"/cycles/new/\?copy=last$"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Prepare a cycle")


def test_a_mistake_in_a_place_is_told_beside_its_field(
    phone: Page, week: Week, sign_in: SignIn, axe_clean: Check, picture: Picture
) -> None:
    sign_in(phone, week.lea)
    phone.goto("/places/new/")
    phone.get_by_label("Nom du lieu").fill("La grange")
    phone.get_by_label("Latitude").fill("45,68")
    phone.get_by_label("Longitude").fill("73,42")

    phone.get_by_role("button", name="Enregistrer").click()

    expect(phone.get_by_label("Longitude")).to_have_attribute("aria-invalid", "true")
    expect(phone.get_by_label("Latitude")).to_have_value("45,68")
    picture(phone, "place-refused")
    assert axe_clean(phone)


def test_a_keyboard_reaches_the_content_first(phone: Page) -> None:
    phone.goto("/help/")

    phone.keyboard.press("Tab")

    expect(phone.locator(":focus")).to_have_text("Aller au contenu")
