"""Pictures of the guides: taken when asked for, and otherwise told when they are old.

A picture is taken in a new browser of the same person, on a phone of one size, in both
languages. What the page says at that moment (buttons, fields, headings that stand in
the French catalogue) is kept beside the size in `docs/guides/pictures.json`: every
ordinary run compares, so that a picture of a button that is gone fails its own test.
"""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from hub.management import catalogues
from tests.browser.readable import readable_names

FOLDER = Path(settings.GUIDES_ROOT) / "pictures"
RECORD = Path(settings.GUIDES_ROOT) / "pictures.json"
WIDTH = 390
SHARPNESS = 2
QUALITY = 62
PAUSE_MS = 2_000
"""What a page does by itself once its network is still: fold, sort, draw a map."""
LANGUAGES = {"fr": "fr-ca", "en": "en"}
SAID = "button, a.button, label, legend, h1, h2, th, summary"
TEXTS = """
    (selector) => [...document.querySelectorAll(`main :is(${selector})`)].map(
      (each) => each.textContent.replace(/[\\n\\t ]+/g, " ").trim())
"""
SCROLL = """
    (part, above) => scrollTo(0, part.getBoundingClientRect().top + scrollY - above)
"""

OpenContext = Callable[..., BrowserContext]


@dataclass(frozen=True, slots=True)
class View:
    """What of the page is shown: from which element down, how high, once what is there.

    `above` and `height` are in points of a phone 390 points wide.
    """

    at: str = ""
    ready: str = ""
    above: int = 12
    height: int = 640


def compare(page: Page, name: str) -> None:
    """Tell that a picture shows what its page no longer says."""
    kept = json.loads(RECORD.read_text()).get(name, {}).get("words")
    assert kept is not None, f"the picture {name} was never taken: make docs"
    page.wait_for_load_state("networkidle")
    gone = sorted(set(kept) - said_on(page))
    assert gone == [], f"the picture {name} is old: make docs"


def take(page: Page, name: str, view: View, open_context: OpenContext) -> None:
    """Make the picture in each language, and keep its size and its words."""
    with readable_names():
        for folder, language in LANGUAGES.items():
            path = FOLDER / folder / f"{name}.webp"
            path.parent.mkdir(parents=True, exist_ok=True)
            other = _same_person(page, language, view, open_context)
            _keep(other.screenshot(), path)
            other.context.close()
    record = json.loads(RECORD.read_text())
    size = {"width": WIDTH, "height": view.height}
    record[name] = {**size, "words": sorted(said_on(page))}
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    RECORD.write_text(f"{text}\n")


def said_on(page: Page) -> set[str]:
    """The sentences of the French catalogue that the page shows as words of its own."""
    return set(page.evaluate(TEXTS, SAID)) & _french()


@lru_cache(maxsize=1)
def _french() -> frozenset[str]:
    said = catalogues.gather(Path(settings.BASE_DIR), "fr_CA").values()
    return frozenset(
        form for each in said for form in ([each] if isinstance(each, str) else each)
    )


def _same_person(
    page: Page, language: str, view: View, open_context: OpenContext
) -> Page:
    state: Any = page.context.storage_state()
    name = settings.LANGUAGE_COOKIE_NAME
    kept = [cookie for cookie in state["cookies"] if cookie["name"] != name]
    chosen = {**kept[0], "name": name, "value": language}
    context = open_context(
        viewport={"width": WIDTH, "height": view.height},
        device_scale_factor=SHARPNESS,
        has_touch=True,
        reduced_motion="reduce",
        storage_state={**state, "cookies": [*kept, chosen]},
    )
    other = context.new_page()
    other.goto(page.url)
    if view.ready:
        other.locator(view.ready).first.wait_for(state="attached")
    other.wait_for_load_state("networkidle")
    other.wait_for_timeout(PAUSE_MS)
    if view.at:
        other.locator(view.at).first.evaluate(SCROLL, view.above)
    return other


def _keep(picture: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(picture)) as whole:
        whole.convert("RGB").save(path, quality=QUALITY, method=6)
