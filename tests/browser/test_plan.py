"""The day, its search, its plan and its routes: on a phone, on a desk, both tongues."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from hub.models import Job, Organization, Place
from orders import services as order_services
from routing import selectors, services, tasks
from routing.models import Plan
from tests.factories import hub as ground
from tests.factories.routing import PlanDay, make_plan, make_pool, make_vehicle
from tests.factories.week import NOW, make_stock, make_week, order

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Reading = Callable[[Page, str], None]
Picture = Callable[[Page, str], None]
SignIn = Callable[..., None]

DOORS = {
    "Cuisine collective Hochelaga": (45.5490, -73.5420),
    "Marché solidaire Maisonneuve": (45.5545, -73.5560),
    "Maison de quartier Rosemont": (45.5580, -73.5800),
    "CPE du Parc": (45.5720, -73.5500),
    "École Louis-Riel": (45.5890, -73.5600),
}


@pytest.fixture
def day() -> PlanDay:
    """One farm, five doors, and two trucks out for too short to carry everything."""
    week = make_week(fund_cents=100_000)
    Organization.objects.filter(pk=week.hub.pk).update(name="Pôle de l’Est")
    Organization.objects.filter(pk=week.farm.pk).update(name="Ferme des Trois Rangs")
    Place.objects.filter(organization=week.farm).update(name="Ferme des Trois Rangs")
    carrots = make_stock(week, quantity=400)
    for number, (name, point) in enumerate(DOORS.items()):
        buyer = ground.make_buyer(name, hub=week.hub)
        door = ground.make_place(buyer, name=name, point=point)
        wants = {carrots.offer.public_id: 18 + 4 * number}
        order(week, wants, buyer=buyer, drop_point=door)
    order_services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    pool = make_pool(week.hub)
    depot = ground.make_place(
        week.hub, kind=Place.Kind.HUB, name="Quai du pôle", point=(45.5610, -73.5440)
    )
    hours: dict[str, Any] = {"shift_start_s": 7 * 3_600, "shift_end_s": 10 * 3_600}
    make_vehicle(
        pool, home=depot, name="Cube 1", holds={"chilled": (700, 3_000)}, **hours
    )
    vehicle = make_vehicle(
        pool,
        home=depot,
        name="Fourgon 2",
        holds={"frozen": (200, 800), "chilled": (480, 2_400)},
        **hours,
    )
    return PlanDay(week=week, pool=pool, vehicle=vehicle)


@pytest.fixture
def worker() -> Iterator[Callable[[], None]]:
    """Takes the next planning from its row, as a worker takes its message."""
    with ThreadPoolExecutor(max_workers=1) as pool:

        def start() -> None:
            pool.submit(work_on_the_next_job)

        yield start


def work_on_the_next_job() -> None:
    end = time.monotonic() + 60
    try:
        while time.monotonic() < end:
            if job := Job.objects.filter(state="queued").first():
                tasks.plan(job.pk)
                return
            time.sleep(0.2)
    finally:
        connections.close_all()


def day_page(day: PlanDay) -> str:
    return f"/routing/days/{day.pool.public_id}/{day.service_on}/"


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_every_page_of_the_trucks_is_clean_on_a_phone(
    phone: Page,
    sign_in: SignIn,
    read_in: Reading,
    axe_clean: Check,
    picture: Picture,
    day: PlanDay,
    language: str,
) -> None:
    plan = make_plan(day)
    sign_in(phone, ground.make_coordinator(day.week.hub))
    read_in(phone, language)
    pages = {
        "days": "/routing/",
        "day": day_page(day),
        "plan": f"/routing/plans/{plan.public_id}/",
        "pools": "/routing/trucks/",
        "pool": f"/routing/trucks/pools/{day.pool.public_id}/",
        "join": "/routing/trucks/pools/join/",
        "vehicle": f"/routing/trucks/vehicles/{day.vehicle.public_id}/",
        "closing": f"/routing/closing/{day.week.cycle.public_id}/",
        "panel": "/routing/today/",
    }

    for name, address in pages.items():
        phone.goto(address)
        if name == "plan":
            expect(phone.locator("#plan-map .pin").first).to_be_visible()
        picture(phone, f"routing-{name}-phone-{language}")
        assert axe_clean(phone)


def test_the_plan_on_a_desk_has_one_mark_per_stop_on_list_and_map(
    desktop: Page,
    sign_in: SignIn,
    axe_clean: Check,
    picture: Picture,
    guide_picture: Callable[..., None],
    day: PlanDay,
) -> None:
    plan = make_plan(day)
    sign_in(desktop, ground.make_coordinator(day.week.hub))

    desktop.goto(f"/routing/plans/{plan.public_id}/")

    expect(desktop.locator("#plan-map path.street").first).to_be_attached()
    on_list = desktop.locator(".stops .mark:not(.mark--home)").all_inner_texts()
    on_map = desktop.locator("#plan-map .mark:not(.mark--home)").all_inner_texts()
    picture(desktop, "routing-plan-desk")
    ready = "#plan-map path.street"
    guide_picture(desktop, "coordinator-plan", ready=ready, at="#map-title")
    assert sorted(" ".join(on_map).split()) == sorted(on_list)
    assert axe_clean(desktop)


def test_drivers_read_their_route_on_a_phone(
    phone: Page,
    sign_in: SignIn,
    axe_clean: Check,
    picture: Picture,
    day: PlanDay,
) -> None:
    plan = services.publish_plan(plan=make_plan(day), by=None, now=NOW)
    route = plan.routes.get(number=1)
    sign_in(phone, ground.make_driver(route.vehicle.owner))

    phone.goto("/routing/mine/")
    picture(phone, "routing-mine-phone")
    assert axe_clean(phone)
    phone.goto(f"/routing/mine/{plan.public_id}/1/")
    picture(phone, "routing-route-phone")
    assert axe_clean(phone)


def test_a_search_is_watched_until_its_plan_opens_by_itself(
    phone: Page,
    sign_in: SignIn,
    axe_clean: Check,
    picture: Picture,
    worker: Callable[[], None],
    day: PlanDay,
) -> None:
    sign_in(phone, ground.make_coordinator(day.week.hub))
    worker()
    phone.goto(day_page(day))

    phone.get_by_label("Chercher pendant").select_option("5")
    phone.get_by_role("button", name="Planifier la journée").click()
    expect(phone.get_by_text("Meilleur coût jusqu’ici")).to_be_visible(timeout=60_000)
    picture(phone, "routing-search-phone")
    assert axe_clean(phone)
    phone.wait_for_url("**/routing/plans/*/", timeout=60_000)
    phone.get_by_role("button", name="Publier ce plan").click()

    expect(phone.get_by_text("Le plan est publié")).to_be_visible()
    assert Plan.objects.get().status == "published"


def pressed(page: Page) -> list[str]:
    return page.locator("[data-look][aria-pressed=true]").all_inner_texts()


def marks_in_sight(page: Page) -> set[str]:
    """The marks that stand inside the frame of the map and are shown."""
    frame = page.locator("#plan-map").bounding_box()
    assert frame is not None
    found = set()
    for mark in page.locator("#plan-map .mark:not(.mark--home)").all():
        box = mark.bounding_box()
        if not (box and mark.is_visible()):
            continue
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if (
            0 < middle[0] - frame["x"] < frame["width"]
            and 0 < middle[1] - frame["y"] < frame["height"]
        ):
            found |= set(mark.inner_text().split())
    return found


def test_the_map_looks_at_the_town_or_at_one_truck_by_the_keyboard(
    phone: Page,
    sign_in: SignIn,
    axe_clean: Check,
    picture: Picture,
    day: PlanDay,
) -> None:
    plan = make_plan(day)
    sheets = selectors.route_sheets(plan.routes.all())
    doors = {s.mark for sheet in sheets for s in sheet.stops if s.unloads}
    everywhere = {s.mark for sheet in sheets for s in sheet.stops}
    sign_in(phone, ground.make_coordinator(day.week.hub))
    phone.goto(f"/routing/plans/{plan.public_id}/")
    expect(phone.locator("#plan-map .pin").first).to_be_visible()
    assert (pressed(phone), marks_in_sight(phone)) == (["Tout"], everywhere)

    phone.get_by_role("button", name="En ville").focus()
    phone.keyboard.press("Enter")
    assert (pressed(phone), marks_in_sight(phone)) == (["En ville"], doors)
    picture(phone, "map-town-phone")
    assert axe_clean(phone)

    second = sheets[1]
    phone.get_by_role("button", name=second.route.vehicle.name).focus()
    phone.keyboard.press("Space")
    first_doors = {stop.mark for stop in sheets[0].stops if stop.unloads}
    assert marks_in_sight(phone) >= {stop.mark for stop in second.stops}
    assert marks_in_sight(phone) & first_doors == set()
    picture(phone, "map-truck-phone")
    assert axe_clean(phone)

    phone.get_by_role("button", name="Tout", exact=True).click()
    assert (pressed(phone), marks_in_sight(phone)) == (["Tout"], everywhere)
