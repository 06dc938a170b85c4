"""Every page of the access table, in both languages, on a phone: WCAG 2.2 AA by axe."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from hub.models import Person
from tests.access.addresses import routes
from tests.access.lines import lines
from tests.access.table import COLUMNS
from tests.access.world import World, make_world

NOTHING_TO_COME = """
    document.querySelectorAll("[hx-trigger=load], .htmx-request").length === 0
"""
ROUTES = {route.name: route for route in routes()}
Check = Callable[[Page], bool]


def addresses_by_role(world: World) -> dict[str, list[str]]:
    """Each address that answers with a page, under the first person who may see it."""
    found: dict[str, list[str]] = {}
    for line in lines():
        shown_to = [
            role
            for role, cell in zip(COLUMNS, line.cells, strict=True)
            if cell[0] == "y"
        ]
        if line.verb == "GET" and shown_to:
            route = ROUTES[line.route]
            sides = next(iter(route.mixtures(world)))
            found.setdefault(shown_to[0], []).append(route.address(line.row, sides))
    return found


def is_page(page: Page, address: str) -> bool:
    """Whether an address gives a whole page: no fragment, no paper, no figures."""
    answer = page.request.get(address)
    return answer.text().lstrip().lower().startswith("<!doctype html")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_every_page_is_clean(
    language: str,
    open_context: Callable[..., BrowserContext],
    playwright_driver: Any,
    sign_in: Callable[[Page, Person], None],
    read_in: Callable[[Page, str], None],
    axe_clean: Check,
) -> None:
    world = make_world()
    breaches = []
    num_pages = 0

    for role, addresses in addresses_by_role(world).items():
        page = open_context(**playwright_driver.devices["Pixel 5"]).new_page()
        person = world.askers[role]
        if person is not None:
            sign_in(page, person)
        read_in(page, language)
        for address in addresses:
            if not is_page(page, address):
                continue
            page.goto(address)
            page.wait_for_function(NOTHING_TO_COME)
            num_pages += 1
            try:
                axe_clean(page)
            except AssertionError as complaint:
                breaches.append(f"{role} {address}: {complaint}")

    assert (breaches, num_pages > 50) == ([], True)
