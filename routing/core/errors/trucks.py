"""The errors of pools, trucks and loans.

DomainError
└── RoutingRefused
    ├── DriverBusy           a driver with two routes at the same time
    ├── DriverBusyElsewhere  a driver whom another pool has at these hours
    ├── DriverNeeded         a truck on the road left without a driver
    ├── LicenceMissing       a driver on the road without a licence that holds
    ├── NameTaken            two trucks of one pool under one name
    ├── PoolUnknown          a code that opens no pool
    └── LoanRefused          a loan of a truck that cannot be agreed
        ├── NoDayToLend           an offer without any day to come
        ├── TooManyDays           an offer that reaches too far
        ├── LoanHoursRefused      hours that are not on the hour, or end too early
        ├── PoolHasTruck          a truck offered to the pool it is in
        ├── AlreadyLent           a truck that somebody has during these hours
        ├── TruckOnTheRoad        a truck that drives a published route
        └── LoanCancelled         a loan that was called off
"""

from hub.core.errors import N_
from routing.core.errors.problems import RoutingRefused


class DriverBusy(RoutingRefused):
    """`driver` already drives `vehicle` on the same day at these hours."""

    code = "driver_busy"
    sentence = N_("%(driver)s already drives “%(vehicle)s” at these hours.")


class DriverBusyElsewhere(RoutingRefused):
    """`driver` drives by the published plan of another pool at these hours of `on`."""

    code = "driver_busy_elsewhere"
    sentence = N_(
        "%(driver)s already drives for another pool at these hours on %(on)s. Name "
        "somebody else, or speak with that pool."
    )


class DriverNeeded(RoutingRefused):
    """`vehicle` is on the road: somebody drives it."""

    code = "driver_needed"
    sentence = N_("“%(vehicle)s” has left with its goods: name who drives it instead.")


class LicenceMissing(RoutingRefused):
    """No licence of `driver` is on file that holds on the day `on`."""

    code = "licence_missing"
    sentence = N_(
        "No driver’s licence of %(driver)s that holds on %(on)s is on file, and the "
        "trucks have left. Write it down first, or name somebody else."
    )


class NameTaken(RoutingRefused):
    """Another truck of the pool, or of the same owner, is called `name`."""

    code = "vehicle_name_taken"
    sentence = N_("Another truck of this pool is called “%(name)s”. Choose a new name.")


class PoolUnknown(RoutingRefused):
    """No pool has the code `code`."""

    code = "pool_unknown"
    sentence = N_(
        "No pool has the code “%(code)s”. Ask the coordination that plans the trucks."
    )


class LoanRefused(RoutingRefused):
    """A loan of a truck that cannot be agreed."""

    code = "loan_refused"
    sentence = N_("This truck cannot be lent so.")


class NoDayToLend(LoanRefused):
    """An offer whose days are all past, or fall on none of the weekdays named."""

    code = "no_day_to_lend"
    sentence = N_("No day to come is left between these dates. Choose other days.")


class TooManyDays(LoanRefused):
    """An offer that reaches over more than `limit` days."""

    code = "too_many_days"
    sentence = N_("One offer reaches over %(limit)s days at most. Make several.")


class LoanHoursRefused(LoanRefused):
    """Hours of a loan that do not begin and end on the hour, one after the other."""

    code = "loan_hours_refused"
    sentence = N_("A loan begins and ends on the hour, and ends after it begins.")


class PoolHasTruck(LoanRefused):
    """The truck `vehicle` is in the pool `pool` every day already."""

    code = "pool_has_truck"
    sentence = N_("“%(vehicle)s” is in “%(pool)s” every day already.")


class AlreadyLent(LoanRefused):
    """Somebody has `vehicle` on the day `on` during some of these hours."""

    code = "vehicle_already_lent"
    sentence = N_(
        "“%(vehicle)s” is already taken on %(on)s during these hours. Nothing was "
        "changed: ask for another truck or other hours."
    )


class TruckOnTheRoad(LoanRefused):
    """A published route of the day `on` is driven with `vehicle`."""

    code = "truck_on_the_road"
    sentence = N_(
        "“%(vehicle)s” drives a published route on %(on)s. Publish a plan without it "
        "first."
    )


class LoanCancelled(LoanRefused):
    """The loan of `vehicle` for the day `on` was called off."""

    code = "loan_cancelled"
    sentence = N_("The offer of “%(vehicle)s” for %(on)s was called off.")
