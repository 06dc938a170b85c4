"""What each shipment adds to a driven route, before any cap: its computation."""

from dataclasses import dataclass
from fractions import Fraction

from routing.core.shares.driven import DrivenRoute
from routing.core.shares.game import stop_values

SECONDS_AN_HOUR = 3_600
METRES_A_KM = 1_000


@dataclass(frozen=True, slots=True)
class Portion:
    """The exact part of one shipment in a route: metres, seconds, then cents.

    The parts of a route sum to its fixed cost, its metres and its paid seconds.
    """

    fixed_cents: Fraction
    distance_m: Fraction
    away_s: Fraction
    handling_s: int
    waiting_s: Fraction
    road_cents: Fraction
    time_cents: Fraction

    @property
    def cents(self) -> Fraction:
        """The fixed-order Shapley value of the shipment."""
        return self.fixed_cents + self.road_cents + self.time_cents


def portions_of(route: DrivenRoute) -> list[Portion]:
    """The fixed-order Shapley value of each shipment carried, taken apart.

    Its coalitions drive the stops of their shipments in the order really driven. The
    values sum to the route's cost before the rounding of its two products.
    """
    num_players = len(route.carried)
    distances_m = stop_values(route.stops, num_players, route.distances_m)
    away_s = stop_values(route.stops, num_players, route.away_s)
    vehicle = route.vehicle
    portions = []
    for at, carried in enumerate(route.carried):
        waiting_s = Fraction(route.waiting_s, num_players)
        paid_s = away_s[at] + carried.handling_s + waiting_s
        portions.append(
            Portion(
                fixed_cents=Fraction(vehicle.fixed_cents, num_players),
                distance_m=distances_m[at],
                away_s=away_s[at],
                handling_s=carried.handling_s,
                waiting_s=waiting_s,
                road_cents=distances_m[at] * vehicle.per_km_cents / METRES_A_KM,
                time_cents=paid_s * vehicle.per_hour_cents / SECONDS_AN_HOUR,
            )
        )
    return portions
