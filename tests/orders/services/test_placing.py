"""An order reserves stock and holds the fund's worst case together, or not at all."""

from types import SimpleNamespace

import pytest

from hub.core.errors import CycleClosed, PlaceWaitsForPin
from hub.ledger import statements
from hub.models import Cycle
from orders import services
from orders.core.errors import (
    DropPointNotAllowed,
    ItemNotOffered,
    NotAMember,
    OrderChangedMeanwhile,
    OrderEmpty,
    QuantityOutOfRange,
    RequestReused,
)
from orders.models import LineSource, Order, OrderLine
from orders.services import placing
from pricing import selectors as pricing_selectors
from pricing.core.errors import FundTooLow, TierUnknown
from producers.core.errors import NotEnoughStock
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.week import NOW, Week, change, make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> Week:
    return make_week()


def free_cents(week: Week) -> int:
    return statements.balance_cents(pricing_selectors.account_code(week.lot))


def stands(week: Week, stock) -> tuple[int, int, int, int]:
    """Units reserved, money free in the fund, confirmed orders, lines."""
    stock.refresh_from_db()
    return (
        stock.reserved,
        free_cents(week),
        Order.objects.filter(status="placed").count(),
        OrderLine.objects.count(),
    )


def test_a_solidarity_order_reserves_stock_and_holds_the_draw(week):
    stock = make_stock(week, price_cents=1_000)

    order(week, {stock.offer.public_id: 3}, tier_code="solidaire")

    # F = 10.00 × 1.15 + 10 kg × 0.10 = 12.50; p = 12.50 × 0.8 = 10.00; draw 3 × 2.50
    assert stands(week, stock) == (3, 10_000 - 750, 1, 1)


def test_an_order_without_a_key_is_placed_in_a_transaction_only(week, monkeypatch):
    stock = make_stock(week)
    monkeypatch.setattr(placing, "connection", SimpleNamespace(in_atomic_block=False))

    with pytest.raises(ValueError, match="by half"):
        placing.place_asked_once(
            cycle=week.cycle,
            buyer=week.buyer,
            drop_point=week.drop_point,
            change=change(week, {stock.offer.public_id: 1}),
        )


def test_the_line_keeps_its_quote_in_all_parts(week):
    stock = make_stock(week, price_cents=1_000)

    placed = order(week, {stock.offer.public_id: 3}, tier_code="solidaire")

    line = placed.lines.get()
    assert (
        line.farm_cents,
        line.transport_cents,
        line.margin_cents,
        line.draw_cents,
        line.tps_cents,
        line.tvq_cents,
        line.buyer_cents,
    ) == (3_000, 300, 450, 750, 0, 0, 3_000)


def test_the_same_key_reserves_once(week):
    stock = make_stock(week)
    first = order(week, {stock.offer.public_id: 3}, key="tap")

    second = order(week, {stock.offer.public_id: 3}, key="tap")

    assert (second.pk, stands(week, stock)) == (first.pk, (3, 10_000, 1, 1))


def test_the_same_key_with_other_content_is_refused(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 3}, key="tap")

    with pytest.raises(RequestReused):
        order(week, {stock.offer.public_id: 4}, key="tap")

    assert stands(week, stock) == (3, 10_000, 1, 1)


def test_more_than_is_left_is_refused_and_nothing_moves(week):
    stock = make_stock(week, quantity=5)

    with pytest.raises(NotEnoughStock):
        order(week, {stock.offer.public_id: 6}, tier_code="solidaire")

    assert stands(week, stock) == (0, 10_000, 0, 0)


def test_a_fund_too_low_is_refused_and_nothing_moves(week):
    stock = make_stock(week, quantity=500, price_cents=1_000)

    with pytest.raises(FundTooLow):
        order(week, {stock.offer.public_id: 41}, tier_code="solidaire")

    assert stands(week, stock) == (0, 10_000, 0, 0)


def test_a_support_order_holds_nothing(week):
    stock = make_stock(week, price_cents=1_000)

    placed = order(week, {stock.offer.public_id: 2}, tier_code="soutien")

    # 12.50 × 1.15 = 14.375 → 14.38; two of them give 3.76 $ to the fund
    assert (placed.lines.get().draw_cents, placed.hold_key) == (-376, "")
    assert free_cents(week) == 10_000


@pytest.mark.parametrize(
    ("wants", "refusal"),
    [
        ({}, OrderEmpty),
        ({"unknown": 1}, ItemNotOffered),
        ({"it": 0}, QuantityOutOfRange),
        ({"it": -2}, QuantityOutOfRange),
        ({"it": 100_001}, QuantityOutOfRange),
    ],
)
def test_a_basket_that_makes_no_sense_is_refused(week, wants, refusal):
    stock = make_stock(week)
    named = {stock.offer.public_id if k == "it" else k: n for k, n in wants.items()}

    with pytest.raises(refusal):
        order(week, named)

    assert stands(week, stock) == (0, 10_000, 0, 0)


def test_an_unknown_tier_is_refused(week):
    stock = make_stock(week)

    with pytest.raises(TierUnknown):
        order(week, {stock.offer.public_id: 1}, tier_code="gratuit")

    assert stands(week, stock) == (0, 10_000, 0, 0)


def test_a_closed_cycle_takes_no_order(week):
    stock = make_stock(week)
    Cycle.objects.update(status=Cycle.Status.CLOSING)

    with pytest.raises(CycleClosed):
        order(week, {stock.offer.public_id: 1}, tier_code="solidaire")

    assert stands(week, stock) == (0, 10_000, 0, 0)


def test_a_buyer_of_another_hub_is_refused(week):
    stock = make_stock(week)
    stranger = ground.make_buyer()

    with pytest.raises(NotAMember):
        order(
            week,
            {stock.offer.public_id: 1},
            buyer=stranger,
            drop_point=ground.make_place(stranger),
        )

    assert stands(week, stock) == (0, 10_000, 0, 0)


def test_the_door_of_another_buyer_is_refused(week):
    stock = make_stock(week)
    neighbour = ground.make_place(ground.make_buyer(hub=week.hub))

    with pytest.raises(DropPointNotAllowed):
        order(week, {stock.offer.public_id: 1}, drop_point=neighbour)

    assert stands(week, stock) == (0, 10_000, 0, 0)


def test_a_change_gives_back_before_it_takes(week):
    stock = make_stock(week, quantity=5, price_cents=1_000)
    item = stock.offer.public_id
    placed = order(week, {item: 4}, tier_code="solidaire")

    services.change_order(
        order=placed,
        change=change(week, {item: 5}, tier_code="solidaire"),
        seen_version=1,
        key="edit",
    )

    assert stands(week, stock) == (5, 10_000 - 5 * 250, 1, 1)


def test_a_change_keeps_the_agreed_price_of_a_line(week):
    stock = make_stock(week, price_cents=1_000)
    item = stock.offer.public_id
    placed = order(week, {item: 1})
    type(stock).objects.update(price_cents=9_000)

    changed = services.change_order(
        order=placed, change=change(week, {item: 2}), seen_version=1, key="edit"
    )

    assert changed.lines.get().farm_unit_cents == 1_000


def test_a_change_of_an_old_version_is_refused(week):
    stock = make_stock(week)
    item = stock.offer.public_id
    placed = order(week, {item: 1})

    with pytest.raises(OrderChangedMeanwhile):
        services.change_order(
            order=placed, change=change(week, {item: 2}), seen_version=0, key="edit"
        )

    assert stands(week, stock) == (1, 10_000, 1, 1)


def test_a_cancelled_order_gives_everything_back(week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 4}, tier_code="solidaire")

    services.cancel_order(order=placed, key="cancel", by=week.person, now=NOW)

    assert stands(week, stock) == (0, 10_000, 0, 1)


def test_a_pooled_offer_is_reserved_over_several_farms(week):
    pool = farms.make_pooled_offer(week.hub, price_cents=1_000)
    near = make_stock(week, quantity=4, pooled_offer=pool)
    far = make_stock(
        week, quantity=3, farm=ground.make_farm(hub=week.hub), pooled_offer=pool
    )

    order(week, {pool.public_id: 6})

    reserved = dict(LineSource.objects.values_list("availability_id", "reserved"))
    assert reserved == {near.pk: 4, far.pk: 2}


def test_each_confirmed_change_raises_the_revision(week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 1})

    services.cancel_order(order=placed, key="cancel", by=week.person, now=NOW)

    week.cycle.refresh_from_db()
    assert week.cycle.revision == 2


def test_a_door_that_waits_for_its_pin_takes_no_order(week):
    stock = make_stock(week)
    door = ground.make_place(week.buyer)
    type(door).objects.filter(pk=door.pk).update(latitude=None, longitude=None)
    door.refresh_from_db()

    with pytest.raises(PlaceWaitsForPin):
        order(week, {stock.offer.public_id: 1}, drop_point=door)

    assert stands(week, stock) == (0, 10_000, 0, 0)
