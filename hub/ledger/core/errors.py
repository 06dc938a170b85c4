"""The refusals of the ledger.

DomainError
├── KeyReused         the key already has an outcome for other content
├── PostingUnknown    nothing was posted under that key (yet)
├── HoldUnknown       no hold was made under that key (yet)
├── NotReversible     a hold, a release or a reversal is not undone by `reverse`
├── PeriodClosed      the day lies in a period whose books are closed
├── PeriodNotOver     a period may be closed from the day after its last one
├── PeriodStaysClosed a closed period is never opened again
└── KeptRefusal       depends on the state of the ledger: kept with its key for ever
    ├── NotEnoughMoney   a floored account would go below zero
    ├── HoldExhausted    more is asked of a hold than is left in it
    └── AlreadyReversed  the posting was reversed before, under another key

Malformed calls (moves that do not sum to zero, a bad account code) are mistakes of
the programmer and raise ValueError.
"""

from typing import ClassVar

from hub.core.errors import N_, DomainError


class KeyReused(DomainError):
    """The key was used for something else; nothing was moved."""

    code: ClassVar[str] = "key_reused"
    sentence: ClassVar[str] = N_(
        "This request was already answered with other content."
    )


class PostingUnknown(DomainError):
    """Nothing was posted under the key that should be reversed."""

    code: ClassVar[str] = "posting_unknown"
    sentence: ClassVar[str] = N_("This money movement does not exist.")


class HoldUnknown(DomainError):
    """No hold was made under this key."""

    code: ClassVar[str] = "hold_unknown"
    sentence: ClassVar[str] = N_("No money is held for this.")


class NotReversible(DomainError):
    """Holds are given back by `release`; reversals and releases by a new posting."""

    code: ClassVar[str] = "not_reversible"
    sentence: ClassVar[str] = N_("This money movement cannot be reversed.")


class PeriodClosed(DomainError):
    """`day` is not after `closed_until`, the last day of the closed books."""

    code: ClassVar[str] = "period_closed"
    sentence: ClassVar[str] = N_(
        "The books are closed until %(closed_until)s, so nothing can be written on"
        " %(day)s. Choose a later day."
    )


class PeriodNotOver(DomainError):
    """`ends_on` is today or later: money may still move on it."""

    code: ClassVar[str] = "period_not_over"
    sentence: ClassVar[str] = N_(
        "%(ends_on)s is not over. Close a period once its last day has passed."
    )


class PeriodStaysClosed(DomainError):
    """The books are closed until `closed_until`, which is later than what is asked."""

    code: ClassVar[str] = "period_stays_closed"
    sentence: ClassVar[str] = N_(
        "The books are closed until %(closed_until)s, and a closed period is never"
        " opened again. Write a correction on a later day."
    )


class KeptRefusal(DomainError):
    """A refusal that depends on the moment, so it is kept: the key stays refused."""


class NotEnoughMoney(KeptRefusal):
    """`account` holds `balance_cents`; `missing_cents` more would have been needed."""

    code: ClassVar[str] = "not_enough_money"
    sentence: ClassVar[str] = N_("There is not enough money left for this.")


class HoldExhausted(KeptRefusal):
    """`hold` holds `balance_cents`; `missing_cents` more would have been needed."""

    code: ClassVar[str] = "hold_exhausted"
    sentence: ClassVar[str] = N_("More is asked than the money still held for this.")


class AlreadyReversed(KeptRefusal):
    """`posting` was reversed before by `reversal`."""

    code: ClassVar[str] = "already_reversed"
    sentence: ClassVar[str] = N_("This money movement was already reversed.")


KEPT_REFUSALS: dict[str, type[KeptRefusal]] = {
    error.code: error for error in (NotEnoughMoney, HoldExhausted, AlreadyReversed)
}
"""The listed refusals by code: what a late retry of a refused key is answered with."""
