"""The errors people can meet, below every other room.

DomainError
├── NotAnAmount            text that is no amount of money
├── NotACount              text that is no whole number
├── JobLost                a run that no longer holds its job
├── CycleClosed            an order for a cycle that takes none
├── CycleNotOpen           a close of a cycle that never opened
├── CycleNotClosed         a cycle opened again that is not closed
├── NameTaken              another row of the same kind has this name
├── RoleDoesNotFit         a role that this kind of organization does not have
├── RoleHeld               an invitation to a role that the person has
├── InvitationOver         an invitation that expired, was answered or withdrawn
├── LastCoordinator        a hub would be left without anybody to run it
├── WindowOutOfOrder       hours that end before they begin
├── CycleOutOfOrder        a cycle whose moments do not follow each other
├── CycleNotDraft          a change that only a draft cycle allows
├── CyclePast              a cycle opened after its closing hour
├── CycleWeekFixed         a delivery moved to another week while orders come in
├── CycleNotEditable       a change to a cycle that no longer takes orders
├── HubWithoutDock         goods sent through a hub that has no dock
├── DockCannotWork         a dock whose goods must leave before they are recombined
├── PhotoTooHeavy          a photo whose file is too large
├── PhotoTooWide           a photo of more pixels than we decode
├── NotAPhoto              a file that is no whole photo
├── PlaceOutsideTerritory  a point that is not in Quebec
│   ├── CoordinatesSwapped     latitude and longitude changed places
│   └── LongitudeWithoutMinus  the west was written as the east
├── PlaceWaitsForPin       goods or trucks sent to a place that is not on the map yet
├── NotAScan               a file that is neither a plain PDF nor a picture
├── DayOutOfReach          a day or a moment of another century
├── KeyWithoutScope        an API key that could do nothing
├── KeyLastsTooLong        an API key for more days than any may last
├── IdempotencyKeyReused   an Idempotency-Key sent again with another content
├── TableTooLong           a file of more rows than a spreadsheet bears
├── (what stops a sheet: `hub.core.errors.imports`)
├── (what stops a webhook: `hub.core.errors.webhooks`)
├── SecondFactorMissing    what counts, asked for without a second factor
├── SecretUnreadable       a secret that none of the keys opens
└── (each app draws its own branch in its `core/errors.py`)
"""

from collections.abc import Mapping
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


def refusal_of(code: str, data: Mapping[str, Any]) -> DomainError:
    """A refusal that was written down by its code, to be said again.

    A code that no class has any more is said as the plainest refusal.
    """
    known = [DomainError]
    for each in known:
        if each.code == code:
            return each(**data)
        known += each.__subclasses__()
    return DomainError()


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


class PlaceWaitsForPin(DomainError):
    """`place` has no coordinates yet: no truck can be sent there."""

    code = "place_waits_for_pin"
    sentence = N_(
        "“%(place)s” waits for its pin: put it on the map first, on its page."
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


class CycleNotClosed(DomainError):
    """The cycle `cycle` is open already, is being closed, or never was."""

    code = "cycle_not_closed"
    sentence = N_(
        "The cycle “%(cycle)s” is not closed, so it cannot be opened again. If its "
        "close was cut in the middle, finish it first."
    )


class NameTaken(DomainError):
    """Another row already carries `name`."""

    code = "name_taken"
    sentence = N_("“%(name)s” already exists here. Choose another name.")


class RoleDoesNotFit(DomainError):
    """`organization` is of a kind in which nobody holds this role."""

    code = "role_does_not_fit"
    sentence = N_("Nobody can hold this role in “%(organization)s”.")


class RoleHeld(DomainError):
    """`email` has this role in `organization` already."""

    code = "role_held"
    sentence = N_("%(email)s has this role in “%(organization)s” already.")


class InvitationOver(DomainError):
    """An invitation that waits no more."""

    code = "invitation_over"
    sentence = N_(
        "This invitation is over: it expired, was answered or was withdrawn. Ask for "
        "a new one."
    )


class LastCoordinator(DomainError):
    """Ending this role would leave `organization` without coordination."""

    code = "last_coordinator"
    sentence = N_(
        "This is the last person who coordinates “%(organization)s”. "
        "Invite another one first."
    )


class WindowOutOfOrder(DomainError):
    """Opening hours that end at or before their beginning."""

    code = "window_out_of_order"
    sentence = N_("Hours must end after they begin.")


class CycleOutOfOrder(DomainError):
    """Opening, closing and delivery do not follow each other in time."""

    code = "cycle_out_of_order"
    sentence = N_(
        "A cycle opens, then closes, then is delivered on the same day or later."
    )


class CycleNotDraft(DomainError):
    """The cycle `cycle` is past its draft: buyers may have seen it."""

    code = "cycle_not_draft"
    sentence = N_("“%(cycle)s” is no longer a draft.")


class CyclePast(DomainError):
    """The closing hour of the draft `cycle` has passed."""

    code = "cycle_past"
    sentence = N_("The closing hour of “%(cycle)s” has passed. Choose a later one.")


class CycleWeekFixed(DomainError):
    """The cycle `cycle` is open: stock is promised in the week it was opened for."""

    code = "cycle_week_fixed"
    sentence = N_(
        "“%(cycle)s” is open: its delivery can move to another day of the same "
        "week only."
    )


class CycleNotEditable(DomainError):
    """The cycle `cycle` has closed, or was cancelled."""

    code = "cycle_not_editable"
    sentence = N_("“%(cycle)s” takes no orders any more: its dates are kept.")


class HubWithoutDock(DomainError):
    """Goods of a cycle shall pass through `hub`, which has no active dock."""

    code = "hub_without_dock"
    sentence = N_(
        "“%(hub)s” has no dock where trucks can stop. Add a place of the kind “Hub” "
        "first, or send the goods straight."
    )


class DockCannotWork(DomainError):
    """A dock without room for one truck, or a wait shorter than the recombining."""

    code = "dock_cannot_work"
    sentence = N_(
        "A dock takes at least one truck, and goods may wait at least as long as it "
        "takes to recombine them."
    )


class PhotoTooHeavy(DomainError):
    """A photo of more than 8 MB."""

    code = "photo_too_heavy"
    sentence = N_(
        "This photo weighs more than 8 MB. Choose a smaller one, or let the phone "
        "send it reduced."
    )


class PhotoTooWide(DomainError):
    """A photo of more pixels than we decode."""

    code = "photo_too_wide"
    sentence = N_(
        "This photo has too many pixels: at most 8000 a side and 50 million in all. "
        "Choose a smaller one."
    )


class NotAPhoto(DomainError):
    """A file that is neither JPEG, PNG nor WebP, or that is broken."""

    code = "not_a_photo"
    sentence = N_(
        "This file is not a photo that can be read. Choose a JPEG, PNG or WebP one."
    )


class NotAScan(DomainError):
    """A file that is no whole picture, or a PDF that does or hides something."""

    code = "not_a_scan"
    sentence = N_(
        "This file is not a scan that can be kept. Choose a plain PDF, or a JPEG, PNG "
        "or WebP picture."
    )


class DayOutOfReach(DomainError):
    """`day` is before the year 2000 or after 2099."""

    code = "day_out_of_reach"
    sentence = N_("%(day)s is out of reach: days run from 2000 to 2099.")


class KeyWithoutScope(DomainError):
    """An API key needs at least one scope."""

    code = "key_without_scope"
    sentence = N_("Choose at least one thing that this program may do.")


class KeyLastsTooLong(DomainError):
    """An API key lasts at least a day and at most `days` days."""

    code = "key_lasts_too_long"
    sentence = N_("A key lasts from 1 to %(days)s days.")


class IdempotencyKeyReused(DomainError):
    """`key` was sent before, by the same program, with another content."""

    code = "idempotency_key_reused"
    sentence = N_(
        "The Idempotency-Key “%(key)s” was already sent with another content. "
        "Nothing was done: send a new key."
    )


class TableTooLong(DomainError):
    """A table has more rows than one file may hold."""

    code = "table_too_long"
    sentence = N_(
        "This table has more than %(most)s rows, too many for one file."
        " Choose a shorter period, or read it page by page through the API."
    )


class SecondFactorMissing(DomainError):
    """Something that counts was asked for by a session without a second factor."""

    code = "second_factor_missing"
    sentence = N_("This asks for your second factor: sign in again at the site.")


class SecretUnreadable(DomainError):
    """A secret was encrypted with a key that SECOND_FACTOR_KEYS no longer names."""

    code = "secret_unreadable"
    sentence = N_("A secret kept for signing in opens with none of the keys.")
