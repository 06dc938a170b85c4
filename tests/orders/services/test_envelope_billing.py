"""What an envelope holds pays the invoice at delivery; the rest goes back to it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from orders import services
from orders.models import Invoice, Order, Shipment, ShipmentLine
from orders.services import envelopes as order_envelopes
from tests.factories.day import make_day, shipment_of
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, Week, change, make_stock, make_week
from vouchers import indicators

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> Week:
    return make_week()


@pytest.fixture
def envelope(week):
    """A hundred dollars for the buyer of the week."""
    return make_envelope(week.buyer)


def closed(week: Week, envelope, *, wanted: int | None = None) -> Order:
    """An order of four cases at 12,50 $, shared out."""
    row = make_stock(week)
    placed = services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=replace(
            change(week, {row.offer.public_id: 4}),
            envelope=envelope,
            envelope_cents=wanted,
        ),
        key="k1",
    )
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    return placed


def deliver(units: int) -> None:
    line = ShipmentLine.objects.get()
    services.record_delivery(
        shipment_id=Shipment.objects.get().pk,
        quantities={line.pk: units},
        by=None,
        now=NOW,
    )


def bill(week: Week) -> list[Invoice]:
    return services.bill_day(
        hub=week.hub, service_on=week.cycle.service_on, by=None, now=NOW
    )


def money(envelope) -> tuple[int, int, int]:
    """Left, held, spent."""
    seen = indicators.envelope_seen(envelope, on=NOW.date())
    return (seen.left_cents, seen.held_cents, seen.spent_cents)


def owed(week: Week) -> int:
    return -statements.balance_cents(f"buyer:{week.buyer.public_id}")


def test_the_envelope_pays_what_arrived_and_keeps_the_rest(week, envelope):
    closed(week, envelope)
    deliver(3)

    (invoice,) = bill(week)

    assert (invoice.buyer_cents, invoice.envelope_cents) == (3_750, 3_750)
    assert invoice.document["envelope_cents"] == 3_750
    assert (money(envelope), owed(week)) == ((6_250, 0, 3_750), 0)


def test_a_part_wanted_pays_that_part(week, envelope):
    closed(week, envelope, wanted=2_000)
    deliver(4)

    bill(week)

    assert (money(envelope), owed(week)) == ((8_000, 0, 2_000), 3_000)


def test_a_correction_gives_back_what_the_envelope_paid_too_much(week, envelope):
    closed(week, envelope)
    deliver(4)
    (invoice,) = bill(week)

    services.correct_invoice(
        invoice=invoice,
        quantities={invoice.lines.get().order_line_id: 1},
        reason="gel",
        by=None,
        now=NOW,
        key="k2",
    )

    paid = [i.envelope_cents for i in Invoice.objects.order_by("number")]
    assert paid == [5_000, -5_000, 1_250]
    assert (money(envelope), owed(week)) == ((8_750, 0, 1_250), 0)
    assert audit().is_clean


@pytest.mark.parametrize("wanted", [None, 2_000])
@pytest.mark.parametrize("units", [0, 1, 3])
def test_a_correction_is_looked_at_before_with_what_the_envelope_gets_back(
    week, envelope, wanted, units
):
    closed(week, envelope, wanted=wanted)
    deliver(4)
    (invoice,) = bill(week)
    asked = {invoice.lines.get().order_line_id: units}
    ask: dict[str, Any] = {
        "invoice": invoice,
        "quantities": asked,
        "by": None,
        "now": NOW,
    }
    before, had = services.money_behind(invoice.order_id), money(envelope)

    looked = services.before_correction(**ask)
    left = money(envelope)
    _credit, again = services.correct_invoice(**ask, reason="gel", key="k2")

    assert (looked.money, left) == (before, had)
    assert looked.after == services.money_behind(invoice.order_id)
    assert looked.again_cents == (again.buyer_cents if again else 0)


def test_nothing_delivered_leaves_the_envelope_whole(week, envelope):
    closed(week, envelope)
    deliver(0)

    bill(week)

    assert (money(envelope), owed(week)) == ((10_000, 0, 0), 0)


def test_what_came_after_all_is_paid_by_the_envelope_again(week, envelope):
    closed(week, envelope)
    deliver(0)
    bill(week)
    deliver(4)

    (invoice,) = bill(week)

    assert (invoice.envelope_cents, money(envelope)) == (5_000, (5_000, 0, 5_000))


def test_billing_twice_pays_once(week, envelope):
    closed(week, envelope)
    deliver(4)
    bill(week)

    bill(week)

    assert money(envelope) == (5_000, 0, 5_000)


@pytest.mark.parametrize("ends", [False, True])
def test_what_a_replaced_hold_had_paid_pays_the_correction(ends):
    day = make_day(wants={"a": (4, 1)}, fund_cents=0)
    placed = day.orders["a"]
    envelope = make_envelope(placed.buyer)
    placed.envelope = envelope
    placed.save()
    order_envelopes.secure_part(placed, on=NOW.date())
    own = shipment_of(day, "a", 1)
    services.record_delivery(
        shipment_id=shipment_of(day, "a").pk, quantities={}, by=None, now=NOW
    )
    services.decide_shipment(shipment=own, decision="own_transport", by=None, now=NOW)
    (invoice,) = bill(day.week)
    services.undo_decision(shipment=own, by=None, now=NOW)
    if ends:
        envelope.ends_on = NOW.date() - timedelta(days=1)
        envelope.save()

    services.correct_invoice(
        invoice=invoice,
        quantities={invoice.lines.get().order_line_id: 3},
        reason="gel",
        by=None,
        now=NOW,
        key="k2",
    )

    # three cases are paid, the second farm's case at 24,00 $ is held
    code = f"buyer:{placed.buyer.public_id}"
    assert (invoice.envelope_cents, statements.balance_cents(code)) == (5_000, 0)
    assert money(envelope) == (10_000 - 3_750 - 2_400, 2_400, 3_750)
