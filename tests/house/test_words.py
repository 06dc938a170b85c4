"""Every string in both languages, spaced as Quebec prints."""

from pathlib import Path

import pytest
from django.conf import settings

from hub.management import catalogues
from tests.house.inspect_words import NO_BREAK, french_faults, placeholder_faults

ROOT = Path(settings.BASE_DIR)


def test_nothing_is_left_untranslated_or_guessed() -> None:
    known = catalogues.gather(ROOT, "fr_CA")

    missing = [source for source in catalogues.sources(ROOT) if source not in known]

    assert missing == []


def test_the_english_catalogue_holds_every_string() -> None:
    """It is written by `manage.py messages`, once the fragments are gathered."""
    if catalogues.fragments(ROOT, "fr_CA"):
        pytest.skip("Fragments are still beside the common catalogue.")

    assert set(catalogues.gather(ROOT, "en")) == set(catalogues.sources(ROOT))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    faults = [
        (source, fault)
        for source, string in catalogues.gather(ROOT, language).items()
        for fault in placeholder_faults(source, string)
    ]

    assert faults == []


def test_french_is_spaced_as_in_quebec() -> None:
    faults = [
        (form, fault)
        for string in catalogues.gather(ROOT, "fr_CA").values()
        for form in ([string] if isinstance(string, str) else string)
        for fault in french_faults(form)
    ]

    assert faults == []


@pytest.mark.parametrize(
    ("sample", "fault"),
    [
        ("Vraiment ?", "a space before ; ! or ?"),
        (f"Vraiment{NO_BREAK}!", "a space before ; ! or ?"),
        ("Note: ceci", "no no-break space before :"),
        ("Note : ceci", "no no-break space before :"),
        ("12 $", "no no-break space before » or $"),
        (f"«{NO_BREAK}ceci »", "no no-break space before » or $"),
        (f"« ceci{NO_BREAK}»", "no no-break space after «"),
        ("15 %", "no no-break space before %"),
        ("15%", "no no-break space before %"),
        ("l'heure", "a straight apostrophe"),
        ("“ceci”", "English quotation marks"),
        ("votre e-mail", "write courriel"),
    ],
)
def test_a_badly_printed_sentence_is_told(sample: str, fault: str) -> None:
    assert french_faults(sample) == [fault]


@pytest.mark.parametrize(
    "sample",
    [
        f"Vraiment? Oui; c’est «{NO_BREAK}ceci{NO_BREAK}»{NO_BREAK}: 12{NO_BREAK}$!",
        f"15{NO_BREAK}% à 14:05, https://charroi.example",
        f"Code{NO_BREAK}: %(code)s",
    ],
)
def test_a_well_printed_sentence_passes(sample: str) -> None:
    assert french_faults(sample) == []


@pytest.mark.parametrize(
    ("source", "translation", "num_faults"),
    [
        ("Hello %(name)s", "Bonjour %(name)s", 0),
        ("Hello %(name)s", "Bonjour %(nom)s", 1),
        ("Hello %(name)s", "Bonjour", 1),
        (("%(num)s crate", "%(num)s crates"), ("%(num)s caisse", "caisses"), 1),
        (("one crate", "%(num)s crates"), ("une caisse", "%(num)s caisses"), 0),
    ],
)
def test_a_lost_placeholder_is_told(
    source: catalogues.Source, translation: catalogues.Source, num_faults: int
) -> None:
    assert len(placeholder_faults(source, translation)) == num_faults
