"""Money held for an order: as much as what is still open of it may cost the fund."""

from collections.abc import Sequence
from datetime import date

from orders import selectors
from orders.models import Order
from pricing import accounts as pricing_accounts
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services


def needed_draw_cents(order: Order) -> int:
    """The most the fund may still have to pay for what is not billed yet."""
    open_lines = selectors.open_lines_of(order).select_related("source__line")
    return sum(
        line.quantity * max(line.source.line.draw_unit_cents, 0) for line in open_lines
    )


def free_surplus(order: Order, *, occasion: str, on: date) -> None:
    """Give back what is held above what is still open; `occasion` names the release.

    The fund is locked by it. An order that was settled keeps nothing.
    """
    if order.hold_key:
        pricing_services.shrink_draw(
            hub_id=order.cycle.hub_id,
            hold_key=order.hold_key,
            to_cents=needed_draw_cents(order),
            on=on,
            occasion=occasion,
        )


def secure_draw(
    order: Order,
    *,
    amount_cents: int,
    on: date,
    own: Sequence[tuple[str, int]] = (),
) -> None:
    """Make sure that at least so much is held for the order, newly from the fund.

    What is held already is kept when it is enough. Otherwise only the difference is
    new: what was held of a money lot, and what came back to it just before (`own`, by
    its account), is held of the same lot again. Raises FundTooLow, FundPaused.
    """
    if pricing_selectors.held_cents(order.hold_key) >= amount_cents:
        return
    order.version += 1
    hold_key = pricing_accounts.draw_hold_key(
        hub=order.cycle.hub.public_id, order=order.public_id, version=order.version
    )
    pricing_services.replace_draw(
        hub_id=order.cycle.hub_id,
        buyer=order.buyer.public_id,
        hold_key=hold_key,
        earlier_hold_key=order.hold_key,
        amount_cents=amount_cents,
        on=on,
        own=own,
    )
    order.hold_key = hold_key
    order.save(update_fields=["version", "hold_key"])
