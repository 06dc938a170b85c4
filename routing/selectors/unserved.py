"""Goods that a plan leaves behind, and whether it is said what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from orders import selectors as order_selectors
from routing.models import Plan, UnservedShipment

if TYPE_CHECKING:
    from orders.models import Shipment
    from orders.selectors import Onward

ANOTHER_DAY = "another_day"


def left_behind(plan: Plan) -> QuerySet[UnservedShipment]:
    """What a plan leaves behind, with what was decided of it."""
    return plan.unserved.select_related(
        "plan__pool", "shipment__cycle", "shipment__producer", "shipment__drop_point"
    ).order_by("pk")


def undecided_of(plan: Plan) -> QuerySet[UnservedShipment]:
    """What a plan leaves behind and nobody has decided for its day."""
    return plan.unserved.filter(
        shipment__service_on=plan.service_on, shipment__decision__in=["", ANOTHER_DAY]
    )


def decision_for(shipment: Shipment, on: date) -> str:
    """What was decided of goods for a day; empty when that is still to be said.

    That goods were moved decides the day they left, not the one they came to.
    """
    if shipment.service_on != on:
        return shipment.decision or ANOTHER_DAY
    return "" if shipment.decision == ANOTHER_DAY else shipment.decision


def onward_of_left(left: Iterable[UnservedShipment]) -> dict[int, list[Onward]]:
    """Where goods left behind on their way to the hub were to go from there."""
    inbound = [row.shipment_id for row in left if row.shipment.leg == "inbound"]
    return order_selectors.onward_of(inbound)
