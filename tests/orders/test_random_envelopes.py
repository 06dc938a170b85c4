"""Whatever a group does with its envelopes, granted = left + held + spent."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.core.errors import DomainError
from hub.ledger import statements
from orders import services
from orders.models import Order, Shipment, ShipmentLine
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, Week, change, make_stock, make_week
from tests.soak.figures import count, count_answer
from tests.soak.playing import num_examples
from vouchers import services as voucher_services
from vouchers.models import Envelope

pytestmark = pytest.mark.django_db
GRANTED = (6_000, 2_500)
PARTS = st.sampled_from([None, None, 400, 3_000])
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("order"), st.integers(1, 5), st.sampled_from([0, 1, None]), PARTS
        ),
        st.tuples(
            st.just("change"), st.integers(1, 5), st.sampled_from([0, 1, None]), PARTS
        ),
        st.tuples(st.just("cancel")),
        st.tuples(st.just("withdraw"), st.sampled_from([0, 1]), st.integers(1, 4_000)),
        st.tuples(st.just("top_up"), st.sampled_from([0, 1]), st.integers(1, 4_000)),
    ),
    max_size=8,
)


class Group:
    """A group with two envelopes; counts what was granted apart from the ledger."""

    def __init__(self) -> None:
        self.week: Week = make_week()
        self.item = make_stock(self.week).offer.public_id
        self.envelopes = [
            make_envelope(self.week.buyer, amount_cents=cents) for cents in GRANTED
        ]
        self.granted = list(GRANTED)
        self.num_steps = 0
        self.key = ""

    def play(self, name: str, *told: int | None) -> None:
        self.num_steps += 1
        self.key = f"{self.week.cycle.public_id}-{self.num_steps}"
        refused = ""
        try:
            getattr(self, name)(*told)
        except DomainError as refusal:
            refused = refusal.code
        count_answer(f"groups with envelopes, {name}", refused)
        self.prove()

    def prove(self) -> None:
        for granted, envelope in zip(self.granted, self.envelopes, strict=True):
            left, held, spent = books(envelope)
            assert granted == left + held + spent
            assert min(left, held, spent) >= 0

    def asked(self, units: int, which: int | None, part: int | None) -> services.Change:
        envelope = None if which is None else self.envelopes[which]
        wants = change(self.week, {self.item: units})
        return replace(wants, envelope=envelope, envelope_cents=part)

    def last(self) -> Order | None:
        return self.week.cycle.orders.filter(status="placed").order_by("pk").last()

    def order(self, units: int, which: int | None, part: int | None) -> None:
        services.place_order(
            cycle=self.week.cycle,
            buyer=self.week.buyer,
            drop_point=self.week.drop_point,
            change=self.asked(units, which, part),
            key=self.key,
        )

    def change(self, units: int, which: int | None, part: int | None) -> None:
        if placed := self.last():
            services.change_order(
                order=placed,
                change=self.asked(units, which, part),
                seen_version=placed.version,
                key=self.key,
            )

    def cancel(self) -> None:
        if placed := self.last():
            services.cancel_order(
                order=placed,
                key=self.key,
                by=self.week.person,
                now=NOW,
            )

    def withdraw(self, which: int, cents: int) -> None:
        envelope = self.envelopes[which]
        voucher_services.withdraw(
            envelope=envelope, amount_cents=cents, key=self.key, on=NOW.date()
        )
        self.granted[which] -= cents

    def top_up(self, which: int, cents: int) -> None:
        envelope = self.envelopes[which]
        voucher_services.top_up(
            envelope=envelope, amount_cents=cents, key=self.key, on=NOW.date()
        )
        self.granted[which] += cents

    def settle(self, delivered: list[int]) -> None:
        """Close, deliver what is told of each line, bill."""
        services.close_cycle(cycle_id=self.week.cycle.pk, by=None, now=NOW)
        self.prove()
        shipments = Shipment.objects.filter(cycle=self.week.cycle)
        for shipment in shipments:
            lines = ShipmentLine.objects.filter(shipment=shipment).order_by("pk")
            services.record_delivery(
                shipment_id=shipment.pk,
                quantities={
                    line.pk: min(line.quantity, units)
                    for line, units in zip(lines, delivered, strict=False)
                },
                by=self.week.person,
                now=NOW,
            )
        services.bill_day(
            hub=self.week.hub,
            service_on=self.week.cycle.service_on,
            by=None,
            now=NOW,
        )


def books(envelope: Envelope) -> tuple[int, int, int]:
    """Left, held, spent, each read from its own entries."""
    left = statements.balance_cents(f"envelope:{envelope.public_id}")
    under = f"hold:envelope:{envelope.public_id}:"
    held = statements.total_cents(under)
    year = date(2000, 1, 1)
    spent = -statements.moved_cents(under, kind="envelope-payment", since=year)
    return left, held, spent


@settings(
    max_examples=num_examples(15, a_round=60),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(steps=STEPS, delivered=st.lists(st.integers(0, 5), min_size=9, max_size=9))
def test_granted_is_left_and_held_and_spent_at_every_step(
    steps: list[tuple[Any, ...]], delivered: list[int]
) -> None:
    group = Group()
    group.prove()

    for name, *told in steps:
        group.play(name, *told)

    group.settle(delivered)

    left, held, spent = zip(*map(books, group.envelopes), strict=True)
    assert [sum(each) for each in zip(left, held, spent, strict=True)] == group.granted
    assert held == (0, 0)
    count("groups with envelopes")
