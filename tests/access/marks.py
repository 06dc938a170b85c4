"""A hub's mark in every text that its people typed, to be found where it leaked."""

from collections.abc import Iterable

from django.db.models import Model

from hub.models import ApiKey, Cycle, Organization, Person, Place
from orders.models import (
    Basket,
    FarmLoan,
    LoanRepayment,
    Order,
    PaymentFile,
    ReceivedPayment,
    Shipment,
)
from pricing.models import FundLot
from producers.models import Availability, PooledOffer, Product, Variant
from routing.models import FleetPool, StopTap, Vehicle
from vouchers.models import Envelope

TYPED: dict[type[Model], tuple[str, ...]] = {
    Organization: ("name", "contact_email", "contact_phone"),
    Person: ("email", "name", "phone"),
    Place: (
        "name",
        "address",
        "contact_name",
        "contact_phone",
        "access_note",
        "access_code",
    ),
    Cycle: ("name",),
    Product: ("name_fr", "name_en", "description"),
    Variant: ("label_fr", "label_en"),
    PooledOffer: ("name_fr", "name_en"),
    Availability: ("lot",),
    FundLot: ("source", "purpose"),
    ReceivedPayment: ("payer", "reference"),
    PaymentFile: ("file_name",),
    FarmLoan: ("purpose",),
    LoanRepayment: ("reason",),
    Order: ("note", "po_number"),
    Basket: ("note", "po_number"),
    Shipment: ("decision_note", "delivery_note"),
    Envelope: ("note",),
    ApiKey: ("name",),
    FleetPool: ("name",),
    Vehicle: ("name", "plate"),
    StopTap: ("note", "receiver"),
}
"""What people type, by table."""

NOT_MARKED = {
    "Written with the row, from texts that are marked.": (
        "FarmSale.title",
        "InvoiceLine.title",
        "Invoice.reason",
        "Notice.address",
        "Notice.body",
        "Notice.subject",
        "Trace.subject",
        "Trace.why",
    ),
    "Families are one list that all hubs read, whoever added them.": (
        "ProductFamily.name_en",
        "ProductFamily.name_fr",
    ),
    "A word or a figure of ours, not typed.": (
        "ApiAnswer.fingerprint",
        "ApiKey.digest",
        "CalendarFeed.digest",
        "CycleClosing.rule",
        "Device.browser",
        "Device.network",
        "ImportRow.action",
        "IndicatorFact.detail",
        "IndicatorFact.measure",
        "IndicatorFact.unit",
        "Job.claim",
        "Job.reason",
        "Notice.reason",
        "OrderLine.margin_basis",
        "PaymentFile.encoding",
        "PaymentFile.shape",
        "PaymentMatch.rule",
        "PaymentRefund.method",
        "PayoutRun.asked",
        "PayoutRun.method",
        "ReceivedPayment.line_digest",
        "Plan.engine",
        "ShipmentAmount.temperature_class",
        "SignInAlarm.network",
        "SignInAttempt.address_digest",
        "SignInAttempt.network",
        "SignInCode.code_digest",
        "StopTap.device",
        "StopTap.digest",
        "TemperatureReading.temperature_class",
        "Trace.rule",
        "TransportRule.temperature_class",
        "Variant.unit",
        "WebhookEndpoint.former_salt",
        "WebhookEndpoint.salt",
    ),
    "Shown on pages of one hub whose twin has no such row in this world.": (
        "CycleReopening.reason",
        "DaySettlement.withdrawn_reason",
        "DriverPaper.number",
        "ImportBatch.file_name",
        "ImportRow.title",
        "Invitation.email",
        "Invitation.name",
        "PlanWithdrawal.reason",
        "Seller.legal_name",
        "Seller.seat",
        "Seller.terms",
        "Seller.tps_number",
        "Seller.tvq_number",
        "ShipmentLine.shortage_note",
        "VehiclePaper.number",
        "WebhookEndpoint.name",
        "WebhookEndpoint.url",
    ),
}
"""Columns of text without a mark, and why."""


def mark_everything(rows: Iterable[Model], mark: str) -> None:
    """Write the mark into every text of these rows that a person types."""
    for row in rows:
        typed = {
            name: f"{mark} {_said(row, name)} {row.pk}"[: _length(row, name)]
            for name in TYPED.get(type(row), ())
        }
        if "email" in typed:
            typed["email"] = f"{mark.lower()}{row.pk}@exemple.test"
        if typed:
            type(row)._default_manager.filter(pk=row.pk).update(**typed)
            row.refresh_from_db()


def _said(row: Model, name: str) -> str:
    """A note names its table: an order's is hidden from who may read an envelope's."""
    return f"{row._meta.model_name} {name}" if name == "note" else name


def _length(row: Model, name: str) -> int | None:
    length: int | None = getattr(row._meta.get_field(name), "max_length", None)
    return length
