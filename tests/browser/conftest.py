"""A real browser on a real server: phone first, in French, with no way out.

Fixtures: `phone` (Pixel 5, French), `desktop` (1280 x 800, French), both in the time
zone of Montreal; `sign_in(page, person)`; `assert axe_clean(page)`;
`read_in(page, "en")`; `picture(page, "name")` keeps a screenshot in the folder that
PICTURES names; `guide_picture(page, "name")` makes a picture of the guides when
GUIDE_PICTURES is set (`make docs`), and otherwise tells when the one kept is old.
A request to another host, a breach of the content policy or an error on the console
fails the test that caused it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from hub.models import Person
from tests.browser.guides import View, compare, take
from tests.factories.factors import show_factor

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MONTREAL = "America/Toronto"
TELL_REFUSALS = """
    document.addEventListener("securitypolicyviolation", (refused) => {
      const { violatedDirective, sourceFile, lineNumber } = refused;
      console.error(`policy: ${violatedDirective} ${sourceFile}:${lineNumber}`);
    });
"""
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session", autouse=True)
def _database_from_the_browsers_thread() -> Iterator[None]:
    """Playwright runs an event loop here; our own queries are still plain ones."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Any]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Any) -> Iterator[Browser]:
    """One browser for the whole session; every test opens its own context."""
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None)
    if executable is None:
        pytest.fail("Chromium is missing: run make chromium.")
    expect.set_options(timeout=20_000)  # other work shares this machine
    browser = playwright_driver.chromium.launch(executable_path=executable)
    yield browser
    browser.close()


@pytest.fixture
def open_context(
    chromium: Browser, live_server: Any
) -> Iterator[Callable[..., BrowserContext]]:
    """Open guarded contexts; what they did wrong is told when the test ends."""
    wrongs: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        defaults = {"locale": "fr-CA", "timezone_id": MONTREAL}
        context = chromium.new_context(
            base_url=live_server.url, **{**defaults, **options}
        )
        _guard(context, urlsplit(live_server.url).netloc, wrongs)
        context.add_init_script(TELL_REFUSALS)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert wrongs == []


def _guard(context: BrowserContext, own_host: str, wrongs: list[str]) -> None:
    def watch_request(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != own_host:
            wrongs.append(f"asked another host: {request.url}")

    def watch_console(message: Any) -> None:
        is_refusal = "Failed to load resource" in message.text
        if message.type == "error" and not is_refusal:
            wrongs.append(f"console: {message.text}")

    context.on("request", watch_request)
    context.on("console", watch_console)
    context.on("weberror", lambda error: wrongs.append(f"script: {error.error}"))


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext], playwright_driver: Any) -> Page:
    """A page on a phone, in French."""
    return open_context(**playwright_driver.devices["Pixel 5"]).new_page()


@pytest.fixture
def desktop(open_context: Callable[..., BrowserContext]) -> Page:
    """A page on a desk, in French."""
    return open_context(**DESKTOP).new_page()


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Person], None]:
    """Sign a person in as a code and a second factor would, without waiting."""

    def signed_in(page: Page, person: Person) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        show_factor(session, person)
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
        page.context.add_cookies([{**cookie, "value": str(session.session_key)}])  # type: ignore[typeddict-item] # the two keys above are complete

    return signed_in


@pytest.fixture
def read_in(live_server: Any) -> Callable[[Page, str], None]:
    """Choose the language of the pages that follow: "fr-ca" or "en"."""

    def chosen(page: Page, language: str) -> None:
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "url": live_server.url}
        page.context.add_cookies([{**cookie, "value": language}])  # type: ignore[typeddict-item] # the two keys above are complete

    return chosen


@pytest.fixture
def axe_clean() -> Callable[[Page], bool]:
    """Say yes to a page without breach of WCAG 2.2 AA, as wide as its screen or less.

    Otherwise the breaches are told: write `assert axe_clean(page)`.
    """

    def is_clean(page: Page) -> bool:
        options = {"runOnly": {"type": "tag", "values": WCAG}}
        found = Axe().run(page, options=options).response["violations"]
        breaches = [
            f"{item['id']}: {node['html'][:160]}"
            for item in found
            for node in item["nodes"]
        ]
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - window.innerWidth"
        )
        if overflow > 0:
            breaches.append(f"the page is {overflow} px wider than the screen")
        assert (page.url, breaches) == (page.url, [])
        return True

    return is_clean


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keep a picture of the page when PICTURES names a folder; else do nothing."""
    folder = os.environ.get("PICTURES")

    def taken(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return taken


@pytest.fixture
def guide_picture(
    open_context: Callable[..., BrowserContext],
) -> Callable[..., None]:
    """A picture of the guides: taken anew when asked for, compared otherwise."""

    def shown(page: Page, name: str, **view: Any) -> None:
        if os.environ.get("GUIDE_PICTURES"):
            take(page, name, View(**view), open_context)
        else:
            compare(page, name)

    return shown
