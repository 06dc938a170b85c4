"""The errors people can meet, below every other room.

DomainError
├── NotAnAmount            text that is no amount of money
├── NotACount              text that is no whole number
├── JobLost                a run that no longer holds its job
├── CycleClosed            an order for a cycle that takes none
├── CycleNotOpen           a close of a cycle that never opened
├── PlaceOutsideTerritory  a point that is not in Quebec
│   ├── CoordinatesSwapped     latitude and longitude changed places
│   └── LongitudeWithoutMinus  the west was written as the east
└── (each app draws its own branch in its `core/errors.py`)
"""

from typing import Any, ClassVar


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for "mark, do not translate"
    """Mark a sentence for translation; the doors translate it when they show it."""
    return sentence


class DomainError(Exception):
    """A refusal that a person can read and act on.

    `code` is stable and documented; `sentence` is the English source of the words
    shown, with named placeholders filled from `data` after translation.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = N_("This could not be done.")

    def __init__(self, **data: Any) -> None:
        self.data = data
        super().__init__(self.sentence % data)


class NotAnAmount(DomainError):
    """`text` could not be read as an amount of money."""

    code = "not_an_amount"
    sentence = N_("“%(text)s” is not an amount. Write it like 12.50 or 1,230.50.")


class NotACount(DomainError):
    """`text` could not be read as a whole number from zero up."""

    code = "not_a_count"
    sentence = N_("“%(text)s” is not a whole number. Write it like 12.")


class PlaceOutsideTerritory(DomainError):
    """A point outside Quebec; `field` names the coordinate to look at first."""

    code = "place_outside_territory"
    sentence = N_(
        "This place (%(latitude)s, %(longitude)s) is outside Quebec. "
        "Check the %(field)s or choose the address again."
    )


class CoordinatesSwapped(PlaceOutsideTerritory):
    """The same two numbers, the other way round, are a place in Quebec."""

    code = "coordinates_swapped"
    sentence = N_(
        "Latitude %(latitude)s and longitude %(longitude)s seem to be swapped. "
        "Exchange them."
    )


class LongitudeWithoutMinus(PlaceOutsideTerritory):
    """The longitude lacks the minus sign that all of Quebec carries."""

    code = "longitude_without_minus"
    sentence = N_(
        "Longitudes in Quebec are negative: write -%(longitude)s "
        "instead of %(longitude)s."
    )


class JobLost(DomainError):
    """A run that stopped beating was replaced; it must throw away what it has."""

    code = "job_lost"
    sentence = N_("This work was taken over by another run.")


class CycleClosed(DomainError):
    """The cycle `cycle` takes no order now."""

    code = "cycle_closed"
    sentence = N_("“%(cycle)s” takes no orders any more. Nothing was changed.")


class CycleNotOpen(DomainError):
    """The cycle `cycle` is a draft or was cancelled: it cannot be closed."""

    code = "cycle_not_open"
    sentence = N_("“%(cycle)s” is not open, so it cannot be closed.")
