"""The errors of a truck that breaks down.

DomainError
└── RoutingRefused
    └── BreakdownRefused     what cannot be done about a truck that stands still
        ├── PlanNotDriven            no truck drives by this plan at that hour
        ├── TruckNotOut              it has no route in the plan, or broke down before
        ├── PlaceNotOnRoute          a place where the truck does not come
        ├── OtherTruckFirst          another breakdown is not decided yet
        ├── RestNotPlanned           nothing is proposed to approve
        ├── DoneMeanwhile            a stop was done since the rest was planned
        └── NotAbandoned             only what was abandoned is taken up again
"""

from hub.core.errors import N_
from routing.core.errors.problems import RoutingRefused


class BreakdownRefused(RoutingRefused):
    """What cannot be done about a truck that stands still."""

    code = "breakdown_refused"
    sentence = N_("This breakdown cannot be handled.")


class PlanNotDriven(BreakdownRefused):
    """No truck drives by the plan at that hour."""

    code = "plan_not_driven"
    sentence = N_("No truck drives by this plan now. Plan the day again instead.")


class TruckNotOut(BreakdownRefused):
    """The truck `vehicle` has no route in the plan, or broke down before."""

    code = "truck_not_out"
    sentence = N_("“%(vehicle)s” does not drive a route of this plan any more.")


class PlaceNotOnRoute(BreakdownRefused):
    """The truck `vehicle` does not come to `place`."""

    code = "place_not_on_route"
    sentence = N_("“%(vehicle)s” does not come to “%(place)s”. Choose a nearer stop.")


class OtherTruckFirst(BreakdownRefused):
    """The breakdown of `vehicle` is not decided yet."""

    code = "other_truck_first"
    sentence = N_("Decide first how the day goes on without “%(vehicle)s”.")


class RestNotPlanned(BreakdownRefused):
    """Nothing is proposed that could be approved."""

    code = "rest_not_planned"
    sentence = N_("The rest of the day is not planned yet, or was planned again.")


class DoneMeanwhile(BreakdownRefused):
    """The truck `vehicle` did a stop that was planned anew."""

    code = "done_meanwhile"
    sentence = N_(
        "“%(vehicle)s” has done a stop since this was planned. Nothing was changed: "
        "plan the rest again."
    )


class NotAbandoned(BreakdownRefused):
    """A breakdown that is not abandoned, or beside which another is being decided."""

    code = "not_abandoned"
    sentence = N_(
        "Only an abandoned breakdown is taken up again, and while no other is being "
        "decided."
    )
