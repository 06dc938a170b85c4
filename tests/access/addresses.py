"""Every address of the site, from the resolver, written so that it names a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.world import WEEK_ON, Side, World

NEUTRAL: dict[str, Any] = {
    "week_on": WEEK_ON,
    "role": "producer",
    "service_on": WEEK_ON + timedelta(days=6),
    "number": 1,
    "sequence": 1,
    "document": "manifest",
    "form": "gpx",
    "paper": "insurance",
    "kind": "farms",
    "calendar": "cycles",
    "step": "cycle",
    "token": "signed-by-nobody",
}
"""Parts of an address that name no row."""
NAMED: dict[str, str] = {
    "farm_id": "farm",
    "hub_id": "hub",
    "person_id": "farmer",
    "shipment_id": "shipment",
}
"""Parts of an address beside the row that the table names."""


@dataclass(frozen=True, slots=True)
class Route:
    """A named address and the parts it is written with."""

    name: str
    parts: tuple[str, ...]

    def names_rows(self) -> bool:
        """Whether a part of the address names a row."""
        return any(part not in NEUTRAL for part in self.parts)

    def address(self, row: str, sides: list[Side]) -> str:
        """The address; each part that names a row takes it from its own side."""
        chosen = iter(sides)
        values = {
            part: NEUTRAL[part] if part in NEUTRAL else _key(next(chosen), part, row)
            for part in self.parts
        }
        return reverse(self.name, kwargs=values)

    def mixtures(self, world: World) -> Iterator[list[Side]]:
        """Every choice of sides: one's own rows, the twin's, then both mixed."""
        num_rows = sum(part not in NEUTRAL for part in self.parts)
        if num_rows == 0:
            yield []
            return
        yield [world.home] * num_rows
        yield [world.other] * num_rows
        for sides in product([world.home, world.other], repeat=num_rows):
            if sides[0] is not sides[-1] or len({side.mark for side in sides}) > 1:
                yield list(sides)


def _key(side: Side, part: str, row: str) -> str:
    named = side.rows[NAMED[part] if part in NAMED and part != row else row]
    if part == "passkey_id":
        return str(named.data["credential"]["id"])
    return str(getattr(named, "public_id", None) or named.code)


def routes(urlconf: str | None = None) -> list[Route]:
    """Every address of the resolver, by name; one without a name is an error."""
    return sorted(_walk(get_resolver(urlconf), ()), key=lambda route: route.name)


def _walk(resolver: URLResolver, parts: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        here = (*parts, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            prefix = f"{pattern.namespace}:" if pattern.namespace else ""
            for route in _walk(pattern, here):
                yield Route(f"{prefix}{route.name}", route.parts)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield Route(pattern.name, here)
