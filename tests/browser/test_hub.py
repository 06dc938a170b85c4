"""Every page of the ground floor, in both languages, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Reading = Callable[[Page, str], None]
Picture = Callable[[Page, str], None]

OPEN_TO_ALL = {"welcome": "/", "help": "/help/"}


@pytest.mark.parametrize("language", ["fr-ca", "en"])
@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_a_stranger_can_read_the_open_pages(
    phone: Page,
    axe_clean: Check,
    read_in: Reading,
    picture: Picture,
    name: str,
    language: str,
) -> None:
    read_in(phone, language)

    phone.goto(OPEN_TO_ALL[name])

    picture(phone, f"{name}-{language}")
    assert axe_clean(phone)
