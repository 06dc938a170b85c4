"""What a basket would cost and whether it can be had, read without any promise."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hub.core.errors import DomainError
from orders import selectors
from orders.core.basket import QUANTITY_MAX
from orders.core.errors import ItemNotOffered, QuantityOutOfRange
from orders.models import Basket, BasketLine, OrderLine
from orders.services import lines as order_lines
from orders.services import support
from pricing import selectors as pricing_selectors
from pricing.core.limits import Limits
from pricing.core.quote import Quote
from pricing.core.terms import TermsBook
from pricing.selectors import TierChoice
from producers.core.catalogue import CatalogueRow
from producers.core.errors import NotEnoughStock
from vouchers import selectors as voucher_selectors
from vouchers.core.eligibility import (
    Owed,
    eligible_cents,
    payable_cents,
    room_cents,
)
from vouchers.selectors import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedRow:
    """One product as this buyer meets it: price, what is left, what is wanted.

    `quantity` is what the basket wants and `confirmed` what a confirmed order has of
    it already; `row` is empty for a product that is no longer in the list.
    """

    public_id: str
    title: str
    row: CatalogueRow | None
    quantity: int
    confirmed: int
    left: int
    quote: Quote | None
    problem: DomainError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The parts of a whole basket. Always, to the cent:
    buyer + draw + rounding = farm + transport + fees + margin + TPS + TVQ."""

    farm_cents: int
    transport_cents: int
    fees_cents: int
    margin_cents: int
    full_price_cents: int
    draw_cents: int
    rounding_cents: int
    tps_cents: int
    tvq_cents: int
    buyer_cents: int

    @property
    def gift_cents(self) -> int:
        """What the buyer gives to the fund, when it gives."""
        return max(-self.draw_cents, 0)


@dataclass(kw_only=True)
class Look:
    """A basket with all that pricing it takes, read once; its envelopes when asked."""

    basket: Basket
    on: date
    rows: list[CatalogueRow]
    choices: Sequence[TierChoice]
    book: TermsBook
    lines: list[BasketLine]
    agreed: Mapping[str, OrderLine]
    limits: Limits

    @cached_property
    def wants(self) -> dict[str, int]:
        """What the basket wants, by item."""
        return {line.item_public_id: line.quantity for line in self.lines}

    @cached_property
    def by_id(self) -> dict[str, CatalogueRow]:
        """The rows of the list that were read, by item."""
        return {row.public_id: row for row in self.rows}

    @cached_property
    def basket_rows(self) -> list[PricedRow]:
        """The basket's lines, each with its price or with what is wrong."""
        return [
            self._priced(
                line.item_public_id,
                str(line.offer or line.pooled_offer),
                self.by_id.get(line.item_public_id),
            )
            for line in self.lines
        ]

    @cached_property
    def totals(self) -> Totals:
        """The sum of the lines that have a price."""
        parts = [row.quote.line for row in self.basket_rows if row.quote]
        return Totals(
            **{
                name: sum(getattr(part, name) for part in parts)
                for name in Totals.__annotations__
            }
        )

    @cached_property
    def envelopes(self) -> list[Choice]:
        """The envelopes the buyer may choose, what ends first before the others."""
        return voucher_selectors.choices_for(
            group_id=self.basket.buyer_id, on=self.on, also=self.basket.envelope
        )

    @cached_property
    def envelope_cents(self) -> int:
        """What the chosen envelope pays of this basket, as it stands now."""
        chosen = self.basket.envelope
        if chosen is None:
            return 0
        found = next((each for each in self.envelopes if each.envelope == chosen), None)
        if found is None:
            return 0
        return payable_cents(
            eligible_cents=eligible_cents(found.terms, self._owed),
            room_cents=room_cents(
                found.terms,
                left_cents=found.left_cents,
                earlier_cents=self._held_already_cents,
                on=self.on,
            ),
            wanted_cents=self.basket.envelope_cents,
        )

    @property
    def remaining_cents(self) -> int:
        """What is left for the buyer to pay."""
        return self.totals.buyer_cents - self.envelope_cents

    @property
    def _owed(self) -> list[Owed]:
        return [
            Owed(row.row.family_id, row.quote.line.buyer_cents)
            for row in self.basket_rows
            if row.row and row.quote
        ]

    @property
    def _held_already_cents(self) -> int:
        """What the order that is changed holds of the envelope chosen now."""
        order = self.basket.order
        if order is None or order.envelope_id != self.basket.envelope_id:
            return 0
        return voucher_selectors.held_cents(order.envelope_hold_key)

    @cached_property
    def cap_refusal(self) -> DomainError | None:
        """Why the month's support does not cover the basket; one query, if capped."""
        drawn_cents = sum(
            max(row.quote.line.draw_cents, 0) for row in self.basket_rows if row.quote
        )
        return support.above_cap(self.basket, drawn_cents, self.limits)

    @property
    def has_problems(self) -> bool:
        """Whether some line, or the whole, cannot be had as it stands."""
        return bool(self.cap_refusal) or any(row.problem for row in self.basket_rows)

    def listed(self, items: Iterable[str]) -> list[PricedRow]:
        """Rows of the list, priced for one unit where the basket wants none."""
        rows = [self.by_id[item] for item in items if item in self.by_id]
        return [self._priced(row.public_id, row.title, row) for row in rows]

    def _priced(
        self, public_id: str, title: str, row: CatalogueRow | None
    ) -> PricedRow:
        quantity = self.wants.get(public_id, 0)
        own = self.agreed.get(public_id)
        confirmed = own.ordered if own else 0
        left = (row.left if row else 0) + confirmed
        quoted = self._quote(row, quantity or 1, own) if row else None
        return PricedRow(
            public_id=public_id,
            title=row.title if row else title,
            row=row,
            quantity=quantity,
            confirmed=confirmed,
            left=left,
            quote=quoted,
            problem=_problem(public_id, title, row, quantity, left)
            or (self._under_floor(title, quoted, own) if quoted else None),
        )

    def _under_floor(
        self, title: str, quoted: Quote, own: OrderLine | None
    ) -> DomainError | None:
        """Why it may not be sold at this price; what was agreed before may."""
        if own is not None and self._keeps_tier:
            return None
        return support.under_floor(title, quoted.unit, self.limits)

    def _quote(self, row: CatalogueRow, quantity: int, own: OrderLine | None) -> Quote:
        tier_code = self.basket.tier_code
        is_agreed = own is not None and self._keeps_tier
        (priced,) = order_lines.price(
            items={row.public_id: selectors.item_of(row, ())},
            wants={row.public_id: quantity},
            tier_code=tier_code,
            book=self.book,
            agreed={row.public_id: own} if own and is_agreed else {},
        )
        return priced.quote

    @property
    def _keeps_tier(self) -> bool:
        order = self.basket.order
        return order is not None and order.tier_code == self.basket.tier_code


def look_at(*, basket: Basket, on: date, also: Collection[str] = ()) -> Look:
    """Read a basket, its rows of the cycle's list and the hub's terms: three queries.

    `also` names other rows of the list that will be shown.

    Raises NoMarginRule, TierUnknown for a hub that has set no prices yet.
    """
    hub_id = basket.cycle.hub_id
    terms = pricing_selectors.terms_for(hub_id=hub_id, buyer_id=basket.buyer_id, on=on)
    agreed = selectors.lines_of(basket.order) if basket.order else []
    lines = selectors.lines_in(basket)
    named = {line.item_public_id for line in lines}.union(also)
    return Look(
        basket=basket,
        on=on,
        rows=selectors.rows_of(basket.cycle, named),
        choices=terms.choices,
        book=order_lines.book_at(terms.book(), basket.kept_bps),
        limits=terms.limits(),
        lines=lines,
        agreed={line.item_public_id: line for line in agreed},
    )


def _problem(
    public_id: str, title: str, row: CatalogueRow | None, quantity: int, left: int
) -> DomainError | None:
    if row is None:
        return ItemNotOffered(item=public_id)
    if quantity > QUANTITY_MAX:
        return QuantityOutOfRange(product=title, quantity=quantity)
    if quantity > left:
        return NotEnoughStock(product=row.title, left=left, asked=quantity)
    return None
