"""A phone that was open when the coordination changed its route."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from routing.models import Plan, Route, StopTap
from tests.factories.driving import FARM, Drive, make_drive

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Picture = Callable[[Page, str], None]
SignIn = Callable[..., None]


@pytest.fixture
def drive() -> Drive:
    return make_drive()


def opened(page: Page, drive: Drive) -> Page:
    page.goto(f"/routing/mine/{drive.route.plan.public_id}/{drive.route.number}/drive/")
    page.wait_for_selector("html[data-drive=ready]", state="attached")
    return page


def change(drive: Drive) -> None:
    """The coordination changes the route under way."""
    Plan.objects.filter(pk=drive.route.plan_id).update(edit_version=1)
    Route.objects.filter(pk=drive.route.pk).update(edit_version=1)


def farm_of(page: Page, drive: Drive) -> Any:
    return page.locator(f"[data-stop='{drive.stop(FARM).public_id}']")


def test_an_open_phone_says_loudly_that_its_route_changed_and_shows_it(
    phone: Page, sign_in: SignIn, axe_clean: Check, picture: Picture, drive: Drive
) -> None:
    sign_in(phone, drive.driver)
    opened(phone, drive)
    banner = phone.locator("[data-changed]")
    expect(banner).to_be_hidden()
    change(drive)

    farm_of(phone, drive).get_by_role("button", name="Je suis sur place").click()

    understood = banner.get_by_role("button", name="Compris")
    expect(understood).to_be_visible()
    expect(banner).to_contain_text("Votre tournée a changé.")
    held = phone.evaluate(
        "() => JSON.parse(document.getElementById('drive-phone').textContent).version"
    )
    assert (held, StopTap.objects.get().status) == (1, "applied")
    assert axe_clean(phone)
    picture(phone, "drive-changed")
    understood.click()
    expect(banner).to_be_hidden()
    opened(phone, drive)
    expect(banner).to_be_hidden()


def test_what_somebody_types_is_not_lost_to_the_new_route(
    phone: Page, sign_in: SignIn, drive: Drive
) -> None:
    sign_in(phone, drive.driver)
    opened(phone, drive)
    degrees = farm_of(phone, drive).get_by_label("Réfrigéré, en °C")
    degrees.fill("3,5")
    change(drive)

    phone.evaluate("() => window.dispatchEvent(new Event('focus'))")

    banner = phone.locator("[data-changed]")
    show = banner.get_by_role("button", name="Voir la nouvelle tournée")
    expect(show).to_be_visible()
    expect(degrees).to_have_value("3,5")
    show.click()
    expect(banner.get_by_role("button", name="Compris")).to_be_visible()
