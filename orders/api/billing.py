"""A day's bills through the API: what waits, what is billed, what is refused."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema

from hub.api import Day, Door, PublicId, caller_of
from hub.core.scopes import Scope
from hub.doors import sentence_of
from orders import selectors, services
from orders.api.shared import COORDINATION, PartsOut
from orders.selectors import OrderToSettle

BillState = Literal["on_the_road", "ready", "refused", "billed"]
router = Door(tags=["billing"])


class DaysToBillOut(Schema):
    """Days with goods carried and not billed yet."""

    days: list[date]


class WaitingOut(Schema):
    """A shipment that is not delivered yet."""

    shipment_id: PublicId = Field(alias="public_id")
    farm: str = Field(alias="producer.name")


class BillRefusalOut(Schema):
    """Why an order could not be billed when somebody tried."""

    code: str = Field(description="Stable, listed in docs/errors.md.")
    message: str


class OrderBillOut(Schema):
    """How one order of a day stands."""

    order_id: PublicId = Field(alias="order.public_id")
    buyer_id: PublicId = Field(alias="order.buyer.public_id")
    buyer: str = Field(alias="order.buyer.name")
    state: BillState = Field(
        description="`ready` can be billed now; `refused` was tried and stays as it "
        "was; `billed` without an invoice: nothing of it came."
    )
    waits_for: list[WaitingOut] = Field(alias="missing")
    invoice_id: PublicId | None = Field(None, alias="invoice.public_id")
    invoice_number: int | None = Field(None, alias="invoice.number")
    refusal: BillRefusalOut | None

    @staticmethod
    def resolve_state(row: OrderToSettle) -> str:
        if row.missing:
            return "on_the_road"
        if row.is_billed:
            return "billed"
        return "ready" if row.refusal is None else "refused"

    @staticmethod
    def resolve_refusal(row: OrderToSettle) -> dict[str, str] | None:
        if row.refusal is None:
            return None
        return {"code": row.refusal.code, "message": sentence_of(row.refusal)}


class DayTotalsOut(PartsOut):
    """What a day in the books comes to, corrections made on that day included."""

    num_invoices: int
    num_credit_notes: int
    envelope_cents: int = Field(description="What envelopes pay of it.")
    fund_drawn_cents: int = Field(description="What the solidarity fund pays.")
    fund_given_cents: int = Field(description="What buyers give to it.")


class DayBillsOut(Schema):
    """A day of one hub."""

    service_on: date
    orders: list[OrderBillOut]
    totals: DayTotalsOut


@router.read(
    "/billing/days",
    scope=Scope.INVOICES_READ,
    roles=COORDINATION,
    out=DaysToBillOut,
)
def days_to_bill(request: HttpRequest) -> dict[str, Any]:
    """The days of one's hub that are still to bill."""
    hub = caller_of(request).acting.organization
    return {"days": selectors.days_to_settle(hub)}


@router.read(
    "/billing/days/{service_on}",
    scope=Scope.INVOICES_READ,
    roles=COORDINATION,
    out=DayBillsOut,
)
def bills_of_day(request: HttpRequest, service_on: Day) -> DayBillsOut:
    """How each order of a day stands, and what the day comes to in the books."""
    return _bills(request, service_on)


@router.act(
    "/billing/days/{service_on}/bill",
    scope=Scope.BILLING_WRITE,
    roles=COORDINATION,
    out=DayBillsOut,
    counts=True,
)
def bill_day(request: HttpRequest, service_on: Day) -> DayBillsOut:
    """Bill what was delivered for one's hub on a day: one invoice an order.

    Nothing is billed twice, however often it is asked. An order that still waits for
    goods stays `on_the_road`; one that cannot be billed is `refused`, with its reason,
    while the others are billed.
    """
    caller = caller_of(request)
    services.bill_day(
        hub=caller.acting.organization,
        service_on=service_on,
        by=caller.person,
        now=timezone.now(),
    )
    return _bills(request, service_on)


def _bills(request: HttpRequest, on: date) -> DayBillsOut:
    hub = caller_of(request).acting.organization
    rows = selectors.orders_of_day(hub=hub, on=on)
    totals = selectors.day_totals(hub=hub, on=on)
    sums = {
        **totals.parts.as_dict(),
        "num_invoices": totals.num_invoices,
        "num_credit_notes": totals.num_credit_notes,
        "envelope_cents": totals.envelope_cents,
        "fund_drawn_cents": totals.drawn_cents,
        "fund_given_cents": totals.contributed_cents,
    }
    shown = {"service_on": on, "orders": rows, "totals": sums}
    return DayBillsOut.model_validate(shown)
