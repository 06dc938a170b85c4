"""The errors of what the planner is handed; the root of all of routing.

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
    └── WrongType            a field of another kind than agreed
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
