"""The simulator of the fund: sliders on a phone, advice, both languages."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.models import Person
from tests.factories.hub import make_coordinator
from tests.factories.sales import make_sales
from tests.factories.week import make_week

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.fixture
def coordinator() -> Person:
    week = make_week(fund_cents=150_000)
    make_sales(week, until=timezone.localdate(), num_weeks=30)
    return make_coordinator(week.hub)


def slide(page: Page, label: str, value: int) -> None:
    """Move a slider as a hand does: what it shows follows, then the figures."""
    slider = page.get_by_label(label)
    slider.focus()
    slider.fill(str(value))


def test_a_coordinator_slides_prices_on_a_phone(
    phone: Page,
    coordinator: Person,
    sign_in: Callable[[Page, Person], None],
    axe_clean: Callable[[Page], bool],
    picture: Callable[[Page, str], None],
) -> None:
    sign_in(phone, coordinator)
    phone.goto("/orders/fund/simulator/")
    before = phone.locator("#simulated").inner_text()
    picture(phone, "simulator-phone")
    assert axe_clean(phone)

    slide(phone, "Prix solidaire : pourcentage du plein prix", 60)

    expect(phone.locator("#now-m-solidaire")).to_have_text("60 %")
    expect(phone.locator("#simulated")).not_to_have_text(before)
    expect(phone).to_have_url(re.compile("m-solidaire=60"))


def test_the_advice_is_read_at_a_desk_in_both_languages(
    desktop: Page,
    coordinator: Person,
    sign_in: Callable[[Page, Person], None],
    axe_clean: Callable[[Page], bool],
    read_in: Callable[[Page, str], None],
    picture: Callable[[Page, str], None],
) -> None:
    sign_in(desktop, coordinator)
    desktop.goto("/orders/fund/simulator/")
    desktop.get_by_role("button", name="Chercher").click()

    expect(desktop.locator("#advice .lead")).to_contain_text("À ce rythme")
    assert axe_clean(desktop)
    picture(desktop, "simulator-desk-fr")
    read_in(desktop, "en")
    assert axe_clean(desktop)
    picture(desktop, "simulator-desk-en")
