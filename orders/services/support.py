"""The limits of support: no price under the floor, no month above its cap.

Locks: the hub's fund, taken before the month is counted, so that two orders of one
buyer that ask at once count each other. It comes where `placing` has the fund: after
the availabilities, before the envelopes' accounts.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from orders import selectors
from orders.models import Order
from orders.services import lines as order_lines
from pricing import services as pricing_services
from pricing.core.errors import PriceUnderFloor, SupportCapReached
from pricing.core.limits import Limits
from pricing.core.quote import UnitParts

if TYPE_CHECKING:
    from hub.models import Cycle
    from orders.models import Basket, OrderLine


def under_floor(
    product: str, unit: UnitParts, limits: Limits
) -> PriceUnderFloor | None:
    """Why one unit may not be sold at this price; None when it may."""
    if not limits.is_under_floor(unit):
        return None
    return PriceUnderFloor(
        product=product,
        price_cents=unit.price_cents,
        floor_cents=limits.floor_cents(unit),
    )


def require_floor(
    priced: Iterable[order_lines.PricedWant], limits: Limits, agreed: Collection[str]
) -> None:
    """Let pass prices at or above the lowest one set, and those `agreed` before it.

    Raises PriceUnderFloor.
    """
    if not limits.floor_bps:
        return
    for want in priced:
        if want.item.public_id in agreed:
            continue
        if refusal := under_floor(want.item.name, want.quote.unit, limits):
            raise refusal


def require_cap(order: Order, lines: Iterable["OrderLine"], limits: Limits) -> None:
    """Let pass a draw within what is left of the month, and one that does not grow.

    The month is that of the delivery. A buyer without a cap waits for nothing.
    Raises SupportCapReached.
    """
    wanted_cents = order_lines.worst_case_draw_cents(lines)
    if limits.cap_cents is None or not wanted_cents:
        return
    pricing_services.lock_fund(order.cycle.hub_id)
    _require_cap(order, order.cycle, wanted_cents, limits)


def above_cap(
    basket: "Basket", draw_cents: int, limits: Limits
) -> SupportCapReached | None:
    """Why a basket's month of support is not enough, as it stands now."""
    if limits.cap_cents is None or not draw_cents:
        return None
    order = basket.order or Order(buyer_id=basket.buyer_id)
    try:
        _require_cap(order, basket.cycle, draw_cents, limits)
    except SupportCapReached as refusal:
        return refusal
    return None


def _require_cap(
    order: Order, cycle: "Cycle", wanted_cents: int, limits: Limits
) -> None:
    drawn = selectors.support_in_month(
        buyer_id=order.buyer_id, cycle=cycle, order=order.pk
    )
    if wanted_cents <= drawn.of_order_cents:
        return
    limits.require_cap(used_cents=drawn.of_others_cents, wanted_cents=wanted_cents)
