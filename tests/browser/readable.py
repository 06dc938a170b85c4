"""Names that a reader believes, for the time of a picture.

Factories number what they make (`Produit 3`), give every place one address and write no
English. While a picture is taken such rows bear words of the field; afterwards they
have their own again.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model

from hub.models import Organization, Person, Place
from producers.models import Product, Variant
from routing.models import FleetPool, Vehicle

NUMBERED = re.compile(r"(\D+) \d+")
COLUMNS: tuple[tuple[type[Model], str], ...] = (
    (Organization, "name"),
    (Person, "name"),
    (Place, "name"),
    (Product, "name_fr"),
    (Variant, "label_fr"),
    (Vehicle, "name"),
    (FleetPool, "name"),
)
NAMES = {
    "Pôle": ("Pôle de l’Est", "Pôle de la Rive"),
    "Ferme": ("Ferme du Ruisseau", "Les Jardins de la Grève", "Ferme des Érables"),
    "Groupe": ("La Marmite du coin", "Le Frigo partagé", "Cuisine des Voisines"),
    "Membre": ("Le Relais des Buttes", "La Maison des Rangs"),
    "Transport": ("Transport Boréal", "Camions Tremblay"),
    "Personne": ("Mireille Côté", "Samuel Roy", "Aïcha Benali", "Jo Lapointe"),
    "Produit": ("Carottes nantaises", "Panais", "Betteraves jaunes", "Chou frisé"),
    "caisse": ("caisse 10 kg",),
    "Bassin": ("Les camions de l’Est",),
    "Camion": ("Le grand cube", "Le fourgon", "La navette"),
}
PLACES: dict[str, tuple[str, ...]] = {
    Place.Kind.FARM: ("Cour de la ferme", "Grange du haut", "Entrepôt à légumes"),
    Place.Kind.HUB: ("Quai du pôle",),
    Place.Kind.DEPOT: ("Garage de la rue Ontario", "Stationnement du marché"),
    Place.Kind.DROP_POINT: (
        "Porte de la ruelle",
        "Sous-sol de l’église",
        "Salle communautaire",
        "Café de la place",
        "Centre de loisirs",
        "Bibliothèque",
        "Maison de quartier",
        "Quai du marché",
    ),
}
REPEATED = ("caisse",)
"""What many rows may be called; others keep their number once the names are spent."""
ADDRESS = "1, rue de l'Essai"
"""What factories write for every place."""
ADDRESSES: dict[str, str] = {Place.Kind.FARM: "118, rang Saint-Charles"}
IN_TOWN = "2580, rue Ontario Est"
ENGLISH = {
    "Carottes nantaises": "Nantes carrots",
    "Panais": "Parsnips",
    "Betteraves jaunes": "Golden beets",
    "Chou frisé": "Kale",
    "caisse 10 kg": "10 kg case",
}

Kept = list[tuple[type[Model], str, object, object]]
"""What a column of a row was before."""


@contextmanager
def readable_names() -> Iterator[None]:
    """Give such rows words of the field, then their own back."""
    kept: Kept = []
    _name(kept)
    for row in Place.objects.filter(address=ADDRESS):
        _write(kept, row, "address", ADDRESSES.get(row.kind, IN_TOWN))
    _translate(kept, Product, "name")
    _translate(kept, Variant, "label")
    yield
    for model, column, key, value in reversed(kept):
        model._default_manager.filter(pk=key).update(**{column: value})


def _name(kept: Kept) -> None:
    met: dict[tuple[str, Any], int] = {}
    for model, column in COLUMNS:
        for row in model._default_manager.order_by("pk"):
            numbered = NUMBERED.fullmatch(getattr(row, column))
            if numbered is None:
                continue
            kind = numbered[1]
            choices = PLACES[row.kind] if isinstance(row, Place) else NAMES.get(kind)
            sort = (column, choices)
            number = met.setdefault(sort, 0)
            met[sort] += 1
            if choices and (number < len(choices) or kind in REPEATED):
                _write(kept, row, column, choices[number % len(choices)])


def _translate(kept: Kept, model: type[Model], column: str) -> None:
    for row in model._default_manager.filter(**{f"{column}_en": ""}):
        if said := ENGLISH.get(getattr(row, f"{column}_fr")):
            _write(kept, row, f"{column}_en", said)


def _write(kept: Kept, row: Model, column: str, value: str) -> None:
    kept.append((type(row), column, row.pk, getattr(row, column)))
    type(row)._default_manager.filter(pk=row.pk).update(**{column: value})
