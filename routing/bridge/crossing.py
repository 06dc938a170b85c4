"""Goods that pass through a hub: what leaves after what, and the docks in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orders import selectors as order_selectors
from routing.core.problem import Transfer

if TYPE_CHECKING:
    from hub.models import Place as PlaceRow
    from orders.models import Shipment as ShipmentRow


@dataclass(frozen=True, slots=True)
class Crossing:
    """How the shipments of a day hang together, by the ids of their rows.

    `after` names what brings an outbound shipment's goods; `staying_cents` is, for an
    inbound one, the value of the goods that no truck takes on from the dock.
    """

    after: dict[int, tuple[str, ...]]
    staying_cents: dict[int, int]
    transfers: tuple[Transfer, ...]


def crossing_of(shipments: Iterable[ShipmentRow]) -> Crossing:
    """What hangs together among the shipments that trucks carry on a day.

    Goods that others brought to the dock are there already: nothing waits for them.
    """
    rows = {row.pk: row for row in shipments}
    inbound = [row.pk for row in rows.values() if row.leg == "inbound"]
    docks = {
        row.origin.public_id: row.origin
        for row in rows.values()
        if row.leg == "outbound"
    }
    docks |= {rows[pk].drop_point.public_id: rows[pk].drop_point for pk in inbound}
    after: dict[int, list[str]] = defaultdict(list)
    staying_cents = dict.fromkeys(inbound, 0)
    for handover in order_selectors.handovers_of(inbound):
        if handover.outbound_id in rows:
            after[handover.outbound_id].append(rows[handover.inbound_id].public_id)
        elif not handover.is_cancelled:
            staying_cents[handover.inbound_id] += handover.goods_cents
    return Crossing(
        after={pk: tuple(names) for pk, names in after.items()},
        staying_cents=staying_cents,
        transfers=tuple(_transfer(dock) for _name, dock in sorted(docks.items())),
    )


def _transfer(dock: PlaceRow) -> Transfer:
    return Transfer(
        place_id=dock.public_id,
        num_docks=dock.num_docks,
        handling_s=dock.transfer_duration_s,
        dwell_limit_s=dock.dwell_limit_s,
    )
