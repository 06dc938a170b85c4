"""A group orders on a phone, in French, until the farm's pick list is on paper."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.core.periods import monday_of
from hub.models import Person
from orders import services
from orders.models import Basket, Order
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.week import Week, make_week

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Entry = Callable[[Page, Person], None]
Reading = Callable[[Page, str], None]
Picture = Callable[..., None]


@dataclass(frozen=True)
class Market:
    week: Week
    coordinator: Person
    farmer: Person
    items: list[str]


@pytest.fixture
def market() -> Market:
    """Three products of one farm and a pooled line, in a cycle that closes tomorrow."""
    week = make_week(fund_cents=50_000)
    now = timezone.now()
    week.cycle.name = "Livraison de la semaine"
    week.cycle.opens_at = now - timedelta(days=1)
    week.cycle.closes_at = now + timedelta(days=1)
    week.cycle.service_on = timezone.localdate(now) + timedelta(days=2)
    week.cycle.save()
    week.farm.name = "Ferme des Érables"
    week.farm.save()
    monday = monday_of(week.cycle.service_on)
    items = []
    for name, label, temperature, quantity in (
        ("Carottes nantaises", "caisse 10 kg", "chilled", 40),
        ("Pommes McIntosh déclassées", "boîte 18 kg", "ambient", 6),
        ("Bleuets sauvages", "sac 2 kg", "frozen", 0),
    ):
        variant = farms.make_variant(
            farms.make_product(week.farm, name),
            label_fr=label,
            temperature_class=temperature,
        )
        offer = farms.make_offer(hub=week.hub, variant=variant, price_cents=1_850)
        farms.make_availability(offer, quantity=quantity, week_on=monday, lot="A-12")
        items.append(offer.public_id)
    return Market(
        week=week,
        coordinator=ground.make_coordinator(week.hub),
        farmer=ground.make_producer(week.farm),
        items=items,
    )


def test_a_group_orders_on_its_phone(
    phone: Page,
    market: Market,
    sign_in: Entry,
    axe_clean: Check,
    picture: Picture,
    guide_picture: Picture,
) -> None:
    sign_in(phone, market.week.person)
    phone.goto("/orders/")
    picture(phone, "shop-cycles")
    phone.get_by_role("button", name="Choisir des produits").click()
    field = phone.locator(f"#q-{market.items[0]}")
    field.fill("3")
    field.press("Tab")
    expect(phone.locator("#basket-bar")).to_contain_text("1 produit")
    guide_picture(phone, "buyer-list", at=".offer--wanted")
    field = phone.locator(f"#q-{market.items[1]}")
    field.fill("9")
    field.press("Tab")
    expect(phone.locator(f"#problem-{market.items[1]}")).to_contain_text(
        "il en reste 6, vous en demandez 9"
    )
    picture(phone, "shop-list")
    assert axe_clean(phone)

    phone.locator("#basket-bar a").click()
    picture(phone, "shop-basket-short")
    assert axe_clean(phone)
    phone.reload()  # what axe leaves on the page is not ours
    phone.locator(f"#q-{market.items[1]}").fill("2")
    phone.get_by_text("Prix solidaire").click()
    expect(phone.locator("#basket-totals")).to_contain_text("Le fonds de solidarité")
    picture(phone, "shop-basket")
    guide_picture(phone, "buyer-basket", at="#basket-totals")
    phone.get_by_role("button", name="Vérifier et confirmer").click()
    expect(phone).to_have_url(re.compile("/confirm/$"))
    picture(phone, "shop-confirm")
    assert axe_clean(phone)
    phone.get_by_role("button", name="Confirmer pour").click()

    expect(phone.get_by_text("La commande est confirmée")).to_be_visible()
    picture(phone, "shop-order")
    phone.reload()
    assert axe_clean(phone)
    placed = Order.objects.get()
    ordered = sorted(placed.lines.values_list("ordered", flat=True))
    assert (placed.tier_code, ordered) == ("solidaire", [2, 3])


def confirmed(market: Market) -> Order:
    week, now = market.week, timezone.now()
    return services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=services.Change(
            wants={market.items[0]: 3}, tier_code="solidaire", by=week.person, now=now
        ),
        key="browser",
    )


def test_the_hub_closes_and_the_farm_prints(
    phone: Page,
    desktop: Page,
    market: Market,
    sign_in: Entry,
    axe_clean: Check,
    picture: Picture,
    guide_picture: Picture,
    worker_at_once: None,
) -> None:
    confirmed(market)
    cycle = market.week.cycle.public_id
    sign_in(desktop, market.coordinator)
    desktop.goto(f"/orders/cycle/{cycle}/")
    picture(desktop, "shop-cycle")
    assert axe_clean(desktop)
    desktop.get_by_role("link", name="Fermer le cycle…").click()
    picture(desktop, "shop-close")
    assert axe_clean(desktop)
    desktop.get_by_role("button", name="Fermer maintenant").click()
    desktop.get_by_role("link", name="Ce que chaque organisme reçoit").click()
    picture(desktop, "shop-shares")
    guide_picture(desktop, "coordinator-shares", at="main section.card")
    desktop.reload()
    assert axe_clean(desktop)

    sign_in(phone, market.farmer)
    phone.goto(f"/orders/sold/{cycle}/")
    picture(phone, "shop-sold")
    guide_picture(phone, "farm-sold", at=".page-head")
    assert axe_clean(phone)
    phone.get_by_role("link", name="Liste de préparation").click()

    expect(phone.get_by_text("A-12")).to_be_visible()
    picture(phone, "shop-pick")
    assert axe_clean(phone)


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_pages_of_a_buyer_are_clean_in_both_languages(
    phone: Page,
    market: Market,
    sign_in: Entry,
    read_in: Reading,
    axe_clean: Check,
    language: str,
) -> None:
    placed = confirmed(market)
    basket = services.open_basket(
        cycle=market.week.cycle,
        buyer=market.week.buyer,
        by=market.week.person,
        now=timezone.now(),
    )
    services.fill_basket(
        basket=basket,
        quantities={market.items[0]: 1},
        by=market.week.person,
        now=timezone.now(),
    )
    sign_in(phone, market.week.person)
    read_in(phone, language)

    for address in (
        "/orders/",
        "/orders/mine/",
        f"/orders/basket/{basket.public_id}/",
        f"/orders/basket/{basket.public_id}/list/?words=rien",
        f"/orders/order/{placed.public_id}/",
        f"/orders/order/{placed.public_id}/cancel/",
    ):
        phone.goto(address)
        assert axe_clean(phone)

    assert Basket.objects.count() == 1
