"""A cycle opened again: what stands in its way, who reads of it, money, twice over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.ledger.audit import audit
from hub.models import TraceReader
from orders import services
from orders.core.errors import GoodsUnderWay, RequestReused
from orders.models import CycleClosing, CycleReopening, Order, Shipment, ShipmentLine
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, Week, change, make_stock, make_week, order
from vouchers import indicators

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=8)


@pytest.fixture
def week() -> Week:
    return make_week()


def close(week: Week) -> CycleClosing:
    return services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)


def reopen(week: Week, *, key: str = "again", **facts) -> CycleReopening:
    week.cycle.refresh_from_db()
    said = {"closes_at": LATER, "reason": "Une ferme manquait.", "now": NOW}
    ask = services.Reopening(by=week.person, **{**said, **facts})
    return services.reopen_cycle(cycle=week.cycle, ask=ask, key=key)


def deliver(shipment: Shipment) -> None:
    lines = ShipmentLine.objects.filter(shipment=shipment)
    services.record_delivery(
        shipment_id=shipment.pk,
        quantities={line.pk: line.quantity for line in lines},
        by=None,
        now=NOW,
    )


def put_off(shipment: Shipment) -> None:
    services.decide_shipment(
        shipment=shipment,
        decision="another_day",
        on=shipment.service_on + timedelta(days=1),
        by=None,
        now=NOW,
    )


@pytest.mark.parametrize("happens", [deliver, put_off])
def test_goods_delivered_or_put_off_keep_the_cycle_closed(week, happens):
    order(week, {make_stock(week).offer.public_id: 5})
    close(week)
    happens(Shipment.objects.get())
    state = Shipment.objects.values_list("status", "decision").get()

    with pytest.raises(GoodsUnderWay):
        reopen(week)

    assert Shipment.objects.values_list("status", "decision").get() == state
    assert (CycleReopening.objects.count(), CycleClosing.objects.count()) == (0, 1)


def test_a_cycle_is_opened_again_a_second_time(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 5})
    close(week)
    reopen(week, key="first")
    close(week)

    reopen(week, key="second")

    assert list(Shipment.objects.values_list("status", flat=True)) == ["taken_back"] * 2
    assert list(Order.objects.values_list("status", flat=True)) == ["placed"]
    stock.refresh_from_db()
    assert (stock.reserved, CycleReopening.objects.count()) == (5, 2)


def test_a_key_says_one_hour_of_one_cycle(week):
    order(week, {make_stock(week).offer.public_id: 5})
    close(week)
    other = make_week()
    order(other, {make_stock(other).offer.public_id: 5})
    close(other)
    reopen(week)

    with pytest.raises(RequestReused):
        reopen(week, closes_at=LATER + timedelta(hours=1))
    with pytest.raises(RequestReused):
        reopen(other)

    assert CycleReopening.objects.count() == 1


def test_the_hub_its_farms_and_its_buyers_read_the_trace(week):
    order(week, {make_stock(week).offer.public_id: 5})
    close(week)

    reopen(week)

    readers = TraceReader.objects.filter(trace__kind="cycle_reopened")
    assert set(readers.values_list("organization", flat=True)) == {
        week.hub.pk,
        week.farm.pk,
        week.buyer.pk,
    }


def test_an_envelope_holds_again_what_a_shortage_had_given_back(week):
    envelope = make_envelope(week.buyer)
    stock = make_stock(week)
    wants = change(week, {stock.offer.public_id: 3})
    services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=replace(wants, envelope=envelope),
        key="k1",
    )
    stock.refresh_from_db()
    stock.quantity, stock.short_quantity = 1, 2
    stock.save()
    before = indicators.envelope_seen(envelope, on=NOW.date())
    close(week)
    after = indicators.envelope_seen(envelope, on=NOW.date())

    found = reopen(week)

    assert after.held_cents < before.held_cents
    assert indicators.envelope_seen(envelope, on=NOW.date()) == before
    assert found.summary["missing_cents"] == 0
    assert audit().is_clean
