"""What opening a cycle again would change, for whom, read without any promise."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from orders import selectors
from orders.models import CycleClosing, OrderLine
from orders.services import lines as order_lines
from orders.services.reopening_money import MoneyAgain, money_again
from producers import selectors as producer_selectors

if TYPE_CHECKING:
    from hub.models import Cycle, Organization
    from orders.models import Order


@dataclass(slots=True)
class OrderAgain:
    """An order as the close left it, and as it would be again.

    `draw_cents` is the most that the fund may have to pay for it, and `owed_cents` what
    its buyer owes for each line, by the pk of the line.
    """

    order: "Order"
    allocated_cents: int = 0
    ordered_cents: int = 0
    draw_cents: int = 0
    owed_cents: dict[int, int] = field(default_factory=dict)
    lacking: list[tuple[str, int]] = field(default_factory=list)

    @property
    def difference_cents(self) -> int:
        """How much more the order would come to."""
        return self.ordered_cents - self.allocated_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeReopening:
    """Who is concerned by a reopening, and what stands in its way."""

    closing: CycleClosing | None
    orders: list[OrderAgain]
    farms: "list[Organization]"
    num_under_way: int
    money: MoneyAgain

    @property
    def buyers(self) -> "list[Organization]":
        """Who ordered, each once."""
        return list(
            {row.order.buyer_id: row.order.buyer for row in self.orders}.values()
        )


def before_reopening(cycle: "Cycle", *, on: date) -> BeforeReopening:
    """Read a closed cycle by the rule that its reopening on the day `on` follows.

    As many queries for any number of orders.
    """
    closing = selectors.closing_of(cycle)
    lines = selectors.allocated_lines(cycle)
    orders = _orders_again(closing, lines) if closing else []
    return BeforeReopening(
        closing=closing,
        orders=orders,
        farms=selectors.farms_of_cycle(cycle),
        num_under_way=selectors.shipments_under_way(cycle),
        money=money_again(cycle.hub_id, orders, on=on),
    )


def _orders_again(closing: CycleClosing, lines: list[OrderLine]) -> list[OrderAgain]:
    sources = [source for line in lines for source in line.sources.all()]
    goods = producer_selectors.goods_of({source.availability_id for source in sources})
    rows = {pk: (row.quantity, row.reserved) for pk, row in goods.items()}
    back = selectors.what_comes_back(closing, sources, rows)
    found: dict[int, OrderAgain] = {}
    of_order: dict[int, list[OrderLine]] = defaultdict(list)
    for line in lines:
        of_order[line.order_id].append(line)
    for pk, mine in of_order.items():
        row = found[pk] = OrderAgain(mine[0].order)
        for line in mine:
            quoted = order_lines.requote(
                line, tier_code=line.order.tier_code, quantity=line.ordered
            )
            row.allocated_cents += line.buyer_cents
            row.ordered_cents += quoted.line.buyer_cents
            row.draw_cents += max(quoted.line.draw_cents, 0)
            row.owed_cents[line.pk] = quoted.line.buyer_cents
            if units := back.lacking.get(line.pk):
                row.lacking.append((str(line.offer or line.pooled_offer), units))
    return list(found.values())
