"""Drawing the demo's hub: who is in it, where, and what they grow, from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from config.demo.goods import GOODS, Good, Kind
from config.demo.people import (
    BUYERS,
    FARM_NAMES,
    FARMS,
    LENDERS,
    TOWNS,
    FarmIdea,
)

NEIGHBOURHOODS = ("de l’Est", "du Parc", "des Rivières", "du Marché", "de la Gare")
KINDS: tuple[Kind, ...] = ("vegetables", "greens", "orchard", "eggs", "dairy", "meat")
SIZES = {"village": (4, 6, 2), "hub": (12, 24, 4), "city": (40, 120, 12)}
"""Farms, buyers and trucks of each size."""


@dataclass(frozen=True, slots=True)
class BuyerIdea:
    """A buyer: its name and the kind of its organization."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TruckIdea:
    """A truck: its lender, its compartments in kilograms and litres, its costs."""

    name: str
    lender: str
    compartments: tuple[tuple[str, int, int], ...]
    shift_s: tuple[int, int]
    fixed_cents: int
    per_km_cents: int
    per_hour_cents: int


@dataclass(frozen=True, slots=True)
class World:
    """Everybody in the demo, before anything is written down."""

    farms: tuple[FarmIdea, ...]
    buyers: tuple[BuyerIdea, ...]
    trucks: tuple[TruckIdea, ...]
    lenders: tuple[str, ...]


def draw_world(*, size: str, seed: int) -> World:
    """The same size and seed always give the same world."""
    num_farms, num_buyers, num_trucks = SIZES[size]
    chance = Random(seed)  # noqa: S311 - a fictional world, no secret
    farms = list(FARMS[:num_farms])
    for name in FARM_NAMES[: num_farms - len(farms)]:
        farms.append(_farm(name, chance))
    return World(
        farms=tuple(farms),
        buyers=tuple(_buyers(num_buyers)),
        trucks=tuple(_truck(number) for number in range(num_trucks)),
        lenders=tuple(name for name, _kind in LENDERS),
    )


def goods_of(farm: FarmIdea, month: int) -> list[Good]:
    """What a farm can sell in a month."""
    return [g for g in GOODS if g.kind in farm.kinds and month in g.months]


def _farm(name: str, chance: Random) -> FarmIdea:
    town, lat, lon = chance.choice(TOWNS)
    kinds: Sequence[Kind] = chance.sample(KINDS, k=chance.choice((1, 1, 2)))
    return FarmIdea(
        name,
        town,
        round(lat + chance.uniform(-0.04, 0.04), 5),
        round(lon + chance.uniform(-0.04, 0.04), 5),
        tuple(kinds),
    )


def _buyers(num_buyers: int) -> list[BuyerIdea]:
    buyers = []
    for number in range(num_buyers):
        name, kind = BUYERS[number % len(BUYERS)]
        turn = number // len(BUYERS)
        if turn:
            name = f"{name} {NEIGHBOURHOODS[turn - 1]}"
        buyers.append(BuyerIdea(name, kind))
    return buyers


def _truck(number: int) -> TruckIdea:
    sizes = (
        (("frozen", 700, 2_400), ("chilled", 2_400, 9_000), ("ambient", 1_800, 6_500)),
        (("chilled", 1_700, 6_500), ("ambient", 1_200, 4_500)),
        (("frozen", 500, 1_800), ("chilled", 1_900, 7_000), ("ambient", 1_200, 4_500)),
        (("chilled", 2_000, 7_500), ("ambient", 2_200, 8_000)),
    )
    names = ("Grand Frisquet", "Petit Frais", "La Givrée", "Le Trotteur")
    turn, kind = divmod(number, len(sizes))
    lenders = [name for name, _kind in LENDERS]
    return TruckIdea(
        name=names[kind] if not turn else f"{names[kind]} {turn + 1}",
        lender=lenders[number % len(lenders)],
        compartments=sizes[kind],
        shift_s=(5 * 3600, 18 * 3600) if kind % 2 == 0 else (6 * 3600, 18 * 3600),
        fixed_cents=(9_500, 6_000, 8_000, 7_000)[kind],
        per_km_cents=(112, 78, 98, 90)[kind],
        per_hour_cents=2_900,
    )
