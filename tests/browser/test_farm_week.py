"""A farmer fills her week on a phone, in French, with a network that comes and goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.core.periods import monday_of
from hub.models import Organization, Person
from producers.models import Availability, Offer
from tests.factories.hub import (
    make_coordinator,
    make_family,
    make_farm,
    make_hub,
    make_producer,
)
from tests.factories.producers import (
    make_availability,
    make_offer,
    make_pooled_offer,
    make_product,
    make_variant,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Entry = Callable[[Page, Person], None]
Reading = Callable[[Page, str], None]
Picture = Callable[..., None]


@dataclass(frozen=True)
class Farmyard:
    hub: Organization
    farm: Organization
    lea: Person
    ana: Person
    carrots: Offer
    eggs: Offer
    pooled: Offer


@pytest.fixture
def yard() -> Farmyard:
    """Carrots posted last week, eggs promised beyond what is left, a pooled offer."""
    hub = make_hub("Pôle de la Rive-Nord")
    farm = make_farm("Ferme du Rang Saint-Isidore", hub=hub)
    next_week = monday_of(timezone.localdate()) + timedelta(days=7)
    offers = []
    for name, label, temperature in (
        ("Carottes nantaises", "caisse 10 kg", "chilled"),
        ("Œufs de poules en liberté", "30 douzaines", "chilled"),
        ("Bleuets sauvages", "sac 2 kg", "frozen"),
    ):
        product = make_product(farm, name, family=make_family("legumes"))
        variant = make_variant(product, label_fr=label, temperature_class=temperature)
        offers.append(variant)
    pool = make_pooled_offer(
        hub, "Bleuets du pôle, sac 2 kg", temperature_class="frozen"
    )
    carrots = make_offer(hub=hub, variant=offers[0], price_cents=2_450)
    eggs = make_offer(hub=hub, variant=offers[1], price_cents=9_000)
    pooled = make_offer(hub=hub, variant=offers[2], pooled_offer=pool)
    make_availability(carrots, quantity=18, week_on=next_week - timedelta(days=7))
    make_availability(eggs, quantity=10, reserved=4, week_on=next_week)
    return Farmyard(
        hub=hub,
        farm=farm,
        lea=make_producer(farm),
        ana=make_coordinator(hub),
        carrots=carrots,
        eggs=eggs,
        pooled=pooled,
    )


def figures(offer: Offer) -> list[tuple[int, int]]:
    next_week = monday_of(timezone.localdate()) + timedelta(days=7)
    rows = Availability.objects.filter(offer=offer, week_on=next_week)
    return list(rows.values_list("quantity", "price_cents"))


def test_a_week_is_filled_cell_by_cell(
    phone: Page,
    sign_in: Entry,
    axe_clean: Check,
    picture: Picture,
    guide_picture: Picture,
    yard: Farmyard,
) -> None:
    sign_in(phone, yard.lea)
    phone.goto("/producers/week/")
    picture(phone, "farm-week-empty")
    assert axe_clean(phone)
    carrots = phone.locator(f"[data-row='{yard.carrots.public_id}']")
    eggs = phone.locator(f"[data-row='{yard.eggs.public_id}']")

    phone.get_by_label("Quantité, Carottes nantaises").fill("20")
    phone.keyboard.press("Enter")
    expect(carrots.locator("[data-state]")).to_have_text("✓ Enregistré")
    phone.get_by_label("Prix, Carottes nantaises").fill("22,50")
    phone.get_by_label("Quantité, Œufs").fill("3")
    phone.keyboard.press("ArrowUp")

    expect(eggs.locator("[data-warning]")).to_have_text(
        "4 promis\u00a0: il en manque 1. La coordination le verra."
    )
    expect(phone.locator("[data-expected]")).to_have_text("720,00\u00a0$")
    assert (figures(yard.carrots), figures(yard.eggs)) == ([(20, 2_250)], [(3, 9_000)])
    picture(phone, "farm-week-filled")
    guide_picture(phone, "farm-week", at=f"[data-row='{yard.carrots.public_id}']")
    assert axe_clean(phone)


def test_a_wrong_cell_is_told_by_name_and_corrected(
    phone: Page, sign_in: Entry, axe_clean: Check, picture: Picture, yard: Farmyard
) -> None:
    sign_in(phone, yard.lea)
    phone.goto("/producers/week/")
    state = phone.locator(f"[data-row='{yard.carrots.public_id}'] [data-state]")
    quantity = phone.get_by_label("Quantité, Carottes nantaises")

    quantity.fill("une vingtaine")
    quantity.blur()
    expect(state).to_have_text(
        "✗ Quantité, Carottes nantaises, caisse 10 kg\u00a0: "
        "«\u00a0une vingtaine\u00a0» n’est pas une quantité. "
        "Écrivez un nombre entier ou laissez la case vide."
    )
    picture(phone, "farm-week-refused")
    assert axe_clean(phone)
    quantity.fill("20")
    quantity.blur()

    expect(state).to_have_text("✓ Enregistré")
    assert figures(yard.carrots) == [(20, 2_450)]


def test_what_is_typed_without_network_is_saved_when_it_returns(
    phone: Page, sign_in: Entry, yard: Farmyard
) -> None:
    sign_in(phone, yard.lea)
    phone.goto("/producers/week/")
    state = phone.locator(f"[data-row='{yard.carrots.public_id}'] [data-state]")
    quantity = phone.get_by_label("Quantité, Carottes nantaises")

    phone.context.set_offline(True)
    quantity.fill("20")
    quantity.blur()
    expect(state).to_have_text(
        "… Pas encore enregistré\u00a0: pas de réseau. Nouvel essai."
    )
    before = figures(yard.carrots)
    phone.context.set_offline(False)

    expect(state).to_have_text("✓ Enregistré")
    assert (before, figures(yard.carrots)) == ([], [(20, 2_450)])


def test_cells_of_a_spreadsheet_are_pasted_over_the_rows(
    phone: Page, sign_in: Entry, yard: Farmyard
) -> None:
    sign_in(phone, yard.lea)
    phone.goto("/producers/week/")
    rows = phone.locator("[data-row]")
    first = phone.locator("input[data-column='quantity']").first

    first.evaluate(
        """(input) => {
          const data = new DataTransfer();
          data.setData("text", "30\\t2,10\\tA1\\n20\\t22,50\\tB2\\n");
          const paste = new ClipboardEvent(
            "paste", { clipboardData: data, bubbles: true, cancelable: true });
          input.dispatchEvent(paste);
        }"""
    )

    expect(rows.nth(0).locator("[data-state]")).to_have_text("✓ Enregistré")
    expect(rows.nth(1).locator("[data-state]")).to_have_text("✓ Enregistré")
    assert figures(yard.carrots) == [(20, 2_250)]


def test_the_week_can_be_saved_without_scripts(
    open_context: Callable[..., object],
    playwright_driver: object,
    sign_in: Entry,
    yard: Farmyard,
) -> None:
    page: Page = open_context(java_script_enabled=False).new_page()  # type: ignore[attr-defined] # a browser context
    sign_in(page, yard.lea)
    page.goto("/producers/week/")

    page.get_by_label("Quantité, Carottes nantaises").fill("20")
    page.get_by_label("Quantité, Œufs").fill("12")
    page.get_by_role("button", name="Tout enregistrer").click()

    expect(page.locator(".messages")).to_contain_text("2 lignes enregistrées.")
    assert (figures(yard.carrots), figures(yard.eggs)) == (
        [(20, 2_450)],
        [(12, 9_000)],
    )


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_the_other_pages_are_clean(
    phone: Page,
    sign_in: Entry,
    axe_clean: Check,
    read_in: Reading,
    picture: Picture,
    yard: Farmyard,
    language: str,
) -> None:
    read_in(phone, language)
    pages = {
        "products": (yard.lea, f"/producers/products/{yard.farm.public_id}/"),
        "product-new": (yard.lea, f"/producers/products/{yard.farm.public_id}/new/"),
        "packing": (yard.lea, f"/producers/packing/{yard.carrots.variant.public_id}/"),
        "offer": (yard.lea, f"/producers/offer/{yard.pooled.public_id}/"),
        "farm-today": (yard.lea, "/producers/today/"),
        "farms": (yard.ana, "/producers/farms/"),
        "pooled": (yard.ana, "/producers/pooled/"),
        "pooled-new": (yard.ana, "/producers/pooled/new/"),
        "week": (yard.ana, f"/producers/week/{yard.farm.public_id}/2026-01-05/"),
    }

    for name, (person, address) in pages.items():
        sign_in(phone, person)
        answer = phone.goto(address)
        picture(phone, f"farm-{name}-{language}")
        assert answer is not None
        assert (name, answer.status) == (name, 200)
        if name != "farm-today":
            assert axe_clean(phone)
