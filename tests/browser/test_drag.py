"""A stop dragged to another truck with the mouse, or brought there by the keyboard."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from hub.templatetags.words import clock, mass, money, volume
from routing import selectors, services
from routing.models import Plan
from tests.factories.routing import WideDay, make_wide_day, make_wide_plan
from tests.factories.week import NOW

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]

Check = Callable[[Page], bool]
Picture = Callable[[Page, str], None]
SignIn = Callable[..., None]


TURN_OF = """
    (part) => {
      const stop = part.closest("li");
      const list = stop.parentNode;
      return list.dataset.truck + [...list.children].indexOf(stop);
    }
"""
HAS_MOVED = f"""
    (begun) => {{
      const stop = document.querySelector(".sortable-chosen");
      return stop && ({TURN_OF})(stop) !== begun;
    }}
"""


@pytest.fixture
def day() -> WideDay:
    """Five doors of 40 kg for two trucks that must be back at 9:30."""
    return make_wide_day(num_drops=5, shift_end_s=9 * 3_600 + 30 * 60)


@pytest.fixture
def version(day: WideDay, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The first truck brings three doors their goods, the second two."""
    monkeypatch.setattr("routing.tasks.draw_plan.delay", lambda _plan_id: None)
    return services.adjust_plan(plan=make_wide_plan(day), now=NOW)


@pytest.fixture
def board(desktop: Page, sign_in: SignIn, day: WideDay, version: Plan) -> Page:
    sign_in(desktop, day.ana)
    desktop.goto(reverse("routing:adjusting", args=[version.public_id]))
    return desktop


def truck(page: Page, number: int) -> Locator:
    return page.locator(".board__truck").nth(number)


def places(page: Page, number: int) -> list[str]:
    return truck(page, number).locator("h3").all_inner_texts()


DRAWN_TWICE = """
() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
"""
LIES_BESIDE = """
([what, onto]) =>
  what.closest(".board__stop").parentElement
  === onto.closest(".board__stop").parentElement
"""


def drag(page: Page, what: Locator, onto: Locator) -> int:
    """Press, move as a hand does, let go once the stop lies there; wait for the answer.

    The turn that the list gave the stop when it was let go, counted from 0.
    """
    version = page.locator("[name=version]")
    after = str(int(version.input_value()) + 1)
    # Both lists are in view: at its edge a page scrolls under the hand.
    wide = page.viewport_size or {"width": 1_280}
    page.set_viewport_size({"width": wide["width"], "height": 2_400})
    page.evaluate(DRAWN_TWICE)
    both = [what.element_handle(), onto.element_handle()]
    begin, end = what.bounding_box(), onto.bounding_box()
    assert begin is not None
    assert end is not None
    page.mouse.move(begin["x"] + begin["width"] / 2, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    begun = what.evaluate(TURN_OF)
    x, y = end["x"] + end["width"] / 3, end["y"] + end["height"] * 0.8
    page.mouse.move(x, y - 30, steps=8)
    page.mouse.move(x, y, steps=4)
    for nudge in range(40):
        if page.evaluate(LIES_BESIDE, both):
            break
        page.mouse.move(x + nudge % 5, y - 4 * (nudge % 3))
        page.wait_for_timeout(50)
    page.wait_for_function(HAS_MOVED, arg=begun)
    with page.expect_request("**/step") as sent:
        page.mouse.up()
    expect(version).to_have_value(after)
    [step] = parse_qs(sent.value.post_data or "")["do"]
    return int(step.rpartition(":")[2])


def assert_the_board_is_that_of(page: Page, version: Plan) -> None:
    """Cost, hours and loads are those of the plan that the server keeps."""
    version.refresh_from_db()
    board = selectors.board_of(version)
    with translation.override("fr-ca"):
        cost = money(board.solution.cost_cents)
        hours = [
            [clock(stop.planned.service_start_s) for stop in row.stops]
            for row in board.routes
        ]
        loads = [
            f"{mass(load.mass_g)} sur {mass(load.capacity_g)} · "
            f"{volume(load.volume_ml)} sur {volume(load.capacity_ml)}"
            for row in board.routes
            for stop in row.stops
            for load in stop.on_board
        ]
    expect(page.locator(".figures dd").first).to_contain_text(cost)
    shown = [
        truck(page, number).locator(".board__what > p > strong").all_inner_texts()
        for number in range(len(board.routes))
    ]
    assert shown == hours
    told = page.locator(".board__menu li").filter(has=page.locator(".badge--chilled"))
    assert [one_line(text) for text in told.all_text_contents()] == [
        f"À bord Réfrigéré {load}" for load in loads
    ]


def one_line(text: str) -> str:
    return re.sub(r"[ \n]+", " ", text).strip()


def test_a_stop_dragged_to_another_truck_is_weighed_timed_and_priced_again(
    board: Page, version: Plan, axe_clean: Check, picture: Picture
) -> None:
    brought = places(board, 0)[-1]
    before = board.locator(".figures dd").first.inner_text()

    turn = drag(
        board,
        truck(board, 0).locator(".board__handle").last,
        truck(board, 1).locator(".board__stop").last,
    )

    expect(board.locator(".figures dd").first).not_to_have_text(before)
    assert places(board, 1)[turn] == brought
    assert (len(places(board, 0)), len(places(board, 1))) == (3, 4)
    assert_the_board_is_that_of(board, version)
    assert version.edit_version == 1
    picture(board, "board-dragged")
    assert axe_clean(board)


def test_a_truck_that_comes_back_too_late_is_said_and_undone(
    board: Page, version: Plan, axe_clean: Check, picture: Picture
) -> None:
    handle = truck(board, 1).locator(".board__handle").last
    drag(board, handle, truck(board, 0).locator(".board__stop").last)

    expect(board.locator("#broken-title")).to_contain_text("enfreinte")
    expect(board.get_by_role("button", name="Publier ce plan")).to_have_count(0)
    assert_the_board_is_that_of(board, version)
    picture(board, "board-broken")
    assert axe_clean(board)

    board.get_by_role("button", name="Annuler").click()
    expect(board.locator("#broken-title")).to_have_count(0)
    expect(board.get_by_role("button", name="Publier ce plan")).to_be_visible()
    assert_the_board_is_that_of(board, version)


def test_a_stop_dragged_within_its_truck_changes_its_turn(
    board: Page, version: Plan
) -> None:
    was = places(board, 0)

    turn = drag(
        board,
        truck(board, 0).locator(".board__handle").nth(1),
        truck(board, 0).locator(".board__stop").last,
    )

    now = places(board, 0)
    assert (now[turn], turn > 1, sorted(now)) == (was[1], True, sorted(was))
    assert_the_board_is_that_of(board, version)


def test_a_stop_is_brought_down_and_to_another_truck_by_the_keyboard(
    board: Page, version: Plan, axe_clean: Check
) -> None:
    was = places(board, 0)
    down = truck(board, 0).get_by_role("button", name=f"Descendre {was[1]}")
    down.focus()
    board.keyboard.press("Enter")
    expect(truck(board, 0).locator("h3").nth(2)).to_have_text(was[1])
    # The keys stay on the stop that moved, so that it can be moved on.
    expect(board.locator(":focus")).to_have_attribute("aria-label", is_about(was[1]))

    moved = truck(board, 0).locator(".board__stop").nth(2)
    moved.locator("summary").focus()
    board.keyboard.press("Enter")
    board.keyboard.press("Tab")
    board.keyboard.press("Enter")

    expect(truck(board, 1).locator("h3")).to_have_count(4)
    assert was[1] in places(board, 1)
    assert_the_board_is_that_of(board, version)
    assert version.edit_version == 2
    assert axe_clean(board)


def is_about(place: str) -> Any:
    return re.compile(re.escape(place) + "$")
