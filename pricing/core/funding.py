"""Which money of the solidarity fund pays for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pricing.core.errors import FundTooLow


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLot:
    """Money of one origin.

    `eligible_groups` names the only buyers it may pay for; None, it pays for
    anyone. `ends_on` is the last day it may be spent; None, it does not end.
    """

    code: str
    balance_cents: int
    ends_on: date | None = None
    eligible_groups: frozenset[str] | None = None

    def may_pay_for(self, buyer_group: str, on: date) -> bool:
        """Tell whether a buyer may draw on this money on a day."""
        has_ended = self.ends_on is not None and self.ends_on < on
        is_open_to = self.eligible_groups is None or buyer_group in self.eligible_groups
        return is_open_to and not has_ended


@dataclass(frozen=True, slots=True)
class LotDraw:
    """An amount taken from one money lot."""

    code: str
    amount_cents: int


def choose_lots(
    lots: Iterable[MoneyLot], amount_cents: int, buyer_group: str, on: date
) -> list[LotDraw]:
    """Decide which money lots pay one draw.

    Only money that may pay for this buyer on this day is used: earmarked money
    before money open to all, and among each the lot that ends first (the code
    settles a tie). The draws sum to `amount_cents`; a lot that gives nothing is
    left out. Raises FundTooLow, with `missing_cents`, when they cannot.
    """
    draws = []
    missing_cents = amount_cents
    usable = (lot for lot in lots if lot.may_pay_for(buyer_group, on))
    for lot in sorted(usable, key=_spending_order):
        taken_cents = min(lot.balance_cents, missing_cents)
        if taken_cents > 0:
            draws.append(LotDraw(lot.code, taken_cents))
            missing_cents -= taken_cents
    if missing_cents > 0:
        raise FundTooLow(missing_cents=missing_cents)
    return draws


def _spending_order(lot: MoneyLot) -> tuple[bool, date, str]:
    return (lot.eligible_groups is None, lot.ends_on or date.max, lot.code)
