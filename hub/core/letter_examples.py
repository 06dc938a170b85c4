"""An invented letter of each kind: what people read before anybody gets one.

The facts are those of one week in June of a hub that does not exist. A test walks all
kinds, so that a new one comes with its example.
"""

from typing import Any

from hub.core.letters import Kind


def _named(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


_BASKETS = _named("Paniers du jeudi", "Thursday baskets")
_DAY = "2026-06-18"
_STOP = {
    "place": "Ferme d’En-Haut",
    "from_s": 28_800,
    "to_s": 30_600,
    "vehicle": "Cube 1",
    "goods": [_named("3 × Carottes", "3 × Carrots")],
}
_STOPS: dict[str, Any] = {"service_on": _DAY, "stops": [_STOP]}

EXAMPLES: dict[Kind, dict[str, Any]] = {
    Kind.CYCLE_CLOSED: {
        "cycle": _BASKETS,
        "service_on": _DAY,
        "items": [
            {"title": _named("Carottes, 10 kg", "Carrots, 10 kg"), "units": 12},
            {"title": _named("Ail & fines herbes", "Garlic & herbs"), "units": 4},
        ],
    },
    Kind.CYCLE_REOPENED: {
        "cycle": _BASKETS,
        "service_on": _DAY,
        "until_on": "2026-06-17",
        "until_s": 43_200,
        "reason": _named(
            "Les œufs de la ferme Roy & Filles manquaient à la liste.",
            "The eggs of the Roy & Filles farm were missing from the list.",
        ),
        "is_farm": True,
    },
    Kind.CASH_LOW: {
        "below_on": "2026-06-25",
        "below_cents": 180_000,
        "low_on": "2026-07-09",
        "low_cents": -45_000,
        "level_cents": 200_000,
        "late_cents": 62_500,
    },
    Kind.PLAN_FARM: _STOPS,
    Kind.PLAN_BUYER: _STOPS,
    Kind.PLAN_DRIVER: {
        **_STOPS,
        "vehicle": "Cube 1",
        "home": _named("Entrepôt du pôle", "The hub’s warehouse"),
        "start_s": 25_200,
        "end_s": 54_000,
    },
    Kind.PLAN_WITHDRAWN: {
        "service_on": _DAY,
        "vehicle": "Cube 1",
        "is_driver": True,
        "was_sent": True,
        "reason": _named("Verglas sur la 15.", "Black ice on highway 15."),
    },
    Kind.ROUTE_CHANGED: {**_STOPS, "is_breakdown": True, "is_driver": False},
    Kind.ROUTE_HANDED_OVER: {"service_on": _DAY, "vehicle": "Cube 1"},
    Kind.SHIPMENT_DECIDED: {
        "service_on": _DAY,
        "decision": "another_day",
        "moved_on": "2026-06-20",
        "farm": "Ferme du Rang",
        "drop_point": "CPE des Érables",
        "note": _named("Avec nos excuses.", "With our apologies."),
    },
    Kind.INVOICE_ISSUED: {
        "number": "12",
        "service_on": _DAY,
        "total_cents": 12_345,
        "seller": "Pôle de l’Est",
        "is_credit": False,
    },
    Kind.STATEMENT_READY: {
        "service_on": _DAY,
        "total_cents": 12_345,
        "hub": "Pôle de l’Est",
    },
    Kind.DAY_REOPENED: {
        "service_on": _DAY,
        "pool": _named("Camions du bassin", "Trucks of the basin"),
        "amount_cents": 1_250,
        "is_carrier": False,
        "reason": _named("Deux caisses gelées.", "Two frozen cases."),
    },
    Kind.MINIMUM_NOT_REACHED: {
        "cycle": _BASKETS,
        "service_on": _DAY,
        "farm": "Ferme du Rang",
        "missing_cents": 1_234,
        "is_cancelled": True,
    },
    Kind.DEFAULT_ORDER: {
        "cycle": _BASKETS,
        "service_on": _DAY,
        "drop_point": "CPE des Érables",
        "total_cents": 12_345,
        "items": [{"title": _named("Carottes", "Carrots"), "units": 3}],
        "missing": [{"title": _named("Lait", "Milk"), "asked": 4, "given": 1}],
        "refusal": None,
    },
    Kind.INVITATION: {
        "organization": "Ferme du Rang",
        "role": _named("Producteur·rice", "Producer"),
        "about": _named("Parle pour une ferme.", "Speaks for a farm."),
        "may": [_named("Ajouter des produits.", "Add products.")],
        "by": "Ana Roy",
        "page": "https://charroi.example/invitations/",
        "address": "noe@rang.example",
        "expires_on": "2026-07-18",
    },
    Kind.FUND_GUARD: {
        "is_stopped": False,
        "free_cents": 82_000,
        "warn_weeks": 8,
        "stop_weeks": 2,
    },
    Kind.WEBHOOK_PAUSED: {
        "name": _named("Boutique en ligne", "Online shop"),
        "is_gone": False,
        "failing_on": _DAY,
    },
}
