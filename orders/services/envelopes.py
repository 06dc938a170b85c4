"""What a programme's envelope pays of an order: held, given back, secured, spent.

The price comes first, then the envelope: it pays what the buyer owes for the families
it is meant for, taxes included, and never changes a price.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from hub.ledger import posting
from hub.ledger import statements as ledger_statements
from hub.ledger.core.accounts import Move
from orders import accounts, selectors
from orders.models import Invoice, Order, OrderLine
from orders.services import lines as order_lines
from pricing import services as pricing_services
from vouchers import selectors as voucher_selectors
from vouchers import services as voucher_services
from vouchers.core.eligibility import Owed, eligible_cents

if TYPE_CHECKING:
    from orders.services.placing import Change
    from vouchers.models import Envelope


def lock_money(orders: Iterable[Order], chosen: Envelope | None = None) -> None:
    """Lock the funds, then every envelope of these orders and the one chosen.

    Called before any money moves. Where no envelope plays, nothing is locked: the fund
    is then locked by its own services.
    """
    rows = list(orders)
    pks = {row.envelope_id for row in rows if row.envelope_id is not None}
    pks |= {chosen.pk} if chosen is not None else set()
    if pks:
        for hub_id in sorted({row.cycle.hub_id for row in rows}):
            pricing_services.lock_fund(hub_id)
        voucher_services.lock_envelopes(pks)


def hold_part(order: Order, change: Change, owed: Sequence[Owed]) -> None:
    """Hold the part that the chosen envelope pays, in place of the one held before.

    Raises EnvelopeOfAnother, EnvelopeNotBegun, EnvelopeEnded, EnvelopeTooLow,
    EnvelopeChanged.
    """
    on = timezone.localdate(change.now)
    if change.envelope is not None:
        ask = voucher_services.Ask(
            envelope=change.envelope,
            group_id=order.buyer_id,
            order=order.public_id,
            version=order.version + 1,
            owed=owed,
            wanted_cents=change.envelope_cents,
            expected_cents=change.expected_envelope_cents,
        )
        order.envelope_hold_key = voucher_services.replace_hold(
            earlier_hold_key=order.envelope_hold_key, ask=ask, on=on
        )
    else:
        give_back(order, on=on)
    order.envelope = change.envelope
    order.envelope_cents = change.envelope_cents if change.envelope else None


def give_back(order: Order, *, on: date) -> None:
    """Give all that the order holds of an envelope back to it."""
    if order.envelope_hold_key:
        voucher_services.replace_hold(
            earlier_hold_key=order.envelope_hold_key, ask=None, on=on
        )
        order.envelope_hold_key = ""


def shrink_at_close(order: Order, lines: Sequence[OrderLine], *, on: date) -> None:
    """Give back what a shortage freed: no more is held than is owed after it."""
    if order.envelope is None or not order.envelope_hold_key:
        return
    families = selectors.families_of_lines(line.pk for line in lines)
    owed = [Owed(families[line.pk], line.buyer_cents) for line in lines]
    voucher_services.shrink_hold(
        hold_key=order.envelope_hold_key,
        to_cents=_wanted_of(order, order.envelope, owed),
        on=on,
    )


def free_surplus(order: Order, *, occasion: str, on: date) -> None:
    """Give back what is held above what is still open; `occasion` names the release."""
    if order.envelope is None or not order.envelope_hold_key:
        return
    voucher_services.shrink_hold(
        hold_key=order.envelope_hold_key,
        to_cents=_wanted_of(order, order.envelope, _open_owed(order)),
        on=on,
        occasion=occasion,
    )


def secure_part(
    order: Order,
    *,
    on: date,
    billed: Mapping[int, int] | None = None,
    kept_cents: int = 0,
) -> None:
    """Hold again what an order may need of its envelope, as far as there is room.

    After a decision was undone, or for an invoice about to be written, of which
    `billed` says what the buyer owes by the pk of the order line: what was given back
    may have been promised to others, or the envelope may have ended; the buyer then
    owes the difference. What an invoice gave back just before, `kept_cents`, is kept.
    """
    if order.envelope is None:
        return
    owed = _open_owed(order)
    if billed:
        families = selectors.families_of_lines(billed)
        owed += [Owed(families[pk], cents) for pk, cents in billed.items()]
    _hold_more(order, order.envelope, owed, kept_cents=kept_cents, on=on)


def hold_as_ordered(order: Order, lines: Sequence[OrderLine], *, on: date) -> int:
    """Hold again what an order had held before its close, as far as there is room.

    What the close gave back is kept after the envelope's last day. Gives what is
    missing of it, which the buyer would then owe.
    """
    if order.envelope is None or not order.envelope_hold_key:
        return 0
    families = selectors.families_of_lines(line.pk for line in lines)
    owed = [Owed(families[line.pk], line.buyer_cents) for line in lines]
    freed = ledger_statements.given_back_under(shrink_key(order.envelope_hold_key))
    freed_cents = sum(cents for _code, cents in freed)
    had_cents = voucher_selectors.held_cents(order.envelope_hold_key) + freed_cents
    _hold_more(order, order.envelope, owed, kept_cents=freed_cents, on=on)
    return had_cents - voucher_selectors.held_cents(order.envelope_hold_key)


def _hold_more(
    order: Order,
    envelope: Envelope,
    owed: Sequence[Owed],
    *,
    kept_cents: int,
    on: date,
) -> None:
    """Hold what an order needs of its envelope, when less is held now."""
    needed_cents = _wanted_of(order, envelope, owed)
    if voucher_selectors.held_cents(order.envelope_hold_key) >= needed_cents:
        return
    order.version += 1
    ask = voucher_services.Ask(
        envelope=envelope,
        group_id=order.buyer_id,
        order=order.public_id,
        version=order.version,
        owed=owed,
        wanted_cents=needed_cents,
        kept_cents=kept_cents,
        is_lenient=True,
    )
    order.envelope_hold_key = voucher_services.replace_hold(
        earlier_hold_key=order.envelope_hold_key, ask=ask, on=on
    )
    order.save(update_fields=["version", "envelope_hold_key"])


def secure_again(order: Order, *, on: date) -> None:
    """Hold anew for an order whose part was given back whole before anything came.

    Its stop was noted as bringing nothing, was settled so, and brought goods after all.
    """
    if order.envelope is None or not order.envelope_hold_key:
        return
    part = voucher_selectors.part_for(order.envelope, order.public_id)
    if part.total_cents == 0:
        secure_part(order, on=on)


def pay(order: Order, *, owed: Mapping[int, int], key: str, on: date) -> int:
    """Pay of an invoice what the envelope may, at most what is held; returns it.

    `owed` maps the pk of an order line to what the buyer owes for it on the invoice.
    """
    if order.envelope is None or not order.envelope_hold_key:
        return 0
    families = selectors.families_of_lines(owed)
    asked = [Owed(families[pk], cents) for pk, cents in owed.items()]
    amount_cents = min(
        voucher_selectors.held_cents(order.envelope_hold_key),
        _wanted_of(order, order.envelope, asked),
    )
    if amount_cents <= 0:
        return 0
    buyer = accounts.buyer(organization=order.buyer.public_id)
    return voucher_services.capture_for_invoice(
        hold_key=order.envelope_hold_key,
        key=payment_key(key),
        amount_cents=amount_cents,
        moves_to=[Move(buyer, amount_cents)],
        on=on,
    )


def take_back(invoice: Invoice, order: Order, *, key: str, on: date) -> int:
    """Undo what an envelope paid of an invoice: it is held for the order again.

    What a hold had paid that was replaced since goes back to its envelope; returns it.
    """
    if not invoice.envelope_cents:
        return 0
    posting.reverse(
        key=payment_key(key),
        posting_key=payment_key(invoice.posting_key),
        effective_on=on,
    )
    if invoice.envelope_hold_key == order.envelope_hold_key:
        return 0
    voucher_services.shrink_hold(
        hold_key=invoice.envelope_hold_key,
        to_cents=0,
        on=on,
        occasion=f"credited.{invoice.public_id}",
    )
    return invoice.envelope_cents


def shrink_key(hold_key: str) -> str:
    """The key under which a close gives back a part of a hold."""
    return f"{hold_key}:shrunk"


def payment_key(key: str) -> str:
    """The key of an envelope's payment, beside that of its sale."""
    return f"envelope:{key}"


def _wanted_of(order: Order, envelope: Envelope, owed: Sequence[Owed]) -> int:
    """What the envelope pays of this at most: of the part wanted, what is not paid."""
    eligible = eligible_cents(voucher_selectors.terms_of(envelope), owed)
    if order.envelope_cents is None:
        return eligible
    paid_cents = voucher_selectors.part_for(envelope, order.public_id).paid_cents
    return min(eligible, max(order.envelope_cents - paid_cents, 0))


def _open_owed(order: Order) -> list[Owed]:
    """What the buyer will owe for what is still to come or to be billed, by family."""
    units: Counter[int] = Counter()
    lines: dict[int, OrderLine] = {}
    for shipped in selectors.open_lines_of(order).select_related("source__line"):
        line = shipped.source.line
        lines[line.pk] = line
        units[line.pk] += shipped.quantity
    families = selectors.families_of_lines(lines)
    return [
        Owed(families[pk], _more_cents(order, line, units[pk]))
        for pk, line in lines.items()
    ]


def _more_cents(order: Order, line: OrderLine, units: int) -> int:
    """What so many units more cost the buyer after what was billed of the line."""
    billed = line.billed or 0
    whole, before = (
        order_lines.requote(line, tier_code=order.tier_code, quantity=quantity)
        for quantity in (billed + units, billed)
    )
    return whole.line.buyer_cents - before.line.buyer_cents
