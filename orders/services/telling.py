"""Notices of the orders floor, left in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hub.core.letters import Kind
from hub.services import notices
from orders import selectors
from orders.services import happening

if TYPE_CHECKING:
    from hub.models import Cycle, Organization
    from orders.models import CycleReopening, Invoice, Shipment


def tell_farms_what_to_prepare(cycle: Cycle) -> None:
    """Each farm that sold something in a closed cycle is told what, and how much.

    Nobody is told any more that the cycle was open again before.
    """
    close = selectors.name_of_close(cycle)
    before = selectors.reopenings_of(cycle).values_list("public_id", flat=True)
    notices.overtake(about=[f"cycle-reopened:{public_id}:" for public_id in before])
    parcels = [
        notices.Parcel(
            key=f"cycle-closed:{close}:{farm.public_id}",
            data=selectors.facts_of_close(cycle, units),
            organization=farm,
        )
        for farm, units in selectors.units_to_prepare(cycle).items()
    ]
    notices.leave_all(kind=Kind.CYCLE_CLOSED, hub=cycle.hub, parcels=parcels)


def tell_reopened(
    found: CycleReopening,
    *,
    farms: Sequence[Organization],
    buyers: Sequence[Organization],
) -> None:
    """Farms learn that what they were to prepare is open again, buyers that they may
    change their orders, and until when."""
    cycle = found.cycle
    concerned = {one.pk: (one, True) for one in farms}
    concerned |= {one.pk: (one, False) for one in buyers}
    parcels = [
        notices.Parcel(
            key=f"cycle-reopened:{found.public_id}:{organization.public_id}",
            data=selectors.facts_of_reopening(
                cycle, closes_at=found.closes_at, reason=found.reason, is_farm=is_farm
            ),
            organization=organization,
        )
        for organization, is_farm in concerned.values()
    ]
    notices.leave_all(kind=Kind.CYCLE_REOPENED, hub=cycle.hub, parcels=parcels)


def take_back_close(close: str) -> None:
    """What was told of a close does not leave any more, as far as it has not left."""
    notices.overtake(about=[f"cycle-closed:{close}:", f"minimum:{close}:"])


def take_back_decisions(shipment: Shipment) -> None:
    """Nobody is told any more of what was decided before of a shipment."""
    notices.overtake(about=[f"decided:{shipment.public_id}:"])


def tell_decision(shipment: Shipment) -> None:
    """Farm and buyers learn what becomes of goods that no truck could serve.

    Of goods on their way to the hub's dock only the farm is told: what its buyers get
    is told with the shipment that leaves from there.
    """
    first_on = shipment.first_service_on or shipment.service_on
    is_moved = shipment.decision == "another_day"
    data: dict[str, Any] = {
        "service_on": first_on.isoformat(),
        "decision": shipment.decision,
        "moved_on": shipment.service_on.isoformat() if is_moved else None,
        "farm": shipment.producer.name,
        "drop_point": shipment.drop_point.name,
        "note": shipment.decision_note,
    }
    concerned = [shipment.producer] if shipment.leg != "outbound" else []
    if shipment.leg != "inbound":
        concerned += selectors.buyers_of_shipments([shipment.pk])[shipment.pk]
    for organization in concerned:
        notices.leave(
            kind=Kind.SHIPMENT_DECIDED,
            key=f"decided:{shipment.public_id}:{shipment.num_decisions}"
            f":{organization.public_id}",
            data=data,
            hub=shipment.cycle.hub,
            organization=organization,
        )


def tell_invoices(issued: Sequence[Invoice]) -> None:
    """Each buyer learns of its invoices and credit notes of one hub, by number."""
    if not issued:
        return
    parcels = [
        notices.Parcel(
            key=f"invoice:{invoice.public_id}",
            data={
                "number": str(invoice.number),
                "service_on": invoice.service_on.isoformat(),
                "total_cents": abs(invoice.buyer_cents),
                "seller": invoice.hub.name,
                "is_credit": invoice.kind == "credit_note",
            },
            organization=invoice.buyer,
        )
        for invoice in issued
    ]
    notices.leave_all(kind=Kind.INVOICE_ISSUED, hub=issued[0].hub, parcels=parcels)


def tell_statements(issued: Sequence[Invoice]) -> None:
    """Each farm of a day just billed learns what was sold for it that day."""
    if not issued:
        return
    hub, on = issued[0].hub, issued[0].service_on
    sold = selectors.sold_for_farms(
        hub_id=hub.pk, on=on, invoices=[invoice.pk for invoice in issued]
    )
    parcels = [
        notices.Parcel(
            # A day may be billed in several times: each has its first number.
            key=f"statement:{issued[0].public_id}:{farm.public_id}",
            data={
                "service_on": on.isoformat(),
                "total_cents": cents,
                "hub": hub.name,
            },
            organization=farm,
        )
        for farm, cents in sold.items()
    ]
    notices.leave_all(kind=Kind.STATEMENT_READY, hub=hub, parcels=parcels)
    happening.tell_statements(hub, on, sold)
