"""The week in a real browser, at phone size: farm, group, coordination, drivers' plan.

Everything is pressed on pages; the plan is searched by a real Celery worker, a process
of its own that takes its messages from files and works on the test database.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

import config.celery
from config.demo import database
from hub.models import Person
from hub.templatetags.words import day, distance, money
from orders.models import OrderLine
from producers.models import Availability
from routing.models import Plan, Stop
from tests.factories.market import Market, make_market

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
ROOT = Path(__file__).resolve().parents[2]

Check = Callable[[Page], bool]
Reading = Callable[[Page, str], None]
Picture = Callable[..., None]
SignIn = Callable[[Page, Person], None]
DELIVERY = timezone.localdate() + timedelta(days=3)


@pytest.fixture
def market() -> Market:
    return make_market()


@pytest.fixture
def worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, market: Market
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker over files, on the test database; this process sends to the same."""
    messages = str(tmp_path / "messages")
    options = {"data_folder_in": messages, "data_folder_out": messages}
    options["control_folder"] = str(tmp_path / "control")
    for folder in set(options.values()):
        Path(folder).mkdir()
    app = config.celery.app
    kept = app.conf.broker_transport_options
    app.conf.update(broker_transport_options=options)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "config.celery"]
    command += ["worker", "-c", "1", "--without-gossip", "--without-mingle"]
    environment = {
        **os.environ,
        "DATABASE_URL": address_of("default"),
        "DATABASE_OWNER_URL": address_of("owner"),
        "BROKER_URL": "",
        "BROKER_FOLDER": str(tmp_path),
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [*command, "-l", "WARNING"], cwd=ROOT, env=environment, start_new_session=True
    )
    yield process
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    app.conf.update(broker_transport_options=kept)


def address_of(alias: str) -> str:
    """The test database, as the worker reaches it under one of our roles."""
    return database.address_of(alias, connections[alias].settings_dict["NAME"])


@dataclass(frozen=True)
class Walk:
    """One phone that passes from hand to hand; every page it stops at is checked."""

    page: Page
    enter: SignIn
    is_clean: Check
    keep: Picture

    def takes(self, person: Person) -> None:
        """A person takes the phone and begins at their day."""
        self.enter(self.page, person)
        self.page.goto("/today/")
        self.stops("today")

    def presses(self, name: str | re.Pattern[str], *, role: Any = "button") -> None:
        """Press the button, or follow the link, that bears these words."""
        self.page.get_by_role(role, name=name).first.click()

    def stops(self, name: str) -> None:
        """Look at the page: no breach of WCAG 2.2 AA, kept as a picture if asked."""
        self.page.wait_for_load_state("networkidle")
        self.keep(self.page, f"flow-{name}")
        assert self.is_clean(self.page)


def opens_a_cycle(walk: Walk) -> None:
    walk.presses("Menu")
    walk.presses("Cycles", role="link")
    walk.presses("Préparer un cycle", role="link")
    now = timezone.localtime()
    moments = {
        "Nom": "Jeudi des paniers",
        "Ouverture": f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "Fermeture": f"{now + timedelta(days=1):%Y-%m-%dT%H:%M}",
        "Livraison le": f"{DELIVERY}",
    }
    for label, moment in moments.items():
        walk.page.get_by_label(label).fill(moment)
    walk.stops("cycle-new")
    walk.presses("Préparer une ébauche")
    walk.presses("Ouvrir maintenant")
    expect(walk.page.get_by_text("Ouvert", exact=True)).to_be_visible()
    walk.stops("cycle-open")


def fills_the_grid(walk: Walk) -> None:
    walk.presses("Ma semaine", role="link")
    walk.page.get_by_label("Quantité, Carottes nantaises").fill("20")
    walk.page.get_by_label("Prix, Carottes nantaises").fill("20,50")
    walk.page.get_by_label("Lot, Carottes nantaises").fill("L-24")
    walk.page.keyboard.press("Tab")
    expect(walk.page.locator("[data-state]")).to_have_text("✓ Enregistré")
    expect(walk.page.locator("[data-expected]")).to_have_text("410,00\u00a0$")
    walk.stops("grid")


def orders_carrots(walk: Walk, *, cases: int) -> None:
    walk.presses("Commander", role="link")
    walk.presses("Choisir des produits")
    walk.page.get_by_label("Quantité Carottes nantaises").fill(str(cases))
    walk.page.keyboard.press("Tab")
    expect(walk.page.locator("#basket-bar")).to_contain_text("1 produit")
    walk.stops("list")
    walk.presses("Voir le panier", role="link")
    walk.page.get_by_label("Prix solidaire").check()
    expect(walk.page.locator("#basket-totals")).to_contain_text(
        "Le fonds de solidarité"
    )
    walk.stops("basket")
    walk.presses("Vérifier et confirmer")
    walk.stops("confirm")
    walk.presses(re.compile("Confirmer pour"))
    expect(walk.page.get_by_text("La commande est confirmée.")).to_be_visible()
    walk.stops("order")


def closes_the_cycle(walk: Walk) -> None:
    """Close before the hour; the worker shares the goods out."""
    walk.presses("Jeudi des paniers", role="link")
    walk.presses("Le fermer maintenant", role="link")
    walk.stops("closing")
    walk.presses("Fermer maintenant")
    expect(walk.page.get_by_role("link", name="Planifier les camions")).to_be_visible()
    walk.stops("closed")
    walk.presses("Planifier les camions", role="link")
    walk.stops("days")


def plans_the_day(walk: Walk) -> None:
    """Ask for ten seconds, watch the search move, and stop it keeping the best."""
    with translation.override("fr-ca"):
        walk.presses(day(DELIVERY), role="link")
    walk.stops("day")
    walk.presses("Planifier la journée")
    searched = walk.page.locator("#planning progress[value]")
    expect(searched).to_be_visible()
    first = searched.get_attribute("value")
    expect(searched).not_to_have_attribute("value", str(first))
    walk.presses("Arrêter et garder le meilleur")
    walk.page.wait_for_url("**/routing/plans/**")


def reads_the_plan(walk: Walk, plan: Plan) -> None:
    """The map bears one mark a stop; page and rows say the same."""
    stops = Stop.objects.filter(route__plan=plan)
    expect(walk.page.locator("#plan-map .leaflet-marker-icon .mark--1")).to_have_count(
        stops.count()
    )
    marks = walk.page.locator("ol.stops .stop__mark:not(.mark--home)")
    assert marks.all_inner_texts() == [f"A{stop.sequence}" for stop in stops]
    with translation.override("fr-ca"):
        figures = walk.page.locator(".figures")
        expect(figures).to_contain_text(money(plan.cost_cents))
        expect(figures).to_contain_text(distance(plan.distance_m))
    walk.stops("plan")


def test_a_week_on_phones_from_the_grid_to_the_published_plan(
    phone: Page,
    sign_in: SignIn,
    read_in: Reading,
    axe_clean: Check,
    picture: Picture,
    guide_picture: Picture,
    market: Market,
    worker: subprocess.Popen[bytes],
) -> None:
    walk = Walk(phone, sign_in, axe_clean, picture)
    walk.takes(market.people["ana"])
    guide_picture(phone, "coordinator-today", at=".page-head")
    opens_a_cycle(walk)
    walk.takes(market.people["lea"])
    fills_the_grid(walk)
    walk.takes(market.people["mia"])
    orders_carrots(walk, cases=4)
    walk.takes(market.people["ana"])
    closes_the_cycle(walk)
    plans_the_day(walk)
    plan = Plan.objects.get()
    reads_the_plan(walk, plan)
    walk.presses("Publier ce plan")
    expect(phone.get_by_text("Le plan est publié")).to_be_visible()
    read_in(phone, "en")
    phone.reload()
    walk.stops("plan-en")

    plan.refresh_from_db()
    line = OrderLine.objects.get()
    row = Availability.objects.get()
    assert (row.quantity, row.reserved, row.price_cents) == (20, 4, 2_050)
    assert (line.ordered, line.allocated, line.farm_cents) == (4, 4, 8_200)
    assert (plan.status, worker.poll()) == ("published", None)
