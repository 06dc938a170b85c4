"""What is asked of the hub, and for which reasons it may be refused."""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hub.core.errors import DomainError
from hub.core.periods import monday_of
from orders import services
from orders.models import Order
from producers.models import Availability
from tests.factories.week import NOW
from tests.orders.fortnight import proofs
from tests.orders.fortnight.hub import (
    FUND_CENTS,
    GRANT_CENTS,
    POOL_CENTS,
    WEEKS,
    make_fortnight,
    snapshot,
)
from tests.orders.fortnight.oracle import TIERS, Oracle, Promise, Purse
from tests.soak.figures import count_answer

_presses = itertools.count(1)


@dataclass(frozen=True)
class Press:
    """A buyer's request that had its effect, and the order that it acted on."""

    service: Callable[..., Order]
    asked: dict[str, Any]
    number: int


class Player:
    """A hub at a moment of its two weeks, with the oracle beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.hub = make_fortnight()
        self.presses: list[Press] = []
        self.open = [True, True, True]
        self.has_gate = False
        self.is_stuck = False
        purses = [Purse(FUND_CENTS)]
        for lot in self.hub.lots[1:]:
            assert lot.ends_on
            groups = {self.hub.buyers.index(g) for g in lot.eligible_groups.all()}
            purses.append(Purse(GRANT_CENTS, lot.ends_on, frozenset(groups)))
        self.oracle = Oracle(
            items=self.hub.items,
            purses=purses,
            deposited=sum(purse.free for purse in purses),
        )
        self.item_ids = [*self.hub.items, "nothing-like-it"]

    def send(self, faults: set[str], service: Callable[..., Any], **asked: Any) -> Any:
        """Send a request: refused for one of `faults`, moving nothing, or done."""
        before = snapshot() if faults else {}
        done, refused = answer(service, asked)
        count_answer(f"fortnights, {service.__name__}", refused)
        assert refused in faults if faults else refused == ""
        assert not faults or snapshot() == before
        return done

    def press(self, faults: set[str], service: Callable[..., Order], **asked: Any):
        """Send a buyer's request under a key of its own."""
        asked["key"] = f"press-{next(_presses)}"
        order = self.send(faults, service, **asked)
        if order is not None:
            self.presses.append(Press(service, asked, order.pk))
        return order

    def row_of(self, offer: int, week: int) -> Availability | None:
        """What a farm has posted of an offer, if it has."""
        return Availability.objects.filter(
            offer=self.hub.offers[offer], week_on=WEEKS[week]
        ).first()

    def closed_faults(self, cycle: int) -> set[str]:
        row = self.hub.cycles[cycle]
        is_open = self.open[cycle] and row.opens_at <= self.now < row.closes_at
        return set() if is_open else {"cycle_closed"}

    def week_faults(self, week: int) -> set[str]:
        is_past = WEEKS[week] < monday_of(timezone.localdate(self.now))
        of_week = self.open[:2] if week == 0 else self.open[2:]
        faults = {"week_is_past"} if is_past else set()
        return faults if any(of_week) else faults | {"week_closed"}

    def change(self, wants: Mapping[str, int], tier: str) -> services.Change:
        return services.Change(
            wants=wants, tier_code=tier, by=self.hub.person, now=self.now
        )

    def named(self, wishes: Mapping[int, int]) -> dict[str, int]:
        return {self.item_ids[number]: units for number, units in wishes.items()}

    def left_of(self, item: str, week: int, kept: Counter[int]) -> int | None:
        """What may be had of an item, `kept` by others; None when not offered."""
        rows = Availability.objects.filter(
            offer__in=[self.hub.offers[index] for index in self.hub.items[item]],
            week_on=WEEKS[week],
        )
        if not rows:
            return None
        return sum(max(0, row.quantity - kept[row.pk]) for row in rows)

    def promise(
        self, cycle: int, buyer: int, tier: str, wants: dict[str, int], old=None
    ) -> tuple[Promise | None, set[str]]:
        """What an order would be in the oracle's books, and what speaks against it."""
        week = 1 if cycle == 2 else 0
        faults = self.closed_faults(cycle) | self.tier_faults(buyer, tier)
        faults |= set() if wants else {"order_empty"}
        kept = proofs.reserved_by_row(leaving_out=old.number if old else None)
        agreed = old.farm_cents if old and old.tier == tier else {}
        farm_cents: dict[str, int] = {}
        for item, units in wants.items():
            left = self.left_of(item, week, kept) if item in self.hub.items else None
            if left is None:
                faults |= {"item_not_offered"}
                continue
            is_sane = 0 < units <= 100_000
            faults |= set() if is_sane else {"quantity_out_of_range"}
            faults |= set() if units <= left else {"not_enough_stock"}
            usual = self.oracle.posted.get((self.hub.items[item][0], week), (0, 0))[1]
            is_pool = len(self.hub.items[item]) > 1
            farm_cents[item] = agreed.get(item, POOL_CENTS if is_pool else usual)
        if faults:
            return None, faults | {"fund_too_low", "fund_paused"}
        cents = self.oracle.draw_of(wants, farm_cents, tier)
        today = timezone.localdate(self.now)
        coins = self.oracle.coins_for(cents, buyer, today, old)
        faults |= {"fund_paused"} if self.oracle.is_paused(cents, old) else set()
        if coins is None:
            return None, faults | {"fund_too_low"}
        return Promise(0, cycle, buyer, tier, wants, farm_cents, coins), faults

    def tier_faults(self, buyer: int, tier: str) -> set[str]:
        if tier not in TIERS:
            return {"tier_unknown"}
        today = timezone.localdate(self.now)
        ends = NOW.date() + timedelta(days=2)
        is_agreed = buyer == 0 or (buyer == 1 and today <= ends)
        return set() if is_agreed or tier != "solidaire" else {"tier_not_open"}


def answer(service: Callable[..., Any], asked: dict[str, Any]) -> tuple[Any, str]:
    """What a service answers, or the code of its refusal with nothing done."""
    try:
        with transaction.atomic():
            return service(**asked), ""
    except DomainError as refusal:
        return None, refusal.code
