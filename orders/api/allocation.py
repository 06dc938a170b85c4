"""What a close gave: to the coordination line by line, to a farm its own part."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Schema

from hub import selectors as hub_selectors
from hub.api import Door, Id, PublicId, caller_of
from hub.core.scopes import Scope
from orders import selectors
from orders.api.shared import COORDINATION, reason_words
from orders.selectors import ItemShares
from orders.sentences import minimums_of, reason_of

router = Door(tags=["orders"])


class GivenLineOut(Schema):
    """What one order gets of an item, in selling units."""

    order_id: PublicId = Field(alias="order.public_id")
    buyer_id: PublicId = Field(alias="order.buyer.public_id")
    buyer: str = Field(alias="order.buyer.name")
    drop_point_id: PublicId = Field(alias="order.drop_point.public_id")
    ordered: int
    allocated: int
    reason_code: str = Field(description="Stable; empty for no reason.")
    reason: str = Field(description="The same in words.")

    @staticmethod
    def resolve_allocated(line: Any) -> int:
        return line.allocated or 0

    @staticmethod
    def resolve_reason(line: Any) -> str:
        return reason_words(line)


class GivingFarmOut(Schema):
    """What one farm gives of an item, in selling units."""

    farm_id: PublicId
    farm: str
    units: int
    reason_code: str
    reason: str


class ItemGivenOut(Schema):
    """One item of the list: who gets what, from which farms, and why."""

    item_id: PublicId = Field(alias="public_id")
    name: str = Field(alias="title")
    ordered: int
    allocated: int
    short: int = Field(description="Units ordered that nobody gets.")
    lines: list[GivenLineOut]
    farms: list[GivingFarmOut]

    @staticmethod
    def resolve_short(item: ItemShares) -> int:
        return item.ordered - item.allocated

    @staticmethod
    def resolve_farms(item: ItemShares) -> list[dict[str, Any]]:
        return [
            {
                "farm_id": given["public_id"],
                "farm": name,
                "units": given["units"],
                "reason_code": given["code"],
                "reason": reason_of(given["code"], given["data"]),
            }
            for name, given in sorted(item.farms.items())
        ]


class MinimumOut(Schema):
    """A farm that sold less than its minimum, and what came of it."""

    farm: str
    outcome: str


class AllocationOut(Schema):
    """How a cycle was shared out."""

    cycle_id: PublicId
    rule: str = Field(description="By which rule shortages were shared.")
    closed_at: datetime
    items: list[ItemGivenOut] = Field(description="Short ones first.")
    minimums: list[MinimumOut]


class SoldRowOut(Schema):
    """What a farm gives of one product for one drop point."""

    drop_point: str
    product: str
    packing: str
    temperature_class: str
    lot: str
    units: int
    mass_g: int
    pay_cents: int = Field(description="The farm's own price times the units.")
    reason_code: str
    reason: str

    @staticmethod
    def resolve_reason(row: Any) -> str:
        return reason_words(row)


class SoldOut(Schema):
    """What a cycle asks of a farm."""

    cycle_id: PublicId
    is_final: bool = Field(
        description="False while orders come in: units are reserved, not given yet."
    )
    pay_cents: int = Field(description="What the farm is to be paid when all comes.")
    rows: list[SoldRowOut]
    minimums: list[MinimumOut]


@router.read(
    "/cycles/{cycle_id}/allocation",
    scope=Scope.ORDERS_READ,
    roles=COORDINATION,
    out=AllocationOut,
)
def allocation(request: HttpRequest, cycle_id: Id) -> dict[str, Any]:
    """Who gets what of a closed cycle, from which farms, what is short and why.

    Refused with `not_shared_out` before the cycle is closed.
    """
    mine = hub_selectors.cycles_run_by(caller_of(request).person)
    cycle = get_object_or_404(mine, public_id=cycle_id)
    closing = selectors.require_closing(cycle)
    return {
        "cycle_id": cycle.public_id,
        "rule": closing.rule,
        "closed_at": closing.closed_at,
        "items": selectors.shares_of(cycle),
        "minimums": _minimums(minimums_of(cycle)),
    }


@router.read(
    "/cycles/{cycle_id}/sold",
    scope=Scope.ORDERS_READ,
    roles=("producer",),
    out=SoldOut,
)
def sold(request: HttpRequest, cycle_id: Id) -> dict[str, Any]:
    """What one's own farm gives in a cycle, for each drop point and product.

    Nothing is told of buyers' prices and tiers: the pay is at the farm's own price.
    """
    caller = caller_of(request)
    seen = selectors.sold_cycles_seen_by(caller.person)
    cycle = get_object_or_404(seen.filter(hub=caller.acting.hub), public_id=cycle_id)
    farm = caller.acting.organization
    rows = selectors.sold_rows(farm, cycle)
    return {
        "cycle_id": cycle.public_id,
        "is_final": cycle.status == "closed",
        "pay_cents": sum(row.pay_cents for row in rows),
        "rows": rows,
        "minimums": _minimums(minimums_of(cycle, farm)),
    }


def _minimums(told: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"farm": farm, "outcome": outcome} for farm, outcome in told]
