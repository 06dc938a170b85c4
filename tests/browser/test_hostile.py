"""Pages full of texts that would run, in a browser: no dialog, no breach of the policy.

The guards of every context fail the test at a breach of the content policy, a request
to another host or a mistake of a script; a dialog is listened for here.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page

from hub.models import Person
from tests.access.world import make_world
from tests.browser.test_every_page import (
    NOTHING_TO_COME,
    addresses_by_role,
    is_page,
)
from tests.hostile.payloads import poison


@pytest.mark.timeout(400)
def test_nothing_that_was_typed_runs_in_a_browser(
    phone: Page, sign_in: Callable[[Page, Person], None]
) -> None:
    world = make_world()
    poison(0)
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    phone.on("dialog", refuse)
    num_pages = 0
    for role, addresses in addresses_by_role(world).items():
        person = world.askers[role]
        if person is not None:
            person.refresh_from_db()
            sign_in(phone, person)
        for address in addresses:
            if is_page(phone, address):
                phone.goto(address)
                phone.wait_for_function(NOTHING_TO_COME)
                num_pages += 1

    assert (dialogs, num_pages > 50) == ([], True)
