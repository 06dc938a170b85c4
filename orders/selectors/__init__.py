"""Every read of orders; a row is reached through the person asking."""

from orders.selectors.baskets import (
    baskets_editable_by,
    drop_points_for,
    forgotten_baskets,
    lines_in,
    open_baskets_of,
    standing_orders_of,
)
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

__all__ = [
    "MEMORY_DAYS",
    "baskets_editable_by",
    "buyers_of",
    "buyers_served_by",
    "drop_points_for",
    "forgotten_baskets",
    "item_of",
    "items_of",
    "last_order_of",
    "lines_in",
    "lines_of",
    "lines_with_farms",
    "open_baskets_of",
    "orders_editable_by",
    "orders_in",
    "orders_of",
    "orders_seen_by",
    "rows_of",
    "shipments_to_carry",
    "standing_orders_of",
    "units_missed",
    "units_supplied",
]
