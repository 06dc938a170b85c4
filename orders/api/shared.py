"""What several nouns of orders share: who may ask, and the parts of a sale."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Schema

from hub.api import Caller
from orders import selectors
from orders.models import Invoice
from orders.sentences import reason_of

BUYERS = ("group_buyer", "institutional_buyer")
BUYERS_AND_HUB = (*BUYERS, "coordinator")
COORDINATION = ("coordinator",)
PRICE_HELP = "What the buyer owes before taxes."


class PartsOut(Schema):
    """What a sale is made of, in cents; below zero for what is taken back.

    Always: `buyer + draw + rounding = farm + transport + fees + margin + tps +
    tvq`.
    """

    farm_cents: int = Field(description="To the farms, whatever the buyer's tier.")
    transport_cents: int = Field(description="To the hub, for transport.")
    fees_cents: int = Field(description="To the hub, for the legs of the way.")
    margin_cents: int = Field(description="The hub's margin.")
    draw_cents: int = Field(
        description="What the solidarity fund pays; below zero, what it is given."
    )
    rounding_cents: int = Field(description="Cents that tier prices round off.")
    tps_cents: int = Field(description="GST of 5 %.")
    tvq_cents: int = Field(description="QST of 9.975 %.")
    buyer_cents: int = Field(description="What the buyer owes, taxes included.")


def reason_words(row: Any) -> str:
    """Why a line, or a farm, got what it got; nothing for no reason."""
    return reason_of(row.reason_code, row.reason_data)


def invoice_run_by(caller: Caller, public_id: str) -> Invoice:
    """An invoice of a hub that the caller coordinates, or nothing is there."""
    return get_object_or_404(
        selectors.invoices_run_by(caller.person), public_id=public_id
    )
