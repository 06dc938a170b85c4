"""The day as a child would keep it: cases on slips of paper, prices by hand.

Written without looking at the services. A slip is a number of cases of one order line
of one farm on one leg; what came of it and what was billed of it is written on it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.routing.truckday.world import TIERS

MARGIN_PERCENT = 15
TRANSPORT_CENTS_PER_KG = 10
ENDING = {"closed", "no_answer", "refused", "access"}
"""Why a truck drives on with everything on board."""


def half_up(numerator: int, denominator: int) -> int:
    """Divide, rounding half away from zero."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


@dataclass(frozen=True)
class Price:
    """One case of an order line, in cents."""

    farm: int
    transport: int
    margin: int
    buyer: int
    is_taxed: bool

    @property
    def draw(self) -> int:
        """What the fund gives for one case; below zero, what it receives."""
        return self.farm + self.transport + self.margin - self.buyer


def price_of(farm_cents: int, mass_g: int, tier: str, *, is_taxed: bool) -> Price:
    """Markup on the farm's price, transport by weight, the tier's percent of all."""
    transport = half_up(TRANSPORT_CENTS_PER_KG * mass_g, 1_000)
    margin = half_up(farm_cents * MARGIN_PERCENT, 100)
    full = farm_cents + transport + margin
    buyer = half_up(full * TIERS[tier], 100)
    return Price(farm_cents, transport, margin, buyer, is_taxed)


@dataclass
class Slip:
    """Cases of one order line on one leg; `brought` is the slip of the leg before."""

    pk: int
    shipment: int
    order: int
    line: int
    farm: int
    cases: int
    mass_g: int
    brought: int | None = None
    came: int | None = None
    billed: int | None = None


@dataclass
class Load:
    """A shipment: what is decided of it, and whether its stop is over."""

    pk: int
    leg: str
    on: date
    status: str = "ready"
    decision: str = ""


@dataclass
class Kept:
    """A tap that counts, by the number its phone gave it."""

    number: int
    stop: int
    kind: str
    cases: Mapping[int, int] = field(default_factory=dict)
    reason: str = ""
    name: str = ""
    takes_back: str = ""


@dataclass
class Stops:
    """What a route handles: shipments by stop and kind ("load" or "unload")."""

    at: dict[tuple[int, str], list[int]]


@dataclass
class Oracle:
    """Slips and loads by number, and the prices of order lines."""

    prices: dict[int, Price]
    slips: dict[int, Slip]
    loads: dict[int, Load]
    taps: dict[int, list[Kept]] = field(default_factory=dict)
    noted: dict[int, dict[int, int]] = field(default_factory=dict)

    def on(self, shipments: Iterable[int]) -> list[Slip]:
        """The slips that ride in shipments; called off ones ride nowhere."""
        wanted = set(shipments)
        return [
            slip
            for slip in self.slips.values()
            if slip.shipment in wanted and not self.is_called_off(slip)
        ]

    def is_called_off(self, slip: Slip) -> bool:
        """Whether the goods were cancelled on the leg before."""
        if slip.brought is None:
            return False
        before = self.loads[self.slips[slip.brought].shipment]
        return before.decision == "cancelled"

    def is_last_leg(self, slip: Slip) -> bool:
        """Whether it brings goods to a buyer."""
        return self.loads[slip.shipment].leg != "inbound"

    def is_coming(self, slip: Slip) -> bool:
        """Whether it is ours to bring to a buyer."""
        is_carried = self.loads[slip.shipment].status != "cancelled"
        return is_carried and self.is_last_leg(slip) and not self.is_called_off(slip)

    def expected(self, slip: Slip) -> int:
        """Cases that should be there: those that came to the dock, once counted."""
        if slip.brought is None:
            return slip.cases
        came = self.slips[slip.brought].came
        return slip.cases if came is None else came

    def fold(self, route: int, stops: Stops) -> None:
        """Let the slips say what the taps of a route do: the last of each counts."""
        taken_back = {
            (tap.stop, tap.takes_back)
            for tap in self.taps.get(route, [])
            if tap.kind == "withdrawn"
        }
        said: dict[tuple[int, str], Kept] = {}
        touched = {tap.stop for tap in self.taps.get(route, [])}
        for tap in sorted(self.taps.get(route, []), key=lambda tap: tap.number):
            if (tap.stop, tap.name) not in taken_back:
                said[tap.stop, tap.kind] = tap
        on_board = self._on_board(said, stops)
        wanted = {stop: self._unloaded(stop, said, on_board, stops) for stop in touched}
        for stop, cases in wanted.items():
            if cases != self.noted.get(stop, {}):
                self.noted[stop] = cases
                self._note(stops.at.get((stop, "unload"), []), cases)

    def _on_board(
        self, said: Mapping[tuple[int, str], Kept], stops: Stops
    ) -> dict[int, int]:
        counted: dict[int, int] = {}
        for (stop, kind), tap in said.items():
            if kind == "loaded":
                for slip in self._handled(stop, "load", stops):
                    told = tap.cases.get(slip.pk, self.expected(slip))
                    counted[slip.pk] = min(told, slip.cases)
        return counted

    def _unloaded(
        self,
        stop: int,
        said: Mapping[tuple[int, str], Kept],
        on_board: Mapping[int, int],
        stops: Stops,
    ) -> dict[int, int]:
        slips = self._handled(stop, "unload", stops)
        tap = said.get((stop, "delivered"))
        if tap is None:
            problem = said.get((stop, "problem"))
            is_left = (stop, "departed") in said and (stop, "loaded") not in said
            if is_left and problem is not None and problem.reason in ENDING:
                return {s.pk: s.came or 0 if s.billed else 0 for s in slips}
            return {}
        cases = {}
        for slip in slips:
            most = on_board.get(slip.pk)
            told = tap.cases.get(slip.pk)
            if slip.billed:
                cases[slip.pk] = slip.came or 0
            elif told is None:
                cases[slip.pk] = self.expected(slip) if most is None else most
            else:
                cases[slip.pk] = min(told, slip.cases if most is None else most)
        return cases

    def _handled(self, stop: int, kind: str, stops: Stops) -> list[Slip]:
        shipments = stops.at.get((stop, kind), [])
        carried = [pk for pk in shipments if self.loads[pk].status != "cancelled"]
        return self.on(carried)

    def _note(self, shipments: Iterable[int], cases: Mapping[int, int]) -> None:
        for pk in shipments:
            load = self.loads[pk]
            if load.status == "cancelled":
                continue
            mine = [slip for slip in self.slips.values() if slip.shipment == pk]
            if not cases:
                if load.status == "delivered":
                    load.status = "ready"
                    for slip in mine:
                        slip.came = slip.billed = None
                continue
            told = {slip.pk: cases.get(slip.pk, 0) for slip in mine}
            is_known = all(
                slip.came == told[slip.pk] and not (slip.billed == 0 and slip.came)
                for slip in mine
            )
            if load.status == "delivered" and is_known:
                continue
            load.status = "delivered"
            for slip in mine:
                if not slip.billed:
                    slip.came, slip.billed = told[slip.pk], None

    def orders_to_bill(self, on: date) -> dict[int, list[Slip]]:
        """What is billed of each order of which nothing is on the road that day."""
        by_order: dict[int, list[Slip]] = {}
        for slip in self.slips.values():
            load = self.loads[slip.shipment]
            if load.on == on and slip.billed is None and self.is_coming(slip):
                by_order.setdefault(slip.order, []).append(slip)
        return {
            order: slips
            for order, slips in by_order.items()
            if all(self.loads[s.shipment].status == "delivered" for s in slips)
        }

    def bill(self, on: date, *, refused: Collection[int] = ()) -> None:
        """Everything that came is billed, but for the orders that were refused."""
        for order, slips in self.orders_to_bill(on).items():
            for slip in slips if order not in refused else ():
                slip.billed = slip.came

    def billed_cases(self) -> Counter[int]:
        """Cases billed by order line."""
        found: Counter[int] = Counter()
        for slip in self.slips.values():
            if self.is_last_leg(slip):
                found[slip.line] += slip.billed or 0
        return found

    def owed(self) -> dict[int, Counter[str]]:
        """What the bills of each order come to, by part, in cents."""
        order_of = {slip.line: slip.order for slip in self.slips.values()}
        found: dict[int, Counter[str]] = {pk: Counter() for pk in order_of.values()}
        for line, cases in self.billed_cases().items():
            price, parts = self.prices[line], found[order_of[line]]
            paid = price.buyer * cases
            tps = half_up(paid * 5, 100) if price.is_taxed else 0
            tvq = half_up(paid * 9_975, 100_000) if price.is_taxed else 0
            parts["farm"] += price.farm * cases
            parts["transport"] += price.transport * cases
            parts["margin"] += price.margin * cases
            parts["draw"] += price.draw * cases
            parts["tps"] += tps
            parts["tvq"] += tvq
            parts["buyer"] += paid + tps + tvq
        return found

    def paid_to_farms(self) -> Counter[int]:
        """What each farm is owed for what was billed, in cents."""
        found: Counter[int] = Counter()
        for slip in self.slips.values():
            if self.is_last_leg(slip):
                found[slip.farm] += (slip.billed or 0) * self.prices[slip.line].farm
        return found

    def still_open_draw(self, order: int) -> int:
        """What the fund may still have to pay for an order, in cents."""
        return sum(
            slip.cases * max(self.prices[slip.line].draw, 0)
            for slip in self.slips.values()
            if slip.order == order and slip.billed is None and self.is_coming(slip)
        )
