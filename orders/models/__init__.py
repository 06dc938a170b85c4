"""Tables of orders, one file per noun."""

from orders.models.basket import Basket, BasketLine
from orders.models.closing import CycleClosing, CycleReopening
from orders.models.invoice import (
    BillRefusal,
    FarmSale,
    Invoice,
    InvoiceLine,
    Seller,
)
from orders.models.line import LineSource, OrderLine
from orders.models.loan import (
    CashWatch,
    FarmLoan,
    LoanRepayment,
    Payout,
    PayoutRun,
)
from orders.models.order import Order, OrderKey
from orders.models.payment import (
    InvoicePayment,
    PaymentFile,
    PaymentMatch,
    PaymentRefund,
    PaymentRule,
    ReceivedPayment,
)
from orders.models.rules import CloseRule, DefaultOrder
from orders.models.shipment import Shipment, ShipmentAmount, ShipmentLine
from orders.models.terms import PaymentTerms

__all__ = [
    "CloseRule",
    "DefaultOrder",
    "Basket",
    "BasketLine",
    "BillRefusal",
    "CashWatch",
    "CycleClosing",
    "CycleReopening",
    "FarmLoan",
    "FarmSale",
    "LoanRepayment",
    "Payout",
    "PayoutRun",
    "Invoice",
    "InvoiceLine",
    "InvoicePayment",
    "LineSource",
    "Order",
    "OrderKey",
    "OrderLine",
    "PaymentTerms",
    "PaymentFile",
    "PaymentMatch",
    "PaymentRefund",
    "PaymentRule",
    "ReceivedPayment",
    "Seller",
    "Shipment",
    "ShipmentAmount",
    "ShipmentLine",
]
