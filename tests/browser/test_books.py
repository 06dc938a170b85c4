"""The page of the books in a browser: read on a phone and on a desktop, axe clean."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.ledger.periods import close_period, last_month_end
from hub.ledger.proving import prove_day
from hub.models import Person
from tests.factories.hub import make_coordinator, make_hub
from tests.factories.ledger import FUND, give

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_coordination_reads_the_books(
    phone: Page,
    desktop: Page,
    sign_in: Callable[[Page, Person], None],
    read_in: Callable[[Page, str], None],
    axe_clean: Callable[[Page], bool],
    picture: Callable[[Page, str], None],
) -> None:
    today = timezone.localdate()
    give(FUND, 1_000)
    proof, _report = prove_day(today - timedelta(days=1))
    close_period(ends_on=last_month_end(today), today=today)
    person = make_coordinator(make_hub())

    for page, name in ((phone, "books-phone"), (desktop, "books-desktop")):
        sign_in(page, person)
        page.goto(reverse("hub:books"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Livres")
        expect(page.get_by_text("Tout tient", exact=True)).to_be_visible()
        expect(page.get_by_text(proof.sha256, exact=True)).to_be_visible()
        assert axe_clean(page)
        picture(page, name)
    read_in(desktop, "en")
    desktop.goto(reverse("hub:books"))
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Books")
    assert axe_clean(desktop)
