"""Catalogues are gathered from code, templates and fragments."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hub.management import catalogues

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project: one sentence in code, two in a template, one fragment."""
    code = tmp_path / "orders" / "views.py"
    page = tmp_path / "hub" / "templates" / "page.html"
    fragment = tmp_path / "orders" / "locale" / "fr_CA" / "LC_MESSAGES" / "django.po"
    for path in (code, page, fragment):
        path.parent.mkdir(parents=True, exist_ok=True)
    code.write_text('X = _("Ordered " "today")\nY = N_("Lost")\n')
    page.write_text(
        '{% translate "Welcome" %}'
        "{% blocktranslate count num=2 %}{{ num }} crate"
        "{% plural %}{{ num }} crates{% endblocktranslate %}"
    )
    fragment.write_text(
        HEADER + 'msgid "Ordered today"\nmsgstr "Commandé aujourd’hui"\n'
    )
    return tmp_path


def test_code_and_templates_are_both_read(project: Path) -> None:
    assert set(catalogues.sources(project)) == {
        "Ordered today",
        "Lost",
        "Welcome",
        ("%(num)s crate", "%(num)s crates"),
    }


def test_writing_keeps_translations_and_names_what_is_missing(project: Path) -> None:
    missing = catalogues.write(project, "fr_CA")

    kept = catalogues.gather(project, "fr_CA")
    assert kept == {"Ordered today": "Commandé aujourd’hui"}
    assert set(missing) == {"Lost", "Welcome", ("%(num)s crate", "%(num)s crates")}


def test_fragments_disappear_into_the_common_catalogue(project: Path) -> None:
    catalogues.write(project, "fr_CA")

    assert catalogues.fragments(project, "fr_CA") == []


def test_english_is_its_own_translation(project: Path) -> None:
    missing = catalogues.write(project, "en")

    kept = catalogues.gather(project, "en")
    assert missing == []
    assert kept["Lost"] == "Lost"


def test_what_is_written_is_whole_and_no_guess(project: Path) -> None:
    """A catalogue whose header is fuzzy is skipped when catalogues are compiled."""
    catalogues.write(project, "fr_CA")

    with (project / "hub/locale/fr_CA/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    assert not catalogue.fuzzy
    assert (str(catalogue.locale), catalogue.num_plurals) == ("fr_CA", 2)
    assert catalogue.plural_expr == "(n > 1)"


def test_writing_twice_writes_the_same(project: Path) -> None:
    catalogues.write(project, "fr_CA")
    common = project / "hub/locale/fr_CA/LC_MESSAGES/django.po"
    first = common.read_text()

    catalogues.write(project, "fr_CA")

    assert common.read_text() == first


def test_a_guess_is_not_a_translation(project: Path) -> None:
    fragment = project / "orders/locale/fr_CA/LC_MESSAGES/django.po"
    sound = fragment.read_text()
    fragment.write_text(sound.replace('msgid "Ordered', '#, fuzzy\nmsgid "Ordered'))

    assert catalogues.gather(project, "fr_CA") == {}
