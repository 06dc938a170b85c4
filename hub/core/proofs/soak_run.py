"""What a long run has to tell: how long, on what, and how each part of it went."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hub.core.errors import N_

PARTS: dict[str, str] = {
    "long tests": N_("Long tests, once through"),
    "races": N_("Races, again and again"),
    "API as described": N_("Requests to the API, invented from its description"),
    "books": N_("Books of the ledger, played at random"),
    "days of bills": N_("Days of bills and corrections, played at random"),
    "all the money": N_("All the money of a hub, played at random"),
    "fortnights": N_("Fortnights of cycles, played at random"),
    "envelopes": N_("Envelopes, played at random"),
    "stock": N_("Stock of farms, played at random"),
    "plans": N_("Plans of trucks, invented and changed at random"),
    "breakdowns": N_("Breakdowns, played at random"),
    "hands on plans": N_("Hands on plans, played at random"),
    "truck days": N_("Days of trucks, from the plan to the bill, played at random"),
}
"""What each part of `make soak` is called, by its name in `figures.json`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: how many rounds, and tests that passed and failed in all of them."""

    name: str
    num_rounds: int
    num_passed: int
    num_failed: int = 0

    def __post_init__(self) -> None:
        if self.name not in PARTS:
            raise ValueError(f"{self.name} has no sentence in PARTS")


@dataclass(frozen=True, slots=True)
class SoakRun:
    """A long run that came to its end; `commit` is what was tried."""

    ran_on: date
    commit: str
    hours: Decimal
    cores: int
    parts: tuple[Part, ...]
