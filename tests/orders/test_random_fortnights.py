"""Two random weeks, pressed in any order, against an oracle in plain figures."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from hub.core.errors import DomainError
from hub.ledger import sealing
from hub.ledger.audit import audit
from orders import services
from orders.core.errors import RequestReused
from orders.models import CycleClosing, LineSource, Order, OrderLine
from pricing import services as pricing_services
from producers import services as producer_services
from tests.orders.fortnight import proofs
from tests.orders.fortnight.again import Again
from tests.orders.fortnight.hub import (
    PACKS,
    POOL_CENTS,
    POOLED,
    WEEKS,
    snapshot,
)
from tests.orders.fortnight.oracle import TIERS, Promise
from tests.soak.figures import count, count_answer
from tests.soak.playing import play

offers = st.integers(0, len(PACKS) - 1)
weeks = st.sampled_from([0, 0, 0, 1])
cycles = st.sampled_from([0, 0, 1, 1, 2])
buyers = st.integers(0, 2)
tiers = st.sampled_from(list(TIERS))
some_tier = st.sampled_from([*TIERS, *TIERS, *TIERS, "gratuit"])
some_door = st.sampled_from([None, None, None, None, 0, 1, 2])
few = st.integers(1, 4)
odd = st.sampled_from([-1, 0, 40, 100_001])
wishes = st.dictionaries(st.integers(0, 3), few, min_size=1, max_size=4)
odd_wishes = st.dictionaries(st.integers(0, 4), few | odd, max_size=3)
wants = wishes | wishes | wishes | odd_wishes
quantities = st.integers(0, 12) | st.integers(0, 12) | st.sampled_from([30, 100_001])
prices = st.none() | st.none() | st.sampled_from([0, 1, 999, POOL_CENTS, 1_234])
hours = st.sampled_from([1, 1, 4, 20, 50])
pickup_costs = st.dictionaries(st.integers(0, 2), st.integers(0, 5_000))


class Fortnight(Again, RuleBasedStateMachine):
    """One hub, undone whole when the example ends."""

    def __init__(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        super().__init__()
        for offer, pack in enumerate(PACKS):
            self.post(offer, 0, 14 - offer, pack.usual_cents)
        self.post(0, 1, 5, None)
        self.post(POOLED[-1], 1, 5, None)

    def teardown(self) -> None:
        try:
            self.end()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def end(self) -> None:
        """Every example ends with a frost and three closes; then the books are read."""
        if not self.has_gate:
            self.the_third_farm_gets_a_gate()
        if any(self.open[:2]):
            for offer in self.promised_offers()[::2]:
                self.post(offer, 0, 1, None)
        for cycle in range(len(self.open)):
            self.close(cycle, {})
        for cycle in range(len(self.open)):
            self.open_again(cycle, 1)
            self.all_adds_up()
            self.close(cycle, {})
        self.all_adds_up()
        sealing.seal(limit=1_000_000)
        assert audit().is_clean
        count("fortnights")

    def post(
        self, offer: int, week: int, quantity: int, price_cents: int | None
    ) -> None:
        pack = PACKS[offer]
        faults = self.week_faults(week)
        faults |= {"quantity_too_large"} if quantity > 100_000 else set()
        if pack.is_pooled and price_cents not in (None, POOL_CENTS):
            faults |= {"price_is_agreed"}
        row = self.send(
            faults,
            producer_services.post_availability,
            offer=self.hub.offers[offer],
            week_on=WEEKS[week],
            quantity=quantity,
            price_cents=price_cents,
            lot="",
            by=self.hub.person,
            now=self.now,
        )
        if row is not None:
            agreed = pack.usual_cents if price_cents is None else price_cents
            self.oracle.posted[offer, week] = (quantity, agreed)

    @rule(offer=offers, week=weeks, quantity=quantities, price_cents=prices)
    def a_farm_posts(
        self, offer: int, week: int, quantity: int, price_cents: int | None
    ) -> None:
        self.post(offer, week, quantity, price_cents)

    @precondition(lambda self: self.oracle.promises)
    @rule(data=st.data())
    def a_farm_loses_goods(self, data: st.DataObject) -> None:
        """Frost: less than was promised, if something was."""
        if promised := self.promised_offers():
            offer = data.draw(st.sampled_from(promised))
            self.post(offer, 0, data.draw(st.integers(0, 2)), None)

    @rule(offer=offers, week=weeks)
    def a_farm_clears(self, offer: int, week: int) -> None:
        row = self.row_of(offer, week)
        faults = self.week_faults(week) if row else set()
        faults |= {"already_promised"} if row and row.reserved else set()
        has_story = LineSource.objects.filter(availability=row).exists()
        self.send(
            faults,
            producer_services.clear_availability,
            offer=self.hub.offers[offer],
            week_on=WEEKS[week],
            now=self.now,
        )
        if row and not faults:
            _, price_cents = self.oracle.posted.pop((offer, week))
            if has_story:
                self.oracle.posted[offer, week] = (0, price_cents)

    @initialize(
        wishes=st.lists(
            st.tuples(cycles, buyers, tiers, wishes), min_size=1, max_size=3
        ),
        has_gate=st.booleans(),
        num_weeks=st.sampled_from([0, 0, 1, 12]),
    )
    def the_week_begins(
        self,
        wishes: list[tuple[int, int, str, dict[int, int]]],
        has_gate: bool,
        num_weeks: int,
    ) -> None:
        if has_gate:
            self.the_third_farm_gets_a_gate()
        for cycle, buyer, tier, units in wishes:
            self.order(cycle, buyer, buyer, tier, units)
        self.oracle.stop_weeks = num_weeks
        pricing_services.set_runway(
            fund=self.hub.fund, warn_weeks=num_weeks, stop_weeks=num_weeks
        )

    @rule(cycle=cycles, buyer=buyers, tier=tiers, wishes=wishes)
    def a_buyer_orders(
        self, cycle: int, buyer: int, tier: str, wishes: dict[int, int]
    ) -> None:
        self.order(cycle, buyer, buyer, tier, wishes)

    @rule(cycle=cycles, buyer=buyers, door=some_door, tier=some_tier, wishes=wants)
    def a_buyer_orders_oddly(
        self,
        cycle: int,
        buyer: int,
        door: int | None,
        tier: str,
        wishes: dict[int, int],
    ) -> None:
        self.order(cycle, buyer, buyer if door is None else door, tier, wishes)

    def order(
        self, cycle: int, buyer: int, door: int, tier: str, wishes: dict[int, int]
    ) -> None:
        wants = self.named(wishes)
        promise, faults = self.promise(cycle, buyer, tier, wants)
        faults |= set() if door == buyer else {"drop_point_not_allowed"}
        order = self.press(
            faults,
            services.place_order,
            cycle=self.hub.cycles[cycle],
            buyer=self.hub.buyers[buyer],
            drop_point=self.hub.doors[door],
            change=self.change(wants, tier),
        )
        if order is not None and promise is not None:
            self.oracle.take(replace(promise, number=order.pk))

    @precondition(lambda self: self.standing())
    @rule(data=st.data(), tier=tiers, wishes=wishes)
    def a_buyer_changes_an_order(
        self, data: st.DataObject, tier: str, wishes: dict[int, int]
    ) -> None:
        old = data.draw(st.sampled_from(self.standing()))
        self.change_order(old, tier, wishes, is_stale=0)

    @precondition(lambda self: self.oracle.promises)
    @rule(data=st.data(), wishes=wants, is_stale=st.sampled_from([0, 0, 1]))
    def a_buyer_changes_an_order_oddly(
        self, data: st.DataObject, wishes: dict[int, int], is_stale: int
    ) -> None:
        old = self.draw_promise(data)
        self.change_order(old, old.tier, wishes, is_stale=is_stale)

    def change_order(
        self, old: Promise, tier: str, wishes: dict[int, int], *, is_stale: int
    ) -> None:
        wants = self.named(wishes)
        promise, faults = self.promise(old.cycle, old.buyer, tier, wants, old)
        faults |= set() if old.state == "placed" else {"transition_refused"}
        faults |= {"order_changed_meanwhile"} if is_stale else set()
        order = self.press(
            faults,
            services.change_order,
            order=Order.objects.get(pk=old.number),
            change=self.change(wants, tier),
            seen_version=old.version - is_stale,
        )
        if order is not None and promise is not None:
            changed = replace(promise, number=old.number, version=old.version + 1)
            self.oracle.take(changed)

    @precondition(lambda self: self.oracle.promises)
    @rule(data=st.data())
    def a_buyer_cancels(self, data: st.DataObject) -> None:
        promise = self.draw_promise(data)
        faults = self.closed_faults(promise.cycle)
        faults |= set() if promise.state == "placed" else {"transition_refused"}
        order = self.press(
            faults,
            services.cancel_order,
            order=Order.objects.get(pk=promise.number),
            by=self.hub.person,
            now=self.now,
        )
        if order is not None:
            self.oracle.give_back(promise)
            promise.state = "cancelled"

    @precondition(lambda self: self.presses)
    @rule(data=st.data())
    def a_phone_sends_again(self, data: st.DataObject) -> None:
        press = data.draw(st.sampled_from(self.presses))
        before = snapshot()

        again = press.service(**press.asked)

        assert (again.pk, snapshot()) == (press.number, before)

    @precondition(lambda self: self.presses)
    @rule(data=st.data())
    def a_key_is_used_for_something_else(self, data: st.DataObject) -> None:
        press = data.draw(st.sampled_from(self.presses))
        asked = dict(press.asked)
        if "change" in asked:
            wants = {**asked["change"].wants, "something else": 1}
            asked["change"] = replace(asked["change"], wants=wants)
        else:
            asked["order"] = Order(pk=0)
        before = snapshot()

        with pytest.raises(RequestReused), transaction.atomic():
            press.service(**asked)

        assert snapshot() == before

    @rule(lot=st.integers(0, 2), cents=st.integers(-1, 900))
    def somebody_gives_to_the_fund(self, lot: int, cents: int) -> None:
        key = f"gift-{len(self.presses)}-{self.oracle.deposited}"
        today = self.now.date()
        faults = set() if cents > 0 else {"not_a_gift"}
        faults |= {"lot_ended"} if today > self.oracle.purses[lot].ends_on else set()
        self.send(
            faults,
            pricing_services.deposit,
            lot=self.hub.lots[lot],
            amount_cents=cents,
            key=key,
            on=today,
        )
        if not faults:
            self.oracle.purses[lot].free += cents
            self.oracle.deposited += cents

    @rule(hours=hours)
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.is_stuck and not self.has_gate)
    @rule()
    def the_third_farm_gets_a_gate(self) -> None:
        self.hub.open_gate()
        self.has_gate = True

    @precondition(lambda self: len(self.presses) > 3)
    @rule(data=st.data(), cycle=st.none() | cycles, costs=pickup_costs)
    def the_hub_closes(
        self, data: st.DataObject, cycle: int | None, costs: dict[int, int]
    ) -> None:
        self.close(self.draw_promise(data).cycle if cycle is None else cycle, costs)

    def close(self, cycle: int, costs: dict[int, int]) -> None:
        """Close a cycle; a second close, and a refused one, change nothing."""
        row = self.hub.cycles[cycle]
        before = snapshot()
        was_closed = CycleClosing.objects.filter(cycle=row).exists()
        elsewhere = proofs.reserved_by_row(leaving_out_cycle=row.pk)
        named = {self.hub.farms[farm].pk: cents for farm, cents in costs.items()}
        self.open[cycle] = False
        refused = ""
        try:
            services.close_cycle(
                cycle_id=row.pk, by=None, now=self.now, pickup_costs=named
            )
        except DomainError as refusal:
            refused = refusal.code
        count_answer("closings of fortnights", refused)
        self.is_stuck = bool(refused)
        if refused:
            # The gate of the cycle stays shut, and the next press finishes the close.
            assert (refused, self.has_gate) == ("farm_without_place", False)
            assert {**snapshot(), "Cycle": before["Cycle"]} == before
            return
        if was_closed:
            assert snapshot() == before
            return
        proofs.prove_close(row.pk, elsewhere)
        for promise in self.oracle.live():
            if promise.cycle == cycle:
                self.settle(promise)

    def settle(self, promise: Promise) -> None:
        """After the close: the oracle gives back what the units given do not need."""
        lines = OrderLine.objects.filter(order_id=promise.number)
        needed = {
            line.item_public_id: line.allocated or 0
            for line in lines.select_related("offer", "pooled_offer")
        }
        cents = self.oracle.draw_of(needed, promise.farm_cents, promise.tier)
        promise.before = list(promise.coins)
        self.oracle.give_back(promise, keep=cents)
        promise.state = "allocated"

    def promised_offers(self) -> list[int]:
        """Offers of which units are promised in the first week."""
        rows = [self.row_of(offer, 0) for offer in range(len(PACKS))]
        return [offer for offer, row in enumerate(rows) if row and row.reserved]

    def standing(self) -> list[Promise]:
        """Orders that may still be changed."""
        return [p for p in self.oracle.promises.values() if p.state == "placed"]

    def draw_promise(self, data: st.DataObject) -> Promise:
        number = data.draw(st.sampled_from(sorted(self.oracle.promises)))
        return self.oracle.promises[number]

    @invariant()
    def all_adds_up(self) -> None:
        proofs.prove_ledger()
        proofs.prove_fund(self.hub, self.oracle)
        proofs.prove_stock(self.hub, self.oracle)
        proofs.prove_lines(self.hub, self.oracle)
        proofs.prove_shipments(self.hub)


@pytest.mark.django_db
def test_random_fortnights_follow_the_oracle() -> None:
    play(Fortnight, examples=10, steps=20, a_round=10)

    assert Order.objects.count() == 0
