"""Which money of the solidarity fund pays for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pricing.core.errors import FundTooLow

NOTHING: Mapping[str, int] = MappingProxyType({})


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
    lots: Iterable[MoneyLot],
    amount_cents: int,
    buyer_group: str,
    on: date,
    own_cents: Mapping[str, int] = NOTHING,
) -> list[LotDraw]:
    """Decide which money lots pay one draw.

    Only money that may pay for this buyer on this day is used: earmarked money
    before money open to all, and among each the lot that ends first (the code
    settles a tie). `own_cents`, by code, is what the same order had of a lot until now:
    it stays its own, whatever has ended since, and is kept before anything else is
    taken; it is part of the balances. The draws sum to `amount_cents`; a lot that gives
    nothing is left out. Raises FundTooLow, with `missing_cents`, when they cannot.
    """
    in_order = sorted(lots, key=_spending_order)
    missing_cents = amount_cents
    taken_cents = dict.fromkeys((lot.code for lot in in_order), 0)
    usable = [lot for lot in in_order if lot.may_pay_for(buyer_group, on)]
    for lot, most_cents in [
        *((lot, own_cents.get(lot.code, 0)) for lot in in_order),
        *((lot, lot.balance_cents) for lot in usable),
    ]:
        left_cents = min(lot.balance_cents, most_cents) - taken_cents[lot.code]
        more_cents = min(max(left_cents, 0), missing_cents)
        taken_cents[lot.code] += more_cents
        missing_cents -= more_cents
    if missing_cents > 0:
        raise FundTooLow(missing_cents=missing_cents)
    return [LotDraw(code, cents) for code, cents in taken_cents.items() if cents]


def _spending_order(lot: MoneyLot) -> tuple[bool, date, str]:
    return (lot.eligible_groups is None, lot.ends_on or date.max, lot.code)
