"""Writing the lines of an order with their frozen quote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from orders.core.basket import Item
from orders.core.errors import MoreAtAgreedPrice
from orders.models import Order, OrderLine
from pricing.core.fees import Fee
from pricing.core.margins import MarginBasis, MarginRule
from pricing.core.quote import Quote, Terms, UnitParts, quote, quote_of_unit
from pricing.core.smaller import with_smaller_reduction
from pricing.core.taxes import TaxRates
from pricing.core.terms import TermsBook


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedWant:
    """An item, how much of it, and the price agreed."""

    item: Item
    quantity: int
    quote: Quote


def price(
    *,
    items: Mapping[str, Item],
    wants: Mapping[str, int],
    tier_code: str,
    book: TermsBook,
    agreed: Mapping[str, OrderLine],
) -> list[PricedWant]:
    """Quote every wanted item at the tier; what was agreed before keeps its price.

    `agreed` holds the lines of a confirmed order at this same tier, by item.
    Raises TierUnknown.
    """
    priced = []
    for public_id, quantity in wants.items():
        item = items[public_id]
        if public_id in agreed:
            quoted = requote(agreed[public_id], tier_code=tier_code, quantity=quantity)
        else:
            quoted = quote(
                farm_price_cents=item.price_cents,
                quantity=quantity,
                terms=book.terms(
                    tier_code=tier_code,
                    mass_g=item.mass_g,
                    temperature_class=item.temperature_class,
                    taxability=item.taxability,
                ),
            )
        priced.append(PricedWant(item=item, quantity=quantity, quote=quoted))
    return priced


def book_at(book: TermsBook, kept_bps: int | None) -> TermsBook:
    """The hub's terms, at the smaller reduction that was offered if there was one."""
    return book if kept_bps is None else with_smaller_reduction(book, kept_bps)


def require_no_more(
    priced: Iterable[PricedWant], agreed: Mapping[str, OrderLine]
) -> None:
    """Under a smaller reduction, an agreed one serves what it was agreed for.

    Raises MoreAtAgreedPrice.
    """
    for want in priced:
        own = agreed.get(want.item.public_id)
        if own and own.draw_unit_cents > 0 and want.quantity > own.ordered:
            raise MoreAtAgreedPrice(product=str(own.offer or own.pooled_offer))


def line_of(order: Order, want: PricedWant) -> OrderLine:
    """A line not saved yet, every part of its price written down."""
    unit, terms = want.quote.unit, want.quote.terms
    line = OrderLine(
        order=order,
        ordered=want.quantity,
        farm_unit_cents=unit.farm_cents,
        transport_unit_cents=unit.transport_cents,
        fees_unit_cents=unit.fees_cents,
        fees_by_leg=terms.fees_by_leg(unit.farm_cents),
        margin_unit_cents=unit.margin_cents,
        margin_basis=terms.margin.basis,
        margin_rate_bps=terms.margin.rate_bps,
        multiplier_bps=terms.multiplier_bps,
        full_unit_cents=unit.full_price_cents,
        price_unit_cents=unit.price_cents,
        draw_unit_cents=unit.draw_cents,
        rounding_unit_cents=unit.rounding_cents,
        taxed_unit_cents=unit.taxed_cents,
        tps_ppm=terms.taxes.tps_ppm,
        tvq_ppm=terms.taxes.tvq_ppm,
    )
    if want.item.kind == "offer":
        line.offer_id = want.item.pk
    else:
        line.pooled_offer_id = want.item.pk
    write_totals(line, want.quote)
    return line


def write_totals(line: OrderLine, quoted: Quote) -> None:
    """Copy the line's parts; the table's CHECK proves that they add up."""
    parts = quoted.line
    line.farm_cents = parts.farm_cents
    line.transport_cents = parts.transport_cents
    line.fees_cents = parts.fees_cents
    line.margin_cents = parts.margin_cents
    line.draw_cents = parts.draw_cents
    line.rounding_cents = parts.rounding_cents
    line.tps_cents = parts.tps_cents
    line.tvq_cents = parts.tvq_cents
    line.buyer_cents = parts.buyer_cents


def worst_case_draw_cents(lines: Iterable[OrderLine]) -> int:
    """The most the fund may have to pay for these lines."""
    return sum(max(line.draw_cents, 0) for line in lines)


def requote(line: OrderLine, *, tier_code: str, quantity: int) -> Quote:
    """The agreed unit price of a line for another quantity; nothing is priced again."""
    terms = Terms(
        margin=MarginRule(
            basis=cast(MarginBasis, line.margin_basis), rate_bps=line.margin_rate_bps
        ),
        transport_cents=line.transport_unit_cents,
        tier_code=tier_code,
        multiplier_bps=line.multiplier_bps,
        taxes=TaxRates(tps_ppm=line.tps_ppm, tvq_ppm=line.tvq_ppm),
        fees=tuple(Fee(leg=leg, cents=c) for leg, c in line.fees_by_leg.items()),
    )
    unit = UnitParts(
        farm_cents=line.farm_unit_cents,
        transport_cents=line.transport_unit_cents,
        fees_cents=line.fees_unit_cents,
        margin_cents=line.margin_unit_cents,
        full_price_cents=line.full_unit_cents,
        price_cents=line.price_unit_cents,
        draw_cents=line.draw_unit_cents,
        rounding_cents=line.rounding_unit_cents,
        taxed_cents=line.taxed_unit_cents,
    )
    return quote_of_unit(unit, quantity, terms)
