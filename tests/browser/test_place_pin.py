"""The pin of a place: tapped, dragged, typed, moved by arrows, or where one stands."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hub.models import Organization, Place
from tests.factories import hub as ground

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Picture = Callable[[Page, str], None]
SignIn = Callable[..., None]
TORONTO = {"latitude": 43.6532, "longitude": -79.3832}
DOOR = {"latitude": 45.5492, "longitude": -73.5421}
COUNT_THE_ASKING = """
    globalThis.asked = 0;
    const { geolocation } = navigator;
    const ask = geolocation.getCurrentPosition.bind(geolocation);
    geolocation.getCurrentPosition = (...words) => { asked += 1; ask(...words); };
"""


@pytest.fixture
def hub() -> Organization:
    """A hub with a group at a door in town and a farm on the north shore."""
    hub = ground.make_hub("Pôle de l’Est")
    group = ground.make_buyer("La Marmite", hub=hub)
    farm = ground.make_farm("Ferme du Rang", hub=hub)
    ground.make_place(group, name="Porte de la Marmite", point=(45.5490, -73.5420))
    ground.make_place(
        farm, kind=Place.Kind.FARM, name="Cour du Rang", point=ground.FARM_POINT
    )
    return hub


def open_new(page: Page, sign_in: SignIn, hub: Organization) -> None:
    sign_in(page, ground.make_coordinator(hub))
    page.goto("/places/new/")
    expect(page.locator("#place-map path.street").first).to_be_attached()


def coordinates(page: Page) -> tuple[float, float]:
    """The two fields, which French writes with a comma."""
    texts = [
        page.get_by_label(name).input_value() for name in ("Latitude", "Longitude")
    ]
    assert [text.count(",") for text in texts] == [1, 1]
    latitude, longitude = (float(text.replace(",", ".")) for text in texts)
    return latitude, longitude


def pin(page: Page) -> Any:
    return page.get_by_role("button", name="Épingle du lieu")


def tap_the_middle(page: Page) -> None:
    page.locator("#place-map").click()


def test_a_tap_puts_the_pin_and_the_arrows_move_it(
    phone: Page,
    sign_in: SignIn,
    axe_clean: Check,
    picture: Picture,
    hub: Organization,
) -> None:
    open_new(phone, sign_in, hub)
    picture(phone, "pin-before")
    assert axe_clean(phone)

    tap_the_middle(phone)
    tapped = coordinates(phone)
    pin(phone).focus()
    phone.keyboard.press("ArrowUp")
    phone.keyboard.press("ArrowLeft")
    moved = coordinates(phone)
    phone.keyboard.press("Shift+ArrowUp")
    moved_far = coordinates(phone)

    assert 45.55 < tapped[0] < 45.68
    assert -73.55 < tapped[1] < -73.42
    assert tapped[0] < moved[0] < moved_far[0]
    assert moved_far[1] == moved[1] < tapped[1]
    picture(phone, "pin-after")
    assert axe_clean(phone)


def test_the_pin_is_dragged_and_the_place_saved_where_it_stands(
    desktop: Page, sign_in: SignIn, picture: Picture, hub: Organization
) -> None:
    open_new(desktop, sign_in, hub)
    desktop.get_by_role("button", name="Poser l’épingle au centre").click()
    put = coordinates(desktop)
    expect(pin(desktop)).to_be_focused()

    pin(desktop).scroll_into_view_if_needed()
    box = pin(desktop).locator("span").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    desktop.mouse.move(x, y)
    desktop.mouse.down()
    desktop.mouse.move(x + 60, y + 40, steps=6)
    desktop.mouse.up()
    dragged = coordinates(desktop)
    picture(desktop, "pin-desk")
    desktop.get_by_label("Organisme").select_option(label="La Marmite")
    desktop.get_by_label("Nom du lieu").fill("Porte de côté")
    desktop.get_by_role("button", name="Enregistrer").click()

    expect(desktop.get_by_text("« Porte de côté » est enregistré")).to_be_visible()
    place = Place.objects.get(name="Porte de côté")
    assert (dragged[0] < put[0], dragged[1] > put[1]) == (True, True)
    assert (place.latitude, place.longitude) == dragged


def test_typed_coordinates_move_the_pin_and_the_map(
    desktop: Page, sign_in: SignIn, hub: Organization
) -> None:
    open_new(desktop, sign_in, hub)

    desktop.get_by_label("Latitude").fill("46,3432")
    desktop.get_by_label("Longitude").fill("-72,5430")
    desktop.keyboard.press("Tab")

    expect(pin(desktop)).to_be_visible()
    expect(
        desktop.locator("#place-map .sign span", has_text="Trois-Rivières")
    ).to_be_visible()


def test_my_position_is_asked_only_on_the_button_and_outside_quebec_is_refused(
    open_context: Callable[..., BrowserContext],
    playwright_driver: Any,
    sign_in: SignIn,
    hub: Organization,
) -> None:
    context = open_context(
        **playwright_driver.devices["Pixel 5"],
        geolocation=DOOR,
        permissions=["geolocation"],
    )
    context.add_init_script(COUNT_THE_ASKING)
    page = context.new_page()
    open_new(page, sign_in, hub)
    assert page.evaluate("asked") == 0

    page.get_by_role("button", name="Ma position").click()
    expect(page.get_by_label("Latitude")).to_have_value("45,54920")
    assert (coordinates(page), page.evaluate("asked")) == ((45.5492, -73.5421), 1)

    context.set_geolocation(TORONTO)  # type: ignore[arg-type] # the two keys it needs
    page.get_by_role("button", name="Ma position").click()
    expect(page.get_by_label("Latitude")).to_have_value("43,65320")
    page.get_by_label("Organisme").select_option(label="La Marmite")
    page.get_by_label("Nom du lieu").fill("Trop loin")
    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_text("est hors du Québec")).to_be_visible()
    expect(pin(page)).to_be_visible()
    assert Place.objects.filter(name="Trop loin").exists() is False


def test_a_position_that_is_refused_is_said_and_changes_nothing(
    phone: Page, sign_in: SignIn, hub: Organization
) -> None:
    open_new(phone, sign_in, hub)

    phone.get_by_role("button", name="Ma position").click()

    expect(phone.get_by_text("Votre position n’a pas pu être lue")).to_be_visible()
    expect(phone.get_by_label("Latitude")).to_have_value("")
    expect(pin(phone)).to_have_count(0)


def test_without_javascript_the_coordinates_are_typed(
    open_context: Callable[..., BrowserContext],
    playwright_driver: Any,
    sign_in: SignIn,
    axe_clean: Check,
    hub: Organization,
) -> None:
    page = open_context(
        **{**playwright_driver.devices["Pixel 5"], "java_script_enabled": False}
    ).new_page()
    sign_in(page, ground.make_coordinator(hub))
    page.goto("/places/new/")

    expect(page.locator("#place-map-part")).to_be_hidden()
    page.get_by_label("Organisme").select_option(label="La Marmite")
    page.get_by_label("Nom du lieu").fill("Porte écrite")
    page.get_by_label("Latitude").fill("45,55")
    page.get_by_label("Longitude").fill("-73,55")
    page.get_by_role("button", name="Enregistrer").click()

    place = Place.objects.get(name="Porte écrite")
    assert (place.latitude, place.longitude) == (45.55, -73.55)
