"""Handing out whole units in proportion to weights, up to a cap for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heapreplace


@dataclass(frozen=True, slots=True)
class Seat:
    """One who shares: how much it weighs, the most it takes, what it has already."""

    weight: int
    cap: int
    taken: int = 0

    def __post_init__(self) -> None:
        if self.weight < 1 or not 0 <= self.taken <= self.cap:
            raise ValueError("A seat weighs something and holds at most its cap.")


def apportion(num_units: int, seats: Sequence[Seat]) -> list[int]:
    """Hand out units one by one, each to the seat with the largest weight / (2n + 1).

    n is what the seat has already; the earlier seat wins a tie. This is the
    Sainte-Laguë method: proportional, rounded to the nearest unit. Largest remainder
    was set aside because it can take a unit from someone when there is one more to
    share; here nobody ever gets less because there is more.
    Returns what each holds at the end. Units beyond all caps are not handed out.
    """
    held = [seat.taken for seat in seats]
    queue = [
        (_claim(seat, held[index]), index)
        for index, seat in enumerate(seats)
        if held[index] < seat.cap
    ]
    heapify(queue)
    room = sum(seat.cap - seat.taken for seat in seats)
    for _ in range(min(num_units, room)):
        index = queue[0][1]
        held[index] += 1
        # A full seat goes to the bottom, below every claim.
        is_full = held[index] == seats[index].cap
        claim = Fraction(1) if is_full else _claim(seats[index], held[index])
        heapreplace(queue, (claim, index))
    return held


def _claim(seat: Seat, held: int) -> Fraction:
    return Fraction(-seat.weight, 2 * held + 1)
