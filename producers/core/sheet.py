"""The sheet of products: a row is one packing of one product of one farm."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from hub.core.errors import N_
from hub.core.imports import (
    Action,
    Column,
    Facts,
    Known,
    Line,
    Rule,
    Shape,
    Sheet,
    Verdict,
    judge,
    normalised,
    refuse,
    refused,
)
from hub.core.quantities import UNITS
from producers.core.errors import PackPromised
from producers.core.grid import (
    LARGEST_PACK_MASS_G,
    LARGEST_PACK_VOLUME_ML,
    LARGEST_PRICE_CENTS,
)

PRODUCT_COLUMNS = ("family", "name_en", "taxability")
"""What a row says of its product, and so of all its packings."""
PACK_COLUMNS = ("unit", "mass_g", "volume_ml", "temperature_class")
"""What buyers were promised; it stays while something is."""
_UNIT_WORDS = {
    "kg": ("kg", "kilo", "kilogramme", "kilogram"),
    "litre": ("litre", "l", "litres"),
    "unit": ("unité", "unit", "pièce", "piece", "chaque", "each", "un"),
    "dozen": ("douzaine", "dozen", "dz", "12"),
    "bunch": ("botte", "bunch", "paquet"),
    "case": ("caisse", "case", "crate"),
    "bag": ("sac", "bag", "poche"),
    "box": ("boîte", "box", "carton"),
    "basket": ("panier", "basket"),
    "jar": ("pot", "jar"),
    "bottle": ("bouteille", "bottle"),
    "tray": ("barquette", "tray", "casseau", "plateau"),
}

_NO_FARM = N_("“%(name)s” is no farm of the hub. Add it first, or write its name.")
_NO_FAMILY = N_("“%(name)s” is no product family. Write one of: %(choices)s.")
_OTHER_ROW = N_("Row %(other)s says something else of the same product.")
_OTHER_HERE = N_("This product is already here with something else. Correct it there.")
_AGREED = N_("This packing is in a pooled offer: its price and weight are agreed.")

PRODUCTS = Sheet(
    code="products",
    columns=(
        Column(
            code="farm",
            label=N_("Farm"),
            help=N_("Written as on its page."),
            is_required=True,
            names=("ferme", "producteur", "productrice", "producer", "fournisseur",
                   "supplier"),
        ),
        Column(
            code="name_fr",
            label=N_("Product"),
            help=N_("Its name in French: Carottes."),
            is_required=True,
            longest=80,
            names=("produit", "nom", "nom du produit", "nom français", "product name",
                   "article", "item"),
        ),
        Column(
            code="name_en",
            label=N_("Name in English"),
            longest=80,
            names=("nom anglais", "english name", "produit anglais", "anglais"),
        ),
        Column(
            code="family",
            label=N_("Family"),
            help=N_("Vegetables, Eggs, Dairy…"),
            is_required=True,
            names=("famille", "catégorie", "category", "type"),
        ),
        Column(
            code="label_fr",
            label=N_("Packing"),
            help=N_("As buyers read it: caisse 10 kg, botte, sac 2 kg."),
            is_required=True,
            longest=60,
            names=("format", "emballage", "conditionnement", "packing", "variante",
                   "pack"),
        ),
        Column(
            code="unit",
            label=N_("Unit"),
            help=N_("Case, bag, bunch, dozen, kg… Empty: a unit."),
            shape=Shape.CHOICE,
            names=("unité", "unité de vente", "sale unit", "vendu par"),
            choices={code: _UNIT_WORDS.get(code, (code,)) for code in UNITS},
            labels={unit.code: unit.label for unit in UNITS.values()},
        ),
        Column(
            code="units_per_case",
            label=N_("Pieces in a unit"),
            help=N_("Empty: 1."),
            shape=Shape.COUNT,
            lowest=1,
            highest=10_000,
            names=("pièces", "pièces par unité", "nombre", "pieces", "qté par caisse"),
        ),
        Column(
            code="mass_g",
            label=N_("Weight of one unit"),
            help=N_("With its packing: 2.5 kg or 750 g."),
            shape=Shape.MASS,
            is_required=True,
            lowest=1,
            highest=LARGEST_PACK_MASS_G,
            names=("poids", "masse", "weight", "poids kg", "poids unitaire", "kg"),
        ),
        Column(
            code="volume_ml",
            label=N_("Room it takes"),
            help=N_("In litres. Empty: two litres for each kilogram."),
            shape=Shape.VOLUME,
            lowest=1,
            highest=LARGEST_PACK_VOLUME_ML,
            names=("volume", "litres", "encombrement", "room"),
        ),
        Column(
            code="temperature_class",
            label=N_("Temperature"),
            help=N_("Frozen, chilled or ambient."),
            shape=Shape.CHOICE,
            is_required=True,
            names=("température", "conservation", "temp", "storage"),
            choices={
                "frozen": ("congelé", "frozen", "surgelé"),
                "chilled": ("réfrigéré", "chilled", "frais", "froid", "fresh", "4"),
                "ambient": ("ambiant", "ambient", "sec", "dry", "température pièce"),
            },
            labels={
                "frozen": N_("Frozen"),
                "chilled": N_("Chilled"),
                "ambient": N_("Ambient"),
            },
        ),
        Column(
            code="is_organic",
            label=N_("Certified organic"),
            help=N_("Yes or no."),
            shape=Shape.YES_NO,
            names=("bio", "biologique", "organic", "certifié bio"),
        ),
        Column(
            code="taxability",
            label=N_("Taxes"),
            help=N_("Zero-rated or taxable; empty: zero-rated."),
            shape=Shape.CHOICE,
            names=("taxe", "taxable", "tax"),
            choices={
                "zero_rated": ("détaxé", "zero-rated", "non", "no", "non taxable",
                               "détaxé (produit alimentaire de base)",
                               "zero-rated (basic grocery)"),
                "taxable": ("taxable", "oui", "yes", "x"),
            },
            labels={
                "zero_rated": N_("Zero-rated (basic grocery)"),
                "taxable": N_("Taxable"),
            },
        ),
        Column(
            code="price_cents",
            label=N_("Price of one unit ($)"),
            help=N_("What the farm is paid: 12.50. Empty: offered later."),
            shape=Shape.AMOUNT,
            highest=LARGEST_PRICE_CENTS,
            names=("prix", "prix unitaire", "price", "prix ferme", "farm price",
                   "prix $", "coût", "cost"),
        ),
    ),
    rules=(Rule("packing", ("farm", "name_fr", "label_fr")),),
    defaults={
        "name_en": "",
        "unit": "unit",
        "units_per_case": 1,
        "is_organic": False,
        "taxability": "zero_rated",
        "price_cents": None,
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """What the house knows around a sheet of products.

    `products` are known without their packings; `families` maps each code to its
    names; `promised` and `pooled` are ids of packings that buyers were promised, and
    of those in a pooled offer.
    """

    farms: Collection[str]
    families: Mapping[str, Collection[str]]
    products: Sequence[Known]
    packings: Sequence[Known]
    promised: Collection[str]
    pooled: Collection[str]


def judge_products(lines: Sequence[Line], shelves: Shelves) -> list[Verdict]:
    """What each row does; rows of one product agree on what they say of it."""
    house = {_product_key(row.facts): row.facts for row in shelves.products}
    known = [_known_words(line, shelves) for line in lines]
    said = _said(known)
    ready = [_of_one_product(line, house, said) for line in known]
    written: set[tuple[str, str]] = set()
    return [
        _settled(verdict, shelves, written)
        for verdict in judge(PRODUCTS, ready, shelves.packings)
    ]


def _product_key(facts: Facts) -> tuple[str, str]:
    return normalised(facts["farm"]), normalised(facts["name_fr"])


def _known_words(line: Line, shelves: Shelves) -> Line:
    """The line with its farm and its family as the house writes them."""
    facts = dict(line.facts)
    farms = {normalised(name): name for name in shelves.farms}
    if "farm" in facts:
        farm = farms.get(normalised(facts["farm"]))
        if farm is None:
            line = refuse(line, "farm", _NO_FARM, name=facts["farm"])
        facts["farm"] = farm or facts["farm"]
    if "family" in facts:
        code = _family(facts["family"], shelves.families)
        if code is None:
            choices = ", ".join(next(iter(n)) for n in shelves.families.values())
            line = refuse(
                line, "family", _NO_FAMILY, name=facts["family"], choices=choices
            )
            del facts["family"]
        else:
            facts["family"] = code
    return replace(line, facts=facts)


def _family(text: str, families: Mapping[str, Collection[str]]) -> str | None:
    asked = _singular(text)
    for code, names in families.items():
        if asked in {_singular(name) for name in (code, *names)}:
            return code
    return None


def _singular(text: str) -> str:
    return " ".join(word.rstrip("s") for word in normalised(text).split())


def _said(lines: Sequence[Line]) -> dict[tuple[str, str], dict[str, tuple[str, int]]]:
    """What is said of each product, by the first row that says it."""
    said: dict[tuple[str, str], dict[str, tuple[str, int]]] = {}
    for line in lines:
        if not {"farm", "name_fr"} <= line.facts.keys():
            continue
        told = said.setdefault(_product_key(line.facts), {})
        for column in ("name_fr", *PRODUCT_COLUMNS):
            if column in line.facts:
                told.setdefault(column, (line.facts[column], line.number))
    return said


def _of_one_product(
    line: Line,
    house: Mapping[tuple[str, str], Facts],
    said: Mapping[tuple[str, str], Mapping[str, tuple[str, int]]],
) -> Line:
    """The line beside what is known of its product, by the house or by other rows.

    What it leaves empty is taken from there; what it says otherwise than another row
    is refused.
    """
    if not {"farm", "name_fr"} <= line.facts.keys():
        return line
    facts = dict(line.facts)
    key = _product_key(facts)
    facts["name_fr"] = (
        house[key]["name_fr"] if key in house else said[key]["name_fr"][0]
    )
    for column in PRODUCT_COLUMNS:
        value, number = said[key].get(column, (None, 0))
        if column in facts and facts[column] != value:
            line = refuse(line, column, _OTHER_ROW, other=number)
        elif column not in facts and key in house:
            facts[column] = house[key][column]
        elif column not in facts and value is not None:
            facts[column] = value
    return replace(line, facts=facts)


def _settled(
    verdict: Verdict, shelves: Shelves, written: set[tuple[str, str]]
) -> Verdict:
    """The verdict with what a row may not do to a packing, and a product said once."""
    if verdict.action == Action.CREATE:
        return _new_packing(verdict, shelves)
    if verdict.action != Action.CHANGE:
        return verdict
    after = dict(verdict.after)
    is_told = _product_key(verdict.facts) in written
    for column in PRODUCT_COLUMNS if is_told else ():
        after.pop(column, None)
    if set(after) & set(PRODUCT_COLUMNS):
        written.add(_product_key(verdict.facts))
    is_pack = bool(set(after) & set(PACK_COLUMNS))
    if is_pack and verdict.target in shelves.promised:
        name = f"{verdict.facts['name_fr']}, {verdict.facts['label_fr']}"
        return refused(verdict, "mass_g", PackPromised.sentence, variant=name)
    if verdict.target in shelves.pooled and (is_pack or "price_cents" in after):
        return refused(verdict, "price_cents", _AGREED)
    return replace(
        verdict,
        action=Action.CHANGE if after else Action.LEAVE,
        before={name: verdict.before[name] for name in after},
        after=after,
    )


def _new_packing(verdict: Verdict, shelves: Shelves) -> Verdict:
    """A new packing does not change its product behind the others."""
    known = {_product_key(row.facts): row.facts for row in shelves.products}
    product = known.get(_product_key(verdict.facts), {})
    for column in PRODUCT_COLUMNS:
        said = verdict.facts.get(column)
        if product and said is not None and said != product[column]:
            return refused(verdict, column, _OTHER_HERE)
    after = dict(verdict.after)
    after.setdefault("volume_ml", min(2 * after["mass_g"], LARGEST_PACK_VOLUME_ML))
    return replace(verdict, after=after)
