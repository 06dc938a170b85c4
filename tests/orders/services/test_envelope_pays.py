"""From the basket to the invoice: held, captured at delivery, the rest given back."""

from dataclasses import replace

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from orders import services
from orders.models import Invoice, Shipment, ShipmentLine
from tests.factories import hub as ground
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, change, make_stock, make_week
from vouchers import indicators

pytestmark = pytest.mark.django_db
CRATE = 1_250


@pytest.fixture
def week():
    return make_week()


@pytest.fixture
def envelope(week):
    return make_envelope(week.buyer)


def order_and_close(week, envelope, units, *, tier_code="juste_prix", part=None):
    row = make_stock(week)
    placed = services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=replace(
            change(week, {row.offer.public_id: units}, tier_code=tier_code),
            envelope=envelope,
            envelope_cents=part,
        ),
        key="k1",
    )
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    return placed


def deliver(week, units):
    shipment = Shipment.objects.get(cycle=week.cycle)
    line = ShipmentLine.objects.get(shipment=shipment)
    services.record_delivery(
        shipment_id=shipment.pk, quantities={line.pk: units}, by=week.person, now=NOW
    )


def bill(week):
    return services.bill_day(
        hub=week.hub, service_on=week.cycle.service_on, by=week.person, now=NOW
    )


def correct(week, invoice, units, key="c1"):
    (line,) = invoice.order.lines.all()
    return services.correct_invoice(
        invoice=invoice,
        quantities={line.pk: units},
        reason="Caisse abîmée",
        by=ground.make_coordinator(week.hub),
        now=NOW,
        key=key,
    )


def money(envelope):
    """Granted, left, held, spent."""
    seen = indicators.envelope_seen(envelope, on=NOW.date())
    return (seen.granted_cents, seen.left_cents, seen.held_cents, seen.spent_cents)


def owed(week):
    return -statements.balance_cents(f"buyer:{week.buyer.public_id}")


def test_what_is_delivered_is_paid_and_the_rest_comes_back(week, envelope):
    order_and_close(week, envelope, 4)
    held = money(envelope)
    deliver(week, 3)

    first, again = bill(week), bill(week)

    assert held == (10_000, 10_000 - 4 * CRATE, 4 * CRATE, 0)
    assert money(envelope) == (10_000, 10_000 - 3 * CRATE, 0, 3 * CRATE)
    assert (first, [paper.envelope_cents for paper in again]) == (again, [3 * CRATE])
    assert (owed(week), audit().is_clean) == (0, True)


def test_the_buyer_owes_what_the_envelope_does_not_pay(week, envelope):
    order_and_close(week, envelope, 4, part=2_000)
    deliver(week, 4)

    bill(week)

    assert money(envelope) == (10_000, 8_000, 0, 2_000)
    assert owed(week) == 4 * CRATE - 2_000


def test_fund_and_envelope_each_pay_their_part(week, envelope):
    order_and_close(week, envelope, 4, tier_code="solidaire")
    deliver(week, 4)

    (invoice,) = bill(week)

    assert (invoice.draw_cents, invoice.envelope_cents) == (1_000, 4_000)
    assert (owed(week), audit().is_clean) == (0, True)


def test_an_envelope_that_ended_since_still_pays_what_it_holds(week, envelope):
    order_and_close(week, envelope, 4)
    envelope.ends_on = NOW.date()
    envelope.save()
    deliver(week, 4)

    bill(week)

    assert money(envelope) == (10_000, 5_000, 0, 5_000)


def test_nothing_delivered_gives_all_back(week, envelope):
    order_and_close(week, envelope, 4)
    deliver(week, 0)

    bill(week)

    assert money(envelope) == (10_000, 10_000, 0, 0)


@pytest.mark.parametrize("units", [3, 1, 0])
def test_a_correction_pays_anew_and_gives_the_rest_back(week, envelope, units):
    order_and_close(week, envelope, 4)
    deliver(week, 4)
    (invoice,) = bill(week)

    for _ in range(2):
        credit, again = correct(week, invoice, units)

    paid = [credit.envelope_cents, again.envelope_cents if again else 0]
    assert paid == [-4 * CRATE, units * CRATE]
    assert money(envelope) == (10_000, 10_000 - units * CRATE, 0, units * CRATE)
    assert (owed(week), audit().is_clean) == (0, True)


def test_a_correction_upwards_takes_more_of_the_envelope(week, envelope):
    order_and_close(week, envelope, 4)
    deliver(week, 2)
    (invoice,) = bill(week)

    correct(week, invoice, 4)

    assert money(envelope) == (10_000, 5_000, 0, 5_000)
    assert (owed(week), Invoice.objects.count()) == (0, 3)
