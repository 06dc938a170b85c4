"""What an envelope may pay for, and how much of an order.

A coupon is money, not a discount: it comes after the price is made. So the taxes of a
line are paid with the line that they belong to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vouchers.core.errors import EnvelopeEnded, EnvelopeNotBegun


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """When and for what an envelope pays.

    `ends_on` is the last day on which it promises anything new; None, it does not
    end. `family_ids` are the only product families it pays for; None, all of them.
    """

    starts_on: date
    ends_on: date | None = None
    family_ids: frozenset[int] | None = None

    def has_begun(self, on: date) -> bool:
        """Tell whether the first day has come."""
        return self.starts_on <= on

    def has_ended(self, on: date) -> bool:
        """Tell whether the last day has passed."""
        return self.ends_on is not None and self.ends_on < on

    def is_open(self, on: date) -> bool:
        """Tell whether the envelope promises anything new on a day."""
        return self.has_begun(on) and not self.has_ended(on)

    def pays_for(self, family_id: int) -> bool:
        """Tell whether a product of this family may be paid."""
        return self.family_ids is None or family_id in self.family_ids


@dataclass(frozen=True, slots=True)
class Owed:
    """What the buyer owes for goods of one family, taxes included."""

    family_id: int
    amount_cents: int


def eligible_cents(terms: Terms, owed: Iterable[Owed]) -> int:
    """Sum what is owed for families that the envelope pays for."""
    return sum(each.amount_cents for each in owed if terms.pays_for(each.family_id))


def room_cents(terms: Terms, *, left_cents: int, earlier_cents: int, on: date) -> int:
    """Tell how much an order may hold of an envelope on a day.

    What the order holds already stays its own, also after the last day; what is left
    in the envelope comes to it only while the envelope is open.
    """
    return earlier_cents + (left_cents if terms.is_open(on) else 0)


def payable_cents(
    *, eligible_cents: int, room_cents: int, wanted_cents: int | None
) -> int:
    """Tell how much of an order an envelope pays: as much as it may, when not told.

    Never more than is owed for its families, nor than there is room for.
    """
    most_cents = min(eligible_cents, room_cents)
    return most_cents if wanted_cents is None else min(wanted_cents, most_cents)


def require_open(terms: Terms, on: date) -> None:
    """Raises EnvelopeNotBegun before the first day, EnvelopeEnded after the last."""
    if not terms.has_begun(on):
        raise EnvelopeNotBegun(starts_on=terms.starts_on.isoformat())
    require_not_ended(terms.ends_on, on)


def require_not_ended(ends_on: date | None, on: date) -> None:
    """Raises EnvelopeEnded after the last day."""
    if ends_on is not None and ends_on < on:
        raise EnvelopeEnded(ends_on=ends_on.isoformat())


def spending_order(terms: Terms, tie_key: str) -> tuple[date, str]:
    """What envelopes are sorted by: the one that ends first is spent first."""
    return (terms.ends_on or date.max, tie_key)
