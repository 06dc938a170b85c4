"""What picking up at a farm costs, for the close that chooses among farms.

The rule: the cheapest truck of the hub's pools drives from its home to the farm and
back, and waits for the fixed time at the door. Kilometres and hours count, the cost
of the day does not: the truck drives that day anyway. Two farms on one road would
share the way, so this is an upper bound that ranks farms, not a bill.
"""

from collections.abc import Iterable

from routing.core.matrix import Matrix
from routing.core.problem import Place, Vehicle
from routing.core.schedule import route_cost_cents


def pickup_cost_cents(
    vehicles: Iterable[Vehicle], matrix: Matrix, *, place: Place
) -> int:
    """Cents that fetching goods at a place adds, by the cheapest of the trucks."""
    return min(_round_trip_cents(vehicle, matrix, place) for vehicle in vehicles)


def _round_trip_cents(vehicle: Vehicle, matrix: Matrix, place: Place) -> int:
    out = matrix.leg(vehicle.home_place_id, place.id)
    back = matrix.leg(place.id, vehicle.last_place_id)
    cents = route_cost_cents(
        vehicle,
        out.distance_m + back.distance_m,
        out.duration_s + place.service_duration_s + back.duration_s,
    )
    return cents - vehicle.fixed_cents
