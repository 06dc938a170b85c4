"""What two plans of one day do differently, stop by stop."""

from collections import defaultdict
from dataclasses import dataclass

from routing.core.plan import Plan

SAME_S = 60
"""A stop that begins less than a minute sooner or later is the same stop."""


@dataclass(frozen=True, slots=True)
class At:
    """Where goods are handled: by which truck, from when."""

    vehicle_id: str
    start_s: int


@dataclass(frozen=True, slots=True)
class StopChange:
    """Goods handled at one place by another truck, at another hour, or not at all.

    None stands for staying behind.
    """

    place_id: str
    shipment_ids: tuple[str, ...]
    before: At | None
    after: At | None

    @property
    def is_other_truck(self) -> bool:
        """Whether more than the hour changed."""
        before = self.before.vehicle_id if self.before else None
        after = self.after.vehicle_id if self.after else None
        return before != after


def changes_between(before: Plan, after: Plan) -> tuple[StopChange, ...]:
    """Every stop that changed, those of other trucks first, then by the hour."""
    was, now = _ends(before), _ends(after)
    grouped: dict[tuple[str, At | None, At | None], list[str]] = defaultdict(list)
    for end in {**was, **now}:
        earlier, later = was.get(end), now.get(end)
        if not _is_same(earlier, later):
            _kind, shipment_id, place_id = end
            grouped[place_id, earlier, later].append(shipment_id)
    changes = [
        StopChange(place_id, tuple(names), earlier, later)
        for (place_id, earlier, later), names in grouped.items()
    ]
    return tuple(
        sorted(changes, key=lambda c: (not c.is_other_truck, _hour(c), c.place_id))
    )


def _ends(plan: Plan) -> dict[tuple[str, str, str], At]:
    """Every end of every shipment carried: (kind, shipment, place)."""
    return {
        (kind, name, stop.place_id): At(route.vehicle_id, stop.service_start_s)
        for route in plan.routes
        for stop in route.stops
        for kind, names in (("load", stop.loads), ("unload", stop.unloads))
        for name in names
    }


def _is_same(before: At | None, after: At | None) -> bool:
    if before is None or after is None:
        return before is after
    return (
        before.vehicle_id == after.vehicle_id
        and abs(before.start_s - after.start_s) < SAME_S
    )


def _hour(change: StopChange) -> int:
    at = change.after or change.before
    return at.start_s if at else 0
