"""Take the pictures of the README from a running demo, in French.

`make demo`, then `.venv/bin/python docs/pictures/take.py http://localhost:8000`. It
sends the trucks of the planned day out: a second time needs a fresh demo
(`.venv/bin/python manage.py demo --forget`).
"""

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
DESK = (1280, 1000)
PHONE = (412, 860)
NUM_COLOURS = 64
"""Enough for flat pages; a picture then weighs a third."""


def take_all(address: str) -> None:
    """One picture for each side of the week and of the truck day."""
    with sync_playwright() as driver:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=executable)
        take_today(enter(browser, address, "Pôle de l’Est", PHONE))
        take_week(enter(browser, address, "Les Jardins de la Grève", PHONE))
        take_order(enter(browser, address, "La Marmite du coin", PHONE))
        desk = enter(browser, address, "Pôle de l’Est", DESK)
        take_plan(desk)
        take_board(desk)
        take_drive(enter(browser, address, send_out(desk), PHONE))
        take_settled(desk)
        browser.close()


def enter(browser: Browser, address: str, who: str, size: tuple[int, int]) -> Page:
    """A page at the day of the first person of an organization of the demo."""
    width, height = size
    context = browser.new_context(
        base_url=address,
        locale="fr-CA",
        timezone_id="America/Toronto",
        viewport={"width": width, "height": height},
        device_scale_factor=1 if width > PHONE[0] else 1.5,
    )
    page = context.new_page()
    page.goto("/")
    button = page.locator("button[name=person]", has_text=who).first
    button.evaluate("(button) => button.click()")
    page.wait_for_url("**/today/")
    page.wait_for_load_state("networkidle")
    return page


def take_today(page: Page) -> None:
    """What is missing, late or short for the coordination."""
    keep(page, "today")


def take_week(page: Page) -> None:
    """The grid of a farm."""
    page.goto("/producers/week/")
    page.locator(".week-shortcuts").evaluate(
        "(shortcuts) => shortcuts.scrollIntoView()"
    )
    keep(page, "week")


def take_order(page: Page) -> None:
    """The list of a cycle at the solidarity price of a group, two things chosen."""
    page.goto("/orders/")
    page.locator("form[action$='/open/'] button, a[href$='/list/']").first.click()
    page.wait_for_url("**/list/")
    for number, quantity in enumerate(("2", "4")):
        page.locator("input.quantity").nth(number).fill(quantity)
        page.keyboard.press("Tab")
        page.wait_for_load_state("networkidle")
    page.locator("#basket-bar a").click()
    page.locator("input[value=solidaire]").check()
    page.wait_for_load_state("networkidle")
    page.locator("a.crumb").click()
    page.locator(".time-left").evaluate("(time) => time.scrollIntoView()")
    keep(page, "order")


def take_plan(page: Page) -> None:
    """The plan of a day: the map beside the stops."""
    page.goto("/routing/")
    page.locator("th a").first.click()
    page.locator("a[href*='/routing/plans/']").first.click()
    page.locator("#plan-map .pin").first.wait_for()
    page.locator("#map-title").evaluate("(title) => title.scrollIntoView()")
    page.locator("[data-look=town]").click()
    keep(page, "plan")


def take_board(page: Page) -> None:
    """The same plan under the coordination's hands, after a stop was moved."""
    page.locator("form[action$='/adjust'] button").click()
    page.wait_for_url("**/board/")
    page.locator(".board__arrows button:enabled").nth(3).click()
    page.locator(".delta").first.wait_for()
    page.locator(".figures").evaluate("(figures) => figures.scrollIntoView()")
    keep(page, "board")
    page.locator("#do-undo").click()
    page.locator("#do-undo:disabled").wait_for()


def send_out(page: Page) -> str:
    """Publish the plan and let the trucks leave; who drives the first one."""
    page.locator("form[action$='/publish'] button").click()
    page.wait_for_url("**/plans/*/")
    drives = page.locator(".route p", has_text="Au volant").first.inner_text()
    page.locator("form[action$='/dispatch'] button").click()
    page.locator(".notice--good").first.wait_for()
    return drives.split("Désigner")[0].partition(":")[2].strip()


def take_drive(page: Page) -> None:
    """The first stop of a driver's day."""
    page.goto("/routing/mine/")
    page.locator("a[href$='/drive/']").first.click()
    page.wait_for_selector("html[data-drive=ready]", state="attached")
    page.locator(".drive-state").evaluate("(state) => state.scrollIntoView()")
    keep(page, "drive")


def take_settled(page: Page) -> None:
    """Last week's day: what was driven, what each hub pays, each one's share."""
    page.goto("/routing/")
    page.locator("th a").nth(1).click()
    page.locator("a[href$='/settlement/']").click()
    page.wait_for_load_state("networkidle")
    page.locator(".page-head").evaluate("(head) => head.scrollIntoView()")
    keep(page, "settled")


def keep(page: Page, name: str) -> None:
    """Write what the screen shows, once it is still."""
    page.wait_for_load_state("networkidle")
    path = HERE / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as whole:
        few = whole.convert("RGB").quantize(NUM_COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    take_all(sys.argv[1])
