"""The parts of a sale, added up and taken apart to the cent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

PART_NAMES = (
    "farm_cents",
    "transport_cents",
    "fees_cents",
    "margin_cents",
    "draw_cents",
    "rounding_cents",
    "tps_cents",
    "tvq_cents",
    "buyer_cents",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a sale is made of; below zero for what is taken back.

    Always, to the cent:
    buyer + draw + rounding = farm + transport + fees + margin + TPS + TVQ.
    """

    farm_cents: int = 0
    transport_cents: int = 0
    fees_cents: int = 0
    margin_cents: int = 0
    draw_cents: int = 0
    rounding_cents: int = 0
    tps_cents: int = 0
    tvq_cents: int = 0
    buyer_cents: int = 0

    def __post_init__(self) -> None:
        sources_cents = self.buyer_cents + self.draw_cents + self.rounding_cents
        carriage_cents = self.transport_cents + self.fees_cents
        uses_cents = self.farm_cents + carriage_cents + self.margin_cents
        if sources_cents != uses_cents + self.tps_cents + self.tvq_cents:
            raise ValueError(f"The parts of a sale do not add up: {self}")

    @classmethod
    def of(cls, row: Any) -> Parts:
        """The parts of anything that has them under these names."""
        return cls(**{name: getattr(row, name) for name in PART_NAMES})

    @property
    def price_cents(self) -> int:
        """What the buyer owes before taxes."""
        return self.buyer_cents - self.tps_cents - self.tvq_cents

    def as_dict(self) -> dict[str, int]:
        """The parts by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def plus(self, other: Parts, sign: int = 1) -> Parts:
        """These parts and others; with sign −1, without the others."""
        return Parts(
            **{
                name: getattr(self, name) + sign * getattr(other, name)
                for name in PART_NAMES
            }
        )

    def minus(self, other: Parts) -> Parts:
        """What is left when others are taken out."""
        return self.plus(other, -1)

    def taken_back(self) -> Parts:
        """The same below zero."""
        return Parts().minus(self)


def total_of(parts: Iterable[Parts]) -> Parts:
    """All parts together."""
    total = Parts()
    for each in parts:
        total = total.plus(each)
    return total
