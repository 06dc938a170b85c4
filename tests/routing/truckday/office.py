"""In the office: bills, corrections, payments, and the day settled."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hub.ledger import statements
from hub.models import Organization
from orders import services as order_services
from orders.models import BillRefusal, Invoice, ShipmentLine
from routing import services
from routing.core.errors import OrdersNotBilled
from tests.routing.truckday.player import Player, snapshot

some = st.integers(0, 1_000)
few = st.integers(0, 3)


class Office(Player):
    """What the coordination does with money."""

    @precondition(lambda self: self.driven())
    @rule(days=st.sampled_from([0, 0, 0, 1, 2]), is_twice=st.booleans())
    def a_day_is_billed(self, days: int, is_twice: bool) -> None:
        on = self.world.service_on + timedelta(days=days)
        asked: dict[str, Any] = {
            "hub": self.world.hub,
            "service_on": on,
            "by": None,
            "now": self.now,
        }
        order_services.bill_day(**asked)
        self.bill(on)
        if is_twice:
            before = snapshot()
            order_services.bill_day(**asked)
            assert snapshot() == before

    @precondition(lambda _: Invoice.objects.exists())
    @rule(number=some, units=st.integers(-1, 4))
    def an_invoice_is_corrected(self, number: int, units: int) -> None:
        rows = list(Invoice.objects.order_by("pk"))
        invoice = rows[number % len(rows)]
        line = list(invoice.lines.order_by("pk"))[number % invoice.lines.count()]
        faults = {
            "already_corrected",
            "credit_above_invoice",
            "delivered_above_ordered",
            "fund_too_low",
            "gift_spent",
            "not_on_this_invoice",
            "nothing_to_correct",
        }
        done = self.ask(
            order_services.correct_invoice,
            faults,
            invoice=invoice,
            quantities={line.order_line_id: units},
            reason="comptage",
            by=None,
            now=self.now,
            key=self.key(),
        )
        if done is None:
            return
        for row in ShipmentLine.objects.filter(source__line=line.order_line_id):
            slip = self.oracle.slips[row.pk]
            slip.came, slip.billed = row.delivered, row.billed
        assert self.oracle.billed_cases()[line.order_line_id] == units

    @rule(number=few, amount=st.integers(-1, 4_000), is_farm=st.booleans())
    def somebody_pays(self, number: int, amount: int, is_farm: bool) -> None:
        if is_farm:
            self.pay("farm", self.world.farms[number % 2], -amount)
        else:
            self.pay("buyer", self.world.buyers[number], amount)

    def pay(self, kind: str, member: Organization, cents: int) -> None:
        code = f"{kind}:{member.public_id}"
        before = statements.balance_cents(code)
        is_farm = kind == "farm"
        self.ask(
            order_services.record_payout if is_farm else order_services.record_payment,
            {"not_a_payment", "paid_above_owed"},
            **{kind: member},
            amount_cents=-cents if is_farm else cents,
            method="virement",
            key=self.key(),
            on=self.now.date(),
            today=self.now.date(),
        )
        self.moved[code] += statements.balance_cents(code) - before

    @precondition(lambda self: self.published())
    @rule(is_twice=st.booleans())
    def the_day_is_settled(self, is_twice: bool) -> None:
        asked: dict[str, Any] = {
            "pool": self.world.pool,
            "service_on": self.world.service_on,
            "by": None,
            "now": self.now,
        }
        on = self.world.service_on
        waits = any(
            load.status == "ready" and load.on == on
            for load in self.oracle.loads.values()
        )
        was_settled = self.is_settled()
        faults = {"day_not_over"} if waits else set()
        faults = faults if self.driven() else {"day_not_dispatched"}
        faults = set() if was_settled else faults
        if faults:
            self.must(services.settle_day, faults, **asked)
            return
        try:
            services.settle_day(**asked)
        except OrdersNotBilled:
            # What could be billed is; the day waits for the others.
            self.bill(on)
            assert BillRefusal.objects.filter(service_on=on).exists()
            return
        if not was_settled:
            self.bill(on)
        if is_twice:
            before = snapshot()
            services.settle_day(**asked)
            assert snapshot() == before
