"""Random days: short deliveries, refusals, decisions, bills, corrections, payments.

After every step the books are counted again from the papers, in plain sums.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hub.core.errors import DomainError
from hub.ledger import sealing, statements
from hub.ledger.audit import audit
from hub.models import Organization, Place
from orders import services
from orders.models import (
    FarmSale,
    Invoice,
    InvoiceLine,
    LineSource,
    Order,
    OrderLine,
    Shipment,
    ShipmentLine,
)
from producers.models import Availability
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, change, make_stock, make_week
from tests.soak.figures import count, count_answer
from tests.soak.playing import play

FUND_CENTS = 6_000
ENVELOPE_CENTS = 10_000
DECISIONS = ("another_day", "own_transport", "cancelled")
REFUSALS = {
    "already_billed",
    "already_corrected",
    "credit_above_invoice",
    "day_not_later",
    "decision_not_possible",
    "delivered_above_ordered",
    "fund_too_low",
    "gift_spent",
    "not_a_payment",
    "not_on_this_invoice",
    "nothing_to_correct",
    "paid_above_owed",
    "shipment_not_carried",
}
"""What people may be told on such days; anything else is a mistake of ours."""

some = st.integers(0, 1_000)
units = st.integers(-1, 7)


class Days(RuleBasedStateMachine):
    """One hub, three orders of two farms; undone whole when the example ends."""

    def __init__(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        super().__init__()
        self.week = make_week(fund_cents=FUND_CENTS)
        self.first_on = self.week.cycle.service_on
        self.num_asked = 0
        self.moved_out = Counter[str]()
        self.open_again: set[int] = set()
        self.order_and_close()

    def order_and_close(self) -> None:
        """A pooled case of two farms and one farm's own, taxed; one group is helped."""
        week, hub = self.week, self.week.hub
        other = ground.make_farm(hub=hub)
        ground.make_place(other, kind=Place.Kind.FARM, point=ground.FARM_POINT)
        pool = farms.make_pooled_offer(hub, price_cents=1_233)
        rows = [
            make_stock(week, quantity=5, price_cents=1_233, pooled_offer=pool),
            make_stock(
                week, quantity=5, price_cents=1_233, pooled_offer=pool, farm=other
            ),
        ]
        own = make_stock(week, quantity=20, price_cents=777, farm=other)
        for row in [*rows, own]:
            product = row.offer.variant.product
            product.taxability = "taxable"
            product.save()
        self.farms = [week.farm, other]
        self.orders = []
        for number, tier in enumerate(("solidaire", "juste_prix", "soutien")):
            buyer = ground.make_buyer(hub=hub)
            wants = {pool.public_id: 3, own.offer.public_id: 1 + number}
            asked = change(week, wants, tier_code=tier)
            if number == 0:
                helped = make_envelope(buyer)
                asked = replace(asked, envelope=helped, envelope_cents=2_000)
            self.orders.append(
                services.place_order(
                    cycle=week.cycle,
                    buyer=buyer,
                    drop_point=ground.make_place(buyer),
                    change=asked,
                    key=f"order-{number}",
                )
            )
        services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)

    def teardown(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            sealing.seal(limit=1_000_000)
            assert audit().is_clean
            count("days of bills")
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def ask(self, service: Any, **asked: Any) -> Any:
        """Ask for something: done, or refused in words with nothing moved."""
        before = self.snapshot()
        done, refused = None, ""
        try:
            done = service(**asked)
        except DomainError as refusal:
            refused = refusal.code
        assert not refused or refused in REFUSALS
        count_answer(f"days of bills, {service.__name__}", refused)
        assert not refused or self.snapshot() == before
        return done

    def snapshot(self) -> list[Any]:
        tables = (Shipment, ShipmentLine, OrderLine, Order, LineSource, Invoice)
        rows = [list(table.objects.order_by("pk").values_list()) for table in tables]
        return [*rows, statements.balances("")]

    def key(self) -> str:
        self.num_asked += 1
        return f"asked{self.num_asked}"

    def shipment(self, number: int) -> Shipment:
        rows = list(Shipment.objects.order_by("pk"))
        return rows[number % len(rows)]

    @rule(number=some, quantity=units, is_whole=st.booleans())
    def a_stop_ends(self, number: int, quantity: int, is_whole: bool) -> None:
        shipment = self.shipment(number)
        lines = list(shipment.lines.order_by("pk"))
        noted = {} if is_whole else {lines[number % len(lines)].pk: quantity}
        self.note(shipment, noted)

    def note(self, shipment: Shipment, noted: dict[int, int]) -> None:
        settled = ShipmentLine.objects.filter(shipment=shipment, billed=0)
        self.open_again |= set(settled.values_list("source__line__order", flat=True))
        self.ask(
            services.record_delivery,
            shipment_id=shipment.pk,
            quantities=noted,
            by=None,
            now=NOW,
        )

    @rule(quantity=units)
    def the_rest_of_the_day_is_driven(self, quantity: int) -> None:
        """All that waits arrives: whole, or of each line no more than `quantity`."""
        for shipment in Shipment.objects.filter(status="ready").order_by("pk"):
            noted = {
                line.pk: min(line.quantity, max(quantity, 0))
                for line in shipment.lines.all()
                if quantity < 4
            }
            self.note(shipment, noted)

    @rule(number=some, decision=st.sampled_from(DECISIONS), days=st.integers(0, 2))
    def a_shipment_is_decided(self, number: int, decision: str, days: int) -> None:
        shipment = self.shipment(number)
        self.ask(
            services.decide_shipment,
            shipment=shipment,
            decision=decision,
            on=shipment.service_on + timedelta(days=days),
            by=None,
            now=NOW,
        )

    @rule(number=some)
    def a_decision_is_undone(self, number: int) -> None:
        self.ask(
            services.undo_decision, shipment=self.shipment(number), by=None, now=NOW
        )

    @rule(days=st.sampled_from([0, 0, 0, 1, 2, 3]), is_twice=st.booleans())
    def a_day_is_billed(self, days: int, is_twice: bool) -> None:
        asked: dict[str, Any] = {
            "hub": self.week.hub,
            "service_on": self.first_on + timedelta(days=days),
            "by": None,
            "now": NOW,
        }
        first = self.ask(services.bill_day, **asked)
        if is_twice and first is not None:
            before = self.snapshot()
            assert services.bill_day(**asked) == first
            assert self.snapshot() == before

    @rule(number=some, quantity=units, is_twice=st.booleans())
    def an_invoice_is_corrected(
        self, number: int, quantity: int, is_twice: bool
    ) -> None:
        rows = list(Invoice.objects.order_by("pk"))
        if not rows:
            return
        invoice = rows[number % len(rows)]
        lines = list(invoice.lines.order_by("pk"))
        asked: dict[str, Any] = {
            "invoice": invoice,
            "quantities": {lines[number % len(lines)].order_line_id: quantity},
            "reason": "comptage",
            "by": None,
            "now": NOW + timedelta(days=4),
            "key": self.key(),
        }
        first = self.ask(services.correct_invoice, **asked)
        if is_twice and first is not None:
            before = self.snapshot()
            assert services.correct_invoice(**asked) == first
            assert self.snapshot() == before

    @rule(number=st.integers(0, 2), cents=st.integers(-1, 4_000))
    def a_buyer_pays(self, number: int, cents: int) -> None:
        self.pay(services.record_payment, "buyer", self.orders[number].buyer, cents)

    @rule(number=st.integers(0, 1), cents=st.integers(-1, 4_000))
    def a_farm_is_paid(self, number: int, cents: int) -> None:
        self.pay(services.record_payout, "farm", self.farms[number], -cents)

    def pay(self, service: Any, kind: str, member: Organization, cents: int) -> None:
        code = f"{kind}:{member.public_id}"
        before = statements.balance_cents(code)
        self.ask(
            service,
            **{kind: member},
            amount_cents=abs(cents) if cents else 0,
            method="virement",
            key=self.key(),
            on=NOW.date(),
            today=NOW.date(),
        )
        self.moved_out[code] += statements.balance_cents(code) - before

    @invariant()
    def the_ledger_says_what_the_papers_say(self) -> None:
        hub = self.week.hub.public_id
        books = Counter(statements.balances(""))
        assert sum(books.values()) == 0
        papers = list(Invoice.objects.all())
        for order in self.orders:
            code = f"buyer:{order.buyer.public_id}"
            own = [paper for paper in papers if paper.buyer_id == order.buyer_id]
            owed = sum(paper.buyer_cents - paper.envelope_cents for paper in own)
            assert books[code] == self.moved_out[code] - owed
        for farm in self.farms:
            code = f"farm:{farm.public_id}"
            sold = FarmSale.objects.filter(farm=farm)
            cents = sum(sale.farm_cents for sale in sold)
            assert books[code] == self.moved_out[code] + cents
        for code, name in [
            (f"hub:{hub}:transport", "transport_cents"),
            (f"hub:{hub}:margin", "margin_cents"),
            (f"tax:{hub}:tps", "tps_cents"),
            (f"tax:{hub}:tvq", "tvq_cents"),
        ]:
            assert books[code] == sum(getattr(paper, name) for paper in papers)
        fund = sum(n for code, n in books.items() if code.startswith(f"fund:{hub}:"))
        held = sum(
            n for code, n in books.items() if code.startswith(f"hold:fund:{hub}:")
        )
        drawn = sum(paper.draw_cents for paper in papers)
        assert fund + held == FUND_CENTS - drawn
        envelope = sum(n for code, n in books.items() if "envelope:" in code)
        assert envelope == ENVELOPE_CENTS - sum(p.envelope_cents for p in papers)

    @invariant()
    def only_what_is_open_is_held(self) -> None:
        for order in Order.objects.all():
            still_open = (
                ShipmentLine.objects.filter(
                    source__line__order=order, billed__isnull=True
                )
                .exclude(shipment__status="cancelled")
                .select_related("source__line")
            )
            needed = sum(
                line.quantity * max(line.source.line.draw_unit_cents, 0)
                for line in still_open
            )
            held = statements.balances(
                f"hold:fund:{self.week.hub.public_id}:{order.public_id}:"
            )
            # What was settled as nothing and came after all is held when it is billed.
            is_open_again = order.pk in self.open_again
            assert sum(held.values()) == needed or is_open_again
            assert sum(held.values()) <= needed
            assert (order.settled_at is not None) == (not still_open)
            if order.settled_at is not None:
                kept = statements.balances("hold:envelope:")
                mine = [n for code, n in kept.items() if order.public_id in code]
                assert sum(mine) == 0

    @invariant()
    def nothing_is_billed_above_what_came(self) -> None:
        for line in OrderLine.objects.prefetch_related("sources__shipment_lines"):
            shipped = [
                row
                for source in line.sources.all()
                for row in source.shipment_lines.all()
            ]
            came = sum(row.delivered or 0 for row in shipped)
            billed = sum(row.billed or 0 for row in shipped)
            assert (line.delivered or 0, line.billed or 0) == (came, billed)
            assert billed <= came <= (line.allocated or 0) <= line.ordered
            rows = list(InvoiceLine.objects.filter(order_line=line))
            assert sum(row.quantity for row in rows) == billed
            price_cents = sum(row.price_cents for row in rows)
            assert price_cents == billed * line.price_unit_cents

    @invariant()
    def numbers_have_no_gap(self) -> None:
        numbers = sorted(Invoice.objects.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def goods_are_promised_once(self) -> None:
        promised: Counter[int] = Counter()
        for source in LineSource.objects.all():
            promised[source.availability_id] += source.reserved
        kept = dict(Availability.objects.values_list("pk", "reserved"))
        assert {pk: promised[pk] for pk in kept} == kept


@pytest.mark.django_db
def test_random_days_keep_books_papers_and_goods_together() -> None:
    play(Days, examples=6, steps=16, a_round=20)

    assert Invoice.objects.count() == 0
