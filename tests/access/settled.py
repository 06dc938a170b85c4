"""The settled day of one side: its share is carried by the group."""

from typing import Any

from django.utils import timezone

from hub.models import Organization
from orders.models import FarmLoan, LoanRepayment
from routing.models import (
    CostShare,
    DaySettlement,
    HubSettlement,
    PayerSettlement,
    RouteSettlement,
    SharePart,
)


def settle(hub: Organization, *, rows: dict[str, Any]) -> None:
    """The day as it was settled; the group carries the whole share."""
    settled = DaySettlement.objects.create(
        pool=rows["fleet"],
        service_on=rows["plan"].service_on,
        plan=rows["plan"],
        cost_cents=1_000,
        settled_at=timezone.now(),
    )
    rows["hub_part"] = HubSettlement.objects.create(
        settlement=settled,
        hub=hub,
        cost_cents=1_000,
        shares_cents=900,
        remainder_cents=100,
        credited_cents=400,
        moved_cents=0,
        payer="buyer",
        policy="fixed_order",
        difference="kept",
    )
    paid = RouteSettlement.objects.create(
        settlement=settled,
        route=rows["planned_route"],
        carrier=rows["carrier"],
        cost_cents=1_000,
        distance_m=1_000,
        duration_s=600,
        visits=[],
    )
    rows["share"] = CostShare.objects.create(
        route=paid,
        hub=rows["hub_part"],
        shipment=rows["shipment"],
        mass_g=10_000,
        alone_cents=950,
        share_cents=900,
        credited_cents=400,
        is_capped=True,
        computation={"policy": "fixed_order", "num_shipments": 1},
    )
    SharePart.objects.create(
        share=rows["share"],
        organization=rows["group"],
        mass_g=10_000,
        share_cents=900,
        credited_cents=400,
    )
    PayerSettlement.objects.create(
        hub=rows["hub_part"],
        organization=rows["group"],
        share_cents=900,
        credited_cents=400,
        moved_cents=0,
    )
    _lend(hub, rows)


def _lend(hub: Organization, rows: dict[str, Any]) -> None:
    """A loan to the farm, and what came back of it."""
    on = rows["plan"].service_on
    rows["farm_loan"] = FarmLoan.objects.create(
        hub=hub,
        farm=rows["farm"],
        purpose=f"A cold room for {rows['farm'].name}",
        amount_cents=60_000,
        repaid_cents=10_000,
        num_instalments=6,
        every="month",
        first_on=on,
        share_bps=2_000,
        granted_on=on,
        key=f"loan-{hub.public_id}",
    )
    rows["repayment"] = LoanRepayment.objects.create(
        loan=rows["farm_loan"],
        amount_cents=10_000,
        repaid_on=on,
        posting_key=f"withheld:{hub.public_id}",
    )
