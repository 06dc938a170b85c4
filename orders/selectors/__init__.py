"""Every read of orders; a row is reached through the person asking."""

from orders.selectors.baskets import (
    baskets_editable_by,
    drop_points_for,
    forgotten_baskets,
    lines_in,
    open_baskets_of,
    standing_orders_of,
)
from orders.selectors.cycles import (
    BeforeClose,
    ItemShares,
    before_close,
    buying_members,
    closing_of,
    farms_without_place,
    missing_buyers,
    shares_of,
    short_lines_of,
    totals_by_tier,
    value_by_tier,
)
from orders.selectors.farms import (
    SoldRow,
    cycles_sold_by,
    farms_that_sold,
    pay_by_cycle,
    sold_cycles_seen_by,
    sold_rows,
)
from orders.selectors.freight import FreightLine, freight_lines
from orders.selectors.items import item_of, items_of, rows_of
from orders.selectors.memory import MEMORY_DAYS, units_missed, units_supplied
from orders.selectors.orders import (
    buyers_of,
    buyers_served_by,
    last_order_of,
    lines_of,
    lines_with_farms,
    orders_editable_by,
    orders_in,
    orders_of,
    orders_seen_by,
)
from orders.selectors.shipments import shipments_to_carry
from orders.selectors.today import HubToday, hub_today, waiting_baskets

__all__ = [
    "FreightLine",
    "BeforeClose",
    "HubToday",
    "ItemShares",
    "MEMORY_DAYS",
    "SoldRow",
    "baskets_editable_by",
    "before_close",
    "buyers_of",
    "buyers_served_by",
    "buying_members",
    "closing_of",
    "cycles_sold_by",
    "drop_points_for",
    "farms_that_sold",
    "farms_without_place",
    "forgotten_baskets",
    "freight_lines",
    "hub_today",
    "item_of",
    "items_of",
    "last_order_of",
    "lines_in",
    "lines_of",
    "lines_with_farms",
    "missing_buyers",
    "open_baskets_of",
    "orders_editable_by",
    "orders_in",
    "orders_of",
    "orders_seen_by",
    "pay_by_cycle",
    "rows_of",
    "shares_of",
    "shipments_to_carry",
    "short_lines_of",
    "sold_cycles_seen_by",
    "sold_rows",
    "standing_orders_of",
    "totals_by_tier",
    "units_missed",
    "units_supplied",
    "value_by_tier",
    "waiting_baskets",
]
