"""What becomes of a cycle, told to programs of its hub and of the hub's members."""

from hub import selectors
from hub.core.happenings import Event
from hub.models import Cycle
from hub.services import happenings


def tell_cycle(kind: Event, cycle: Cycle) -> None:
    """Leave an event about a cycle; call it in the transaction of what happened."""
    told = selectors.family_listening(kind, [cycle.hub_id])
    if not told:
        return
    facts = {
        "cycle_id": cycle.public_id,
        "hub_id": cycle.hub.public_id,
        "name": cycle.name,
        "service_on": cycle.service_on.isoformat(),
        "opens_at": cycle.opens_at.isoformat(),
        "closes_at": cycle.closes_at.isoformat(),
    }
    happenings.leave(kind=kind, facts=dict.fromkeys(told, facts))
