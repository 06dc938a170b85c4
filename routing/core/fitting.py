"""Does a truck fit at a door: its height under the limit, its tailgate where needed."""

from typing import Protocol

HEIGHT, TAILGATE = "height", "tailgate"


class Truck(Protocol):
    """What is asked of a truck; an unknown height is taken to fit."""

    @property
    def height_cm(self) -> int | None:
        """Its height, loaded."""

    @property
    def has_tailgate(self) -> bool:
        """Whether it lowers goods to the ground by itself."""


class Door(Protocol):
    """What is asked of a place; no limit lets everybody in."""

    @property
    def max_height_cm(self) -> int | None:
        """The lowest passage on the way in."""

    @property
    def needs_tailgate(self) -> bool:
        """Whether goods come down only by a tailgate."""


def misfits(truck: Truck, door: Door) -> list[str]:
    """Why a truck does not fit at a door: height, tailgate, both or neither."""
    found = []
    limit, height = door.max_height_cm, truck.height_cm
    if limit is not None and height is not None and height > limit:
        found.append(HEIGHT)
    if door.needs_tailgate and not truck.has_tailgate:
        found.append(TAILGATE)
    return found


def fits(truck: Truck, door: Door) -> bool:
    """Whether a truck can load and unload at a door."""
    return not misfits(truck, door)
