"""The money of a settled day: carriers are paid, differences settled with members."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from hub.ledger import posting, statements
from hub.ledger.core.accounts import AccountRef, Move
from orders import accounts as order_accounts
from routing import accounts
from routing.models import DaySettlement, HubSettlement, SettlementRule

if TYPE_CHECKING:
    from routing.services.settling import SharedRoute

PAID_KIND = "transport-paid"
DIFFERENCE_KIND = "transport-difference"


def post(settlement: DaySettlement, routes: Sequence[SharedRoute]) -> None:
    """Post a settlement: each hub pays its part, then settles what its rule says."""
    owed: dict[int, Counter[str]] = defaultdict(Counter)
    for route in routes:
        carrier = route.driven.route.vehicle.owner.public_id
        for part in route.shared.hubs:
            owed[int(part.hub)][carrier] += part.cost_cents
    for hub in settlement.hubs.select_related("hub").order_by("hub_id"):
        _pay_carriers(settlement, hub, owed[hub.hub_id])
        _settle_difference(settlement, hub)


def key_of(settlement: DaySettlement, hub: HubSettlement) -> str:
    """The key of what a hub pays for a day of a pool."""
    pool, on = settlement.pool.public_id, settlement.service_on
    again = f".{settlement.number}" if settlement.number > 1 else ""
    return f"settlement:{pool}:{on}{again}:{hub.hub.public_id}"


def take_back(settlement: DaySettlement, *, on: date) -> None:
    """Reverse all that a settlement posted, on the day `on`; nothing is edited."""
    for hub in settlement.hubs.select_related("hub").order_by("hub_id"):
        key = key_of(settlement, hub)
        for posted in (key, f"{key}:difference"):
            if statements.moved_under(posted):
                posting.reverse(
                    key=f"{posted}:withdrawn", posting_key=posted, effective_on=on
                )


def _booked_on(settlement: DaySettlement) -> date:
    """A day settled anew is booked on the day of that, like every correction."""
    if settlement.number == 1:
        return settlement.service_on
    return localdate(settlement.settled_at)


def _pay_carriers(
    settlement: DaySettlement, hub: HubSettlement, owed: Counter[str]
) -> None:
    moves = [Move(_transport(hub), -hub.cost_cents)]
    moves += [
        Move(accounts.carrier(organization=name), cents)
        for name, cents in sorted(owed.items())
    ]
    posting.post(
        key=key_of(settlement, hub),
        kind=PAID_KIND,
        moves=moves,
        effective_on=_booked_on(settlement),
        may_fall_later=True,
    )


def _settle_difference(settlement: DaySettlement, hub: HubSettlement) -> None:
    """Give back to members, or charge them, what the hub's rule says."""
    is_farm = hub.payer == SettlementRule.Payer.FARM
    moves = [
        Move(_member(payer.organization.public_id, is_farm), payer.moved_cents)
        for payer in hub.payers.select_related("organization").order_by("pk")
        if payer.moved_cents
    ]
    if not moves:
        return
    posting.post(
        key=f"{key_of(settlement, hub)}:difference",
        kind=DIFFERENCE_KIND,
        moves=[Move(_transport(hub), -hub.moved_cents), *moves],
        effective_on=_booked_on(settlement),
        may_fall_later=True,
    )


def _transport(hub: HubSettlement) -> AccountRef:
    return order_accounts.transport(hub=hub.hub.public_id)


def _member(organization: str, is_farm: bool) -> AccountRef:
    if is_farm:
        return order_accounts.farm(organization=organization)
    return order_accounts.buyer(organization=organization)
