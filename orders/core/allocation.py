"""The allocation rule: who gets what when a cycle closes, from which farm, and why.

1. What the farms have is shared among the lines: everything when there is enough;
   otherwise one unit each first, then in proportion to what each line ordered plus
   what its buyer missed of the product in the last four weeks.
2. What the lines get is shared among the farms: in proportion to what each posted,
   plus what it is behind its fair part of the last four weeks (less what it is
   ahead). A farm whose pick-up costs more than the average is left out when the
   others have enough and it is not behind.
3. Farms fill lines so that few farms serve each drop point.

The result depends neither on the order of the arguments nor on row numbers: ties are
settled by `tie_key`, a stable word the caller chooses (the moment of the order, say).
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from orders.core.farm_shares import FarmShare, FarmSupply, share_among_farms
from orders.core.line_shares import Claim, LineShare, share_shortage
from orders.core.matching import Pair, Parcel, match, pairs_of
from orders.core.reasons import Reason

__all__ = [
    "MEMORY_WEEKS",
    "RULE_CODE",
    "Allocation",
    "Claim",
    "FarmShare",
    "FarmSupply",
    "LineShare",
    "Pair",
    "Parcel",
    "Reason",
    "allocate_offer",
    "allocate_pool",
    "match",
    "pairs_of",
    "share_among_farms",
    "share_shortage",
]

RULE_CODE = "fair_over_four_weeks"
"""The name of this rule, to be kept with what it gave."""

MEMORY_WEEKS = 4
"""How far back the caller counts `memory`, `offered_before`, `supplied_before`."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Lines, farms and the parcels between them; all three sum to the same.

    `pairs` are the (farm, drop point) links used, to prefer for the next offer.
    """

    lines: tuple[LineShare, ...]
    farms: tuple[FarmShare, ...]
    parcels: tuple[Parcel, ...]
    pairs: frozenset[Pair]


def allocate_pool(
    *,
    claims: Iterable[Claim],
    farms: Iterable[FarmSupply],
    preferred: AbstractSet[Pair] = frozenset(),
) -> Allocation:
    """Share a pooled offer among its lines and its farms, by the rule above.

    `preferred` are the (farm, drop point) links that other offers already use.
    """
    all_claims, all_farms = list(claims), list(farms)
    supply = sum(farm.available for farm in all_farms)
    lines = share_shortage(supply, all_claims)
    demand = sum(line.allocated for line in lines)
    given = share_among_farms(demand, all_farms)
    drop_points = {claim.line_id: claim.drop_point_id for claim in all_claims}
    parcels = match(
        {line.line_id: line.allocated for line in lines},
        {farm.farm_id: farm.quantity for farm in given},
        drop_points,
        preferred,
    )
    return Allocation(
        lines=tuple(lines),
        farms=tuple(given),
        parcels=tuple(parcels),
        pairs=pairs_of(parcels, drop_points),
    )


def allocate_offer(*, claims: Iterable[Claim], farm: FarmSupply) -> Allocation:
    """Share one farm's own offer among its lines, by the same rule."""
    return allocate_pool(claims=claims, farms=[farm])
