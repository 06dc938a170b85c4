"""Which farm fills which line, with as few farm-to-drop-point pairs as is easy."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A quantity of one line, given by one farm."""

    line_id: int
    farm_id: int
    quantity: int


def match(
    line_quantities: Mapping[int, int],
    farm_quantities: Mapping[int, int],
    drop_points: Mapping[int, int],
    preferred: AbstractSet[Pair] = frozenset(),
) -> list[Parcel]:
    """Fill every line from the farms, keeping both sums of quantities.

    `drop_points` gives each line's drop point. `preferred` holds the
    (farm, drop point) pairs that a truck links anyway; they are used first. Then
    equal quantities are paired, and the largest drop point left goes to the smallest
    farm that fills it, or else takes all of the largest. Each pairing empties a farm
    or fills a drop point, so new pairs number less than farms and drop points
    together. Ties follow the order of the mappings.
    Raises ValueError when the two sums differ.
    """
    if sum(line_quantities.values()) != sum(farm_quantities.values()):
        raise ValueError("Farms must give exactly what the lines receive.")
    demand: dict[int, int] = {}
    for line_id, quantity in line_quantities.items():
        drop_point_id = drop_points[line_id]
        demand[drop_point_id] = demand.get(drop_point_id, 0) + quantity
    flows = _pair_up(dict(farm_quantities), demand, preferred)
    given: dict[Pair, int] = {}
    for drop_point_id in demand:
        lines = {
            line_id: quantity
            for line_id, quantity in line_quantities.items()
            if drop_points[line_id] == drop_point_id
        }
        farms = {
            farm_id: flows[farm_id, drop_point_id]
            for farm_id in farm_quantities
            if (farm_id, drop_point_id) in flows
        }
        given |= _pair_up(farms, lines, frozenset())
    return [
        Parcel(line_id, farm_id, given[farm_id, line_id])
        for line_id in line_quantities
        for farm_id in farm_quantities
        if (farm_id, line_id) in given
    ]


def pairs_of(
    parcels: Iterable[Parcel], drop_points: Mapping[int, int]
) -> frozenset[Pair]:
    """List the (farm, drop point) pairs that parcels link, to prefer for the next."""
    return frozenset(
        (parcel.farm_id, drop_points[parcel.line_id]) for parcel in parcels
    )


def _pair_up(
    supply: dict[int, int], demand: dict[int, int], preferred: AbstractSet[Pair]
) -> dict[Pair, int]:
    """Empty `supply` into `demand`; both sum to the same."""
    left, wanted = dict(supply), dict(demand)
    flows: dict[Pair, int] = {}

    def flow(giver: int, taker: int) -> None:
        quantity = min(left[giver], wanted[taker])
        if quantity:
            flows[giver, taker] = flows.get((giver, taker), 0) + quantity
            left[giver] -= quantity
            wanted[taker] -= quantity

    known = [(g, t) for g in supply for t in demand if (g, t) in preferred]
    for giver, taker in sorted(known, key=lambda p: -min(supply[p[0]], demand[p[1]])):
        flow(giver, taker)
    while any(wanted.values()):
        flow(*_next_pair(left, wanted))
    return flows


def _next_pair(left: dict[int, int], wanted: dict[int, int]) -> Pair:
    takers = sorted((t for t in wanted if wanted[t]), key=lambda t: -wanted[t])
    givers = sorted((g for g in left if left[g]), key=lambda g: left[g])
    for taker in takers:
        for giver in givers:
            if left[giver] == wanted[taker]:
                return giver, taker
    largest = takers[0]
    for giver in givers:
        if left[giver] > wanted[largest]:
            return giver, largest
    # max keeps the first of equals, as sorted does above
    return max((g for g in left if left[g]), key=lambda g: left[g]), largest
