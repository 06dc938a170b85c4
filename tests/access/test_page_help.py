"""Help in context: on every page with a form that has an effect, in both languages."""

import html
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from hub.core.page_help import HELPS, WITHOUT, WITHOUT_SECTION, Help
from hub.exchange.guides import NAMES, guide_of
from tests.access.addresses import routes
from tests.access.asking import Asker
from tests.access.lines import lines
from tests.access.table import COLUMNS
from tests.access.world import World

WORDS_AT_MOST = 80
ONLY_AT_TIMES = {"routing:adjusting"}
"""Pages that lead elsewhere in this world: no plan is being adjusted in it."""
ROUTES = {route.name: route for route in routes()}
PAGES = [
    (told, page) for told in HELPS for page in told.pages if page not in ONLY_AT_TIMES
]
_PRESSED = re.compile(r"<(button|a|summary)\b.*?</\1>", re.S)
_SAID = re.compile(r'{%-?\s*translate "([^"]+)"|_\("([^"]+)"\)')
_SPOKEN = re.compile(r"“(?!%\()|«")


def test_every_form_with_an_effect_has_help_or_a_written_reason() -> None:
    posted = {line.route for line in lines() if line.verb == "POST"}
    helped = [name for told in HELPS for name in {*told.pages, *told.forms}]

    assert posted - {*helped} == {*WITHOUT}
    assert [name for name in helped if helped.count(name) > 1] == []


def test_no_help_names_an_address_that_does_not_exist() -> None:
    posted = {route.name for route in routes()}
    shown = {line.route for line in lines() if line.verb == "GET"}

    assert {page for _told, page in PAGES} - shown == set()
    assert {form for told in HELPS for form in told.forms} - posted == set()
    assert all(len(reason) > 20 for reason in WITHOUT.values())


@pytest.mark.parametrize("told", HELPS, ids=lambda told: told.pages[0])
def test_no_help_names_a_button_that_does_not_exist(told: Help) -> None:
    sentences = told.about + told.then + told.back
    app = told.pages[0].split(":")[0] if ":" in told.pages[0] else "hub"

    assert {*told.buttons.values()} - pressed_in(app) == set()
    assert [name for name in told.buttons if f"“%({name})s”" not in sentences] == []
    assert _SPOKEN.search(sentences) is None


@pytest.mark.parametrize("told", HELPS, ids=lambda told: told.pages[0])
@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_help_is_short_in_both_languages(told: Help, language: str) -> None:
    said = " ".join(_said(told, language)).split()

    assert len(said) <= WORDS_AT_MOST


@pytest.mark.parametrize("language", ["fr-ca", "en"])
def test_every_section_that_a_help_names_is_in_its_guide(language: str) -> None:
    there = {
        (name, section.anchor)
        for name in NAMES
        for section in guide_of(name, language).sections
    }

    named = {place for told in HELPS for place in told.sections.items()}
    assert named - there == set()


def test_every_help_names_a_section_or_a_written_reason() -> None:
    bare = {told.pages[0] for told in HELPS if not told.sections}

    assert bare == {*WITHOUT_SECTION}
    assert all(len(reason) > 20 for reason in WITHOUT_SECTION.values())


def test_a_help_leads_each_role_to_the_section_of_its_own_guide() -> None:
    told = Help(
        pages=(),
        about="",
        then="",
        back="",
        sections={"producer": "week", "everyone": "place"},
    )
    own = Help(pages=(), about="", then="", back="", sections={"producer": "week"})

    assert told.section_for({"producer", "driver"}) == ("producer", "week")
    assert told.section_for(set()) == ("everyone", "place")
    assert own.section_for({"driver"}) is None


@pytest.mark.parametrize(
    ("role", "address", "guide"),
    [
        ("coordination", "hub:cycles", "/guide/coordinator/#cycle"),
        ("coordination", "hub:places", "/guide/everyone/#place"),
        ("coordination", "hub:families", "/guide/coordinator/"),
        ("programme", "vouchers:envelopes", "/guide/programme_manager/#grant"),
        ("distributor", "vouchers:envelopes", "/guide/distributor/#envelopes"),
    ],
)
def test_a_page_leads_to_the_section_that_tells_more(
    role: str, address: str, guide: str, world: World, asker: Asker
) -> None:
    page = asker.ask(role, "GET", reverse(address)).words

    box = re.search(r'<details class="page-help.*?</details>', page, re.S)
    assert re.findall(r'href="([^"]*)"', box[0] if box else "") == [guide]


def test_a_button_that_does_not_exist_is_found() -> None:
    assert "Close now" in pressed_in("routing")
    assert "Close it maybe" not in pressed_in("routing")


@pytest.mark.parametrize("language", ["fr-ca", "en"])
@pytest.mark.parametrize(("told", "page"), PAGES, ids=[page for _told, page in PAGES])
def test_a_page_shows_its_help(
    told: Help, page: str, language: str, world: World, asker: Asker
) -> None:
    answers = _pages(page, language, world, asker)

    assert answers != []
    assert [_help_in(answer) for answer in answers] == [
        [html.escape(sentence) for sentence in _said(told, language)] for _ in answers
    ]


def test_a_page_that_is_absent_shows_no_help(world: World, asker: Asker) -> None:
    route = ROUTES["hub:cycle"]
    address = route.address("cycle", [world.other])

    answer = asker.ask("coordination", "GET", address)

    assert (answer.mark, _help_in(answer.words)) == (".", [])


def test_a_refused_form_keeps_the_help_of_its_page(world: World, asker: Asker) -> None:
    answer = asker.ask("coordination", "POST", "/pricing/tiers/")

    assert answer.mark == "x"
    assert len(_help_in(answer.words)) == 3


def _pages(page: str, language: str, world: World, asker: Asker) -> list[str]:
    """The page, as one person sees it for each row that the table lets them see."""
    found = []
    for line in lines():
        if (line.route, line.verb) != (page, "GET"):
            continue
        for role in COLUMNS:
            if line.expected(role, [False]) != "y":
                continue
            own = next(ROUTES[page].mixtures(world))
            address = ROUTES[page].address(line.row, own)
            answer = asker.ask(role, "GET", address, language=language)
            found.append(answer.words)
            break
    return found


def _said(told: Help, language: str) -> list[str]:
    with override(language):
        words = {name: gettext(label) for name, label in told.buttons.items()}
        return [gettext(each) % words for each in (told.about, told.then, told.back)]


def _help_in(page: str) -> list[str]:
    box = re.search(r'<details class="page-help.*?</details>', page, re.S)
    return re.findall(r"<p>([^<]*)</p>", box[0]) if box else []


@cache
def pressed_in(app: str) -> frozenset[str]:
    """The words of every button and link of an app's pages."""
    folder = Path(settings.BASE_DIR) / app / "templates"
    found = set()
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for pressed in _PRESSED.finditer(text):
            found |= {one or other for one, other in _SAID.findall(pressed[0])}
        found |= set(re.findall(r'translate "([^"]+)" as withdraw', text))
        if "_active_button.html" in text:
            found.add("Offer again")
    return frozenset(found)
