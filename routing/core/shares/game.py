"""The Shapley value of a way whose order is fixed, for players with several stops.

A way goes from home (0) through the stops 1 … n, in the order driven, to the end
(n + 1). A stop is present as long as one of its players is, and a coalition drives
from each present stop straight to the next one. Write `met(i, j)` for "somebody of
stops i to j is in the coalition". The leg i → j is driven when somebody of i and
somebody of j are there and nobody in between, which is
met(i, j-1) + met(i+1, j) - met(i+1, j-1) - met(i, j). Gathering the legs, what a
coalition drives is the sum over all stretches i … j of

    saved(i, j) x met(i, j),
    saved(i, j) = leg(i-1, j) + leg(i, j+1) - leg(i-1, j+1) - leg(i, j)

with leg(i, i) = 0 and leg(0, n+1) = 0, for a truck without goods stays home. The
Shapley value of met(i, j) alone is known: everybody of the stretch gets the same
part. So a player gets saved(i, j) / (people of the stretch) for each stretch it is
on. That is exact, takes about n² additions, and needs no triangle inequality.
"""

from collections.abc import Sequence, Set
from fractions import Fraction
from math import lcm


def stop_values(
    stops: Sequence[Set[int]], num_players: int, legs: Sequence[Sequence[int]]
) -> list[Fraction]:
    """What each player adds to a way, on average over every order of joining.

    `stops` says which players (0 … num_players - 1) each stop is made for; nobody's
    stop is never driven to. `legs` is a square of len(stops) + 2 rows, home first.
    The values sum to the way of everybody together.
    """
    common = lcm(*range(1, num_players + 1))
    totals = [0] * num_players
    for first in range(1, len(stops) + 1):
        people: set[int] = set()
        arrivals: list[tuple[Set[int], int]] = []
        for last in range(first, len(stops) + 1):
            newcomers = stops[last - 1] - people
            people |= newcomers
            part = 0
            if people:
                part = _saved(legs, first, last) * common // len(people)
            arrivals.append((newcomers, part))
        from_here_on = 0
        for newcomers, part in reversed(arrivals):
            from_here_on += part
            for player in newcomers:
                totals[player] += from_here_on
    return [Fraction(total, common) for total in totals]


def _saved(legs: Sequence[Sequence[int]], first: int, last: int) -> int:
    end = len(legs) - 1
    inside = 0 if first == last else legs[first][last]
    around = 0 if (first, last) == (1, end - 1) else legs[first - 1][last + 1]
    return legs[first - 1][last] + legs[first][last + 1] - around - inside
