"""Small examples of every kind of sheet: to fill in, or to be looked at and removed.

The farms, groups and streets are invented; the points are fields and corners around
Montréal, where trucks could stop.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.core.first_steps import Step

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a sample is called in the reader's language, and what it stands on.

    `mark` comes before every name; `hub` is the hub, `home` a place of it on the map
    ("" when there is none).
    """

    mark: str
    hub: str
    home: str = ""

    def of(self, name: str) -> str:
        """A name that says what it is."""
        return f"{self.mark} – {name}"


def sample_sheets(step: Step, names: Names) -> list[tuple[str, list[Row]]]:
    """The sheets of one step, in the order in which to import them."""
    match step:
        case Step.HUB:
            return [("places", [_dock(names)])]
        case Step.FARMS:
            return [
                ("farms", farms(names)),
                ("places", _gates(names)),
                ("products", products(names)),
            ]
        case Step.BUYERS:
            return [("buyers", buyers(names)), ("places", _doors(names))]
        case Step.TRUCKS:
            dock = [] if names.home else [("places", [_dock(names)])]
            return [*dock, ("trucks", [truck(names)])]
        case Step.CYCLE:
            return []


def farms(names: Names) -> list[Row]:
    """Two farms."""
    return [
        {"name": names.of("Ferme du Coteau"), "contact_phone": "450 555-0101"},
        {"name": names.of("Vergers de la Rive"), "contact_phone": "450 555-0102"},
    ]


def buyers(names: Names) -> list[Row]:
    """A group and an institution."""
    return [
        {"name": names.of("Cuisine du Quartier"), "kind": "buyer_group"},
        {"name": names.of("CPE Les Mésanges"), "kind": "institution"},
    ]


def places(names: Names) -> list[Row]:
    """A dock of the hub on the map, and a drop point that waits for its pin."""
    waiting = {
        "organization": names.hub,
        "name": names.of("Salle communautaire"),
        "kind": "drop_point",
        "address": "1, rue de l’Exemple, Montréal",
        "windows": "8 h 30–11 h",
    }
    return [_dock(names), waiting]


def products(names: Names, farm: str = "") -> list[Row]:
    """Three packings of two farms, or of the one that is named."""
    first = farm or names.of("Ferme du Coteau")
    second = farm or names.of("Vergers de la Rive")
    return [
        {
            "farm": first,
            "name_fr": names.of("Carottes"),
            "family": "vegetables",
            "label_fr": "caisse 10 kg",
            "unit": "case",
            "mass_g": "10,5 kg",
            "volume_ml": "25 L",
            "temperature_class": "chilled",
            "price_cents": "18,50 $",
        },
        {
            "farm": first,
            "name_fr": names.of("Œufs"),
            "family": "eggs",
            "label_fr": "douzaine",
            "unit": "dozen",
            "mass_g": "750 g",
            "volume_ml": "3 L",
            "temperature_class": "chilled",
            "price_cents": "4,75 $",
        },
        {
            "farm": second,
            "name_fr": names.of("Pommes"),
            "family": "fruit",
            "label_fr": "boîte 18 kg",
            "unit": "box",
            "mass_g": "18 kg",
            "volume_ml": "40 L",
            "temperature_class": "ambient",
            "price_cents": "27,00 $",
        },
    ]


def driver(names: Names) -> Row:
    """Somebody of nowhere, who drives for the hub."""
    return {"name": names.of("Noé"), "email": "noe@exemple.test"}


def truck(names: Names) -> Row:
    """A refrigerated truck that sleeps at the hub."""
    return {
        "name": names.of("camion réfrigéré"),
        "home": names.home or names.of("quai"),
        "chilled_kg": "2000",
        "chilled_l": "12000",
        "ambient_kg": "1000",
        "ambient_l": "6000",
        "shift_start": "6 h",
        "shift_end": "16 h 30",
        "fixed_cents": "120,00 $",
        "per_km_cents": "0,65 $",
        "per_hour_cents": "28,00 $",
        "has_tailgate": "oui",
    }


def _dock(names: Names) -> Row:
    return {
        "organization": names.hub,
        "name": names.of("quai"),
        "kind": "hub",
        "address": "100, rue de l’Exemple, Montréal",
        "latitude": "45.5365",
        "longitude": "-73.6220",
        "windows": "6 h–17 h",
        "has_dock": "oui",
    }


def _gates(names: Names) -> list[Row]:
    points = [("45.6130", "-73.8790"), ("45.4120", "-73.4650")]
    return [
        {
            "organization": farm["name"],
            "name": f"{farm['name']} (entrepôt)",
            "kind": "farm",
            "latitude": latitude,
            "longitude": longitude,
            "windows": "6 h–12 h",
        }
        for farm, (latitude, longitude) in zip(farms(names), points, strict=True)
    ]


def _doors(names: Names) -> list[Row]:
    points = [("45.5490", "-73.5560"), ("45.5280", "-73.5990")]
    return [
        {
            "organization": buyer["name"],
            "name": f"{buyer['name']} (livraison)",
            "kind": "drop_point",
            "latitude": latitude,
            "longitude": longitude,
            "windows": "8 h 30–11 h",
        }
        for buyer, (latitude, longitude) in zip(buyers(names), points, strict=True)
    ]
