"""What a child with pots of coins would say of every movement of money.

It knows no ledger, no key and no hold: only pots, and what each order took from which.
"""

from collections import Counter
from dataclasses import dataclass, field

PRICES = (800, 2_000)
"""Cents a farm is paid for a unit of each of its two offers."""
TRANSPORT, MARGIN = (100, 100), (120, 300)
STOCK = (12, 8)
MULTIPLIERS = {"solidaire": 80, "juste_prix": 100, "soutien": 115}
"""Percents of the full price; chosen so that no cent is rounded off."""
OPEN_DAYS = 2
"""The cycle takes orders on the first days."""
LOTS = {"city": 0, "gifts": None}
"""The last day of each lot of the fund, by name, the one that ends first before."""
FOR_WHOM = {"city": {0, 1}, "gifts": {0, 1, 2}}


def full_cents(offer: int) -> int:
    """What a unit costs at the fair price."""
    return PRICES[offer] + TRANSPORT[offer] + MARGIN[offer]


def paid_cents(offer: int, tier: str) -> int:
    """What a buyer pays for a unit."""
    return full_cents(offer) * MULTIPLIERS[tier] // 100


@dataclass
class Wish:
    """The order of one buyer, from its confirmation to its last correction."""

    tier: str
    units: dict[int, int]
    held: Counter[str] = field(default_factory=Counter)
    came: dict[int, int] | None = None
    billed: dict[int, int] | None = None
    drawn: Counter[str] = field(default_factory=Counter)

    def worst_cents(self, units: dict[int, int]) -> int:
        """What the fund pays for so many units; nothing at the other tiers."""
        if self.tier != "solidaire":
            return 0
        return sum(
            (full_cents(offer) - paid_cents(offer, self.tier)) * number
            for offer, number in units.items()
        )

    def gift_cents(self, units: dict[int, int]) -> int:
        """What the fund is given with so many units."""
        if self.tier != "soutien":
            return 0
        return sum(
            (paid_cents(offer, self.tier) - full_cents(offer)) * number
            for offer, number in units.items()
        )


class Pots:
    """Every pot of the hub, and the orders by buyer."""

    def __init__(self) -> None:
        self.pots: Counter[str] = Counter()
        self.orders: dict[int, Wish] = {}
        self.day = 0
        self.is_closed = False
        self.promised: Counter[str] = Counter()
        self.due: int | None = None
        self.loan_cents = 0

    def move(self, giver: str, taker: str, cents: int) -> None:
        self.pots[giver] -= cents
        self.pots[taker] += cents

    def free(self, buyer: int) -> list[str]:
        """The lots that may pay for a buyer today, in the order of spending."""
        return [
            name
            for name, last in LOTS.items()
            if (last is None or last >= self.day) and buyer in FOR_WHOM[name]
        ]

    def choose(self, buyer: int, cents: int, own: Counter[str]) -> Counter[str] | None:
        """Take from the lots: what was its own first; None when they cannot."""
        taken: Counter[str] = Counter()
        for name in LOTS:
            more = min(own[name], self.pots[name], cents - taken.total())
            taken[name] += more
        for name in self.free(buyer):
            more = min(self.pots[name] - taken[name], cents - taken.total())
            taken[name] += more
        return taken if taken.total() == cents else None

    # Ordering

    def reserved(self, offer: int, but: int) -> int:
        """Units of an offer that the other buyers have."""
        return sum(
            wish.units.get(offer, 0)
            for buyer, wish in self.orders.items()
            if buyer != but
        )

    def order(self, buyer: int, tier: str, units: dict[int, int]) -> set[str]:
        """Confirm or change; the faults of what is asked, or none and it is done."""
        faults = set()
        if self.is_closed or self.day >= OPEN_DAYS:
            faults.add("cycle_closed")
        if any(
            number > STOCK[offer] - self.reserved(offer, buyer)
            for offer, number in units.items()
        ):
            faults.add("not_enough_stock")
        wish = Wish(tier, units)
        earlier = self.orders.get(buyer)
        before = earlier.held if earlier else Counter()
        self.pots.update(before)
        taken = self.choose(buyer, wish.worst_cents(units), Counter())
        if taken is None:
            faults.add("fund_too_low")
        if faults or taken is None:
            self.pots.subtract(before)
            return faults
        wish.held = taken
        self.pots.subtract(taken)
        self.orders[buyer] = wish
        return set()

    def cancel(self, buyer: int) -> set[str]:
        if self.is_closed or self.day >= OPEN_DAYS:
            return {"cycle_closed"}
        self.pots.update(self.orders.pop(buyer).held)
        return set()

    # The day

    def bill(self) -> None:
        """Everything that arrived is paid for; what is held beyond goes back."""
        for buyer, wish in self.orders.items():
            if wish.came is None or wish.billed is not None:
                continue
            self.pots.update(wish.held)
            taken = first_of(wish.held, wish.worst_cents(wish.came))
            wish.held = Counter()
            self.sell(buyer, wish, wish.came, taken)

    def sell(
        self, buyer: int, wish: Wish, units: dict[int, int], taken: Counter[str]
    ) -> None:
        """One sale: the farm is paid the same whoever pays."""
        self.pots.subtract(taken)
        wish.billed, wish.drawn = dict(units), taken
        for offer, number in units.items():
            self.pots[f"buyer{buyer}"] -= paid_cents(offer, wish.tier) * number
            self.pots["farm"] += PRICES[offer] * number
            self.pots["transport"] += TRANSPORT[offer] * number
            self.pots["margin"] += MARGIN[offer] * number
        self.pots["gifts"] += wish.gift_cents(units)

    def take_back(self, buyer: int, wish: Wish) -> None:
        """Undo a sale: each dollar of the fund goes back to the lot it came from."""
        units, taken = wish.billed or {}, wish.drawn
        self.sell(buyer, wish, {o: -n for o, n in units.items()}, Counter())
        self.pots.update(taken)

    def correct(self, buyer: int, offer: int, number: int) -> set[str]:
        """Bill another number of units of one offer."""
        wish = self.orders[buyer]
        assert wish.billed is not None
        billed, drawn = dict(wish.billed), wish.drawn
        wanted = {**billed, offer: number}
        if wanted == billed:
            return {"nothing_to_correct"}
        if number > wish.units[offer]:
            return {"delivered_above_ordered"}
        less = wish.gift_cents(billed) - wish.gift_cents(wanted)
        if less > self.pots["gifts"] and wish.tier == "soutien":
            return {"gift_spent"}
        self.take_back(buyer, wish)
        cents = wish.worst_cents(wanted)
        taken = (
            first_of(drawn, cents)
            if cents <= drawn.total()
            else self.choose(buyer, cents, drawn)
        )
        self.sell(buyer, wish, billed if taken is None else wanted, taken or drawn)
        return {"fund_too_low"} if taken is None else set()

    # Promises with an end of their own

    def promise(self, cents: int) -> set[str]:
        if cents > self.pots["gifts"]:
            return {"not_enough_money"}
        self.move("gifts", "promised", cents)
        self.promised["gifts"] += cents
        return set()

    def next_day(self) -> None:
        """Promises that nobody took up by now go back."""
        self.day += 1
        self.move("promised", "gifts", self.promised.total())
        self.promised.clear()


def first_of(taken: Counter[str], cents: int) -> Counter[str]:
    """The first coins of a row of coins, lots in the order of spending."""
    kept: Counter[str] = Counter()
    for name in LOTS:
        kept[name] = min(taken[name], cents - kept.total())
    return kept
