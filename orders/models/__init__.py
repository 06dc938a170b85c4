"""Tables of orders, one file per noun."""

from orders.models.basket import Basket, BasketLine
from orders.models.closing import CycleClosing
from orders.models.line import LineSource, OrderLine
from orders.models.order import Order, OrderKey
from orders.models.shipment import Shipment, ShipmentAmount, ShipmentLine

__all__ = [
    "Basket",
    "BasketLine",
    "CycleClosing",
    "LineSource",
    "Order",
    "OrderKey",
    "OrderLine",
    "Shipment",
    "ShipmentAmount",
    "ShipmentLine",
]
