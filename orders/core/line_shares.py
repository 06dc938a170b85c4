"""Sharing a shortage among the lines that asked, with memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from orders.core.apportion import Seat, apportion
from orders.core.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a line asks; `memory` is the units its buyer missed in the last weeks.

    A `tie_key` that differs from week to week, like the moment of the order, leaves
    nobody always second among equals.
    """

    line_id: int
    drop_point_id: int
    ordered: int
    tie_key: str
    memory: int = 0

    def __post_init__(self) -> None:
        if self.ordered < 0 or self.memory < 0:
            raise ValueError("A line asks for, and has missed, zero or more.")


@dataclass(frozen=True, slots=True)
class LineShare:
    """What a line gets, and why."""

    line_id: int
    allocated: int
    reason: Reason


def share_shortage(supply: int, claims: Iterable[Claim]) -> list[LineShare]:
    """Share what there is among the lines of one product, in the order of tie keys.

    The shares sum to the supply, or to what was asked if that is less; none is above
    its order; more supply never lowers a share; a longer memory never does either.
    When there is not one unit each, those who missed most come first, then the
    largest orders. Raises ValueError for a negative supply.
    """
    if supply < 0:
        raise ValueError("A supply cannot be negative.")
    lines = sorted(claims, key=lambda claim: (claim.tie_key, claim.line_id))
    asked = sum(claim.ordered for claim in lines)
    if supply >= asked:
        quantities = [claim.ordered for claim in lines]
    else:
        quantities = _share_short(supply, lines)
    return [
        LineShare(claim.line_id, quantity, _line_reason(claim, quantity, supply, asked))
        for claim, quantity in zip(lines, quantities, strict=True)
    ]


def _share_short(supply: int, lines: Sequence[Claim]) -> list[int]:
    asking = [index for index, claim in enumerate(lines) if claim.ordered]
    first = sorted(asking, key=lambda i: (-lines[i].memory, -lines[i].ordered))
    served = set(first[:supply])
    if supply <= len(asking):
        return [int(index in served) for index in range(len(lines))]
    seats = [
        Seat(
            weight=max(claim.ordered + claim.memory, 1),
            cap=claim.ordered,
            taken=int(index in served),
        )
        for index, claim in enumerate(lines)
    ]
    return apportion(supply - len(served), seats)


def _line_reason(claim: Claim, quantity: int, supply: int, asked: int) -> Reason:
    if quantity == claim.ordered:
        return Reason("full", {"ordered": claim.ordered})
    if supply == 0:
        return Reason("none_available", {"ordered": claim.ordered})
    data = {
        "ordered": claim.ordered,
        "allocated": quantity,
        "supply": supply,
        "asked": asked,
    }
    if claim.memory:
        return Reason("shared_with_memory", {**data, "memory": claim.memory})
    return Reason("shared_shortage", data)
