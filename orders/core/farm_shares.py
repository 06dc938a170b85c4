"""Sharing what is asked among the farms that have it: fair over the weeks, and near."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hub.core.money import scale_half_up
from orders.core.apportion import Seat, apportion
from orders.core.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FarmSupply:
    """What a farm has this week, and had and sold of the same in the last weeks.

    A farm stands once in a pool: its variants of the same thing are one supply.

    `pickup_cost_cents` is what its stop adds to the day's routes; None, not known.
    """

    farm_id: int
    available: int
    tie_key: str
    offered_before: int = 0
    supplied_before: int = 0
    pickup_cost_cents: int | None = None

    def __post_init__(self) -> None:
        if min(self.available, self.offered_before, self.supplied_before) < 0:
            raise ValueError("A farm has, offered and sold zero or more.")


@dataclass(frozen=True, slots=True)
class FarmShare:
    """What a farm gives, and why."""

    farm_id: int
    quantity: int
    reason: Reason


def share_among_farms(demand: int, farms: Iterable[FarmSupply]) -> list[FarmShare]:
    """Share what is asked among the farms that have it, in the order of tie keys.

    The shares sum to the demand and none is above what its farm has.
    Raises ValueError when the farms together have less than the demand.
    """
    suppliers = sorted(farms, key=lambda farm: (farm.tie_key, farm.farm_id))
    if not 0 <= demand <= sum(farm.available for farm in suppliers):
        raise ValueError("Farms cannot give more than they have.")
    owed, scale = _owed(suppliers)
    left_out = _left_out(demand, suppliers, owed)
    seats = [
        Seat(
            weight=max(farm.available * scale + behind, 1),
            cap=0 if farm.farm_id in left_out else farm.available,
        )
        for farm, behind in zip(suppliers, owed, strict=True)
    ]
    quantities = apportion(demand, seats)
    offered = sum(farm.available for farm in suppliers)
    return [
        FarmShare(
            farm.farm_id,
            quantity,
            Reason("left_out_far", {"pickup_cost_cents": farm.pickup_cost_cents or 0})
            if farm.farm_id in left_out
            else _farm_reason(farm, quantity, (demand, offered), (behind, scale)),
        )
        for farm, quantity, behind in zip(suppliers, quantities, owed, strict=True)
    ]


def _owed(farms: Sequence[FarmSupply]) -> tuple[list[int], int]:
    """Give how many units each farm is behind its fair part, times a common scale.

    Fair is the same part of what each offered for all; a farm without history is
    neither behind nor ahead.
    """
    offered = sum(farm.offered_before for farm in farms)
    supplied = sum(farm.supplied_before for farm in farms)
    owed = [
        farm.offered_before * supplied - farm.supplied_before * offered
        for farm in farms
    ]
    return owed, max(offered, 1)


def _left_out(
    demand: int, farms: Sequence[FarmSupply], owed: Sequence[int]
) -> frozenset[int]:
    present = [farm for farm in farms if farm.available]
    costs = [f.pickup_cost_cents for f in present if f.pickup_cost_cents is not None]
    dear = [
        (farm.pickup_cost_cents, farm)
        for farm, behind in zip(farms, owed, strict=True)
        if farm.available
        and farm.pickup_cost_cents is not None
        and farm.pickup_cost_cents * len(costs) > sum(costs)
        and behind <= 0
    ]
    spare = sum(farm.available for farm in present) - demand
    left_out = set()
    for _, farm in sorted(dear, key=lambda pair: -pair[0]):
        if farm.available <= spare:
            spare -= farm.available
            left_out.add(farm.farm_id)
    return frozenset(left_out)


def _farm_reason(
    farm: FarmSupply, quantity: int, market: tuple[int, int], memory: tuple[int, int]
) -> Reason:
    (demand, offered), (behind, scale) = market, memory
    if not farm.available:
        return Reason("nothing_posted")
    data = {"available": farm.available, "asked": demand, "offered": offered}
    if farm.available == offered:
        return Reason("only_farm", data)
    if quantity == farm.available:
        return Reason("all_taken", data)
    if behind == 0:
        return Reason("fair_share", data)
    units = abs(scale_half_up(behind, 1, scale))
    code = "fair_share_behind" if behind > 0 else "fair_share_ahead"
    return Reason(code, {**data, "memory": units})
