"""The whole truck day in French: planned, adjusted, driven without network, settled.

The coordination sits at a desk, the driver holds a phone, the farm and a group read
what came of it. Everything is pressed on pages.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from hub.models import Person
from hub.templatetags.words import money
from orders.models import Invoice
from producers.models import Product, Variant
from routing.models import Plan, Route
from tests.browser.test_drive import line_of, opened, stop_of, wait_for_taps
from tests.browser.test_plan import work_on_the_next_job
from tests.factories import hub as ground
from tests.factories.driving import TOWN, make_town_day
from tests.factories.routing import PlanDay, give_papers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Picture = Callable[[Page, str], None]
Show = Callable[..., None]
SignIn = Callable[..., None]
CASE_CENTS, FARM_CENTS = 1_250, 1_000
SHORT = 2
"""Cases that the first door did not get."""


@dataclass(frozen=True)
class Walk:
    """A desk and a phone; every page they stop at is checked."""

    desk: Page
    phone: Page
    enter: SignIn
    is_clean: Check
    keep: Picture

    def sits(self, person: Person, address: str) -> None:
        self.enter(self.desk, person)
        self.desk.goto(address)

    def presses(self, name: str, *, role: str = "button") -> None:
        self.desk.get_by_role(role, name=name).first.click()  # type: ignore[arg-type] # a role of ARIA

    def stops(self, page: Page, name: str) -> None:
        self.keep(page, f"loop-{name}")
        assert self.is_clean(page)


@pytest.fixture
def day() -> PlanDay:
    """Its goods have a name of the field: what is billed keeps the name it had."""
    day = make_town_day()
    Product.objects.update(name_fr="Carottes nantaises")
    Variant.objects.update(label_fr="caisse 10 kg")
    return day


@pytest.fixture
def worker() -> Iterator[Callable[[], None]]:
    """Takes the next planning from its row, as a worker takes its message."""
    with ThreadPoolExecutor(max_workers=1) as pool:

        def start() -> None:
            pool.submit(work_on_the_next_job)

        yield start


def day_page(day: PlanDay) -> str:
    return f"/routing/days/{day.pool.public_id}/{day.service_on}/"


def plans_the_day(walk: Walk) -> Plan:
    """Search for five seconds; the plan opens by itself."""
    walk.desk.get_by_label("Chercher pendant").select_option("5")
    walk.presses("Planifier la journée")
    walk.desk.wait_for_url("**/routing/plans/*/", timeout=60_000)
    walk.stops(walk.desk, "plan")
    return Plan.objects.get()


def moves_a_stop(walk: Walk) -> Plan:
    """The first door is served one turn later; then the plan is published."""
    walk.presses("Ajuster à la main")
    stops = walk.desk.locator(".board__stop h3")
    moved = stops.nth(1).inner_text()
    walk.presses(f"Descendre {moved}")
    expect(stops.nth(2)).to_have_text(moved)
    walk.stops(walk.desk, "board")
    walk.presses("Publier ce plan")
    expect(walk.desk.get_by_text("Le plan est publié")).to_be_visible()
    plan = Plan.objects.get(status="published")
    assert plan.routes.get().stops.get(sequence=3).place.name == moved
    return plan


def lets_the_truck_leave(walk: Walk) -> None:
    walk.stops(walk.desk, "published")
    walk.presses("Lancer les camions")
    expect(walk.desk.get_by_text("Les camions partent d’après ce plan")).to_be_visible()


def drives_without_network(walk: Walk, route: Route) -> None:
    """Everything is tapped out of reach; the first door gets two cases less."""
    phone = opened(walk.phone, route)
    expect(line_of(phone)).to_contain_text("Cette tournée est sur votre téléphone")
    walk.stops(phone, "drive")
    phone.context.set_offline(True)
    farm = stop_of(phone, route, 1)
    farm.get_by_role("button", name="Je suis sur place").click()
    farm.get_by_label("Réfrigéré, en °C").fill("3,5")
    farm.get_by_role("button", name="C’est chargé").click()
    farm.get_by_role("button", name="Je repars").click()
    for sequence in (2, 3, 4):
        door = stop_of(phone, route, sequence)
        door.get_by_role("button", name="Je suis sur place").click()
        if sequence == 2:
            units = door.locator("[data-kind=delivered] input[name^=units-]")
            units.fill(str(int(units.input_value()) - SHORT))
            door.get_by_label("Réfrigéré, en °C").fill("4")
            door.get_by_label("Reçu par").fill("Mireille")
        door.get_by_role("button", name="C’est livré").click()
        door.get_by_role("button", name="Je repars").click()
    expect(line_of(phone)).to_contain_text("12 saisies")
    walk.stops(phone, "drive-offline")
    phone.context.set_offline(False)
    wait_for_taps(12)
    expect(line_of(phone)).to_contain_text("Cette tournée est sur votre téléphone")


def settles_the_day(walk: Walk, day: PlanDay, guide_picture: Show) -> None:
    walk.desk.goto(f"{day_page(day)}road/")
    expect(walk.desk.locator("#road")).to_contain_text("Arrêts quittés\u00a0: 4 sur 4")
    walk.stops(walk.desk, "road")
    walk.desk.goto(day_page(day))
    walk.presses("Régler la journée", role="link")
    walk.stops(walk.desk, "settle")
    walk.presses("Régler la journée")
    expect(walk.desk.get_by_text("La journée est réglée")).to_be_visible()
    guide_picture(walk.desk, "coordinator-settled", at=".page-head")
    walk.stops(walk.desk, "settled")


def reads_the_invoices(walk: Walk, cases: dict[str, int]) -> None:
    """Each group pays what it was brought, and its invoice says how much that is."""
    walk.desk.goto("/orders/invoices/")
    walk.stops(walk.desk, "invoices")
    rows = walk.desk.locator("tbody tr")
    expect(rows).to_have_count(len(cases))
    with translation.override("fr-ca"):
        for name, number in cases.items():
            expect(rows.filter(has_text=name)).to_contain_text(
                money(number * CASE_CENTS)
            )
    invoice = Invoice.objects.get(buyer__name=min(cases, key=cases.__getitem__))
    walk.desk.goto(f"/orders/invoice/{invoice.public_id}/")
    quantity = walk.desk.locator("td[data-label='Quantité']")
    expect(quantity).to_have_text(str(min(cases.values())))
    walk.stops(walk.desk, "invoice")


def reads_the_statement(
    walk: Walk, day: PlanDay, cases: dict[str, int], guide_picture: Show
) -> None:
    """The farm is owed what was delivered, line by line and in sum."""
    walk.enter(walk.phone, ground.make_producer(day.week.farm))
    walk.phone.goto("/orders/statements/")
    with translation.override("fr-ca"):
        owed = money(sum(cases.values()) * FARM_CENTS)
    expect(walk.phone.locator(".big-number")).to_have_text(owed)
    walk.phone.locator("tbody th a").click()
    guide_picture(walk.phone, "farm-statement", at="main table")
    walk.stops(walk.phone, "statement")
    quantities = walk.phone.locator("td[data-label='Quantité']").all_inner_texts()
    assert sorted(map(int, quantities)) == sorted(cases.values())
    expect(walk.phone.locator(".parts .sum td")).to_have_text(owed)


def reads_the_results(walk: Walk, day: PlanDay, guide_picture: Show) -> None:
    """Who funds the hub reads what the day came to, without a name."""
    funder = ground.make_organization("funder", hub=day.week.hub)
    on = f"{day.service_on:%Y-%m-%d}"
    walk.sits(ground.make_member(funder, "funder"), f"/results/?since={on}&until={on}")
    expect(walk.desk.get_by_text("Une journée réglée.")).to_be_visible()
    guide_picture(walk.desk, "funder-results", at="main .grid")
    walk.stops(walk.desk, "results")


def delivered_by_door(route: Route) -> dict[str, int]:
    """What was ordered at each door, less the two cases of the first one driven to."""
    cases = {name: 4 + number for number, name in enumerate(TOWN)}
    cases[route.stops.get(sequence=2).place.name] -= SHORT
    return cases


@pytest.mark.timeout(180)
def test_a_truck_day_from_the_search_to_the_statements(
    desktop: Page,
    phone: Page,
    sign_in: SignIn,
    axe_clean: Check,
    picture: Picture,
    guide_picture: Show,
    worker: Callable[[], None],
    day: PlanDay,
) -> None:
    walk = Walk(desktop, phone, sign_in, axe_clean, picture)
    driver = ground.make_driver(day.vehicle.owner)
    worker()
    walk.sits(ground.make_coordinator(day.week.hub), day_page(day))
    walk.stops(desktop, "day")
    plans_the_day(walk)
    plan = moves_a_stop(walk)
    give_papers(plan, driver=driver)
    lets_the_truck_leave(walk)

    route = plan.routes.get()
    sign_in(phone, driver)
    drives_without_network(walk, route)
    settles_the_day(walk, day, guide_picture)

    cases = delivered_by_door(route)
    reads_the_invoices(walk, cases)
    reads_the_statement(walk, day, cases, guide_picture)
    reads_the_results(walk, day, guide_picture)

    billed_cents = sum(Invoice.objects.values_list("buyer_cents", flat=True))
    assert billed_cents == sum(cases.values()) * CASE_CENTS
