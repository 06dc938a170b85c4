"""The weeks as a child would keep them: prices by hand, and a purse for each lot.

Written without looking at the services; it says for which reasons a request may be
refused. A request with no such reason must succeed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.orders.fortnight.hub import PACKS

TIERS = {"solidaire": 80, "juste_prix": 100, "soutien": 115}
"""Percent of the full price."""

MARGIN_PERCENT = 15
TRANSPORT_CENTS_PER_KG = 10


def half_up(numerator: int, denominator: int) -> int:
    """Divide, rounding half away from zero."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


@dataclass(frozen=True, slots=True)
class Price:
    """One unit, in cents."""

    farm: int
    transport: int
    margin: int
    buyer: int

    @property
    def draw(self) -> int:
        """What the fund gives for one unit; negative, what it receives."""
        return self.farm + self.transport + self.margin - self.buyer


def price_of(offer: int, farm_cents: int, tier: str) -> Price:
    """A unit of an offer: markup on the farm's price, transport by weight, tier."""
    transport = half_up(TRANSPORT_CENTS_PER_KG * PACKS[offer].mass_g, 1_000)
    margin = half_up(farm_cents * MARGIN_PERCENT, 100)
    full = farm_cents + transport + margin
    return Price(farm_cents, transport, margin, half_up(full * TIERS[tier], 100))


def taxes_of(offer: int, price_cents: int) -> tuple[int, int]:
    """TPS and TVQ of a line."""
    if not PACKS[offer].is_taxable:
        return 0, 0
    return half_up(price_cents * 5, 100), half_up(price_cents * 9_975, 100_000)


@dataclass
class Purse:
    """One money lot."""

    free: int
    ends_on: date = date.max
    groups: frozenset[int] | None = None

    def pays_for(self, buyer: int, today: date) -> bool:
        """Whether this money may help a buyer on a day."""
        return today <= self.ends_on and (self.groups is None or buyer in self.groups)


@dataclass
class Promise:
    """A confirmed order: units and agreed farm prices by item, coins taken by lot."""

    number: int
    cycle: int
    buyer: int
    tier: str
    units: dict[str, int]
    farm_cents: dict[str, int]
    coins: list[tuple[int, int]]
    version: int = 1
    state: str = "placed"
    before: list[tuple[int, int]] = field(default_factory=list)
    is_again: bool = False

    @property
    def held(self) -> int:
        """What the fund keeps for it."""
        return sum(cents for _, cents in self.coins)


@dataclass
class Oracle:
    """Farm figures by (offer, week), promises by order number, purses by lot."""

    items: Mapping[str, tuple[int, ...]]
    purses: list[Purse]
    deposited: int
    stop_weeks: int = 0
    posted: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    promises: dict[int, Promise] = field(default_factory=dict)

    def live(self) -> Iterable[Promise]:
        """Promises that were not cancelled."""
        return (p for p in self.promises.values() if p.state != "cancelled")

    def held(self) -> int:
        """What the fund keeps for all orders."""
        return sum(promise.held for promise in self.live())

    def draw_of(
        self, units: Mapping[str, int], farm_cents: Mapping[str, int], tier: str
    ) -> int:
        """The worst the fund may have to pay: gifts of one line help no other."""
        return sum(
            max(0, price_of(self.items[item][0], farm_cents[item], tier).draw) * number
            for item, number in units.items()
        )

    def coins_for(
        self, cents: int, buyer: int, today: date, earlier: Promise | None
    ) -> list[tuple[int, int]] | None:
        """Coins by lot, soonest to end first; None if too few.

        An order that is changed keeps its own coins before it takes others.
        """
        returned = Counter(dict(earlier.coins)) if earlier else Counter[int]()
        in_order = sorted(range(len(self.purses)), key=self.spending_order)
        taken = Counter[int]()
        for lot in in_order:
            taken[lot] = min(cents - taken.total(), returned[lot])
        for lot in in_order:
            if self.purses[lot].pays_for(buyer, today):
                left = self.purses[lot].free + returned[lot] - taken[lot]
                taken[lot] += min(cents - taken.total(), left)
        if taken.total() < cents:
            return None
        return [(lot, taken[lot]) for lot in in_order if taken[lot]]

    def spending_order(self, lot: int) -> tuple[date, bool]:
        """What ends first comes first; of one day, earmarked before open to all."""
        purse = self.purses[lot]
        return purse.ends_on, purse.groups is None

    def is_paused(self, cents: int, earlier: Promise | None) -> bool:
        """Whether a larger draw meets a fund that would not last long enough.

        The pace is what is held now over eight weeks.
        """
        before = earlier.held if earlier else 0
        free = sum(purse.free for purse in self.purses) + before
        drawn = self.held() - before
        is_short = drawn > 0 and free * 8 // drawn < self.stop_weeks
        return cents > before and free > 0 and is_short

    def give_back(self, promise: Promise, keep: int = 0) -> None:
        """Put coins back where they came from, the last taken first."""
        surplus = promise.held - keep
        kept = []
        for lot, cents in reversed(promise.coins):
            back = min(cents, surplus)
            surplus -= back
            self.purses[lot].free += back
            if cents > back:
                kept.append((lot, cents - back))
        promise.coins = kept[::-1]

    def take(self, promise: Promise) -> None:
        """Write a promise down, its coins out of their purses."""
        if earlier := self.promises.get(promise.number):
            self.give_back(earlier)
        for lot, cents in promise.coins:
            self.purses[lot].free -= cents
        self.promises[promise.number] = promise
