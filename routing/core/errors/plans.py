"""The errors of planning a day, of hands on its plan, of publishing and dispatch.

DomainError
└── RoutingRefused
    ├── NothingToPlan        a day that cannot be planned as it stands
    │   ├── PoolWithoutVehicle        no truck is lent to the pool
    │   ├── NothingToCarry            no closed cycle has goods for that day
    │   ├── VehicleWithoutCompartment a truck that can hold nothing
    │   ├── PlaceOffTheMap            a place that is not in Quebec
    │   ├── PlaceNotPinned            a place that is not on the map yet
    │   └── TruckNotFree              a truck that the pool does not have at that time
    ├── SearchTimeRefused    more seconds than the site allows
    ├── SolverFailed         the planner's process ended without a plan
    ├── SolverStuck          the planner's process did not end in time
    ├── PlanBreaksRules      the check found a rule broken
    ├── PlanOutdated         a cycle moved on after the plan was made
    │   ├── CycleNotPlanned           it closed after the plan was made
    │   ├── GoodsCame                 goods of it were moved to the day since
    │   └── CycleLeftTheDay           it is no longer carried that day
    ├── HandRefused          what a coordinator's hand cannot do to a plan
    │   ├── PlanNotAdjustable         a version that is published, or a search's own
    │   ├── PlanEditedMeanwhile       somebody else changed it in between
    │   ├── NothingToUndo, NothingToRedo
    │   ├── NothingToImprove          every truck is locked
    │   ├── ShipmentDecided           goods that a decision sent another way
    │   └── PlanNotSound              a plan with broken rules, to be published
    ├── GoodsRideElsewhere   goods that another pool's plan carries that day
    ├── PlanDispatched       the trucks of the day have left by their plan
    ├── PlanNotPublished     a plan to dispatch that nobody has seen
    ├── UnservedUndecided    goods left behind whose fate is open
    └── PapersExpired        a truck or driver whose papers do not hold that day
"""

from hub.core.errors import N_
from routing.core.errors.problems import RoutingRefused


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


class PlaceNotPinned(NothingToPlan):
    """The place `place` has no coordinates yet."""

    code = "place_not_pinned"
    sentence = N_(
        "“%(place)s” waits for its pin. Put it on the map, on its page, then plan "
        "again."
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
    """The check found `count` rules broken; `first` is the first, in English.

    `rule`, `values` and `names` say the first in other languages
    (`routing.sentences.rule_sentence`).
    """

    code = "plan_breaks_rules"
    sentence = N_(
        "The plan found was refused by the check, so nobody sees it. "
        "Rules broken: %(count)s. First: %(first)s"
    )


class PlanOutdated(RoutingRefused):
    """The goods of `cycle` changed: revision `planned` then, `current` now."""

    code = "plan_outdated"
    sentence = N_(
        "The plan is out of date: the goods of “%(cycle)s” changed after it was made. "
        "Plan the day again."
    )


class CycleNotPlanned(PlanOutdated):
    """The cycle `cycle` closed after the plan was made."""

    code = "cycle_not_planned"
    sentence = N_(
        "The plan is out of date: “%(cycle)s” closed after it was made, so its goods "
        "are on no truck. Plan the day again."
    )


class GoodsCame(PlanOutdated):
    """Goods of the cycle `cycle`, of another day, were moved to this one since."""

    code = "goods_came"
    sentence = N_(
        "The plan is out of date: goods of “%(cycle)s” were moved to this day after it "
        "was made, so they are on no truck. Plan the day again."
    )


class CycleLeftTheDay(PlanOutdated):
    """The cycle `cycle` was planned and is no longer carried that day."""

    code = "cycle_left_the_day"
    sentence = N_(
        "The plan is out of date: “%(cycle)s” is no longer carried that day. "
        "Plan the day again."
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


class NothingToImprove(HandRefused):
    """Every truck is locked: a search has nothing to change."""

    code = "nothing_to_improve"
    sentence = N_("Every truck is locked. Unlock one, then improve the rest.")


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


class GoodsRideElsewhere(RoutingRefused):
    """`count` shipments of the plan ride by the published plan of `pool` that day."""

    code = "goods_ride_elsewhere"
    sentence = N_(
        "Goods of this plan already ride with “%(pool)s” that day: %(count)s. Plan the "
        "day again; what rides elsewhere is then left out."
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


class PapersExpired(RoutingRefused):
    """`count` papers are missing or over on the day; `holders` have them."""

    code = "papers_expired"
    sentence = N_(
        "Papers missing or over on that day, or no driver named: %(count)s "
        "(%(holders)s). The trucks stay until all are in order."
    )


class TruckNotFree(NothingToPlan):
    """The plan drives `vehicle` on the day `on` when the pool does not have it."""

    code = "truck_not_free"
    sentence = N_(
        "The pool does not have “%(vehicle)s” on %(on)s at the hours of this plan. "
        "Plan the day again."
    )
