"""Names that a reader believes, for the time of a picture.

Factories number what they make (`Produit 3`). While a picture is taken such rows bear
a name of the field; afterwards they have their own again.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Model

from hub.models import Organization, Person, Place
from producers.models import Product, Variant

NUMBERED = re.compile(r"(\D+) \d+")
COLUMNS: tuple[tuple[type[Model], str], ...] = (
    (Organization, "name"),
    (Person, "name"),
    (Place, "name"),
    (Product, "name_fr"),
    (Product, "name_en"),
    (Variant, "label_fr"),
    (Variant, "label_en"),
)
NAMES = {
    "Pôle": ("Pôle de l’Est", "Pôle de la Rive"),
    "Ferme": ("Ferme du Ruisseau", "Les Jardins de la Grève", "Ferme des Érables"),
    "Groupe": ("La Marmite du coin", "Le Frigo partagé", "Cuisine des Voisines"),
    "Membre": ("Le Relais des Buttes", "La Maison des Rangs"),
    "Transport": ("Transport Boréal", "Camions Tremblay"),
    "Personne": ("Mireille Côté", "Samuel Roy", "Aïcha Benali", "Jo Lapointe"),
    "Lieu": ("Garage de la rue Ontario", "Porte de la ruelle", "Cour de la ferme"),
    "Produit": ("Carottes nantaises", "Panais", "Betteraves jaunes", "Chou frisé"),
    "Product": ("Nantes carrots", "Parsnips", "Golden beets", "Kale"),
    "caisse": ("caisse 10 kg",),
    "case": ("10 kg case",),
}


@contextmanager
def readable_names() -> Iterator[None]:
    """Give numbered rows such names, then their own back."""
    kept = [
        (model, column, row, name)
        for model, column in COLUMNS
        for row, name in model._default_manager.values_list("pk", column).order_by("pk")
        if NUMBERED.fullmatch(name or "")
    ]
    met: dict[tuple[type[Model], str], int] = {}
    for model, column, row, name in kept:
        kind = name.rsplit(" ", 1)[0]
        choices = NAMES.get(kind, (name,))
        number = met.setdefault((model, kind + column), 0)
        met[model, kind + column] += 1
        if number < len(choices) or kind in ("caisse", "case"):
            chosen = choices[number % len(choices)]
            model._default_manager.filter(pk=row).update(**{column: chosen})
    yield
    for model, column, row, name in kept:
        model._default_manager.filter(pk=row).update(**{column: name})
