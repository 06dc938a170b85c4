"""One real week through its pages, from the farms' grids to the plan of the trucks.

Amounts are those of `make_market`: a case of carrots at full price is 24,00 $, a bag
of berries 11,70 $; the solidarity price is 80 % of it and the fund adds the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import Settings

from hub.ledger.audit import audit
from hub.models import Cycle, Job
from hub.templatetags.words import distance, duration, money
from orders.models import Basket, Order, OrderLine, Shipment
from pricing import selectors as pricing
from producers.models import Availability, Offer
from routing import tasks
from routing.models import Plan, Stop
from tests.factories.hub import MONDAY
from tests.factories.market import Market, make_market
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db
TUESDAY_AT_TEN = NOW
THURSDAY = MONDAY + timedelta(days=3)
BUYERS = {"mia": "kitchen", "rose": "nursery", "tom": "market"}


@pytest.fixture(autouse=True)
def _on_tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY_AT_TEN):
        yield


@dataclass
class Story:
    """A market, everyone before a browser of their own, and what they do there."""

    market: Market
    browsers: dict[str, Client]

    def reads(self, who: str, address: str) -> str:
        """The words of a page in French, in single spaces."""
        page = self.browsers[who].get(address, follow=True)
        assert (address, page.status_code) == (address, 200)
        return plain(page.content.decode())

    def sends(self, who: str, address: str, **fields: Any) -> str:
        """Press a button; the words of the page it leads to."""
        page = self.browsers[who].post(address, fields, follow=True)
        assert (address, page.status_code) == (address, 200)
        return plain(page.content.decode())

    def opens_a_cycle(self, name: str) -> Cycle:
        """Ana prepares a cycle for Thursday, and opens it."""
        self.sends(
            "ana",
            "/cycles/new/",
            name=name,
            opens_at="2026-06-15T08:00",
            closes_at="2026-06-17T12:00",
            service_on="2026-06-18",
            flow="direct",
        )
        cycle = Cycle.objects.get(name=name)
        self.sends("ana", f"/cycles/{cycle.public_id}/open/")
        return cycle

    def posts(self, who: str, offer: Offer, *, quantity: str, price: str) -> str:
        """A farm answers its grid of the week."""
        farm = offer.variant.product.producer
        address = reverse("producers:grid", args=[farm.public_id, MONDAY])
        fields = {
            f"quantity-{offer.public_id}": quantity,
            f"price-{offer.public_id}": price,
            f"lot-{offer.public_id}": "L-24",
        }
        return self.sends(who, address, **fields)

    def orders(
        self, who: str, cycle: Cycle, wants: dict[Offer, int], *, tier: str
    ) -> str:
        """A buyer fills a basket in a cycle and confirms it."""
        self.sends(who, f"/orders/cycle/{cycle.public_id}/open/")
        return self.confirms(who, wants, tier=tier)

    def confirms(self, who: str, wants: dict[Offer, int], *, tier: str) -> str:
        """The buyer's basket gets its quantities and terms, then is confirmed."""
        buyer = BUYERS[who]
        basket = Basket.objects.get(buyer=self.market.buyers[buyer], is_done=False)
        address = f"/orders/basket/{basket.public_id}"
        typed = {f"q-{offer.public_id}": str(num) for offer, num in wants.items()}
        self.sends(who, f"{address}/list/", **typed)
        door = self.market.doors[buyer].public_id
        self.sends(who, f"{address}/", tier_code=tier, drop_point=door)
        page = self.browsers[who].get(f"{address}/confirm/").content.decode()
        seen = dict(re.findall(r'name="(seen|total)" value="([^"]*)"', page))
        return self.sends(who, f"{address}/confirm/", **seen)

    def changes(self, who: str, wants: dict[Offer, int], *, tier: str) -> str:
        """A buyer takes a confirmed order up again, and confirms the change."""
        self.sends(who, f"/orders/order/{self.order_of(who).public_id}/change/")
        return self.confirms(who, wants, tier=tier)

    def cancels(self, who: str) -> str:
        """A buyer gives a confirmed order up."""
        return self.sends(who, f"/orders/order/{self.order_of(who).public_id}/cancel/")

    def order_of(self, who: str) -> Order:
        """The order a buyer has confirmed."""
        return Order.objects.get(buyer=self.market.buyers[BUYERS[who]])

    def closes(self, cycle: Cycle) -> str:
        """Ana closes a cycle; a worker shares the goods out."""
        address = f"/routing/closing/{cycle.public_id}/"
        self.sends("ana", f"{address}close")
        tasks.close_cycle(Job.objects.get(state="queued").pk)
        return self.reads("ana", address)

    def plans(self) -> Plan:
        """Ana asks for a plan of Thursday; a worker searches for it."""
        day = reverse("routing:day", args=[self.market.pool.public_id, THURSDAY])
        self.sends("ana", f"{day}propose", seconds=2, key=f"k{Plan.objects.count()}")
        tasks.plan(Job.objects.get(state="queued").pk)
        return Plan.objects.latest("pk")

    def publishes(self, plan: Plan) -> str:
        """Ana publishes a plan, if she may."""
        return self.sends("ana", f"/routing/plans/{plan.public_id}/publish")

    def fund_cents(self) -> tuple[int, int]:
        """What the solidarity fund has free, and what it holds for orders."""
        state = pricing.fund_state(fund=self.market.lot.fund, on=MONDAY)
        return state.free_cents, state.held_cents


@pytest.fixture
def story(settings: Settings) -> Story:
    settings.SOLVER_TIME_LIMIT_S = 2
    market = make_market()
    browsers = {name: Client() for name in market.people}
    for name, person in market.people.items():
        browsers[name].force_login(person)
    return Story(market, browsers)


def plain(page: str) -> str:
    """The words of a page in single spaces, amounts as they are read."""
    words = re.sub(r"(?s)<script.*?</script>|<[^>]*>", " ", page).replace("\u00a0", " ")
    return " ".join(unescape(words).split())


def stock(offer: Offer) -> tuple[int, int, int]:
    """What a farm posted for the week, what of it is promised, what it lacks."""
    row = Availability.objects.get(offer=offer, week_on=MONDAY)
    return row.quantity, row.reserved, row.short_quantity


def given(cycle: Cycle) -> list[tuple[str, int, int | None]]:
    """Each line of a cycle's orders: product, ordered, allocated."""
    lines = OrderLine.objects.filter(order__cycle=cycle).exclude(
        order__status="cancelled"
    )
    return [
        (str(line.offer), line.ordered, line.allocated)
        for line in lines.order_by("order", "pk")
    ]


def shipped(cycle: Cycle) -> list[tuple[str, int]]:
    """Each shipment of a cycle with its grams."""
    rows = Shipment.objects.filter(cycle=cycle)
    return sorted((str(row), sum(a.mass_g for a in row.amounts.all())) for row in rows)


def figures(plan: Plan) -> str:
    """The summary that the page of a plan must show, from its rows alone."""
    routes, stops = plan.routes.all(), Stop.objects.filter(route__plan=plan)
    assert plan.cost_cents == sum(route.cost_cents for route in routes)
    assert plan.distance_m == sum(route.distance_m for route in routes)
    with translation.override("fr-ca"):
        shown = (
            f"Coût {money(plan.cost_cents)} Distance {distance(plan.distance_m)}"
            f" Durée {duration(plan.duration_s)} Tournées {len(routes)}"
            f" Arrêts {len(stops)} Laissées de côté {plan.unserved.count()}"
        )
    return plain(shown)


def test_a_week_from_the_grid_to_the_published_plan(story: Story) -> None:
    carrots, berries = story.market.carrots, story.market.berries
    cycle = story.opens_a_cycle("Semaine 25")
    assert "1 ligne enregistrée" in story.posts(
        "lea", carrots, quantity="20", price="20,00"
    )
    story.posts("noe", berries, quantity="30", price="10,00")
    assert (stock(carrots), stock(berries)) == ((20, 0, 0), (30, 0, 0))

    assert "Vous payez 123,60 $" in story.orders(
        "mia", cycle, {carrots: 4, berries: 5}, tier="solidaire"
    )
    story.orders("rose", cycle, {carrots: 8}, tier="juste_prix")
    story.orders("tom", cycle, {berries: 10}, tier="solidaire")
    assert (stock(carrots), stock(berries)) == ((20, 12, 0), (30, 15, 0))
    assert story.fund_cents() == (10_000 - 5_430, 5_430)  # 30,90 $ and 23,40 $

    assert "Vous payez 162,00 $" in story.changes("mia", {carrots: 6}, tier="solidaire")
    assert "La commande est annulée : tout est rendu." in story.cancels("tom")
    assert (stock(carrots), stock(berries)) == ((20, 14, 0), (30, 5, 0))
    assert story.fund_cents() == (10_000 - 4_050, 4_050)

    assert "14 promis : il en manque 4." in story.posts(
        "lea", carrots, quantity="10", price="20,00"
    )
    assert "Fermé" in story.closes(cycle)
    assert given(cycle) == [
        ("Carottes nantaises, caisse 10 kg", 6, 4),
        ("Bleuets sauvages, sac 2 kg", 5, 5),
        ("Carottes nantaises, caisse 10 kg", 8, 6),
    ]
    assert story.fund_cents() == (10_000 - 3_090, 3_090)
    assert shipped(cycle) == [
        ("Bleuetière Nord → Porte, Cuisine La Marmite", 10_000),
        ("Ferme du Rang → Porte, CPE Les Bottines", 60_000),
        ("Ferme du Rang → Porte, Cuisine La Marmite", 40_000),
    ]

    picked = story.reads("lea", f"/orders/sold/{cycle.public_id}/pick-list/")
    assert "Carottes nantaises, caisse 10 kg Réfrigéré L-24 ☐ 6" in picked
    assert (
        "Tout ensemble Produit Quantité Carottes nantaises, caisse 10 kg 10" in picked
    )

    older, plan = story.plans(), story.plans()
    assert figures(plan) in story.reads("ana", f"/routing/plans/{plan.public_id}/")
    assert "publié" in story.publishes(plan)

    late = story.opens_a_cycle("Oublis de la semaine 25")
    story.orders("tom", late, {berries: 3}, tier="juste_prix")
    story.closes(late)
    assert (
        "Le plan est périmé : « Oublis de la semaine 25 » a fermé après sa préparation"
        in story.publishes(older)
    )
    assert dict(Plan.objects.values_list("pk", "status")) == {
        older.pk: "proposed",
        plan.pk: "published",
    }
    assert audit().is_clean
