"""Goods that a plan leaves behind, and whether it is said what becomes of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from routing.models import Plan, UnservedShipment

if TYPE_CHECKING:
    from orders.models import Shipment

ANOTHER_DAY = "another_day"


def left_behind(plan: Plan) -> QuerySet[UnservedShipment]:
    """What a plan leaves behind, with what was decided of it."""
    return plan.unserved.select_related(
        "plan", "shipment__cycle", "shipment__producer", "shipment__drop_point"
    ).order_by("pk")


def undecided_of(plan: Plan) -> QuerySet[UnservedShipment]:
    """What a plan leaves behind and nobody has decided for its day."""
    came = Q(shipment__decision=ANOTHER_DAY, shipment__service_on=plan.service_on)
    return plan.unserved.filter(Q(shipment__decision="") | came)


def decision_for(shipment: Shipment, on: date) -> str:
    """What was decided of goods for a day; empty when that is still to be said.

    That goods were moved decides the day they left, not the one they came to.
    """
    if shipment.decision == ANOTHER_DAY and shipment.service_on == on:
        return ""
    return shipment.decision
