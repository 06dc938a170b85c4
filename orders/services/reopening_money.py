"""The money that opening a cycle again would hold, read without any promise.

It follows `orders.services.reopening` order by order, in the same turn, over figures
read once: what the fund or an envelope lacks here is what the act would meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hub.ledger import statements
from orders import selectors
from orders.services import envelopes
from pricing import selectors as pricing_selectors
from pricing.core.funding import Wish, hold_in_turn
from vouchers import selectors as voucher_selectors
from vouchers.core.eligibility import (
    Owed,
    Terms,
    eligible_cents,
    payable_cents,
    room_cents,
)

if TYPE_CHECKING:
    from orders.services.reopening_preview import OrderAgain
    from vouchers.models import Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class FundAgain:
    """What the fund has free, and what the orders of a cycle would take of it.

    `held_cents` is held for them now, `needed_cents` would be held again. What is
    missing of it may be there, but end before or be meant for others: with anything
    missing the reopening is refused (`fund_too_low`).
    """

    free_cents: int
    held_cents: int
    needed_cents: int
    missing_cents: int

    @property
    def more_cents(self) -> int:
        """What would be newly held."""
        return self.needed_cents - self.held_cents

    @property
    def free_after_cents(self) -> int:
        """What would be left for other orders, were it not refused."""
        return self.free_cents - self.more_cents + self.missing_cents

    @property
    def is_emptied(self) -> bool:
        """Whether the reopening would take the last of it."""
        return self.more_cents > 0 and self.free_after_cents == 0


@dataclass(slots=True, kw_only=True)
class EnvelopeAgain:
    """What one envelope holds for the orders of a cycle, and would hold again.

    Of `needed_cents`, held before the close, `missing_cents` is no longer there: the
    buyer would owe it. `short_cents` was taken back by its programme although an order
    may claim it: with any of it the reopening is refused (`not_enough_money`). What is
    left in the envelope is its programme's and its group's to know.
    """

    envelope: Envelope
    terms: Terms
    left_cents: int
    held_cents: int = 0
    needed_cents: int = 0
    missing_cents: int = 0
    short_cents: int = 0

    def hold_again(self, claim: _Claim, on: date) -> None:
        """Take what one order would hold, as `envelopes.hold_as_ordered` does."""
        had_cents = claim.held_cents + claim.freed_cents
        now_cents = claim.held_cents
        if claim.held_cents < claim.wanted_cents:
            there_cents = self.left_cents + claim.held_cents
            now_cents = payable_cents(
                eligible_cents=claim.wanted_cents,
                room_cents=room_cents(
                    self.terms,
                    left_cents=there_cents - had_cents,
                    earlier_cents=had_cents,
                    on=on,
                ),
                wanted_cents=None,
            )
            self.short_cents += max(0, now_cents - there_cents)
            self.left_cents = max(0, there_cents - now_cents)
        self.held_cents += claim.held_cents
        self.needed_cents += had_cents
        self.missing_cents += had_cents - now_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What one order holds of its envelope, got back at the close, and wants again."""

    held_cents: int
    freed_cents: int
    wanted_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyAgain:
    """What a reopening asks of the fund and of envelopes."""

    fund: FundAgain | None
    envelopes: Sequence[EnvelopeAgain]

    @property
    def refusal_code(self) -> str | None:
        """The code with which the reopening would be refused for want of money."""
        if self.fund is not None and self.fund.missing_cents:
            return "fund_too_low"
        if any(each.short_cents for each in self.envelopes):
            return "not_enough_money"
        return None


def money_again(hub_id: int, rows: Iterable[OrderAgain], *, on: date) -> MoneyAgain:
    """Read what these orders would hold again; as many queries for any number."""
    in_turn = sorted(rows, key=lambda row: row.order.pk)
    return MoneyAgain(
        fund=_fund_again(hub_id, [row for row in in_turn if row.order.hold_key], on),
        envelopes=_envelopes_again(
            [
                row
                for row in in_turn
                if row.order.envelope is not None and row.order.envelope_hold_key
            ],
            on,
        ),
    )


def _fund_again(hub_id: int, rows: list[OrderAgain], on: date) -> FundAgain | None:
    if not rows:
        return None
    held, freed = _rows_of_holds([row.order.hold_key for row in rows])
    wishes = [
        Wish(
            buyer_group=row.order.buyer.public_id,
            amount_cents=row.draw_cents,
            held=held[row.order.hold_key],
            own=freed[row.order.hold_key],
        )
        for row in rows
    ]
    lots = pricing_selectors.money_lots(pricing_selectors.lots_of(hub_id=hub_id))
    held_cents = [sum(cents for _, cents in wish.held) for wish in wishes]
    return FundAgain(
        free_cents=sum(lot.balance_cents for lot in lots),
        held_cents=sum(held_cents),
        needed_cents=sum(
            max(wish.amount_cents, cents)
            for wish, cents in zip(wishes, held_cents, strict=True)
        ),
        missing_cents=sum(hold_in_turn(lots, wishes, on)),
    )


def _envelopes_again(rows: list[OrderAgain], on: date) -> list[EnvelopeAgain]:
    if not rows:
        return []
    held, freed = _rows_of_holds([row.order.envelope_hold_key for row in rows])
    parts = voucher_selectors.parts_for(
        (row.order.envelope, row.order.public_id)
        for row in rows
        if row.order.envelope is not None
    )
    families = selectors.families_of_lines(pk for row in rows for pk in row.owed_cents)
    known = {
        row.order.envelope.pk: row.order.envelope for row in rows if row.order.envelope
    }
    left_cents = voucher_selectors.left_in_each(known.values())
    found = {
        pk: EnvelopeAgain(
            envelope=envelope,
            terms=voucher_selectors.terms_of(envelope),
            left_cents=left_cents[pk],
        )
        for pk, envelope in known.items()
    }
    for row in rows:
        order = row.order
        assert order.envelope_id is not None, "only orders with an envelope are read"
        again = found[order.envelope_id]
        owed = [Owed(families[pk], cents) for pk, cents in row.owed_cents.items()]
        wanted_cents = eligible_cents(again.terms, owed)
        if order.envelope_cents is not None:
            part = parts.get(order.public_id)
            paid_cents = part.paid_cents if part else 0
            wanted_cents = min(wanted_cents, max(order.envelope_cents - paid_cents, 0))
        claim = _Claim(
            held_cents=sum(cents for _, cents in held[order.envelope_hold_key]),
            freed_cents=sum(cents for _, cents in freed[order.envelope_hold_key]),
            wanted_cents=wanted_cents,
        )
        again.hold_again(claim, on)
    return list(found.values())


_ByHold = dict[str, list[tuple[str, int]]]


def _rows_of_holds(keys: list[str]) -> tuple[_ByHold, _ByHold]:
    """What is left in each hold, and what the close gave back of it, by its key."""
    held = statements.left_in_holds(keys)
    back = statements.given_back_under_each(envelopes.shrink_key(key) for key in keys)
    return held, {key: back[envelopes.shrink_key(key)] for key in keys}
