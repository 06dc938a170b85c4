"""Which money of the solidarity fund pays for whom."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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

    Only money that may pay for this buyer on this day is used: the lot that ends
    first before the others, money without end last; of two that end the same day,
    earmarked money before money open to all (then the code settles). `own_cents`, by
    code, is what the same order had of a lot until now: it stays its own, whatever has
    ended since, and is kept before anything else is taken; it is part of the balances.
    The draws sum to `amount_cents`; a lot that gives nothing is left out. Raises
    FundTooLow, with `missing_cents`, when they cannot.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one order would hold of the fund, in place of what it holds.

    `held` is still held for it and `own` came back from it before, by money lot.
    """

    buyer_group: str
    amount_cents: int
    held: Sequence[tuple[str, int]] = ()
    own: Sequence[tuple[str, int]] = ()


def hold_in_turn(
    lots: Iterable[MoneyLot], wishes: Iterable[Wish], on: date
) -> list[int]:
    """How many cents each wish would lack, were one held after the other.

    A wish for no more than is held keeps it. What is there for a wish that lacks
    something counts as taken, so that the figures add up to what must be added.
    """
    known = list(lots)
    free_cents = Counter({lot.code: lot.balance_cents for lot in known})
    lacking = []
    for wish in wishes:
        if sum(cents for _, cents in wish.held) >= wish.amount_cents:
            lacking.append(0)
            continue
        kept_cents: Counter[str] = Counter()
        for code, cents in (*wish.held, *wish.own):
            kept_cents[code] += cents
        for code, cents in wish.held:
            free_cents[code] += cents
        now = [replace(lot, balance_cents=free_cents[lot.code]) for lot in known]
        draws, missing_cents = _as_far_as_possible(now, wish, on, kept_cents)
        for draw in draws:
            free_cents[draw.code] -= draw.amount_cents
        lacking.append(missing_cents)
    return lacking


def _as_far_as_possible(
    lots: list[MoneyLot], wish: Wish, on: date, kept_cents: Mapping[str, int]
) -> tuple[list[LotDraw], int]:
    """The draws that can be made for a wish, and the cents that it lacks."""
    missing_cents = 0
    try:
        choose_lots(lots, wish.amount_cents, wish.buyer_group, on, kept_cents)
    except FundTooLow as refusal:
        missing_cents = int(refusal.data["missing_cents"])
    there_cents = wish.amount_cents - missing_cents
    draws = choose_lots(lots, there_cents, wish.buyer_group, on, kept_cents)
    return draws, missing_cents


def _spending_order(lot: MoneyLot) -> tuple[date, bool, str]:
    return (lot.ends_on or date.max, lot.eligible_groups is None, lot.code)
