"""Every kind of notice is a letter without a hole, in the language of its reader."""

from typing import Any

import pytest

from hub.core.letter_examples import EXAMPLES
from hub.core.letters import FACTS, Kind
from hub.notices import compose


def written(kind: Kind, language: str, **changes: Any) -> tuple[str, str]:
    data = EXAMPLES[kind] | changes
    letter = compose(kind=kind, data=data, hub_name="Pôle Est", language=language)
    return letter.subject, letter.body.replace("\u00a0", " ")


def test_every_kind_has_an_example_and_no_other_has():
    assert [kind for kind in Kind if kind not in EXAMPLES] == []
    assert [kind for kind in EXAMPLES if kind not in set(Kind)] == []


@pytest.mark.parametrize("language", ["fr-ca", "en"])
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_written_whole_in_both_languages(kind: Kind, language: str):
    subject, body = written(kind, language)

    hello = "Bonjour," if language == "fr-ca" else "Hello,"
    faults = ["%(", "{{", "None", "2026-06", "&amp;", "\n\n\n", "28800", "12345"]
    assert (body[: len(hello)], frozenset(EXAMPLES[kind])) == (hello, FACTS[kind])
    assert [fault for fault in faults if fault in subject + body] == []
    assert subject.strip() != ""


def test_a_letter_in_french_says_day_hours_and_goods():
    letter = written(Kind.PLAN_FARM, "fr-ca")

    assert letter == (
        "Le camion passe le jeudi 18 juin 2026",
        "Bonjour,\n\n"
        "Voici quand le camion passe charger, le jeudi 18 juin 2026 :\n\n"
        "- Ferme d’En-Haut : entre 8 h 00 et 8 h 30 (Cube 1)\n"
        "    3 × Carottes\n\n"
        "Ayez la marchandise à la porte dès la première heure : le camion ne peut pas "
        "attendre.\n\n"
        "Pôle Est, avec Charroi\n",
    )


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("another_day", "They come Saturday, June 20, 2026 instead."),
        ("own_transport", "nothing is billed by the hub."),
        ("cancelled", "They are cancelled; nothing is billed."),
    ],
)
def test_each_decision_has_its_own_words(decision: str, said: str):
    _subject, body = written(Kind.SHIPMENT_DECIDED, "en", decision=decision)

    assert body.splitlines()[2].endswith(said)


def test_a_stop_that_is_no_more_is_said():
    _subject, body = written(Kind.ROUTE_CHANGED, "en", stops=[])

    assert "does not come to you" in body


def test_a_default_order_that_was_refused_says_why_in_the_readers_language():
    why = {"fr": "Le fonds est vide.", "en": "The fund is empty."}

    subject, body = written(
        Kind.DEFAULT_ORDER, "fr-ca", items=[], missing=[], refusal=why
    )

    assert subject.endswith("18 juin 2026 n’a pas pu être passée")
    assert "Le fonds est vide." in body
    assert "The fund is empty." not in body


def test_a_driver_without_stops_is_told_who_makes_them():
    _subject, body = written(Kind.ROUTE_CHANGED, "en", stops=[], is_driver=True)

    assert "Other trucks make the stops you had left" in body
