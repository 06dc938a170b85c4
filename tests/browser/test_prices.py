"""The pages of prices and of the fund, in both languages, on a phone and on a desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.models import Person
from pricing import accounts, services
from pricing.core.tiers import TierSetting
from pricing.models import PriceTier
from tests.factories.fund import helped
from tests.factories.hub import (
    make_buyer,
    make_coordinator,
    make_group_buyer,
    make_hub,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Reading = Callable[[Page, str], None]
Picture = Callable[[Page, str], None]
SignIn = Callable[[Page, Person], None]

PAGES = {
    "prices": "/pricing/",
    "agreements": "/pricing/agreements/",
    "fund": "/pricing/fund/",
    "explained": "/pricing/explained/",
}


@dataclass(frozen=True)
class Priced:
    """Ana coordinates a hub with prices and a fund; Omar orders for a group."""

    ana: Person
    omar: Person
    newcomer: Person


@pytest.fixture
def priced() -> Priced:
    hub = make_hub("Pôle Nord-Est")
    group = make_buyer("Cuisine collective du Coin", hub=hub)
    today = timezone.localdate()
    services.start_pricing(hub=hub, on=today - timedelta(days=90))
    services.set_tiers(
        hub=hub,
        starts_on=date(2020, 1, 1),
        settings=[
            TierSetting(code="solidaire", multiplier_bps=7_550, needs_agreement=True)
        ],
    )
    services.set_transport_table(
        hub=hub,
        cents_per_kg={"frozen": 22, "chilled": 16, "ambient": 11},
        starts_on=today - timedelta(days=90),
    )
    services.agree_tier(
        tier=PriceTier.objects.get(hub=hub, code="solidaire"),
        buyer=group,
        starts_on=today,
    )
    fund = services.open_fund(hub=hub)
    lot = services.add_lot(
        fund=fund,
        source="Subvention municipale",
        on=today,
        ends_on=today + timedelta(days=20),
        eligible=[group],
    )
    services.deposit(
        lot=lot, amount_cents=200_000, key="grant", on=today, memo="Premier versement"
    )
    services.replace_draw(
        hub_id=hub.pk,
        buyer=group.public_id,
        hold_key=accounts.draw_hold_key(hub=hub.public_id, order="o1", version=1),
        earlier_hold_key="",
        amount_cents=120_000,
        on=today,
    )
    return Priced(
        ana=make_coordinator(hub),
        omar=make_group_buyer(group),
        newcomer=make_coordinator(make_hub("Pôle tout neuf")),
    )


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_the_coordination_reads_the_pages_of_prices_on_a_phone(
    phone: Page,
    priced: Priced,
    axe_clean: Check,
    read_in: Reading,
    sign_in: SignIn,
    picture: Picture,
    language: str,
) -> None:
    read_in(phone, language)
    sign_in(phone, priced.ana)

    for name, path in PAGES.items():
        phone.goto(path)
        picture(phone, f"{name}-{language}")
        assert axe_clean(phone)


def test_the_coordination_reads_the_pages_of_prices_on_a_desk(
    desktop: Page, priced: Priced, axe_clean: Check, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(desktop, priced.ana)

    for name, path in PAGES.items():
        desktop.goto(path)
        for summary in desktop.locator("details:not([open]) > summary").all()[::-1]:
            summary.click()
        picture(desktop, f"{name}-desk")
        assert axe_clean(desktop)


def test_a_hub_begins_its_prices_and_its_fund_with_two_buttons(
    phone: Page, priced: Priced, axe_clean: Check, sign_in: SignIn
) -> None:
    sign_in(phone, priced.newcomer)
    phone.goto("/pricing/")
    assert axe_clean(phone)
    phone.get_by_role("button", name="Commencer avec ces prix").click()
    expect(phone.get_by_label("Pourcentage du plein prix").first).to_have_value("80")

    phone.goto("/pricing/fund/")
    assert axe_clean(phone)
    phone.get_by_role("button", name="Ouvrir un fonds").click()
    phone.get_by_label("Montant").fill("250,00")
    phone.get_by_role("button", name="Inscrire").click()

    expect(phone.get_by_role("row").filter(has_text="Argent reçu")).to_have_count(1)
    assert axe_clean(phone)


def test_a_mistake_in_a_tier_is_told_beside_its_field(
    phone: Page, priced: Priced, sign_in: SignIn, axe_clean: Check
) -> None:
    sign_in(phone, priced.ana)
    phone.goto("/pricing/")
    field = phone.get_by_label("Pourcentage du plein prix").first
    field.fill("250")

    phone.get_by_role("button", name="Enregistrer les paliers").click()

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("250")
    assert axe_clean(phone)


def test_a_buyer_reads_how_a_price_is_made(
    phone: Page, priced: Priced, sign_in: SignIn, axe_clean: Check, picture: Picture
) -> None:
    sign_in(phone, priced.omar)
    phone.goto("/today/")

    phone.get_by_role("link", name="Comment se fait un prix").first.click()

    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Comment se fait un prix"
    )
    picture(phone, "explained-buyer")
    assert axe_clean(phone)


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_everybody_reads_the_public_page_of_the_fund(
    phone: Page, axe_clean: Check, read_in: Reading, picture: Picture, language: str
) -> None:
    day = helped(6)
    read_in(phone, language)

    phone.goto(f"/pricing/fund/of/{day.hub.public_id}/")

    picture(phone, f"fund-public-{language}")
    expect(phone.get_by_role("img")).to_be_visible()
    assert axe_clean(phone)


def test_everybody_reads_the_public_page_on_a_desk(
    desktop: Page, axe_clean: Check, picture: Picture
) -> None:
    day = helped(6)

    desktop.goto(f"/pricing/fund/of/{day.hub.public_id}/")

    picture(desktop, "fund-public-desk")
    assert axe_clean(desktop)
