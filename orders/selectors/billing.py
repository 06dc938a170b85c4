"""Invoices, what was delivered and billed of a day, and what floors above count on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from hub import selectors as hub_selectors
from hub.ledger import statements
from hub.ledger.statements import Statement
from orders import accounts
from orders.core.billing import Parts, total_of
from orders.models import FarmSale, Invoice, Seller, Shipment, ShipmentLine
from orders.selectors.deliveries import carried_lines
from orders.selectors.orders import buyers_of

if TYPE_CHECKING:
    from hub.models import Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one organization has of a shipment: grams and the transport billed."""

    organization_id: int
    mass_g: int
    transport_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredShipment:
    """One shipment as it was delivered, for those who share what its route cost.

    `transport_cents` is the T that its buyers were billed: nothing for an inbound leg,
    whose goods are billed when they leave the dock. `buyers` and `farms` each add up
    to it.
    """

    pk: int
    public_id: str
    leg: str
    cycle_id: int
    hub_id: int
    producer_id: int
    mass_g: int
    volume_ml: int
    transport_cents: int
    buyers: tuple[Share, ...]
    farms: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotals:
    """What one day in the books of a hub came to, corrections of that day included."""

    parts: Parts
    num_invoices: int
    num_credit_notes: int
    envelope_cents: int
    drawn_cents: int
    contributed_cents: int


def delivered_shipments(*, hub_ids: Iterable[int], on: date) -> list[DeliveredShipment]:
    """What was delivered on a day for these hubs, by shipment; two queries."""
    shipments = (
        Shipment.objects.filter(
            cycle__hub__in=list(hub_ids),
            service_on=on,
            status=Shipment.Status.DELIVERED,
        )
        .select_related("cycle")
        .order_by("pk")
    )
    lines: dict[int, list[ShipmentLine]] = defaultdict(list)
    found = ShipmentLine.objects.filter(shipment__in=shipments).select_related(
        "source__line__order", "source__availability__offer__variant__product"
    )
    for line in found.order_by("pk"):
        lines[line.shipment_id].append(line)
    return [_delivered(shipment, lines[shipment.pk]) for shipment in shipments]


def _delivered(shipment: Shipment, lines: list[ShipmentLine]) -> DeliveredShipment:
    is_billed = shipment.leg != Shipment.Leg.INBOUND
    masses: dict[str, Counter[int]] = {"buyer": Counter(), "farm": Counter()}
    transport: dict[str, Counter[int]] = {"buyer": Counter(), "farm": Counter()}
    mass_g = volume_ml = 0
    for line in lines:
        variant = line.source.availability.offer.variant
        units = line.delivered or 0
        cents = (line.billed or 0) * line.source.line.transport_unit_cents
        mass_g += units * variant.mass_g
        volume_ml += units * variant.volume_ml
        owners = {
            "buyer": line.source.line.order.buyer_id,
            "farm": variant.product.producer_id,
        }
        for name, pk in owners.items():
            masses[name][pk] += units * variant.mass_g
            transport[name][pk] += cents if is_billed else 0
    return DeliveredShipment(
        pk=shipment.pk,
        public_id=shipment.public_id,
        leg=shipment.leg,
        cycle_id=shipment.cycle_id,
        hub_id=shipment.cycle.hub_id,
        producer_id=shipment.producer_id,
        mass_g=mass_g,
        volume_ml=volume_ml,
        transport_cents=sum(transport["buyer"].values()),
        buyers=_shares(masses["buyer"], transport["buyer"]),
        farms=_shares(masses["farm"], transport["farm"]),
    )


def _shares(masses: Counter[int], transport: Counter[int]) -> tuple[Share, ...]:
    return tuple(
        Share(organization_id=pk, mass_g=mass_g, transport_cents=transport[pk])
        for pk, mass_g in sorted(masses.items())
    )


def day_totals(*, hub: Organization, on: date) -> DayTotals:
    """What a day in the books of a hub came to, from its invoices and credit notes."""
    papers = list(Invoice.objects.filter(hub=hub, effective_on=on))
    num_credits = sum(paper.kind == Invoice.Kind.CREDIT_NOTE for paper in papers)
    return DayTotals(
        parts=total_of(Parts.of(paper) for paper in papers),
        num_invoices=len(papers) - num_credits,
        num_credit_notes=num_credits,
        envelope_cents=sum(paper.envelope_cents for paper in papers),
        # One order has one tier: all its lines draw, or all of them give.
        drawn_cents=sum(p.draw_cents for p in papers if is_drawn(p)),
        contributed_cents=-sum(p.draw_cents for p in papers if not is_drawn(p)),
    )


def is_drawn(paper: Invoice) -> bool:
    """Whether the fund helps to pay it; a credit note takes a draw back."""
    is_credit = paper.kind == Invoice.Kind.CREDIT_NOTE
    return paper.draw_cents < 0 if is_credit else paper.draw_cents > 0


def invoices_of_hub(hub: Organization) -> QuerySet[Invoice]:
    """Every invoice and credit note of a hub, the last number first."""
    return Invoice.objects.filter(hub=hub).select_related("buyer", "corrects")


def invoices_of_buyer(buyer: Organization) -> QuerySet[Invoice]:
    """What was billed to a buyer and taken back, the last first."""
    return Invoice.objects.filter(buyer=buyer).select_related(
        "hub", "buyer", "corrects"
    )


def invoices_seen_by(person: Person) -> QuerySet[Invoice]:
    """Invoices of the person's own buyers, and of the hubs they coordinate."""
    return Invoice.objects.filter(
        Q(buyer__in=buyers_of(person))
        | Q(hub__in=hub_selectors.hubs_coordinated_by(person))
    ).select_related("hub", "buyer", "order__cycle", "corrects")


def invoices_run_by(person: Person) -> QuerySet[Invoice]:
    """Invoices of the hubs a person coordinates."""
    return invoices_seen_by(person).filter(
        hub__in=hub_selectors.hubs_coordinated_by(person)
    )


def corrections_of(invoice: Invoice) -> list[Invoice]:
    """The credit note that took an invoice back, and the invoice in its place."""
    return list(invoice.corrections.order_by("number"))


def days_to_settle(hub: Organization) -> list[date]:
    """Days on which something for this hub was carried and not billed yet."""
    waiting = carried_lines().filter(
        source__line__order__cycle__hub=hub,
        billed__isnull=True,
        shipment__status__in=[Shipment.Status.READY, Shipment.Status.DELIVERED],
    )
    return sorted(set(waiting.values_list("shipment__service_on", flat=True)))


def farm_sales(farm: Organization, *, since: date, until: date) -> QuerySet[FarmSale]:
    """What a farm sold by day in the books, `until` itself included."""
    return (
        FarmSale.objects.filter(
            farm=farm,
            invoice_line__invoice__effective_on__gte=since,
            invoice_line__invoice__effective_on__lte=until,
        )
        .select_related("invoice_line__invoice")
        .order_by("invoice_line__invoice__effective_on", "title", "pk")
    )


def statement_days(farm: Organization) -> list[tuple[date, int]]:
    """The days on which a farm sold something, with its money, the last day first."""
    rows = (
        FarmSale.objects.filter(farm=farm)
        .values_list("invoice_line__invoice__effective_on")
        .annotate(cents=Sum("farm_cents"))
        .order_by("-invoice_line__invoice__effective_on")
    )
    return list(rows)


def farms_paid_by(hub: Organization) -> QuerySet[Organization]:
    """The farms that have sold something through a hub, by name."""
    return hub.members.filter(farm_sales__isnull=False).distinct().order_by("name")


def buyers_billed_by(hub: Organization) -> QuerySet[Organization]:
    """The buyers that a hub has billed, by name."""
    return hub.members.filter(invoices__hub=hub).distinct().order_by("name")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineToCorrect:
    """One product of an invoice, how much it bills, and how much it may bill."""

    pk: int
    item_public_id: str
    title: str
    billed: int
    most: int


def lines_to_correct(invoice: Invoice) -> list[LineToCorrect]:
    """The products that an invoice settles, those that did not come included."""
    shipped: dict[int, list[ShipmentLine]] = defaultdict(list)
    lines = ShipmentLine.objects.filter(invoice=invoice).select_related(
        "source__line__offer__variant__product", "source__line__pooled_offer"
    )
    for line in lines.order_by("source__line_id", "pk"):
        shipped[line.source.line_id].append(line)
    return [
        LineToCorrect(
            pk=pk,
            item_public_id=members[0].source.line.item_public_id,
            title=str(
                members[0].source.line.offer or members[0].source.line.pooled_offer
            ),
            billed=sum(line.billed or 0 for line in members),
            most=sum(line.quantity for line in members),
        )
        for pk, members in shipped.items()
    ]


def seller_facts(hub: Organization) -> dict[str, str]:
    """What stands at the head of a hub's invoices so far."""
    names = ("legal_name", "seat", "tps_number", "tvq_number", "terms")
    for row in Seller.objects.filter(hub=hub).values(*names):
        return dict(row)
    return dict.fromkeys(names, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What one member owes its hub, or the hub owes it, above zero."""

    member: Organization
    cents: int


def debts_of(members: Iterable[Organization]) -> list[Debt]:
    """What stands on the accounts of these buyers or farms; two queries."""
    rows = list(members)
    codes = {account_of(member): member for member in rows}
    kept = statements.balances_of(codes)
    return [
        Debt(
            member=member,
            cents=kept[code] if member.kind == "producer" else -kept[code],
        )
        for code, member in codes.items()
    ]


def account_of(member: Organization) -> str:
    """The ledger account of a farm or of a buyer."""
    if member.kind == "producer":
        return accounts.farm(organization=member.public_id).code
    return accounts.buyer(organization=member.public_id).code


def balance_of(member: Organization) -> int:
    """What stands on it: a farm is owed above zero, a buyer owes below."""
    return statements.balance_cents(account_of(member))


def book_of(member: Organization, *, since: date, until: date) -> Statement:
    """The movements of it by day in the books, `until` itself left out."""
    return statements.statement(account_of(member), since=since, until=until)
