"""Writing a settled day: routes, hubs, shares, and what each member carries of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from hub.core.money import split_cents
from orders import selectors as order_selectors
from routing.core.computation import computation_of
from routing.models import (
    CostShare,
    DaySettlement,
    HubSettlement,
    PayerSettlement,
    RouteSettlement,
    SettlementRule,
    SharePart,
)

if TYPE_CHECKING:
    from orders.selectors import DeliveredShipment, Share
    from routing.services.settling import SharedRoute


def write(
    settlement: DaySettlement,
    routes: Sequence[SharedRoute],
    came: Mapping[int, DeliveredShipment],
    rules: Mapping[int, SettlementRule],
) -> None:
    """Write every row of a settlement; hubs without goods that day have none."""
    hubs = _write_hubs(settlement, routes, rules)
    credited: set[int] = set()
    for route in routes:
        paid = RouteSettlement.objects.create(
            settlement=settlement,
            route=route.driven.route,
            carrier=route.driven.route.vehicle.owner,
            cost_cents=route.game.cost_cents,
            distance_m=route.game.distance_m,
            duration_s=route.game.duration_s,
            waiting_s=route.game.waiting_s,
            visits=[asdict(visit) for visit in route.driven.drive.draft.visits],
        )
        _write_shares(paid, route, hubs, came, credited)
    sums = sums_of(routes, came, rules)
    for hub_id, hub in hubs.items():
        _write_payers(hub, sums[hub_id])


def _write_hubs(
    settlement: DaySettlement,
    routes: Sequence[SharedRoute],
    rules: Mapping[int, SettlementRule],
) -> dict[int, HubSettlement]:
    shares_cents: Counter[int] = Counter()
    remainders_cents: Counter[int] = Counter()
    for route in routes:
        for part in route.shared.hubs:
            shares_cents[int(part.hub)] += part.shares_cents
            remainders_cents[int(part.hub)] += part.remainder_cents
    return {
        hub_id: HubSettlement.objects.create(
            settlement=settlement,
            hub_id=hub_id,
            cost_cents=shares_cents[hub_id] + remainders_cents[hub_id],
            shares_cents=shares_cents[hub_id],
            remainder_cents=remainders_cents[hub_id],
            credited_cents=0,
            moved_cents=0,
            payer=rules[hub_id].payer,
            policy=rules[hub_id].policy,
            difference=rules[hub_id].difference,
            last_number=order_selectors.last_number(hub_id=hub_id),
        )
        for hub_id in sorted(shares_cents)
    }


def _write_shares(
    paid: RouteSettlement,
    route: SharedRoute,
    hubs: Mapping[int, HubSettlement],
    came: Mapping[int, DeliveredShipment],
    credited: set[int],
) -> None:
    for share in route.shared.shares:
        shipment = route.driven.shipments[share.carried.shipment_id]
        found = came.get(shipment.pk)
        # Goods that changed trucks have two shares; their transport is credited once.
        is_first = shipment.pk not in credited
        credited.add(shipment.pk)
        row = CostShare.objects.create(
            route=paid,
            hub=hubs[shipment.cycle.hub_id],
            shipment=shipment,
            mass_g=share.carried.goods.mass_g,
            alone_cents=share.carried.alone.cost_cents,
            share_cents=share.cents,
            waived_cents=share.waived_cents,
            credited_cents=found.transport_cents if found and is_first else 0,
            is_capped=share.is_capped,
            computation=computation_of(route.game, share),
        )
        if found and share.carried.goods.is_delivered:
            _write_parts(row, found, is_credited=is_first)


def _write_parts(
    share: CostShare, found: DeliveredShipment, *, is_credited: bool
) -> None:
    """Write what each payer carries of a share."""
    SharePart.objects.bulk_create(
        SharePart(
            share=share,
            organization_id=one.organization_id,
            mass_g=one.mass_g,
            share_cents=share_cents,
            credited_cents=one.transport_cents if is_credited else 0,
        )
        for one, share_cents in _split(share.share_cents, found, share.hub.payer)
    )


def _split(
    share_cents: int, found: DeliveredShipment, payer: str
) -> list[tuple[Share, int]]:
    """Split a share among its payers by the mass of each, the heaviest first."""
    concerned = found.farms if payer == SettlementRule.Payer.FARM else found.buyers
    members = sorted(
        [one for one in concerned if one.mass_g] or concerned,
        key=lambda one: (-one.mass_g, one.organization_id),
    )
    parts = split_cents(share_cents, [one.mass_g for one in members])
    return list(zip(members, parts, strict=True))


@dataclass(slots=True)
class PayerSum:
    """What a day comes to for one member; `moved_cents` is given back to it."""

    share_cents: int = 0
    credited_cents: int = 0
    moved_cents: int = 0


Sums = dict[int, dict[int, PayerSum]]
"""What a day comes to, by hub and by member."""


def sums_of(
    routes: Sequence[SharedRoute],
    came: Mapping[int, DeliveredShipment],
    rules: Mapping[int, SettlementRule],
) -> Sums:
    """Sum up each member's day, and what the hub's rule gives back or charges.

    Nothing is written: a preview reads it, and a settlement writes it.
    """
    sums: Sums = defaultdict(lambda: defaultdict(PayerSum))
    credited: set[int] = set()
    for route in routes:
        for share in route.shared.shares:
            shipment = route.driven.shipments[share.carried.shipment_id]
            found = came.get(shipment.pk)
            is_first = shipment.pk not in credited
            credited.add(shipment.pk)
            if found is None or not share.carried.goods.is_delivered:
                continue
            hub_id = shipment.cycle.hub_id
            for one, cents in _split(share.cents, found, rules[hub_id].payer):
                mine = sums[hub_id][one.organization_id]
                mine.share_cents += cents
                mine.credited_cents += one.transport_cents if is_first else 0
    for hub_id, members in sums.items():
        for mine in members.values():
            over_cents = mine.credited_cents - mine.share_cents
            mine.moved_cents = _moved_cents(rules[hub_id].difference, over_cents)
    return sums


def _write_payers(hub: HubSettlement, sums: Mapping[int, PayerSum]) -> None:
    for organization_id, mine in sorted(sums.items()):
        PayerSettlement.objects.create(
            hub=hub,
            organization_id=organization_id,
            share_cents=mine.share_cents,
            credited_cents=mine.credited_cents,
            moved_cents=mine.moved_cents,
        )
        hub.credited_cents += mine.credited_cents
        hub.moved_cents += mine.moved_cents
    hub.save(update_fields=["credited_cents", "moved_cents"])


def _moved_cents(difference: str, over_cents: int) -> int:
    rules = SettlementRule.Difference
    if difference == rules.SETTLED:
        return over_cents
    return max(over_cents, 0) if difference == rules.RETURNED else 0
