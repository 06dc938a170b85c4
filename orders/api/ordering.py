"""Orders through the API: what can be ordered, orders placed, changed, cancelled."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub import selectors as hub_selectors
from hub.api import (
    Caller,
    Day,
    Door,
    Id,
    Moment,
    PublicId,
    Sent,
    Text,
    caller_of,
    effect_key,
    narrowed,
)
from hub.core.scopes import Scope
from orders import selectors, services
from orders.api.shared import BUYERS_AND_HUB, reason_words
from orders.core.basket import QUANTITY_MAX
from orders.core.errors import ItemNamedTwice
from orders.models import Order
from vouchers import selectors as voucher_selectors

if TYPE_CHECKING:
    from hub.models import Organization, Place

OrderStatus = Literal["draft", "placed", "allocated", "cancelled"]
router = Door(tags=["orders"])


class ItemOut(Schema):
    """One line of a list; its price is the farm’s, before tier and transport."""

    id: PublicId = Field(alias="public_id")
    name: str
    packing: str = Field(alias="label")
    family: str = Field(alias="family_name")
    farms: list[str] = Field(alias="farm_names")
    temperature_class: str
    mass_g: int
    volume_ml: int
    is_organic: bool
    is_seconds: bool
    farm_price_cents: int = Field(alias="price_cents")
    left: int


class DropPointOut(Schema):
    """Where an order may be brought."""

    id: PublicId = Field(alias="public_id")
    name: str
    address: str


class LineOut(Schema):
    """One product of an order, with its four quantities and its agreed price.

    Of one unit, always: `price + draw + rounding = farm + transport + fees +
    margin`.
    """

    item_id: PublicId = Field(alias="item_public_id")
    name: str
    farms: list[str] = Field(description="Where it comes from.")
    ordered: int
    allocated: int | None = Field(description="What the close gave; null before it.")
    delivered: int | None
    billed: int | None
    reason_code: str = Field(description="Why it got what it got; empty: no reason.")
    reason: str = Field(description="The same in words.")
    price_unit_cents: int = Field(description="What the buyer pays for one unit.")
    farm_unit_cents: int = Field(description="What the farm gets of one unit.")
    transport_unit_cents: int
    fees_unit_cents: int
    margin_unit_cents: int = Field(description="What the hub gets of one unit.")
    draw_unit_cents: int = Field(
        description="What the solidarity fund adds; below zero, what it is given."
    )
    rounding_unit_cents: int
    tps_cents: int = Field(description="GST of the whole line.")
    tvq_cents: int = Field(description="QST of the whole line.")
    buyer_cents: int = Field(description="The whole line as ordered, taxes included.")

    @staticmethod
    def resolve_name(line: Any) -> str:
        return str(line.offer or line.pooled_offer)

    @staticmethod
    def resolve_farms(line: Any) -> list[str]:
        return selectors.farms_behind(line)

    @staticmethod
    def resolve_reason(line: Any) -> str:
        return reason_words(line)


class OrderOut(Schema):
    """What one buyer asks of one cycle."""

    id: PublicId = Field(alias="public_id")
    cycle_id: PublicId = Field(alias="cycle.public_id")
    buyer_id: PublicId = Field(alias="buyer.public_id")
    drop_point_id: PublicId = Field(alias="drop_point.public_id")
    tier: str = Field(alias="tier_code")
    status: OrderStatus
    version: int
    po_number: str
    note: str
    changed_at: datetime


class OrderWithLinesOut(OrderOut):
    """The same with its lines, what they come to and who helps to pay."""

    total_cents: int = Field(
        description="What the buyer pays for all that was ordered, taxes included, an "
        "envelope's part among it."
    )
    envelope_id: PublicId | None = Field(
        None,
        alias="envelope.public_id",
        description="Who helps to pay; a change that leaves it out gives it up.",
    )
    envelope_cents: int | None = Field(
        description="The most that was wanted of it; null: as much as it may pay."
    )
    envelope_part_cents: int = Field(
        description="What it holds for this order and has paid of it."
    )
    lines: list[LineOut]

    @staticmethod
    def resolve_total_cents(order: Any) -> int:
        return sum(line.buyer_cents for line in order.lines.all())

    @staticmethod
    def resolve_envelope_part_cents(order: Any) -> int:
        if order.envelope is None:
            return 0
        part = voucher_selectors.part_for(order.envelope, order.public_id)
        return part.total_cents if part else 0

    @staticmethod
    def resolve_lines(order: Any) -> list[Any]:
        return list(selectors.lines_with_farms(order))


class LineIn(Sent):
    """How many units of an item."""

    item_id: PublicId
    quantity: int = Field(ge=1, le=QUANTITY_MAX)


class ChangeIn(Sent):
    """What an order shall be, whole: lines left out are no longer wanted."""

    lines: list[LineIn] = Field(
        min_length=1, max_length=500, description="Each item once."
    )
    tier: Annotated[Text, Field(min_length=1, max_length=12)]
    po_number: Annotated[Text, Field(max_length=40)] = ""
    note: Annotated[Text, Field(max_length=300)] = ""
    expected_cents: int | None = Field(
        None,
        ge=0,
        le=10**12,
        description="The total shown to whoever decided; another one is refused.",
    )
    kept_bps: int | None = Field(
        None,
        ge=1,
        le=9_999,
        description="The part of the reduction that `smaller_reduction` offered, if "
        "whoever decides accepts it.",
    )
    envelope_id: PublicId | None = Field(None, description="Who helps to pay.")
    envelope_cents: int | None = Field(
        None, ge=0, le=10**9, description="As much as it may pay when absent."
    )


class OrderIn(ChangeIn):
    """A new order."""

    cycle_id: PublicId
    buyer_id: PublicId | None = Field(
        None, description="One's own organization when absent; for a coordination."
    )
    drop_point_id: PublicId


class OrderChangeIn(ChangeIn):
    """A change of a confirmed order."""

    version: int = Field(ge=1, le=10**9, description="The version that was read.")
    drop_point_id: PublicId | None = None


class OrderFilter(Schema):
    """Which orders."""

    cycle_id: PublicId | None = None
    buyer_id: PublicId | None = None
    status: OrderStatus | None = None
    service_on: Day | None = Field(None, description="Delivered on this day.")
    changed_since: Moment | None = None


@router.read(
    "/cycles/{cycle_id}/items",
    scope=Scope.ORDERS_READ,
    roles=BUYERS_AND_HUB,
    out=list[ItemOut],
)
def items(request: HttpRequest, cycle_id: Id) -> list[Any]:
    """What can be ordered in a cycle, and how much of it is left."""
    seen = hub_selectors.cycles_seen_by(caller_of(request).person)
    return selectors.rows_of(get_object_or_404(seen, public_id=cycle_id))


@router.read(
    "/cycles/{cycle_id}/drop-points",
    scope=Scope.ORDERS_READ,
    roles=BUYERS_AND_HUB,
    out=list[DropPointOut],
)
def drop_points(
    request: HttpRequest, cycle_id: Id, buyer_id: PublicId = ""
) -> "list[Place]":
    """Where a buyer may have an order of this cycle brought."""
    caller = caller_of(request)
    seen = hub_selectors.cycles_seen_by(caller.person)
    cycle = get_object_or_404(seen, public_id=cycle_id)
    buyer = _buyer(caller, buyer_id or None)
    return list(selectors.drop_points_for(buyer_id=buyer.pk, hub_id=cycle.hub_id))


@router.pages("/orders", scope=Scope.ORDERS_READ, roles=BUYERS_AND_HUB, out=OrderOut)
def orders(request: HttpRequest, asked: Query[OrderFilter]) -> QuerySet[Order]:
    """One's own orders; for a coordination, the confirmed orders of its cycles."""
    return narrowed(
        selectors.orders_seen_by(caller_of(request).person),
        cycle__public_id=asked.cycle_id,
        buyer__public_id=asked.buyer_id,
        status=asked.status,
        cycle__service_on=asked.service_on,
        changed_at__gte=asked.changed_since,
    )


@router.read(
    "/orders/{order_id}",
    scope=Scope.ORDERS_READ,
    roles=BUYERS_AND_HUB,
    out=OrderWithLinesOut,
)
def order(request: HttpRequest, order_id: Id) -> Order:
    """One order with its lines and their four quantities."""
    seen = selectors.orders_seen_by(caller_of(request).person)
    return get_object_or_404(seen, public_id=order_id)


@router.act(
    "/orders",
    scope=Scope.ORDERS_WRITE,
    roles=BUYERS_AND_HUB,
    out=OrderWithLinesOut,
    status=HTTPStatus.CREATED,
)
def place_order(request: HttpRequest, asked: OrderIn) -> OrderWithLinesOut:
    """Confirm an order: stock reserved, the fund's and the envelope's part held.

    Refused, with nothing reserved, as `cycle_closed`, `item_not_offered`,
    `item_named_twice`, `not_enough_stock`, `tier_not_open`, `fund_too_low`,
    `fund_paused`, `smaller_reduction` (its `kept_bps` may be accepted), `offer_over`,
    `price_changed_meanwhile` (another total than `expected_cents`).
    """
    caller = caller_of(request)
    seen = hub_selectors.cycles_seen_by(caller.person)
    cycle = get_object_or_404(seen, public_id=asked.cycle_id)
    buyer = _buyer(caller, asked.buyer_id)
    placed = services.place_order(
        cycle=cycle,
        buyer=buyer,
        drop_point=_drop_point(buyer, cycle.hub_id, asked.drop_point_id),
        change=_change(caller, asked),
        key=effect_key(request),
    )
    return OrderWithLinesOut.from_orm(placed)


@router.act(
    "/orders/{order_id}/change",
    scope=Scope.ORDERS_WRITE,
    roles=BUYERS_AND_HUB,
    out=OrderWithLinesOut,
)
def change_order(
    request: HttpRequest, order_id: Id, asked: OrderChangeIn
) -> OrderWithLinesOut:
    """Make a confirmed order what is sent; what it no longer needs goes back.

    Refused as placing is, and with `order_changed_meanwhile` at another `version`.
    """
    caller = caller_of(request)
    mine = _order(caller, order_id)
    change = _change(caller, asked)
    if asked.drop_point_id is not None:
        point = _drop_point(mine.buyer, mine.cycle.hub_id, asked.drop_point_id)
        change = replace(change, drop_point=point)
    changed = services.change_order(
        order=mine, change=change, seen_version=asked.version, key=effect_key(request)
    )
    return OrderWithLinesOut.from_orm(changed)


@router.act(
    "/orders/{order_id}/cancel",
    scope=Scope.ORDERS_WRITE,
    roles=BUYERS_AND_HUB,
    out=OrderOut,
)
def cancel_order(request: HttpRequest, order_id: Id) -> OrderOut:
    """Cancel an order while its cycle is open: stock and held money go back."""
    caller = caller_of(request)
    cancelled = services.cancel_order(
        order=_order(caller, order_id),
        key=effect_key(request),
        by=caller.person,
        now=timezone.now(),
    )
    return OrderOut.from_orm(cancelled)


def _buyer(caller: Caller, public_id: str | None) -> "Organization":
    served = selectors.buyers_served_by(caller.person)
    wanted = public_id or caller.acting.organization.public_id
    return get_object_or_404(served, public_id=wanted)


def _drop_point(buyer: "Organization", hub_id: int, public_id: str) -> "Place":
    open_to = selectors.drop_points_for(buyer_id=buyer.pk, hub_id=hub_id)
    return get_object_or_404(open_to, public_id=public_id)


def _order(caller: Caller, public_id: str) -> Order:
    mine = selectors.orders_editable_by(caller.person)
    return get_object_or_404(mine, public_id=public_id)


def _change(caller: Caller, asked: ChangeIn) -> services.Change:
    envelope = None
    if asked.envelope_id is not None:
        seen = voucher_selectors.envelopes_seen_by(caller.person)
        envelope = get_object_or_404(seen, public_id=asked.envelope_id)
    return services.Change(
        wants=_wants(asked.lines),
        tier_code=asked.tier,
        by=caller.person,
        now=timezone.now(),
        po_number=asked.po_number,
        note=asked.note,
        expected_cents=asked.expected_cents,
        kept_bps=asked.kept_bps,
        envelope=envelope,
        envelope_cents=asked.envelope_cents,
    )


def _wants(lines: list[LineIn]) -> dict[str, int]:
    """Units by item; of one that two lines name, a quantity would be lost."""
    for item, times in Counter(line.item_id for line in lines).items():
        if times > 1:
            raise ItemNamedTwice(item=item)
    return {line.item_id: line.quantity for line in lines}
