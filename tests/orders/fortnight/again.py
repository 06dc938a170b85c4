"""Closed cycles opened again, with an oracle that puts every coin back where it was."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from orders import services
from orders.models import CycleReopening, Order
from tests.orders.fortnight.oracle import Promise
from tests.orders.fortnight.player import Player


class Again(Player):
    """Whoever coordinates opens a cycle again, then it is closed again some day."""

    @precondition(lambda self: not all(self.open) and not self.is_stuck)
    @rule(data=st.data(), hours=st.sampled_from([1, 3, 30]))
    def the_hub_opens_a_cycle_again(self, data: st.DataObject, hours: int) -> None:
        self.open_again(data.draw(st.sampled_from([0, 1, 2])), hours)

    def open_again(self, cycle: int, hours: int) -> None:
        """Open a cycle again, or meet the refusal that the oracle expects."""
        row = self.hub.cycles[cycle]
        closes_at = self.now + timedelta(hours=hours)
        faults = {"cycle_not_closed"} if self.open[cycle] else set()
        is_late = timezone.localdate(closes_at) > row.service_on
        faults |= {"cycle_out_of_order"} if is_late else set()
        mine = [p for p in self.oracle.live() if p.cycle == cycle]
        coins = self.coins_again(sorted(mine, key=lambda one: one.number))
        faults |= {"fund_too_low"} if coins is None else set()
        ask = services.Reopening(
            closes_at=closes_at, reason="", by=self.hub.person, now=self.now
        )
        key = f"again-{CycleReopening.objects.count()}-{self.now}"
        self.send(faults, services.reopen_cycle, cycle=row, ask=ask, key=key)
        if faults or coins is None:
            return
        self.open[cycle], row.closes_at = True, closes_at
        for promise in mine:
            for lot, cents in promise.coins:
                self.oracle.purses[lot].free += cents
            promise.coins = coins[promise.number]
            for lot, cents in promise.coins:
                self.oracle.purses[lot].free -= cents
            promise.state, promise.is_again = "placed", True
            promise.version = Order.objects.get(pk=promise.number).version

    def coins_again(
        self, promises: list[Promise]
    ) -> dict[int, list[tuple[int, int]]] | None:
        """Coins of each order as before the close; None when some are spent since."""
        free = [purse.free for purse in self.oracle.purses]
        today = timezone.localdate(self.now)
        found = {}
        for promise in promises:
            found[promise.number] = promise.coins
            wanted = sum(cents for _, cents in promise.before)
            if wanted == promise.held:
                continue
            for lot, cents in promise.coins:
                free[lot] += cents
            taken: Counter[int] = Counter()
            own = Counter(dict(promise.before))
            in_order = sorted(range(len(free)), key=self.oracle.spending_order)
            usable = [
                lot
                for lot in in_order
                if self.oracle.purses[lot].pays_for(promise.buyer, today)
            ]
            limits = [(lot, own[lot]) for lot in in_order]
            limits += [(lot, free[lot]) for lot in usable]
            for lot, most in limits:
                more = max(0, min(free[lot], most) - taken[lot])
                taken[lot] += min(more, wanted - taken.total())
            if taken.total() < wanted:
                return None
            found[promise.number] = [
                (lot, taken[lot]) for lot in in_order if taken[lot]
            ]
            for lot, cents in taken.items():
                free[lot] -= cents
        return found
