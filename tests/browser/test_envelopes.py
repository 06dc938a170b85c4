"""A programme grants an envelope on a phone; the group that spends it sees it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from hub.models import Person
from tests.factories import hub as ground
from tests.factories.vouchers import make_programme
from vouchers import selectors
from vouchers.models import Envelope

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def test_an_envelope_granted_on_a_phone_is_seen_by_its_group(
    phone: Page,
    sign_in: Callable[[Page, Person], None],
    axe_clean: Callable[[Page], bool],
    guide_picture: Callable[..., None],
) -> None:
    group = ground.make_buyer("La Marmite du coin", hub=ground.make_hub())
    programme = make_programme("Coupons du quartier", hub=group.hub)
    sign_in(phone, ground.make_member(programme, "programme_manager"))

    phone.goto("/vouchers/new/")
    phone.get_by_label("Montant (en $)").fill("500")
    phone.get_by_label("Un mot pour le groupe").fill("Pour les soupers du vendredi")
    phone.get_by_role("button", name="Accorder").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("La Marmite du coin")
    guide_picture(phone, "programme-envelope", at=".page-head")
    assert axe_clean(phone)

    sign_in(phone, ground.make_member(group, "distributor"))
    phone.goto("/vouchers/")
    expect(phone.locator("tbody tr")).to_contain_text("Coupons du quartier")
    guide_picture(phone, "group-envelopes", at=".page-head")
    assert axe_clean(phone)
    granted = Envelope.objects.get()
    assert (granted.group, selectors.left_cents(granted)) == (group, 50_000)
