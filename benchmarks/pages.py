"""What pages weigh, and how long they take on a slow line, in a real browser.

    python -m benchmarks.pages [--size village]

The demo's hub is loaded into a database of its own and served as in production.
Chromium, with the screen of a phone and nothing in its memory, opens each page through
a line of 400 kbit/s that answers after 400 ms; bytes are counted as they came over it.
"""

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.site import Site, manage, production, server, shell

TITLES = "| page | kB | requests | seconds | limit |\n|---|---|---|---|---|"
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000}
LINE["uploadThroughput"] = 50_000
BY_THE_PROXY = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "127.0.0.1",
    # What every browser offers over https, and Chromium not over plain http.
    "Accept-Encoding": "gzip, deflate, br",
}
LIMIT_KB, LIMIT_WITH_MAP_KB, LIMIT_S = 60, 120, 3.0
ASKED = """
import json
from django.contrib.sessions.models import Session
from django.test import Client
from hub.models import Membership
from orders.models import Basket
from routing.models import Plan, Route
found = {}
for kept in Membership.objects.select_related("person", "organization").order_by("pk"):
    if kept.role not in found and kept.person.is_active:
        client = Client()
        client.force_login(kept.person)
        found[kept.role] = client.cookies["sessionid"].value
plan = Plan.objects.order_by("pk").last()
basket = Basket.objects.filter(is_done=False).order_by("pk").last()
named = {"plan": plan.public_id, "basket": basket and basket.public_id}
print(json.dumps({"sessions": found, **named}))
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page: who opens it, and whether it shows a map."""

    name: str
    path: str
    role: str = ""
    has_map: bool = False


def main() -> None:
    """Load, serve, look, print; the demo's database is dropped at the end."""
    asked = _arguments()
    words = ["--size", asked.size, "--seed", "404"]
    today = date.today().isoformat()  # noqa: DTZ011 - the day on this machine's wall
    name = f"charroi_demo_{asked.size}_404_{today.replace('-', '')}"
    manage(
        {**production("postgres"), "CHARROI_PRODUCTION": "no"},
        "demo",
        *words,
        "--no-serve",
    )
    print(TITLES)
    try:
        with tempfile.TemporaryDirectory() as folder:
            environment = production(name)
            environment |= {"STATIC_ROOT": f"{folder}/static", "BROKER_FOLDER": folder}
            manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
            told = shell(environment, ASKED)
            with server(environment) as site, sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium")
                )
                # The first page of a browser waits for the browser to begin.
                _row(
                    browser, site, Asked("begin", "/accounts/login/"), told["sessions"]
                )
                for page in _pages(told):
                    print(_row(browser, site, page, told["sessions"]), flush=True)
                browser.close()
    finally:
        manage(
            {**production("postgres"), "CHARROI_PRODUCTION": "no"},
            "demo",
            *words,
            "--forget",
        )


def _pages(told: dict[str, Any]) -> list[Asked]:
    """The pages that each role opens in an ordinary week."""
    plan, basket = told["plan"], told["basket"]
    shopping = [
        Asked("the list of a cycle", f"/orders/basket/{basket}/list/", "coordinator"),
        Asked("a basket", f"/orders/basket/{basket}/", "coordinator"),
    ]
    return [
        *(shopping if basket else []),
        Asked("sign in", "/accounts/login/"),
        Asked("today, a farm", "/today/", "producer"),
        Asked("the week of a farm", "/producers/week/", "producer"),
        Asked("today, a buyer", "/today/", "group_buyer"),
        Asked("cycles to order in", "/orders/", "group_buyer"),
        Asked("orders of a buyer", "/orders/mine/", "group_buyer"),
        Asked("what a farm sold", "/orders/sold/", "producer"),
        Asked("products of a farm", "/producers/products/", "producer"),
        Asked("today, the coordination", "/today/", "coordinator"),
        Asked("cycles", "/cycles/", "coordinator"),
        Asked("farms", "/producers/farms/", "coordinator"),
        Asked("invoices", "/orders/invoices/", "coordinator"),
        Asked("routes", "/routing/", "coordinator"),
        Asked("today, a driver", "/today/", "driver"),
        Asked("a driver's routes", "/routing/mine/", "driver"),
        Asked(
            "a plan and its map", f"/routing/plans/{plan}/", "coordinator", has_map=True
        ),
    ]


def _row(browser: Browser, site: Site, asked: Asked, sessions: dict[str, str]) -> str:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        extra_http_headers=BY_THE_PROXY,
        locale="fr-CA",
    )
    address = f"http://localhost:{site.port}"
    if asked.role:
        cookie = {"name": "sessionid", "value": sessions[asked.role], "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item] # the fields we use
    page = context.new_page()
    weight, seconds, num = _opened(page, address + asked.path)
    context.close()
    limit_kb = LIMIT_WITH_MAP_KB if asked.has_map else LIMIT_KB
    holds = weight <= limit_kb * 1_000 and seconds <= LIMIT_S
    return (
        f"| {asked.name} | {weight / 1_000:.1f} | {num} | {seconds:.1f}"
        f" | {limit_kb} kB, {LIMIT_S:.0f} s: {'holds' if holds else 'BROKEN'} |"
    )


def _opened(page: Page, address: str) -> tuple[int, float, int]:
    """Bytes over the line, seconds until the page was loaded, requests."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    came: list[int] = []
    wire.on("Network.loadingFinished", lambda event: came.append(_bytes(event)))
    answer = page.goto(address, wait_until="load", timeout=60_000)
    if answer is None or answer.status != 200:
        sys.exit(f"{address}: {answer and answer.status}")
    timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    page.wait_for_function(f"{timing} > 0")
    seconds = float(page.evaluate(timing)) / 1_000
    page.wait_for_load_state("networkidle")
    return sum(came), seconds, len(came)


def _bytes(event: dict[str, Any]) -> int:
    return int(event["encodedDataLength"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=["village", "hub"], default="village")
    return parser.parse_args()


if __name__ == "__main__":
    main()
