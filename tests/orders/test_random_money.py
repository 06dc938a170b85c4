"""All the money of one hub at random, beside pots of coins: never a cent apart.

Gifts, orders, changes, cancellations, short deliveries, bills, corrections, payments
with and without a match, promises that expire, periods that close, reversals.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from hub.ledger import periods, posting, statements
from hub.ledger.core.accounts import AccountRef, Move
from orders import services
from orders.models import Invoice, PaymentMatch, ReceivedPayment, ShipmentLine
from orders.services import Received
from pricing import accounts as fund_accounts
from pricing import services as pricing_services
from tests.factories.week import change
from tests.orders.money.oracle import LOTS
from tests.orders.money.player import OneHub
from tests.soak.playing import play

GIFT_CENTS, GRANT_CENTS = 1_500, 1_000
buyers = st.integers(0, 2)
offers = st.integers(0, 1)
units = st.integers(0, 6)
cents = st.sampled_from([1, 99, 500, 2_500, 40_000])
tiers = st.sampled_from(["solidaire", "solidaire", "juste_prix", "soutien"])


class Money(OneHub):
    """What people do with it, in any order."""

    @initialize(
        wishes=st.lists(st.tuples(tiers, units, units), min_size=3, max_size=3),
        is_over=st.booleans(),
        short=st.integers(0, 2),
    )
    def begin(
        self, wishes: list[tuple[str, int, int]], is_over: bool, short: int
    ) -> None:
        """Half of the weeks are watched while orders come, half once it is billed."""
        for name, amount in (("gifts", GIFT_CENTS), ("city", GRANT_CENTS)):
            self.money_is_given(name, amount)
        for buyer, (tier, first, second) in enumerate(wishes):
            self.an_order_is_confirmed_or_changed(buyer, tier, first, second)
        if is_over and self.pots.orders:
            self.the_cycle_closes()
            for buyer in self.pots.orders:
                self.it_comes(buyer, short)
            self.the_day_is_billed()

    # The fund

    @rule(name=st.sampled_from(list(LOTS)), amount=cents)
    def money_is_given(self, name: str, amount: int) -> None:
        last = LOTS[name]
        has_ended = last is not None and last < self.pots.day
        key = self.key()
        self.ask(
            {"lot_ended"} if has_ended else set(),
            pricing_services.deposit,
            lot=self.lots[name],
            amount_cents=amount,
            key=key,
            on=self.today,
        )
        if not has_ended:
            self.deposits.append((f"deposit:{key}", name, amount))
            self.pots.move("outside", name, amount)

    @precondition(lambda self: self.deposits)
    @rule(data=st.data())
    def a_gift_is_reversed(self, data: st.DataObject) -> None:
        key, name, amount = data.draw(st.sampled_from(self.deposits))
        faults = {"already_reversed"} if key in self.undone else set()
        if not faults and amount > self.pots.pots[name]:
            faults = {"not_enough_money"}
        self.ask(
            faults,
            posting.reverse,
            key=self.key(),
            posting_key=key,
            effective_on=self.today,
        )
        if not faults:
            self.undone.add(key)
            self.pots.move(name, "outside", amount)

    @rule(amount=cents)
    def a_promise_with_an_end_is_made(self, amount: int) -> None:
        faults = self.pots.promise(amount)
        hub, lot = self.week.hub.public_id, self.week.lot.public_id
        self.ask(
            faults,
            posting.hold,
            key=self.key(),
            kind="promise",
            draws=[(fund_accounts.fund_lot(hub=hub, lot=lot), amount)],
            effective_on=self.today,
            expires_at=self.now + timedelta(hours=12),
        )

    # Orders

    @rule(buyer=buyers, tier=tiers, first=units, second=units)
    def an_order_is_confirmed_or_changed(
        self, buyer: int, tier: str, first: int, second: int
    ) -> None:
        wants = {offer: n for offer, n in enumerate((first, second)) if n}
        if not wants:
            return
        named = {self.offers[offer].public_id: n for offer, n in wants.items()}
        faults = self.pots.order(buyer, tier, wants)
        asked = replace(change(self.week, named, tier_code=tier), now=self.now)
        order = self.order_of(buyer)
        if order is None:
            self.ask(
                faults,
                services.place_order,
                cycle=self.week.cycle,
                buyer=self.buyers[buyer],
                drop_point=self.doors[buyer],
                change=asked,
                key=self.key(),
            )
            return
        self.ask(
            faults,
            services.change_order,
            order=order,
            change=asked,
            seen_version=order.version,
            key=self.key(),
        )

    @precondition(lambda self: self.pots.orders)
    @rule(data=st.data())
    def an_order_is_cancelled(self, data: st.DataObject) -> None:
        buyer = data.draw(st.sampled_from(sorted(self.pots.orders)))
        order = self.order_of(buyer)
        self.ask(
            self.pots.cancel(buyer),
            services.cancel_order,
            order=order,
            key=self.key(),
            by=self.week.person,
            now=self.now,
        )

    # The day of delivery

    @precondition(lambda self: self.pots.orders and not self.pots.is_closed)
    @rule()
    def the_cycle_closes(self) -> None:
        services.close_cycle(cycle_id=self.week.cycle.pk, by=None, now=self.now)
        self.pots.is_closed = True

    @precondition(lambda self: self.pots.is_closed)
    @rule(data=st.data(), short=st.integers(0, 3))
    def a_stop_ends(self, data: st.DataObject, short: int) -> None:
        """All but a few units of each line come, or what came is noted anew."""
        waiting = [b for b, w in self.pots.orders.items() if w.billed is None]
        if waiting:
            self.it_comes(data.draw(st.sampled_from(waiting)), short)

    def it_comes(self, buyer: int, short: int) -> None:
        lines = ShipmentLine.objects.filter(
            source__line__order=self.order_of(buyer)
        ).select_related("source__line")
        came = {}
        by_shipment: dict[int, dict[int, int]] = {}
        for line in lines:
            sold = line.source.line.offer
            assert sold is not None
            offer = self.offers.index(sold)
            came[offer] = max(0, line.quantity - short)
            by_shipment.setdefault(line.shipment_id, {})[line.pk] = came[offer]
        for pk, quantities in by_shipment.items():
            self.ask(
                set(),
                services.record_delivery,
                shipment_id=pk,
                quantities=quantities,
                by=None,
                now=self.now,
            )
        self.pots.orders[buyer].came = came

    @precondition(lambda self: self.pots.is_closed)
    @rule()
    def the_day_is_billed(self) -> None:
        self.pots.bill()
        self.ask(
            set(),
            services.bill_day,
            hub=self.week.hub,
            service_on=self.week.cycle.service_on,
            by=None,
            now=self.now,
        )

    @precondition(lambda self: self.is_billed)
    @rule(buyer=buyers, offer=offers, number=units)
    def another_invoice_is_corrected(self, buyer: int, offer: int, number: int) -> None:
        """The same again: what was corrected twice is where cents could go astray."""
        self.an_invoice_is_corrected(buyer, offer, number)

    @property
    def is_billed(self) -> bool:
        return any(wish.billed for wish in self.pots.orders.values())

    @precondition(lambda self: self.is_billed)
    @rule(buyer=buyers, offer=offers, number=units)
    def an_invoice_is_corrected(self, buyer: int, offer: int, number: int) -> None:
        """Money comes back to the buyer or is owed; each dollar of the fund too."""
        wish = self.pots.orders.get(buyer)
        if wish is None or not wish.billed or not any(wish.billed.values()):
            return
        if offer not in wish.units:
            return
        invoice = Invoice.objects.filter(
            buyer=self.buyers[buyer], kind="invoice"
        ).latest("number")
        line = invoice.order.lines.get(offer=self.offers[offer])
        self.ask(
            self.pots.correct(buyer, offer, number),
            services.correct_invoice,
            invoice=invoice,
            quantities={line.pk: number},
            reason="comptage",
            by=None,
            now=self.now,
            key=self.key(),
        )

    # Money of buyers and farms

    @rule(amount=cents)
    def money_comes_to_the_bank(self, amount: int) -> None:
        key = self.key()
        self.ask(
            set(),
            services.record_received,
            hub=self.week.hub,
            told=Received(on=self.today, amount_cents=amount, payer=f"payeur {key}"),
            source=ReceivedPayment.Source.HAND,
            key=key,
            today=self.today,
            by=None,
            now=self.now,
        )
        self.pots.move("bank", "suspense", amount)

    @rule(buyer=buyers)
    def it_is_matched(self, buyer: int) -> None:
        waiting = ReceivedPayment.objects.filter(left_cents__gt=0).first()
        if waiting is None:
            return
        cents_left = waiting.left_cents
        done = self.ask(
            set(),
            services.match_payment,
            payment=waiting,
            buyer=self.buyers[buyer],
            pays={},
            key=self.key(),
            on=self.today,
            now=self.now,
            by=None,
        )
        assert done.amount_cents == cents_left
        self.pots.move("suspense", f"buyer{buyer}", cents_left)

    @rule(number=st.integers(0, 5))
    def a_match_is_undone(self, number: int) -> None:
        known = list(PaymentMatch.objects.order_by("pk"))
        if not known:
            return
        match = known[number % len(known)]
        faults = {"match_undone"} if match.undone_at else set()
        self.ask(
            faults,
            services.unmatch_payment,
            match=match,
            by=None,
            on=self.today,
            now=self.now,
        )
        if not faults:
            buyer = self.buyers.index(match.buyer)
            self.pots.move(f"buyer{buyer}", "suspense", match.amount_cents)

    @rule(amount=cents)
    def the_farm_is_paid(self, amount: int) -> None:
        faults = {"paid_above_owed"} if amount > self.pots.pots["farm"] else set()
        self.ask(
            faults,
            services.record_payout,
            farm=self.week.farm,
            amount_cents=amount,
            method="virement",
            key=self.key(),
            on=self.today,
            today=self.today,
        )
        if not faults:
            self.pots.move("farm", "bank", amount)

    # The books

    @rule()
    def the_next_day_comes(self) -> None:
        self.pots.next_day()
        posting.release_expired(now=self.now)

    @precondition(lambda self: self.closed_until != self.today - timedelta(days=1))
    @rule()
    def the_books_are_closed_until_yesterday(self) -> None:
        self.ask(
            set(),
            periods.close_period,
            ends_on=self.today - timedelta(days=1),
            today=self.today,
        )
        self.closed_until = self.today - timedelta(days=1)

    @precondition(lambda self: self.closed_until is not None)
    @rule(days=st.integers(1, 4))
    def something_is_written_on_a_day_that_is_over(self, days: int) -> None:
        on = self.today - timedelta(days=days)
        if self.closed_until is None or on > self.closed_until:
            return
        self.ask(
            {"period_closed"},
            posting.post,
            key=self.key(),
            kind="late",
            moves=[
                Move(AccountRef("elsewhere:a", floored=False), -1),
                Move(AccountRef("elsewhere:b", floored=False), 1),
            ],
            effective_on=on,
        )


@pytest.mark.django_db
def test_all_the_money_follows_the_pots() -> None:
    play(Money, examples=8, steps=40, a_round=60)

    assert statements.balances("") == {}
