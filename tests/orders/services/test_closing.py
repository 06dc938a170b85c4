"""The close shares goods out once, says why, frees what it does not use, and ships."""

from typing import Any

import pytest

from hub.core.errors import CycleClosed, CycleNotOpen
from hub.ledger import statements
from hub.models import Cycle, Place
from orders import services
from orders.core.errors import FarmWithoutPlace
from orders.models import CycleClosing, LineSource, OrderLine, Shipment
from pricing import selectors as pricing_selectors
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.week import NOW, Week, change, make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> Week:
    return make_week()


def close(week: Week) -> CycleClosing:
    return services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)


def second_buyer(week: Week) -> dict[str, Any]:
    buyer = ground.make_buyer(hub=week.hub)
    return {"buyer": buyer, "drop_point": ground.make_place(buyer)}


def test_enough_goods_give_every_line_what_it_ordered(week):
    stock = make_stock(week, quantity=50)
    order(week, {stock.offer.public_id: 7})

    closing = close(week)

    line = OrderLine.objects.get()
    assert (line.allocated, line.reason_code) == (7, "full")
    assert closing.summary == {
        "orders": 1,
        "lines": 1,
        "short_lines": 0,
        "units": 7,
        "shipments": 1,
    }


def test_a_farm_that_lost_goods_shares_the_shortage(week):
    stock = make_stock(week, quantity=30)
    order(week, {stock.offer.public_id: 20})
    order(week, {stock.offer.public_id: 10}, **second_buyer(week))
    stock.refresh_from_db()
    stock.quantity, stock.short_quantity = 15, 15
    stock.save()

    close(week)

    # in proportion to 20 and 10: 10 and 5
    given = list(OrderLine.objects.order_by("pk").values_list("allocated", flat=True))
    stock.refresh_from_db()
    assert given == [10, 5]
    assert (stock.reserved, stock.short_quantity) == (15, 0)


def test_a_shortage_frees_the_money_it_no_longer_needs(week):
    stock = make_stock(week, quantity=20, price_cents=1_000)
    order(week, {stock.offer.public_id: 20}, tier_code="solidaire")
    stock.refresh_from_db()
    stock.quantity, stock.short_quantity = 15, 5
    stock.save()

    close(week)

    free = statements.balance_cents(pricing_selectors.account_code(week.lot))
    line = OrderLine.objects.get()
    assert (free, line.draw_cents) == (10_000 - 15 * 250, 15 * 250)


def test_a_pooled_offer_is_shared_among_its_farms(week):
    pool = farms.make_pooled_offer(week.hub, price_cents=1_000)
    other = ground.make_farm(hub=week.hub)
    ground.make_place(other, kind=Place.Kind.FARM, point=ground.FARM_POINT)
    big = make_stock(week, quantity=30, pooled_offer=pool)
    small = make_stock(week, quantity=10, farm=other, pooled_offer=pool)
    order(week, {pool.public_id: 20})

    close(week)

    given = dict(LineSource.objects.values_list("availability_id", "allocated"))
    big.refresh_from_db()
    small.refresh_from_db()
    assert given == {big.pk: 15, small.pk: 5}
    assert (big.reserved, small.reserved) == (15, 5)


def test_a_second_close_finds_the_first(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 7})
    first = close(week)

    second = close(week)

    week.cycle.refresh_from_db()
    assert (second.pk, Shipment.objects.count()) == (first.pk, 1)
    assert (week.cycle.status, week.cycle.revision) == (Cycle.Status.CLOSED, 2)


def test_shipments_carry_mass_and_volume_by_class(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 7})

    close(week)

    amount = Shipment.objects.get().amounts.get()
    assert (amount.temperature_class, amount.mass_g, amount.volume_ml) == (
        "chilled",
        70_000,
        140_000,
    )


def test_a_draft_cycle_cannot_be_closed(week):
    Cycle.objects.update(status=Cycle.Status.DRAFT)

    with pytest.raises(CycleNotOpen):
        close(week)

    assert CycleClosing.objects.count() == 0


def test_a_farm_without_a_gate_stops_the_close_and_the_next_one_finishes_it(week):
    farm = ground.make_farm(hub=week.hub)
    stock = make_stock(week, farm=farm)
    order(week, {stock.offer.public_id: 7})
    with pytest.raises(FarmWithoutPlace):
        close(week)
    ground.make_place(farm, kind=Place.Kind.FARM, point=ground.FARM_POINT)

    closing = close(week)

    assert closing.summary["shipments"] == 1


def test_promises_to_another_cycle_of_the_week_stay_apart(week):
    stock = make_stock(week, quantity=10)
    order(week, {stock.offer.public_id: 6})
    other = ground.make_cycle(
        week.hub, opens_at=week.cycle.opens_at, closes_at=week.cycle.closes_at
    )
    first, week.cycle = week.cycle, other
    order(week, {stock.offer.public_id: 4}, key="other cycle")
    week.cycle = first

    close(week)

    stock.refresh_from_db()
    assert (stock.reserved, stock.quantity) == (10, 10)


@pytest.mark.parametrize("act", ["change", "cancel"])
def test_an_order_of_a_closed_cycle_is_refused_by_the_name_of_its_cycle(week, act):
    stock = make_stock(week, quantity=5)
    placed = order(week, {stock.offer.public_id: 3})
    close(week)
    asked: dict[str, Any] = {
        "change": {
            "change": change(week, {stock.offer.public_id: 1}),
            "seen_version": placed.version,
        },
        "cancel": {"by": week.person, "now": NOW},
    }[act]

    with pytest.raises(CycleClosed) as refusal:
        getattr(services, f"{act}_order")(order=placed, key="late", **asked)

    placed.refresh_from_db()
    assert refusal.value.data == {"cycle": week.cycle.name}
    assert (placed.status, OrderLine.objects.get().allocated) == ("allocated", 3)
