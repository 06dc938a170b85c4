"""The guides as people read them on a phone, with the pictures that they show."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from hub.exchange.guides import NAMES
from hub.models import Person
from tests.factories import hub as ground

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

SEEN = """
    () => [...document.images].map((image) => {
      image.loading = "eager";
      return image.decode().then(() => image.naturalWidth > 0, () => false);
    }).reduce(async (all, one) => [...await all, await one], [])
"""


def test_each_guide_is_clean_and_its_pictures_come(
    phone: Page,
    axe_clean: Callable[[Page], bool],
    read_in: Callable[[Page, str], None],
    picture: Callable[[Page, str], None],
) -> None:
    broken = {}

    for language in ("fr-ca", "en"):
        read_in(phone, language)
        for name in NAMES:
            phone.goto(f"/guide/{name}/")
            assert axe_clean(phone)
            if not all(phone.evaluate(SEEN)):
                broken[name] = language
            picture(phone, f"guide-{name}-{language}")

    assert broken == {}


def test_the_foot_of_the_page_leads_a_driver_to_the_guide_of_drivers(
    phone: Page, sign_in: Callable[[Page, Person], None]
) -> None:
    driver = ground.make_driver(ground.make_carrier())
    sign_in(phone, driver)

    phone.goto("/today/")
    phone.get_by_role("contentinfo").get_by_role("link", name="Guide").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Guide de la personne au volant"
    )
