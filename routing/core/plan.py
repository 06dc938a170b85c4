"""What was decided: routes, their stops to the second, and what stays behind.

A plan is a record: it carries its own legs and figures, so that later steps read the
plan and not the world.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing.core.matrix import Leg

REASON_CODES = (
    "no_compartment",
    "too_heavy",
    "too_big",
    "window_unreachable",
    "time_on_board",
    "shift_too_short",
    "too_far",
    "no_room_left",
    "cheaper_to_leave",
    "left_out",
    "pinned",
    "taken_out",
    "inbound_left",
    "outbound_left",
)
"""Why a shipment may stay behind; `explain` says what each means."""


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """One stop of a truck: unload first, then load.

    Service begins at `service_start_s` (waiting comes before it, in the truck) and
    lasts until `departure_s`: the handling of each shipment, and the place's fixed
    part, paid once, on leaving the place. A stop followed by another at the same
    place leaves the fixed part to that one. `leg` is the way that led here.
    """

    place_id: str
    arrival_s: int
    service_start_s: int
    departure_s: int
    leg: Leg
    loads: tuple[str, ...] = ()
    unloads: tuple[str, ...] = ()

    @property
    def waiting_s(self) -> int:
        """Seconds between arriving and beginning service."""
        return self.service_start_s - self.arrival_s


@dataclass(frozen=True, slots=True)
class PlannedRoute:
    """One truck's day: leaves home at `departure_s`, is back at `return_s`."""

    vehicle_id: str
    departure_s: int
    return_s: int
    stops: tuple[PlannedStop, ...]
    return_leg: Leg
    distance_m: int
    cost_cents: int

    @property
    def duration_s(self) -> int:
        """Paid duration, waiting included."""
        return self.return_s - self.departure_s

    @property
    def shipment_ids(self) -> tuple[str, ...]:
        """Shipments carried, in the order they are loaded."""
        return tuple(shipment for stop in self.stops for shipment in stop.loads)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a shipment stays behind: a stable code, and figures to say it with."""

    code: str
    data: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unserved:
    """A shipment nobody carries, with its reason."""

    shipment_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Routes of the trucks used, and every shipment left behind.

    `cost_cents` is what the routes cost; `penalty_cents`, kept apart, adds the
    penalties of the optional shipments left behind. `matrix_digest` names the figures
    the plan stands on, `engine` what computed it.
    """

    routes: tuple[PlannedRoute, ...]
    unserved: tuple[Unserved, ...]
    cost_cents: int
    penalty_cents: int
    distance_m: int
    duration_s: int
    matrix_digest: str
    engine: str

    @property
    def num_stops(self) -> int:
        """Stops of all routes together."""
        return sum(len(route.stops) for route in self.routes)

    @property
    def served_ids(self) -> frozenset[str]:
        """Shipments that some truck carries."""
        return frozenset(s for route in self.routes for s in route.shipment_ids)
