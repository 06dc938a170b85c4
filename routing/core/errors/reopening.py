"""The errors of going back: a cycle opened again, a plan withdrawn, a day reopened.

DomainError
└── RoutingRefused
    └── NoWayBack                what was done cannot be taken back
        ├── CycleHasDispatchedRoute  trucks left, or began, with goods of the cycle
        ├── PlanBegun                somebody has begun to drive the plan
        ├── AnotherVersionOpen       the plan is being adjusted by hand again
        └── DayNotSettled            no settlement to open again
"""

from hub.core.errors import N_
from routing.core.errors.problems import RoutingRefused


class NoWayBack(RoutingRefused):
    """What was done cannot be taken back any more."""

    code = "no_way_back"
    sentence = N_("This can no longer be taken back.")


class CycleHasDispatchedRoute(NoWayBack):
    """Trucks of `pool` left on the day `on`, or began to, with goods of `cycle`."""

    code = "cycle_has_dispatched_route"
    sentence = N_(
        "Goods of “%(cycle)s” are on the trucks of “%(pool)s” of %(on)s. Call that "
        "plan back first, while nobody has begun; afterwards correct what was "
        "delivered."
    )


class PlanBegun(NoWayBack):
    """`count` stops of the plan were told by a driver, or its goods are noted."""

    code = "plan_begun"
    sentence = N_(
        "The day has begun: somebody has already noted what happened on a route. The "
        "plan cannot be withdrawn. If a truck cannot go on, report its breakdown: the "
        "rest of its day is planned again."
    )


class AnotherVersionOpen(NoWayBack):
    """Another version of the same plan is being adjusted by hand."""

    code = "another_version_open"
    sentence = N_(
        "Another version of this plan is being adjusted by hand. Publish that version: "
        "it takes the place of this one."
    )


class DayNotSettled(NoWayBack):
    """The pool `pool` has no settlement in force for the day `on`."""

    code = "day_not_settled"
    sentence = N_("%(on)s is not settled for “%(pool)s”: there is nothing to reopen.")
