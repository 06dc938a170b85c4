"""What buyers and coordinators do with orders, one file per noun."""

from orders.services.closing import close_cycle
from orders.services.placing import (
    Change,
    cancel_order,
    change_order,
    place_order,
)

__all__ = ["Change", "cancel_order", "change_order", "close_cycle", "place_order"]
