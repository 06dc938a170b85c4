"""One broken rule of a plan, and the sentence that says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.core.errors import N_

UNITS = ("g", "ml", "s", "m", "cents")
SENTENCES = {
    "unknown_vehicle": N_("The truck %(route)s is not in the problem."),
    "vehicle_used_twice": N_("The truck %(route)s drives two routes."),
    "unknown_place": N_(
        "Stop %(stop)s of %(route)s is at an unknown place, %(place)s."
    ),
    "unknown_shipment": N_("The plan names an unknown shipment, %(shipment)s."),
    "empty_stop": N_("Stop %(stop)s of %(route)s loads and unloads nothing."),
    "not_loaded": N_(
        "%(route)s unloads %(shipment)s at stop %(stop)s before loading it."
    ),
    "not_unloaded": N_("%(route)s loads %(shipment)s and never unloads it."),
    "handled_twice": N_("%(shipment)s is loaded or unloaded more than once."),
    "wrong_pickup_place": N_(
        "%(route)s loads %(shipment)s at stop %(stop)s, which is not its pickup place."
    ),
    "wrong_delivery_place": N_(
        "%(route)s unloads %(shipment)s at stop %(stop)s, "
        "which is not its delivery place."
    ),
    "no_compartment": N_(
        "%(route)s has no %(temperature_class)s compartment for the goods at stop "
        "%(stop)s."
    ),
    "too_heavy": N_(
        "After stop %(stop)s, %(route)s carries %(mass_g)s %(temperature_class)s; "
        "it may carry %(capacity_g)s."
    ),
    "too_big": N_(
        "After stop %(stop)s, %(route)s carries %(volume_ml)s "
        "%(temperature_class)s; it may carry %(capacity_ml)s."
    ),
    "outside_place_window": N_(
        "Service at stop %(stop)s of %(route)s begins at %(service_start_s)s, "
        "outside every window of the place."
    ),
    "outside_shipment_window": N_(
        "Service at stop %(stop)s of %(route)s begins at %(service_start_s)s, "
        "outside every window of %(shipment)s."
    ),
    "leaves_before_shift": N_(
        "%(route)s leaves at %(departure_s)s, before its shift begins at "
        "%(shift_start_s)s."
    ),
    "back_after_shift": N_(
        "%(route)s is back at %(return_s)s, after its shift ends at %(shift_end_s)s."
    ),
    "day_too_long": N_(
        "%(route)s is out for %(duration_s)s; it may be for %(max_duration_s)s."
    ),
    "route_too_far": N_(
        "%(route)s drives %(distance_m)s; it may drive %(max_distance_m)s."
    ),
    "wrong_leg": N_(
        "The way to stop %(stop)s of %(route)s is not the one of the matrix."
    ),
    "wrong_arrival": N_(
        "%(route)s arrives at stop %(stop)s at %(arrival_s)s; it would at "
        "%(expected_s)s."
    ),
    "serves_before_arriving": N_(
        "Service at stop %(stop)s of %(route)s begins before the truck is there."
    ),
    "wrong_departure": N_(
        "%(route)s leaves stop %(stop)s at %(departure_s)s; it could at %(expected_s)s."
    ),
    "wrong_return": N_(
        "%(route)s is back at %(return_s)s by the plan, at %(expected_s)s by the "
        "matrix."
    ),
    "too_long_on_board": N_(
        "%(shipment)s rides %(ride_s)s on %(route)s; it may ride %(max_onboard_s)s."
    ),
    "wrong_truck": N_("%(shipment)s may not ride on %(route)s, which loads it."),
    "leaves_without": N_(
        "%(route)s loads %(shipment)s at stop %(stop)s without %(inbound)s, which "
        "nobody brings there."
    ),
    "leaves_too_soon": N_(
        "%(route)s loads %(shipment)s at stop %(stop)s at %(loading_s)s; with "
        "%(inbound)s it is ready at %(ready_s)s."
    ),
    "waits_too_long": N_(
        "%(inbound)s waits %(wait_s)s for %(route)s at stop %(stop)s; it may wait "
        "%(dwell_limit_s)s."
    ),
    "dock_full": N_(
        "%(route)s is at the dock of stop %(stop)s at %(at_s)s with %(num_trucks)s "
        "trucks; it takes %(num_docks)s at once."
    ),
    "forgotten": N_("%(shipment)s is neither carried nor explained."),
    "carried_and_left": N_("%(shipment)s is carried and said to stay behind."),
    "explained_twice": N_("%(shipment)s stays behind twice."),
    "unknown_reason": N_(
        "%(shipment)s stays behind for an unknown reason, %(reason)s."
    ),
    "mandatory_left": N_("%(shipment)s must be carried and stays behind."),
    "wrong_route_distance": N_(
        "The distance of %(route)s is %(distance_m)s by the plan, %(expected_m)s "
        "by the matrix."
    ),
    "wrong_route_cost": N_(
        "%(route)s costs %(cost_cents)s by the plan, %(expected_cents)s by its rates."
    ),
    "wrong_total": N_(
        "The plan's %(figure)s is %(value)s; its parts make %(expected)s."
    ),
    "wrong_matrix": N_("The plan was made with other distances and times."),
}


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule a plan breaks: where, about which shipment, by which figures.

    `route` is the vehicle's id, `stop` counts from 0. `sentence` is the English
    source, its placeholders filled from `values` after translation.
    """

    code: str
    route: str | None = None
    stop: int | None = None
    shipment: str | None = None
    data: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence to translate and fill."""
        return SENTENCES[self.code]

    @property
    def values(self) -> dict[str, int | str | None]:
        """What fills the sentence; stops are counted from 1 for people."""
        return {
            "route": self.route,
            "stop": None if self.stop is None else self.stop + 1,
            "shipment": self.shipment,
            **self.data,
        }

    def __str__(self) -> str:
        return self.sentence % {
            name: _measured(name, value) for name, value in self.values.items()
        }


def _measured(name: str, value: int | str | None) -> str:
    """A figure with the unit that its name ends with."""
    unit = name.rpartition("_")[2]
    return f"{value} {unit}" if unit in UNITS else str(value)
