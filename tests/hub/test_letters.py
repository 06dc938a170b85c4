"""Every kind of notice is a letter without a hole, in the language of its reader."""

from typing import Any

import pytest

from hub.core.letters import FACTS, Kind
from hub.notices import compose

STOP = {
    "place": "Ferme d’En-Haut",
    "from_s": 28_800,
    "to_s": 30_600,
    "vehicle": "Cube 1",
    "goods": ["3 × Carottes"],
}
DAY: dict[str, Any] = {"service_on": "2026-06-18", "stops": [STOP]}
EXAMPLES: dict[Kind, dict[str, Any]] = {
    Kind.CYCLE_CLOSED: {
        "cycle": "Paniers",
        "service_on": "2026-06-18",
        "items": [{"title": "Carottes & panais", "units": 12}],
    },
    Kind.CYCLE_REOPENED: {
        "cycle": "Paniers",
        "service_on": "2026-06-18",
        "until_on": "2026-06-17",
        "until_s": 43_200,
        "reason": "Une ferme & une autre",
        "is_farm": True,
    },
    Kind.PLAN_WITHDRAWN: {
        "service_on": "2026-06-18",
        "vehicle": "Cube 1",
        "is_driver": True,
        "was_sent": True,
        "reason": "Verglas",
    },
    Kind.DAY_REOPENED: {
        "service_on": "2026-06-18",
        "pool": "Bassin",
        "amount_cents": 1_250,
        "is_carrier": False,
        "reason": "Deux caisses gelées",
    },
    Kind.PLAN_FARM: DAY,
    Kind.PLAN_BUYER: DAY,
    Kind.PLAN_DRIVER: {
        **DAY,
        "vehicle": "Cube 1",
        "home": "Dépôt",
        "start_s": 25_200,
        "end_s": 54_000,
    },
    Kind.ROUTE_CHANGED: {**DAY, "is_breakdown": True, "is_driver": False},
    Kind.SHIPMENT_DECIDED: {
        "service_on": "2026-06-18",
        "decision": "another_day",
        "moved_on": "2026-06-20",
        "farm": "Ferme du Rang",
        "drop_point": "CPE B",
        "note": "Avec nos excuses.",
    },
    Kind.INVOICE_ISSUED: {
        "number": "12",
        "service_on": "2026-06-18",
        "total_cents": 12_345,
        "seller": "Pôle Est",
        "is_credit": False,
    },
    Kind.STATEMENT_READY: {
        "service_on": "2026-06-18",
        "total_cents": 12_345,
        "hub": "Pôle Est",
    },
    Kind.MINIMUM_NOT_REACHED: {
        "cycle": "Paniers",
        "service_on": "2026-06-18",
        "farm": "Ferme du Rang",
        "missing_cents": 1_234,
        "is_cancelled": True,
    },
    Kind.ROUTE_HANDED_OVER: {"service_on": "2026-06-18", "vehicle": "Cube 1"},
    Kind.INVITATION: {
        "organization": "Ferme du Rang",
        "role": {"fr": "Producteur·rice", "en": "Producer"},
        "about": {"fr": "Parle pour une ferme.", "en": "Speaks for a farm."},
        "may": [{"fr": "Ajouter des produits.", "en": "Add products."}],
        "by": "Ana",
        "page": "https://charroi.example/invitations/",
        "address": "noe@rang.example",
        "expires_on": "2026-07-18",
    },
    Kind.DEFAULT_ORDER: {
        "cycle": "Paniers",
        "service_on": "2026-06-18",
        "drop_point": "CPE B",
        "total_cents": 12_345,
        "items": [{"title": {"fr": "Carottes", "en": "Carrots"}, "units": 3}],
        "missing": [
            {"title": {"fr": "Lait", "en": "Milk"}, "asked": 4, "given": 1},
        ],
        "refusal": None,
    },
    Kind.WEBHOOK_PAUSED: {
        "name": "Boutique",
        "is_gone": False,
        "failing_on": "2026-06-18",
    },
}


def written(kind: Kind, language: str, **changes: Any) -> tuple[str, str]:
    data = EXAMPLES[kind] | changes
    letter = compose(kind=kind, data=data, hub_name="Pôle Est", language=language)
    return letter.subject, letter.body.replace("\u00a0", " ")


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
