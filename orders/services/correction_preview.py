"""What a correction would do to the fund and to an envelope, tried and taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.errors import DomainError
from hub.core.ids import new_public_id
from orders.models import Order
from orders.services.corrections import correct_invoice
from pricing import selectors as pricing_selectors
from vouchers import selectors as voucher_selectors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.models import Person
    from orders.models import Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBehind:
    """What stands behind an order: money of the fund and of its envelope.

    `fund_free_cents` is None for a hub without a fund. `envelope_cents` is what the
    envelope holds for the order and has paid of it; what is left in the envelope is
    its programme's and its group's to know.
    """

    fund_free_cents: int | None
    fund_held_cents: int
    envelope_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeCorrection:
    """What a correction would come to, or why it would be refused.

    `after` and `again_cents`, what the invoice in its place comes to (0: there is
    none), are what the act gives; both None when it is refused.
    """

    money: MoneyBehind
    after: MoneyBehind | None = None
    again_cents: int | None = None
    refusal: DomainError | None = None

    @property
    def missing_cents(self) -> int:
        """What the fund lacks for it, when that is why it is refused."""
        found = self.refusal.data.get("missing_cents", 0) if self.refusal else 0
        return int(found)

    @property
    def is_emptied(self) -> bool:
        """Whether it would take the last free money of the fund."""
        return (
            self.after is not None
            and self.after.fund_free_cents == 0
            and bool(self.money.fund_free_cents)
        )


def before_correction(
    *,
    invoice: "Invoice",
    quantities: "Mapping[int, int]",
    by: "Person | None",
    now: datetime,
) -> BeforeCorrection:
    """Correct an invoice as `correct_invoice` does, look, and take all of it back.

    Nothing is left of it: no number is used, nobody is told, nothing is posted. It
    waits for the same locks and gives them back at once.
    """
    money = money_behind(invoice.order_id)
    try:
        with transaction.atomic():
            _credit, again = correct_invoice(
                invoice=invoice,
                quantities=quantities,
                reason="look",
                by=by,
                now=now,
                key=f"look-{new_public_id()}",
            )
            after = money_behind(invoice.order_id)
            transaction.set_rollback(True)
    except DomainError as refusal:
        return BeforeCorrection(money=money, refusal=refusal)
    again_cents = again.buyer_cents if again is not None else 0
    return BeforeCorrection(money=money, after=after, again_cents=again_cents)


def money_behind(order_id: int) -> MoneyBehind:
    """Read the money of the fund and of an envelope that stands behind an order."""
    orders = Order.objects.select_related("cycle", "envelope")
    order = orders.get(pk=order_id)
    hub_id = order.cycle.hub_id
    lots = pricing_selectors.money_lots(pricing_selectors.lots_of(hub_id=hub_id))
    envelope = order.envelope
    part = voucher_selectors.part_for(envelope, order.public_id) if envelope else None
    return MoneyBehind(
        fund_free_cents=sum(lot.balance_cents for lot in lots) if lots else None,
        fund_held_cents=pricing_selectors.held_cents(order.hold_key),
        envelope_cents=part.total_cents if part else 0,
    )
