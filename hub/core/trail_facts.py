"""The words of the facts that a trace carries, by the name of each fact."""

from collections.abc import Mapping
from typing import Any

from hub.core.errors import N_

LABELS: dict[str, str] = {
    "alarm_days": N_("Told after (days)"),
    "amount_cents": N_("Amount"),
    "basis": N_("Way of counting"),
    "buyer": N_("Buyer"),
    "cap_cents": N_("Most support a month"),
    "closes_at": N_("Closes"),
    "cycle": N_("Cycle"),
    "days": N_("Days"),
    "decision": N_("Decision"),
    "difference": N_("Difference"),
    "document": N_("Document"),
    "drop_point": N_("Drop point"),
    "due": N_("Payable"),
    "eligible": N_("For"),
    "ends_on": N_("Last day"),
    "expires_at": N_("Valid until"),
    "families": N_("Families"),
    "fixed_cents": N_("A day"),
    "floor_bps": N_("Lowest price, of the farm’s price"),
    "flow": N_("Way of the goods"),
    "fund_kind": N_("Kind of source"),
    "host": N_("Host"),
    "hub": N_("Hub"),
    "is_active": N_("Active"),
    "is_basic_grocery": N_("Basic grocery"),
    "is_public": N_("Public page"),
    "kept_bps": N_("Part of the reduction kept"),
    "is_taxed": N_("Bears the sales taxes"),
    "kinds": N_("Kinds of events"),
    "leg": N_("Leg of the way"),
    "lines": N_("Lines"),
    "lot": N_("Lot"),
    "matches_exact": N_("Matched by itself"),
    "method": N_("Means"),
    "minimum_cents": N_("Minimum"),
    "moved_on": N_("New day"),
    "multiplier_bps": N_("Share of the full price"),
    "name": N_("Name"),
    "needs_agreement": N_("By agreement only"),
    "num_invoices": N_("Invoices"),
    "num_payments": N_("Payments"),
    "num_people": N_("People"),
    "opens_at": N_("Opens"),
    "payer": N_("Who pays"),
    "per_hour_cents": N_("An hour"),
    "per_kg_cents": N_("A kilogram"),
    "per_km_cents": N_("A kilometre"),
    "per_unit_cents": N_("A unit"),
    "policy": N_("Rule of sharing"),
    "pool": N_("Pool"),
    "price_cents": N_("Price"),
    "programme": N_("Programme"),
    "purpose": N_("Purpose"),
    "quantity": N_("Quantity"),
    "rate_bps": N_("Rate"),
    "received_on": N_("Day of the bank"),
    "replaced": N_("Replaces"),
    "role": N_("Role"),
    "rule": N_("Rule"),
    "scopes": N_("Scopes"),
    "seat": N_("Address"),
    "service_on": N_("Day of delivery"),
    "share_bps": N_("Of the farm’s price"),
    "short_quantity": N_("Missing for what is promised"),
    "side": N_("Side"),
    "starts_on": N_("From"),
    "status": N_("Status"),
    "stop_rule": N_("Under the stop"),
    "stop_weeks": N_("Stops under (weeks)"),
    "temperature_class": N_("Temperature"),
    "terms": N_("Terms"),
    "tier": N_("Tier"),
    "total_cents": N_("Total"),
    "tps_number": N_("GST number"),
    "tvq_number": N_("QST number"),
    "units": N_("Units"),
    "warn_weeks": N_("Warns under (weeks)"),
    "week_on": N_("Week of"),
}
"""A fact without a line here is refused: the page could not name it."""

CODES: dict[str, dict[str, str]] = {
    "role": {
        "coordinator": N_("Hub coordinator"),
        "producer": N_("Producer"),
        "group_buyer": N_("Group buyer"),
        "institutional_buyer": N_("Institutional buyer"),
        "driver": N_("Driver"),
        "programme_manager": N_("Programme manager"),
        "distributor": N_("Distributing organization"),
        "merchant": N_("Merchant"),
        "funder": N_("Funder or board"),
    },
    "temperature_class": {
        "frozen": N_("Frozen"),
        "chilled": N_("Chilled"),
        "ambient": N_("Ambient"),
    },
    "flow": {
        "direct": N_("Straight from each farm to each drop point"),
        "cross_dock": N_("Through the hub, recombined at its dock"),
    },
    "leg": {
        "inbound": N_("from the farm to the hub"),
        "dock": N_("at the dock of the hub"),
        "outbound": N_("from the hub to the drop point"),
    },
    "tier": {
        "solidaire": N_("Solidarity price"),
        "juste_prix": N_("Fair price"),
        "soutien": N_("Support price"),
    },
    "basis": {
        "markup_on_cost": N_("markup on the farm's price"),
        "commission_on_price": N_("commission on the sale price"),
    },
    "fund_kind": {
        "grant": N_("Grant from a funder"),
        "donation": N_("Donation"),
        "contribution": N_("Pay-it-forward contributions"),
        "programme": N_("Programme money"),
    },
    "stop_rule": {
        "refuse": N_("no new order at a low tier"),
        "smaller": N_("a smaller reduction is offered"),
    },
    "decision": {
        "another_day": N_("Another day"),
        "own_transport": N_("Own transport"),
        "cancelled": N_("Cancelled"),
    },
    "rule": {
        "notify": N_("The orders stand; the farm is told"),
        "cancel": N_("The farm’s lines are cancelled; farm and buyers are told"),
    },
    "due": {
        "net": N_("Days after the invoice"),
        "month_end": N_("Days after the end of the month of the invoice"),
        "on_delivery": N_("On delivery"),
        "when_paid": N_("When the buyer has paid (farms)"),
    },
    "side": {"buyer": N_("Buyers"), "farm": N_("Farms")},
    "payer": {
        "buyer": N_("the buyer who receives the goods"),
        "farm": N_("the farm that ships the goods"),
    },
    "policy": {
        "fixed_order": N_("what each shipment adds to the route"),
        "per_unit": N_("by kilogram delivered"),
        "equal": N_("equally between shipments"),
    },
    "difference": {
        "kept": N_("kept, or borne, by the hub"),
        "returned": N_("a surplus is given back, the hub bears a shortfall"),
        "settled": N_("a surplus is given back, a shortfall is charged"),
    },
    "matches_exact": {
        "by_itself": N_("by itself"),
        "confirmed": N_("once a person confirms"),
    },
    "scopes": {
        "members:read": N_("Read members and places"),
        "availability:read": N_("Read availability"),
        "availability:write": N_("Post availability"),
        "cycles:read": N_("Read order cycles"),
        "cycles:write": N_("Prepare, open and close order cycles"),
        "orders:read": N_("Read orders"),
        "orders:write": N_("Place, change and cancel orders"),
        "plans:read": N_("Read plans"),
        "plans:write": N_("Plan, publish and dispatch"),
        "routes:read": N_("Read routes"),
        "routes:write": N_("Record what happens at the stops"),
        "invoices:read": N_("Read invoices"),
        "billing:write": N_("Bill and settle days, correct invoices"),
        "statements:read": N_("Read accounts and statements"),
        "payments:write": N_("Record payments"),
        "results:read": N_("Read results"),
        "prices:read": N_("Read how prices are made"),
        "fund:read": N_("Read the solidarity fund"),
        "envelopes:read": N_("Read envelopes"),
        "envelopes:write": N_("Grant and change envelopes"),
        "trail:read": N_("Read the journal of changes"),
        "webhooks:read": N_("Read which addresses are told what happens"),
        "webhooks:write": N_("Have addresses told what happens"),
    },
    "status": {
        "active": N_("Active"),
        "paused": N_("Paused by hand"),
        "failing": N_("Paused: nothing arrived for days"),
        "gone": N_("Paused: the address answered that it is gone"),
    },
    "document": {
        "agreements": N_("Agreements"),
        "allocation": N_("What everyone gets"),
        "buyers_owe": N_("Buyers owe"),
        "coming": N_("What you have coming"),
        "corrections": N_("Corrections since"),
        "cycle_orders": N_("Orders of the cycle"),
        "day_orders": N_("Orders of the day"),
        "driver_papers": N_("Papers of drivers"),
        "envelopes": N_("Envelopes"),
        "farms_owed": N_("Farms are owed"),
        "farm_loans": N_("Loans to farms"),
        "flows": N_("Who pays and who is paid"),
        "instalments": N_("Instalments"),
        "invoices": N_("Invoices"),
        "late": N_("Late invoices"),
        "movements": N_("Movements"),
        "notices": N_("Notices"),
        "open_invoices": N_("Open invoices"),
        "organizations": N_("Members"),
        "packing_lists": N_("Packing lists"),
        "payments_waiting": N_("Payments to match"),
        "payouts_due": N_("Farms to pay"),
        "people": N_("People"),
        "road_stops": N_("Day under way"),
        "routes": N_("Routes"),
        "routes_paid": N_("Routes paid"),
        "share_parts": N_("Who carries it"),
        "statement": N_("Statement"),
        "statements": N_("My statements"),
        "stops": N_("Stops"),
        "support_limits": N_("Limits of support"),
        "terms": N_("Payment terms"),
    },
}
"""How coded facts are said; a code without words is shown as it is. Those of a floor
above stand here too: the journal is the ground floor's, and tests compare them."""


def changes_of(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, Any, Any]]:
    """What a trace says of each fact: its name, what it was, what it is.

    A fact that was the same before is left out; one that was not there before has
    None for what it was, and one that is gone, None for what it is.
    """
    names = [*after, *(name for name in before if name not in after)]
    return [
        (name, before.get(name), after.get(name))
        for name in names
        if name not in before or name not in after or before[name] != after[name]
    ]


def require_facts(facts: Mapping[str, Any]) -> None:
    """Stop a caller whose facts the page could not name."""
    unnamed = sorted(frozenset(facts) - frozenset(LABELS))
    assert not unnamed, unnamed
