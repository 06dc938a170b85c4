"""The errors of the planner, of its plain rooms first.

DomainError
└── RoutingRefused
    ├── NegativeValue        a quantity, duration or cost below zero
    ├── BackwardsWindow      a window or a shift that ends before it starts
    ├── UnknownClass         a temperature class nobody knows
    ├── DuplicateName        the same id or class twice
    ├── UnknownName          an id that points nowhere
    ├── EmptyShipment        a shipment that carries nothing
    ├── NothingToMove        a shipment picked up where it is delivered
    ├── BroughtElsewhere     a shipment after one that ends at another place
    ├── MatrixMismatch       a matrix whose shape or places do not fit
    ├── UnreadableFile       not JSON, or no such file
    ├── UnwritableFile       a place where no plan can be written
    ├── WrongFormat          JSON, but not the document or version asked for
    ├── MissingField         a field that must be there
    ├── WrongType            a field of another kind than agreed
    ├── NothingToPlan        a day that cannot be planned as it stands
    │   ├── PoolWithoutVehicle        no truck is lent to the pool
    │   ├── NothingToCarry            no closed cycle has goods for that day
    │   ├── VehicleWithoutCompartment a truck that can hold nothing
    │   ├── PlaceOffTheMap            a place that is not in Quebec
    │   └── TruckNotFree              a truck that the pool does not have at that time
    ├── SearchTimeRefused    more seconds than the site allows
    ├── SolverFailed         the planner's process ended without a plan
    ├── SolverStuck          the planner's process did not end in time
    ├── PlanBreaksRules      the check found a rule broken
    ├── PlanOutdated         a cycle moved on after the plan was made
    ├── HandRefused          what a coordinator's hand cannot do to a plan
    │   ├── PlanNotAdjustable         a version that is published, or a search's own
    │   ├── PlanEditedMeanwhile       somebody else changed it in between
    │   ├── NothingToUndo, NothingToRedo
    │   ├── ShipmentDecided           goods that a decision sent another way
    │   └── PlanNotSound              a plan with broken rules, to be published
    ├── PlanDispatched       the trucks of the day have left by their plan
    ├── PlanNotPublished     a plan to dispatch that nobody has seen
    ├── UnservedUndecided    goods left behind whose fate is open
    ├── TapRefused           what a driver's phone says and nobody can keep
    │   ├── TapUnreadable             a field that is missing or makes no sense
    │   ├── NotATemperature           degrees that no truck can have
    │   ├── TapReused                 a name used before for something else
    │   ├── StopUnknown               a stop that is not on this route
    │   ├── GoodsNotHere              a line that is not loaded or delivered there
    │   └── QuantityAboveShipment     more units than the shipment has
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

from typing import ClassVar

from hub.core.errors import N_, DomainError


class RoutingRefused(DomainError):
    """The planner was handed something it cannot work with."""

    code: ClassVar[str] = "routing_refused"
    sentence: ClassVar[str] = N_("This routing problem cannot be read.")


class NegativeValue(RoutingRefused):
    """A quantity, a duration or a cost is below zero (or zero where that is absurd)."""

    code = "negative_value"
    sentence = N_("%(field)s cannot be %(value)s: it is below what is allowed.")


class BackwardsWindow(RoutingRefused):
    """A window or shift ends before it starts."""

    code = "backwards_window"
    sentence = N_("%(field)s ends (%(end_s)s) before it starts (%(start_s)s).")


class UnknownClass(RoutingRefused):
    """A temperature class that is not frozen, chilled or ambient."""

    code = "unknown_temperature_class"
    sentence = N_("%(field)s names the temperature class %(value)s, which is unknown.")


class DuplicateName(RoutingRefused):
    """Two things of one kind carry the same id or class."""

    code = "duplicate_name"
    sentence = N_("%(field)s contains %(value)s twice.")


class UnknownName(RoutingRefused):
    """An id that points to nothing."""

    code = "unknown_name"
    sentence = N_("%(field)s names %(value)s, which is not in the problem.")


class EmptyShipment(RoutingRefused):
    """A shipment without mass or volume."""

    code = "empty_shipment"
    sentence = N_("%(field)s carries nothing.")


class NothingToMove(RoutingRefused):
    """A shipment whose pickup and delivery are the same place."""

    code = "nothing_to_move"
    sentence = N_("%(field)s is picked up and delivered at the same place, %(value)s.")


class BroughtElsewhere(RoutingRefused):
    """A shipment that comes after another one, which ends at another place."""

    code = "brought_elsewhere"
    sentence = N_("%(field)s names %(value)s, which is delivered at another place.")


class MatrixMismatch(RoutingRefused):
    """A matrix that is not square, or lacks a place of the problem."""

    code = "matrix_mismatch"
    sentence = N_("%(field)s does not fit: %(value)s.")


class UnreadableFile(RoutingRefused):
    """A file that cannot be opened or is not JSON."""

    code = "unreadable_file"
    sentence = N_("The file %(file)s cannot be read: %(detail)s")


class UnwritableFile(RoutingRefused):
    """A file that cannot be written."""

    code = "unwritable_file"
    sentence = N_("The file %(file)s cannot be written: %(detail)s")


class WrongFormat(RoutingRefused):
    """A JSON document of another format or version."""

    code = "wrong_format"
    sentence = N_("%(field)s must be %(expected)s, not %(value)s.")


class MissingField(RoutingRefused):
    """A field that must be there is not."""

    code = "missing_field"
    sentence = N_("%(field)s is missing.")


class WrongType(RoutingRefused):
    """A field holds another kind of value than agreed."""

    code = "wrong_type"
    sentence = N_("%(field)s must be of type %(expected)s, not %(value)s.")


class NothingToPlan(RoutingRefused):
    """A day that cannot be planned as it stands."""

    code = "nothing_to_plan"
    sentence = N_("This day cannot be planned.")


class PoolWithoutVehicle(NothingToPlan):
    """The pool `pool` has no active truck."""

    code = "pool_without_vehicle"
    sentence = N_("No active truck is lent to “%(pool)s”. Add one first.")


class NothingToCarry(NothingToPlan):
    """No closed cycle of the pool's hubs has goods for that day."""

    code = "nothing_to_carry"
    sentence = N_("“%(pool)s” has nothing to carry that day. Close a cycle first.")


class VehicleWithoutCompartment(NothingToPlan):
    """The truck `vehicle` can hold nothing."""

    code = "vehicle_without_compartment"
    sentence = N_(
        "The truck “%(vehicle)s” has no compartment. Give it one, or set it aside."
    )


class PlaceOffTheMap(NothingToPlan):
    """The place `place` has coordinates outside Quebec."""

    code = "place_off_the_map"
    sentence = N_(
        "“%(place)s” stands at %(latitude)s, %(longitude)s, which is not in Quebec. "
        "Correct the place, then plan again."
    )


class SearchTimeRefused(RoutingRefused):
    """A search of `seconds` when 1 to `limit` are allowed."""

    code = "search_time_refused"
    sentence = N_("Choose a search time between 1 and %(limit)s seconds.")


class SolverFailed(RoutingRefused):
    """The planner's process ended without a plan; `detail` is its last word."""

    code = "solver_failed"
    sentence = N_("The planner stopped without a plan (%(detail)s). Plan again.")


class SolverStuck(RoutingRefused):
    """The planner's process was still running after `seconds`, and was ended."""

    code = "solver_stuck"
    sentence = N_("The planner did not answer within %(seconds)s seconds. Plan again.")


class PlanBreaksRules(RoutingRefused):
    """The check found `count` rules broken; `first` is the first, in English."""

    code = "plan_breaks_rules"
    sentence = N_(
        "The plan found was refused by the check, so nobody sees it. "
        "Rules broken: %(count)s. First: %(first)s"
    )


class PlanOutdated(RoutingRefused):
    """The cycle `cycle`, planned at revision `planned`, is now at `current`.

    `planned` is 0 for a cycle that closed after the plan was made.
    """

    code = "plan_outdated"
    sentence = N_(
        "The plan is out of date: “%(cycle)s” changed after it was made "
        "(version %(planned)s then, %(current)s now). Plan the day again."
    )


class HandRefused(RoutingRefused):
    """A change by hand that a plan does not take."""

    code = "hand_refused"
    sentence = N_("The plan cannot be changed like this.")


class PlanNotAdjustable(HandRefused):
    """A version that hands do not change: published, replaced, or a search's own."""

    code = "plan_not_adjustable"
    sentence = N_("This version stays as it is. Adjust it into a new one.")


class PlanEditedMeanwhile(HandRefused):
    """`who` changed the plan after the reader looked at it; nothing was written."""

    code = "plan_edited_meanwhile"
    sentence = N_(
        "%(who)s changed this plan while you were looking at it, so your change was "
        "not made. This is the plan as it is now: look again, then repeat it."
    )


class NothingToUndo(HandRefused):
    """No step is in effect."""

    code = "nothing_to_undo"
    sentence = N_("There is no step to undo.")


class NothingToRedo(HandRefused):
    """No step was undone last."""

    code = "nothing_to_redo"
    sentence = N_("There is no step to redo.")


class ShipmentDecided(HandRefused):
    """A decision sends `shipment` another way than by the trucks of this day."""

    code = "shipment_decided"
    sentence = N_(
        "“%(shipment)s” was decided otherwise: no truck of that day takes it. Take the "
        "decision back first."
    )


class PlanNotSound(HandRefused):
    """The plan breaks `count` rules; looking is allowed, publishing is not."""

    code = "plan_not_sound"
    sentence = N_(
        "Rules broken by this plan: %(count)s. Undo or move something, then publish."
    )


class PlanDispatched(RoutingRefused):
    """The plan of the day was dispatched, at `at`."""

    code = "plan_dispatched"
    sentence = N_(
        "The plan of that day was dispatched at %(at)s: trucks drive by it, and no "
        "other can take its place."
    )


class PlanNotPublished(RoutingRefused):
    """Only the published plan of a day can be dispatched."""

    code = "plan_not_published"
    sentence = N_("Publish this plan before the trucks leave by it.")


class UnservedUndecided(RoutingRefused):
    """`count` shipments stay behind and nobody has said what becomes of them."""

    code = "unserved_undecided"
    sentence = N_(
        "Shipments left behind without a decision: %(count)s. Decide each first."
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


class TapRefused(RoutingRefused):
    """What a driver's phone says cannot be kept; other taps are not touched."""

    code = "tap_refused"
    sentence = N_("This tap cannot be kept.")


class TapUnreadable(TapRefused):
    """The field `field` of a tap is missing or makes no sense."""

    code = "tap_unreadable"
    sentence = N_(
        "The phone sent something that cannot be read (%(field)s). "
        "Undo this tap and make it again."
    )


class NotATemperature(TapRefused):
    """`text` is not a temperature between −60 and 60 °C; `field` is its class."""

    code = "not_a_temperature"
    sentence = N_(
        "“%(text)s” is not a temperature. Read the thermometer again and write the "
        "degrees, between -60 and 60, like 3.5 or -18."
    )


class TapReused(TapRefused):
    """The local id `local_id` already names a tap that says something else."""

    code = "tap_reused"
    sentence = N_(
        "Another tap already has this name and says something else. The first one "
        "stands; make yours again if it should replace it."
    )


class StopUnknown(TapRefused):
    """The stop `stop` is not on the route that is driven."""

    code = "stop_unknown"
    sentence = N_("This stop is not on your route. Open the route again.")


class GoodsNotHere(TapRefused):
    """The line `line` is not loaded, or not delivered, at the stop."""

    code = "goods_not_here"
    sentence = N_("These goods are not handled at this stop. Open the route again.")


class QuantityAboveShipment(TapRefused):
    """`units` of `goods` when the shipment has `shipped`."""

    code = "quantity_above_shipment"
    sentence = N_(
        "%(units)s of “%(goods)s” is more than the %(shipped)s that were to come. "
        "Count again; extra goods stay with the farm."
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


class TruckNotFree(NothingToPlan):
    """The plan drives `vehicle` on the day `on` when the pool does not have it."""

    code = "truck_not_free"
    sentence = N_(
        "The pool does not have “%(vehicle)s” on %(on)s at the hours of this plan. "
        "Plan the day again."
    )
