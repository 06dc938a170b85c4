"""Adjusting on a phone: the board and its arrows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from routing import services
from routing.models import Plan
from tests.browser.readable import readable_names
from tests.factories.routing import WideDay, make_wide_day, make_wide_plan
from tests.factories.week import NOW

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.fixture
def day() -> WideDay:
    return make_wide_day(num_drops=5)


@pytest.fixture
def version(day: WideDay, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setattr("routing.tasks.draw_plan.delay", lambda _plan_id: None)
    # A plan keeps the names that it was searched with.
    with readable_names():
        return services.adjust_plan(plan=make_wide_plan(day, left=1), now=NOW)


def open_board(page: Page, live_server: Any, version: Plan) -> None:
    page.goto(live_server.url + reverse("routing:adjusting", args=[version.public_id]))


def test_a_stop_is_moved_on_a_phone_by_its_arrows_and_its_menu(
    day: WideDay,
    version: Plan,
    phone: Page,
    live_server: Any,
    sign_in: Callable[[Page, Any], None],
    axe_clean: Callable[[Page], bool],
    picture: Callable[[Page, str], None],
    guide_picture: Callable[..., None],
) -> None:
    sign_in(phone, day.ana)
    open_board(phone, live_server, version)
    picture(phone, "board-phone")
    guide_picture(phone, "coordinator-board", at=".board__truck", above=80)
    first = phone.locator(".board__truck").first
    moved = first.locator("h3").nth(1).inner_text()

    first.locator(".board__arrows").nth(1).locator("button").last.click()
    expect(first.locator("h3").nth(2)).to_have_text(moved)

    assert axe_clean(phone)
    version.refresh_from_db()
    assert version.edit_version == 1
