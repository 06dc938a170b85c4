"""What people call the rows behind the names of a problem."""

from __future__ import annotations

from routing.bridge.problems import Day
from routing.core.check import Violation


def names_in(day: Day, broken: Violation) -> dict[str, str]:
    """What people call the truck, the place and the goods that a rule is about."""
    asked = {value for value in broken.values.values() if isinstance(value, str)}
    known = {
        **{key: truck.name for key, truck in day.vehicles.items()},
        **{key: place.name for key, place in day.places.items()},
        **{key: str(goods) for key, goods in day.shipments.items()},
    }
    return {key: name for key, name in known.items() if key in asked}
