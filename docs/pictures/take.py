"""Take the pictures of the README from a running demo, in French.

`make demo`, then `.venv/bin/python docs/pictures/take.py http://localhost:8000`.
"""

import shutil
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
DESK = (1280, 1000)
PHONE = (412, 860)


def take_all(address: str) -> None:
    """One picture for each side of the week."""
    with sync_playwright() as driver:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=executable)
        take_today(enter(browser, address, "Pôle de l’Est", PHONE))
        take_week(enter(browser, address, "Les Jardins de la Grève", PHONE))
        take_order(enter(browser, address, "La Marmite du coin", PHONE))
        take_plan(enter(browser, address, "Pôle de l’Est", DESK))
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
    page.locator(".figures").evaluate("(figures) => figures.scrollIntoView()")
    go_nearer(page)
    keep(page, "plan")


def go_nearer(page: Page) -> None:
    """Turn the wheel over the middle of the stops: most of them are in town."""
    boxes = [pin.bounding_box() for pin in page.locator("#plan-map .pin").all()]
    xs, ys = zip(*((box["x"], box["y"]) for box in boxes if box), strict=True)
    page.mouse.move(median(xs), median(ys))
    page.mouse.wheel(0, -240)
    page.wait_for_timeout(1_000)
    page.mouse.move(0, 0)


def keep(page: Page, name: str) -> None:
    """Write what the screen shows, once it is still."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    take_all(sys.argv[1])
