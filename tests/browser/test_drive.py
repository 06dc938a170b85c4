"""A driver's whole route on a phone without network, with a clock three hours wrong."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from hub.models import Person
from orders.models import ShipmentLine
from routing.models import Route, StopRecord, StopTap, TemperatureReading
from tests.factories import hub as ground
from tests.factories.driving import dispatched, make_town_day
from tests.factories.routing import make_plan

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Picture = Callable[..., None]
SignIn = Callable[..., None]

THREE_HOURS_AHEAD = """
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...parts) {
        if (parts.length) super(...parts); else super(RealDate.now() + 10800000);
      }
      static now() { return RealDate.now() + 10800000; }
    };
"""


@pytest.fixture
def route() -> Route:
    """One farm and three doors, for one truck that was sent out."""
    day = make_town_day()
    driver = ground.make_driver(day.vehicle.owner)
    return dispatched(make_plan(day), driver=driver).routes.get()


@pytest.fixture
def driver(route: Route) -> Person:
    assert route.driver is not None
    return route.driver


@pytest.fixture
def context(
    open_context: Callable[..., BrowserContext], playwright_driver: Any
) -> BrowserContext:
    """A phone in French whose clock is three hours ahead."""
    opened = open_context(**playwright_driver.devices["Pixel 5"])
    opened.add_init_script(THREE_HOURS_AHEAD)
    return opened


def address_of(route: Route) -> str:
    return f"/routing/mine/{route.plan.public_id}/{route.number}/drive/"


def opened(page: Page, route: Route) -> Page:
    page.goto(address_of(route))
    page.wait_for_selector("html[data-drive=ready]", state="attached")
    return page


def stop_of(page: Page, route: Route, sequence: int) -> Any:
    name = route.stops.get(sequence=sequence).public_id
    return page.locator(f"[data-stop='{name}']")


def line_of(page: Page) -> Any:
    return page.locator("[data-line]")


def wait_for_taps(number: int) -> None:
    end = time.monotonic() + 30
    while StopTap.objects.count() < number and time.monotonic() < end:
        time.sleep(0.2)
    assert StopTap.objects.count() == number


def drive_the_farm(page: Page, route: Route) -> None:
    """There, three and a half degrees, everything loaded, gone."""
    farm = stop_of(page, route, 1)
    farm.get_by_role("button", name="Je suis sur place").click()
    expect(line_of(page)).to_have_text(
        "Pas de réseau\u00a0: une saisie attend sur votre téléphone."
    )
    farm.get_by_label("Réfrigéré, en °C").fill("3,5")
    farm.get_by_role("button", name="C’est chargé").click()
    farm.get_by_role("button", name="Je repars").click()


def drive_the_first_door(page: Page, route: Route) -> None:
    """Two cases less, six degrees; another tab is opened there and says "gone"."""
    door = stop_of(page, route, 2)
    door.get_by_role("button", name="Je suis sur place").click()
    line = line_to(route, 2)
    door.locator(f"[name='units-{line.pk}']").fill(str(line.quantity - 2))
    door.get_by_label("Réfrigéré, en °C").fill("6")
    door.get_by_label("Reçu par").fill("Mireille")
    door.get_by_role("button", name="C’est livré").click()
    second = opened(page.context.new_page(), route)
    other = stop_of(second, route, 2)
    expect(other.locator("[data-status]")).to_have_text("Fait")
    other.get_by_role("button", name="Je repars").click()
    expect(door.locator("[data-status]")).to_have_text("Fait, reparti")


def drive_the_other_doors(page: Page, route: Route) -> None:
    """A tap by mistake, taken back, at a door that stays closed; then the last one."""
    third = stop_of(page, route, 3)
    third.get_by_role("button", name="C’est livré").click()
    third.locator("[data-kind=delivered]").get_by_role("button", name="Annuler").click()
    third.get_by_text("Un problème?").click()
    third.get_by_role("button", name="Porte fermée").click()
    third.get_by_role("button", name="Je repars").click()
    last = stop_of(page, route, 4)
    last.get_by_role("button", name="C’est livré").click()
    last.get_by_role("button", name="Je repars").click()


def line_to(route: Route, sequence: int) -> ShipmentLine:
    place = route.stops.get(sequence=sequence).place
    return ShipmentLine.objects.get(shipment__drop_point=place)


def assert_the_day_is_as_tapped(route: Route) -> None:
    records = StopRecord.objects.filter(stop__route=route).order_by("stop__sequence")
    lines = [line_to(route, sequence) for sequence in (2, 3, 4)]
    assert [each.status for each in records] == ["left", "left", "missed", "left"]
    assert [line.delivered for line in lines] == [
        lines[0].quantity - 2,
        0,
        lines[2].quantity,
    ]
    assert list(
        TemperatureReading.objects.order_by("record__stop__sequence").values_list(
            "kind", "temperature_class", "tenths_c", "is_too_warm"
        )
    ) == [("load", "chilled", 35, False), ("unload", "chilled", 60, True)]
    assert StopTap.objects.exclude(receiver="").get().receiver == "Mireille"


def test_a_whole_route_without_network_is_on_the_server_once(
    context: BrowserContext,
    sign_in: SignIn,
    axe_clean: Check,
    picture: Picture,
    guide_picture: Picture,
    route: Route,
    driver: Person,
) -> None:
    page = context.new_page()
    sign_in(page, driver)
    opened(page, route)
    expect(line_of(page)).to_have_text(
        "Cette tournée est sur votre téléphone\u00a0: elle fonctionne sans réseau."
    )
    assert axe_clean(page)
    picture(page, "drive-open")
    ready = "html[data-drive=ready]"
    guide_picture(page, "driver-start", ready=ready, at=".drive-state")
    door = f"[data-stop='{route.stops.get(sequence=2).public_id}']"
    guide_picture(page, "driver-stops", ready=ready, at=door, above=112)

    context.set_offline(True)
    drive_the_farm(page, route)
    expect(line_of(page)).to_contain_text("3 saisies")
    picture(page, "drive-offline")
    assert axe_clean(page)
    # The phone is locked, the browser closed; it opens again without network.
    opened(page, route)
    farm = stop_of(page, route, 1)
    expect(farm.locator("[data-status]")).to_have_text("Fait, reparti")
    expect(line_of(page)).to_contain_text("3 saisies")
    drive_the_first_door(page, route)
    drive_the_other_doors(page, route)
    expect(line_of(page)).to_contain_text("12 saisies")
    assert StopTap.objects.count() == 0
    picture(page, "drive-all-tapped")

    context.set_offline(False)
    wait_for_taps(12)
    expect(line_of(page)).to_contain_text("Cette tournée est sur votre téléphone")
    opened(page, route)
    picture(page, "drive-sent")
    assert axe_clean(page)
    assert StopTap.objects.count() == 12
    assert_the_day_is_as_tapped(route)
    # The phone said an hour that has not come yet; the server knows better.
    tap = StopTap.objects.order_by("device_seq")[0]
    assert tap.tapped_at - timezone.now() > timedelta(hours=2)
    assert timedelta() <= timezone.now() - tap.corrected_at < timedelta(minutes=5)


def test_the_coordination_follows_the_day_as_it_is_told(
    phone: Page,
    desktop: Page,
    sign_in: SignIn,
    axe_clean: Check,
    picture: Picture,
    guide_picture: Picture,
    route: Route,
    driver: Person,
) -> None:
    plan = route.plan
    sign_in(desktop, ground.make_coordinator(plan.pool.coordinator))
    desktop.goto(f"/routing/days/{plan.pool.public_id}/{plan.service_on}/road/")
    expect(desktop.locator("#road")).to_contain_text("Arrêts quittés\u00a0: 0 sur 4")
    sign_in(phone, driver)
    opened(phone, route)

    farm = stop_of(phone, route, 1)
    farm.get_by_label("Réfrigéré, en °C").fill("9")
    farm.get_by_role("button", name="C’est chargé").click()
    farm.get_by_role("button", name="Je repars").click()
    wait_for_taps(2)
    door = f"[data-stop='{route.stops.get(sequence=2).public_id}']"
    ready = "html[data-drive=ready]"
    guide_picture(phone, "driver-door", ready=ready, at=door, above=112)
    stop_of(phone, route, 2).get_by_text("Un problème?").click()
    stop_of(phone, route, 2).get_by_role("button", name="Porte fermée").click()
    wait_for_taps(3)

    expect(desktop.locator("#road")).to_contain_text("Arrêts quittés\u00a0: 1 sur 4")
    expect(desktop.locator("#road")).to_contain_text("trop chaud")
    expect(desktop.locator("#road")).to_contain_text("Porte fermée")
    guide_picture(desktop, "coordinator-road", at="#road section.card")
    assert axe_clean(desktop)
    picture(desktop, "drive-road")


def test_the_coordination_writes_for_a_driver_who_calls(
    phone: Page, sign_in: SignIn, axe_clean: Check, picture: Picture, route: Route
) -> None:
    plan = route.plan
    sign_in(phone, ground.make_coordinator(plan.pool.coordinator))
    phone.goto(f"/routing/days/{plan.pool.public_id}/{plan.service_on}/road/")
    phone.get_by_role("link", name="Noter pour la personne au volant").click()
    farm = stop_of(phone, route, 1)
    farm.get_by_role("button", name="Le camion y était").click()
    farm = stop_of(phone, route, 1)
    farm.locator("input[name^=units-]").first.fill("1")
    picture(phone, "tell")
    farm.get_by_role("button", name="C’est chargé").click()

    expect(stop_of(phone, route, 1)).to_contain_text("Chargé")
    assert axe_clean(phone)
    assert StopTap.objects.count() == 2


def test_a_session_that_ended_keeps_the_taps_until_the_driver_is_back(
    context: BrowserContext, sign_in: SignIn, route: Route, driver: Person
) -> None:
    page = context.new_page()
    sign_in(page, driver)
    opened(page, route)
    context.set_offline(True)
    stop_of(page, route, 1).get_by_role("button", name="Je suis sur place").click()
    Session.objects.all().delete()

    context.set_offline(False)
    expect(line_of(page)).to_contain_text("Reconnectez-vous")
    expect(page.get_by_role("link", name="Se reconnecter")).to_be_visible()
    assert StopTap.objects.count() == 0

    sign_in(page, driver)
    opened(page, route)
    wait_for_taps(1)
    expect(line_of(page)).to_contain_text("Cette tournée est sur votre téléphone")


def is_kept(page: Page, route: Route) -> bool:
    found = page.evaluate(
        "async (url) => Boolean(await caches.match(url))", address_of(route)
    )
    return bool(found)


@pytest.mark.parametrize("how", ["signs_out_elsewhere", "session_ends"])
def test_the_route_leaves_the_phone_with_the_session_of_its_driver(
    context: BrowserContext, sign_in: SignIn, route: Route, driver: Person, how: str
) -> None:
    page = context.new_page()
    sign_in(page, driver)
    opened(page, route)
    expect(line_of(page)).to_contain_text("Cette tournée est sur votre téléphone")
    was_kept = is_kept(page, route)

    if how == "signs_out_elsewhere":
        page.goto("/help/")
        page.get_by_role("button", name="Se déconnecter").click()
        expect(page.get_by_role("button", name="Se déconnecter")).to_have_count(0)
    else:
        Session.objects.all().delete()
        page.goto(address_of(route))

    assert (was_kept, is_kept(page, route)) == (True, False)


def test_a_temperature_that_is_none_is_told_and_the_rest_is_kept(
    context: BrowserContext, sign_in: SignIn, route: Route, driver: Person
) -> None:
    page = context.new_page()
    sign_in(page, driver)
    opened(page, route)
    farm = stop_of(page, route, 1)
    farm.get_by_label("Réfrigéré, en °C").fill("75")

    farm.get_by_role("button", name="C’est chargé").click()
    farm.get_by_role("button", name="Je suis sur place").click()

    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("«\u00a075\u00a0» n’est pas une température")
    wait_for_taps(1)
    refusal.get_by_role("button", name="Compris").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    farm.get_by_label("Réfrigéré, en °C").fill("4")
    farm.get_by_role("button", name="C’est chargé").click()
    wait_for_taps(2)


def test_without_javascript_the_buttons_are_forms(
    open_context: Callable[..., BrowserContext],
    playwright_driver: Any,
    sign_in: SignIn,
    picture: Picture,
    route: Route,
    driver: Person,
) -> None:
    page = open_context(
        **{**playwright_driver.devices["Pixel 5"], "java_script_enabled": False}
    ).new_page()
    sign_in(page, driver)
    page.goto(address_of(route))
    farm = stop_of(page, route, 1)

    farm.get_by_role("button", name="Je suis sur place").click()
    farm.get_by_label("Réfrigéré, en °C").fill("-0,5")
    farm.get_by_role("button", name="C’est chargé").click()
    picture(page, "drive-without-javascript")
    farm.locator("[data-kind=arrived]").get_by_role("button", name="Annuler").click()
    farm.get_by_role("button", name="Je repars").click()

    record = StopRecord.objects.get()
    assert (record.status, record.arrived_at, StopTap.objects.count()) == (
        "left",
        None,
        4,
    )
    assert TemperatureReading.objects.get().tenths_c == -5
