"""The guides cannot lag: labels, sections, links and pictures are those of the site."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from hub.exchange.guides import NAMES, folder_of, guide_of, text_of, tree_of
from hub.management import catalogues
from tests.house import inspect_guides as inspect
from tests.house.inspect_words import french_faults

ROOT = Path(settings.BASE_DIR)
PICTURES = ROOT / "docs/guides/pictures"
MAX_BYTES = 60_000
GUIDES = [(name, language) for language in ("fr", "en") for name in NAMES]
CATALOGUE = {"fr": "fr_CA", "en": "en"}


def tree_for(name: str, language: str):
    return tree_of((folder_of(language) / f"{name}.md").read_text())


@pytest.fixture(scope="session")
def said() -> dict[str, list[catalogues.Source]]:
    """What the site says in each language."""
    return {
        language: list(catalogues.gather(ROOT, catalogue).values())
        for language, catalogue in CATALOGUE.items()
    }


def test_every_text_is_a_guide_and_every_guide_has_its_text() -> None:
    texts = sorted(
        (path.stem, path.parent.name) for path in ROOT.glob("docs/guides/*/*.md")
    )

    assert texts == sorted(GUIDES)


@pytest.mark.parametrize(("name", "language"), GUIDES)
def test_a_guide_names_only_labels_of_the_site(name, language, said) -> None:
    labels = inspect.labels_in(tree_for(name, language))

    assert inspect.unknown_labels(labels, said[language]) == []


def test_a_renamed_button_is_told() -> None:
    text = "Tap **Send now**, or **Offer again to A**: **Go: now**."
    said = ["Send now", "Offer again to %(name)s", "%(a)s: %(b)s"]

    unknown = inspect.unknown_labels(inspect.labels_in(tree_of(text)), said)

    assert unknown == ["Go: now"]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_sections_and_pictures(name) -> None:
    french, english = tree_for(name, "fr"), tree_for(name, "en")

    assert inspect.anchors_in(french) == inspect.anchors_in(english)
    assert inspect.pictures_in(english) == [
        ("en", picture) for _, picture in inspect.pictures_in(french)
    ]
    assert {language for language, _ in inspect.pictures_in(french)} <= {"fr"}


@pytest.mark.parametrize(("name", "language"), GUIDES)
def test_links_lead_to_sections_that_exist(name, language) -> None:
    known = {
        f"{other}.md#{anchor}"
        for other in NAMES
        for anchor in inspect.anchors_in(tree_for(other, language))
    } | {f"{other}.md" for other in NAMES}
    links = [
        f"{name}.md{link}" if link.startswith("#") else link
        for link in inspect.links_in(tree_for(name, language))
    ]

    assert [link for link in links if link not in known] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_french_guides_are_spaced_as_in_quebec(name) -> None:
    faults = [
        (line, fault)
        for node in tree_for(name, "fr").walk()
        if node.type == "inline"
        for line in [text_of(node)]
        for fault in french_faults(line)
    ]

    assert faults == []


@pytest.mark.parametrize(("name", "language"), GUIDES)
def test_every_guide_can_be_shown(name, language) -> None:
    assert guide_of(name, language).title == text_of(tree_for(name, language)[0])


def test_every_picture_shown_is_made_by_a_browser_test_and_the_reverse(house) -> None:
    shown = {
        picture
        for name in NAMES
        for _, picture in inspect.pictures_in(tree_for(name, "fr"))
    }
    taken = list(inspect.pictures_taken(house))

    assert (sorted(shown), len(taken)) == (sorted(set(taken)), len(set(taken)))


def test_the_pictures_kept_are_those_shown_and_light(house) -> None:
    sizes = json.loads((ROOT / "docs/guides/pictures.json").read_text())
    kept = {path.relative_to(PICTURES).as_posix() for path in PICTURES.rglob("*.*")}
    heavy = [name for name in kept if (PICTURES / name).stat().st_size > MAX_BYTES]
    taken = set(inspect.pictures_taken(house))

    assert (set(sizes), heavy) == (taken, [])
    assert kept == {f"{lang}/{name}.webp" for name in taken for lang in CATALOGUE}
    for name in kept:
        with Image.open(PICTURES / name) as image:
            told = sizes[Path(name).stem]
            ratio = image.width / image.height
            assert abs(ratio - told["width"] / told["height"]) < 0.01
