"""Accounts through the API: what is owed, the statement behind it, payments."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import Caller, Day, Door, Id, PublicId, Sent, Text, caller_of, effect_key
from hub.core.scopes import Scope
from orders import selectors, services
from orders.api.shared import BUYERS_AND_HUB, COORDINATION
from orders.exchange.words import entry_name
from orders.selectors import Debt

if TYPE_CHECKING:
    from hub.ledger.statements import Statement, StatementLine
    from hub.models import Organization

MemberKind = Literal["producer", "buyer_group", "institution"]
router = Door(tags=["accounts"])
MEMBERS_AND_HUB = (*BUYERS_AND_HUB, "producer")
OWED_HELP = (
    "Above zero: what a buyer owes its hub, or what the hub owes a farm. Below zero: "
    "the other way round."
)


class AccountOut(Schema):
    """What stands on the account of one buyer or farm."""

    organization_id: PublicId = Field(alias="member.public_id")
    kind: MemberKind = Field(alias="member.kind")
    name: str = Field(alias="member.name")
    owed_cents: int = Field(alias="cents", description=OWED_HELP)


class EntryOut(Schema):
    """One movement of an account."""

    on: date = Field(description="The day in the books.")
    kind: str = Field(
        description="`sale`, `payment` (received of a buyer), `payout` (made to a "
        "farm), `envelope-payment`, `transport-difference`…; corrections have the kind "
        "of what they take back."
    )
    name: str = Field(description="The same in words, with what was noted of it.")
    invoice_number: int | None = Field(description="Of which invoice or credit note.")
    amount_cents: int = Field(description="What it adds to what is owed.")
    owed_cents: int = Field(description="What is owed after it.")


class SaleOut(Schema):
    """One product that a farm sold on one invoice, at the farm's own price."""

    delivered_on: date = Field(alias="invoice_line.invoice.service_on")
    on: date = Field(alias="invoice_line.invoice.effective_on")
    invoice_number: int = Field(alias="invoice_line.invoice.number")
    title: str
    quantity: int = Field(description="Below zero when it is taken back.")
    farm_cents: int


class StatementOut(Schema):
    """An account from one day to another, both included.

    Always: `opening_owed_cents` + the amounts of `entries` = `closing_owed_cents`, and
    the `sales` of a farm add up to its entries of the kind `sale`.
    """

    organization_id: PublicId
    name: str
    since: date
    until: date
    opening_owed_cents: int = Field(description=OWED_HELP)
    entries: list[EntryOut]
    closing_owed_cents: int
    sales: list[SaleOut] = Field(description="Of a farm; empty for a buyer.")


class AccountFilter(Schema):
    """Which accounts."""

    kind: MemberKind | None = None


class Period(Schema):
    """From one day to another, both included."""

    since: Day | None = Field(
        None,
        description="Thirty days before `until` if absent; one after it counts as it.",
    )
    until: Day | None = Field(None, description="Today when absent.")


class PaidIn(Sent):
    """What the bank did."""

    amount_cents: int = Field(ge=1, le=10**11)
    method: Annotated[
        Text,
        Field(
            min_length=1,
            max_length=80,
            description="How, as it is to be read on the statement: “transfer 4512”.",
        ),
    ]
    paid_on: Day | None = Field(
        None, description="The day of the bank, today when absent; never to come."
    )


class PaymentIn(PaidIn):
    """Money received from a buyer."""

    buyer_id: PublicId


class PayoutIn(PaidIn):
    """Money paid to a farm."""

    farm_id: PublicId


@router.read(
    "/accounts",
    scope=Scope.STATEMENTS_READ,
    roles=MEMBERS_AND_HUB,
    out=list[AccountOut],
)
def accounts(request: HttpRequest, asked: Query[AccountFilter]) -> list[Debt]:
    """What is owed: one's own account; for a coordination, all buyers and farms."""
    members = selectors.members_with_account(caller_of(request).person)
    if asked.kind is not None:
        members = members.filter(kind=asked.kind)
    return selectors.debts_of(members.order_by("name", "pk"))


@router.read(
    "/accounts/{organization_id}/statement",
    scope=Scope.STATEMENTS_READ,
    roles=MEMBERS_AND_HUB,
    out=StatementOut,
)
def statement(
    request: HttpRequest, organization_id: Id, asked: Query[Period]
) -> dict[str, Any]:
    """The statement of a buyer or of a farm, to the cent."""
    member = _member(caller_of(request), organization_id)
    until = asked.until or timezone.localdate()
    since = min(asked.since or until - timedelta(days=30), until)
    book = selectors.book_of(member, since=since, until=until + timedelta(days=1))
    is_farm = member.kind == "producer"
    sign = 1 if is_farm else -1
    sales = selectors.farm_sales(member, since=since, until=until) if is_farm else ()
    return {
        "organization_id": member.public_id,
        "name": member.name,
        "since": since,
        "until": until,
        "opening_owed_cents": sign * book.opening_cents,
        "entries": _entries(book, sign),
        "closing_owed_cents": sign * book.closing_cents,
        "sales": list(sales),
    }


@router.act(
    "/payments",
    scope=Scope.PAYMENTS_WRITE,
    roles=COORDINATION,
    out=AccountOut,
    counts=True,
)
def record_payment(request: HttpRequest, asked: PaymentIn) -> AccountOut:
    """Write down that a buyer paid; the answer says what it owes since.

    No money moves: the bank moved it. More than is owed stays the buyer's. Refused
    with `paid_in_future`.
    """
    return _paid(request, asked.buyer_id, asked, services.record_payment, "buyer")


@router.act(
    "/payouts",
    scope=Scope.PAYMENTS_WRITE,
    roles=COORDINATION,
    out=AccountOut,
    counts=True,
)
def record_payout(request: HttpRequest, asked: PayoutIn) -> AccountOut:
    """Write down that a farm was paid; the answer says what it is owed since.

    Refused with `paid_above_owed` when that is more than it is owed, and with
    `paid_in_future`.
    """
    return _paid(request, asked.farm_id, asked, services.record_payout, "farm")


def _paid(
    request: HttpRequest,
    public_id: str,
    asked: PaidIn,
    record: Callable[..., object],
    whom: Literal["buyer", "farm"],
) -> AccountOut:
    run = selectors.members_paid_by(caller_of(request).person, whom=whom)
    member = get_object_or_404(run, public_id=public_id)
    today = timezone.localdate()
    record(
        **{whom: member},
        amount_cents=asked.amount_cents,
        method=asked.method,
        key=effect_key(request),
        on=asked.paid_on or today,
        today=today,
    )
    return AccountOut.from_orm(selectors.debts_of([member])[0])


def _member(caller: Caller, public_id: str) -> "Organization":
    seen = selectors.members_with_account(caller.person)
    return get_object_or_404(seen, public_id=public_id)


def _entries(book: "Statement", sign: int) -> list[dict[str, Any]]:
    numbers = selectors.invoice_numbers(line.posting_key for line in book.lines)
    return [_entry(line, sign, numbers.get(line.posting_key)) for line in book.lines]


def _entry(line: "StatementLine", sign: int, number: int | None) -> dict[str, Any]:
    return {
        "on": line.effective_on,
        "kind": line.kind,
        "name": entry_name(line.kind, line.memo),
        "invoice_number": number,
        "amount_cents": sign * line.amount_cents,
        "owed_cents": sign * line.balance_cents,
    }
