"""The errors of settling a driven day.

DomainError
└── RoutingRefused
    └── SettlingRefused      a day that cannot be settled, or is settled
        ├── NothingToSettle      no published plan that day
        ├── DayNotDispatched     the trucks were never sent out by the day's plan
        ├── DayNotOver           shipments that are neither delivered nor decided
        │   └── OrdersNotBilled      orders of which something came and is not billed
        └── DaySettled           a settled day whose plan cannot change any more
"""

from hub.core.errors import N_
from routing.core.errors.problems import RoutingRefused


class SettlingRefused(RoutingRefused):
    """A day that cannot be settled as it stands, or that is settled already."""

    code = "settling_refused"
    sentence = N_("This day cannot be settled.")


class NothingToSettle(SettlingRefused):
    """The pool `pool` has no published plan that day."""

    code = "nothing_to_settle"
    sentence = N_("“%(pool)s” has no published plan that day: nothing to settle.")


class DayNotDispatched(SettlingRefused):
    """No truck was sent out by the published plan of the day."""

    code = "day_not_dispatched"
    sentence = N_(
        "The trucks of this day were not sent out: nothing was driven. "
        "Send them out by the published plan first."
    )


class DayNotOver(SettlingRefused):
    """`count` shipments of the plan are neither delivered nor decided."""

    code = "day_not_over"
    sentence = N_(
        "The day is not over: shipments neither delivered nor decided: %(count)s. "
        "Note what was delivered, or decide what becomes of them."
    )


class OrdersNotBilled(DayNotOver):
    """What came for `count` orders, those of `buyers`, is not billed yet."""

    code = "orders_not_billed"
    sentence = N_(
        "These orders are not billed yet: %(buyers)s. The others are. Remedy what "
        "stands in the way, bill them, then settle the day."
    )


class DaySettled(SettlingRefused):
    """The day is settled, so its plan stays as it was driven."""

    code = "day_settled"
    sentence = N_("This day is settled: the plan that was driven cannot change.")
