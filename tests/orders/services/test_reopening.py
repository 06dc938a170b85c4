"""A closed cycle is opened again: what the close did is undone, and closes anew."""

from datetime import timedelta
from typing import Any

import pytest

from hub.core.errors import CycleClosed, CycleNotClosed, CycleOutOfOrder, CyclePast
from hub.ledger.audit import audit
from hub.models import Notice
from orders import selectors, services
from orders.core.errors import GoodsUnderWay, RequestReused
from orders.models import (
    CycleClosing,
    CycleReopening,
    LineSource,
    Order,
    OrderLine,
    Shipment,
    ShipmentLine,
)
from pricing import selectors as pricing_selectors
from producers.models import Availability
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, change, make_stock, make_week, order

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=8)


@pytest.fixture
def week() -> Week:
    return make_week()


def close(week: Week) -> CycleClosing:
    return services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)


def reopen(week: Week, *, key: str = "again", **facts: Any) -> CycleReopening:
    week.cycle.refresh_from_db()
    said = {"closes_at": LATER, "reason": "Une ferme manquait.", "now": NOW}
    ask = services.Reopening(by=week.person, **{**said, **facts})
    return services.reopen_cycle(cycle=week.cycle, ask=ask, key=key)


def make_short(stock: Availability, quantity: int) -> None:
    stock.refresh_from_db()
    stock.quantity = quantity
    stock.short_quantity = max(0, stock.reserved - quantity)
    stock.save()


def standing(week: Week) -> dict[str, Any]:
    """Everything a close changes, in plain figures."""
    fund = pricing_selectors.fund_state(fund=week.lot.fund, on=NOW.date())
    return {
        "orders": list(Order.objects.order_by("pk").values_list("pk", "status")),
        "lines": list(
            OrderLine.objects.order_by("pk").values_list(
                "ordered", "allocated", "buyer_cents", "reason_code"
            )
        ),
        "sources": list(
            LineSource.objects.order_by("line", "availability").values_list(
                "line", "availability", "reserved", "allocated", "reason_code"
            )
        ),
        "stock": list(
            Availability.objects.order_by("pk").values_list(
                "quantity", "reserved", "short_quantity"
            )
        ),
        "fund": (fund.free_cents, fund.held_cents),
    }


def test_all_is_as_before_the_close_and_a_new_close_gives_the_same(week):
    stock = make_stock(week, quantity=30)
    order(week, {stock.offer.public_id: 20}, tier_code="solidaire")
    make_short(stock, 12)
    before = standing(week)
    close(week)
    closed = standing(week)

    found = reopen(week)

    assert (standing(week), found.summary) == (
        before,
        {"orders": 1, "lacking_units": 0, "missing_cents": 0},
    )
    close(week)
    assert standing(week) == closed
    assert audit().is_clean


def test_buyers_may_change_their_orders_until_the_new_hour(week):
    stock = make_stock(week, quantity=30)
    placed = order(week, {stock.offer.public_id: 20})
    close(week)
    reopen(week)
    placed.refresh_from_db()

    services.change_order(
        order=placed,
        change=change(week, {stock.offer.public_id: 3}),
        seen_version=placed.version,
        key="fewer",
    )

    week.cycle.refresh_from_db()
    assert (week.cycle.status, week.cycle.closes_at) == ("open", LATER)
    assert OrderLine.objects.get().ordered == 3


def test_its_shipments_are_taken_back_and_new_ones_made(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 5})
    close(week)
    first, revision = Shipment.objects.get(), week.cycle.revision

    reopen(week)
    close(week)

    week.cycle.refresh_from_db()
    states = dict(Shipment.objects.values_list("pk", "status"))
    assert states.pop(first.pk) == "taken_back"
    assert list(states.values()) == ["ready"]
    assert set(ShipmentLine.objects.values_list("shipment", flat=True)) == set(states)
    assert week.cycle.revision > revision + 2
    assert selectors.cycles_riding(hub_ids=[week.hub.pk]) == {
        (week.cycle.pk, week.cycle.service_on)
    }


def test_farms_and_buyers_are_told_once_of_each_step(week):
    ground.make_producer(week.farm)
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 5})
    close(week)
    reopen(week)
    reopen(week)
    close(week)

    kinds = list(
        Notice.objects.order_by("pk").values_list("kind", "organization__name")
    )

    farm, buyer = week.farm.name, week.buyer.name
    assert sorted(kinds) == sorted(
        [
            ("cycle_closed", farm),
            ("cycle_reopened", farm),
            ("cycle_reopened", buyer),
            ("cycle_closed", farm),
        ]
    )


def test_a_shortage_of_a_close_that_was_undone_is_not_remembered(week):
    stock = make_stock(week, quantity=30)
    order(week, {stock.offer.public_id: 20})
    make_short(stock, 12)
    after = week.cycle.service_on + timedelta(days=1)
    close(week)
    missed = selectors.units_missed(hub_id=week.hub.pk, before=after)

    reopen(week)

    assert (
        list(missed.values()),
        selectors.units_missed(hub_id=week.hub.pk, before=after),
    ) == ([8], {})


def test_a_trace_says_who_why_and_what_the_close_had_given(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 5})
    closing = close(week)

    reopen(week)

    found = CycleReopening.objects.get()
    assert (found.reason, found.reopened_by, found.closing["summary"]) == (
        "Une ferme manquait.",
        week.person,
        closing.summary,
    )
    assert CycleClosing.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"closes_at": NOW}, CyclePast),
        ({"closes_at": NOW + timedelta(days=9)}, CycleOutOfOrder),
    ],
)
def test_the_new_hour_lies_ahead_and_before_the_delivery(week, facts, refusal):
    order(week, {make_stock(week).offer.public_id: 5})
    close(week)
    closed = standing(week)

    with pytest.raises(refusal):
        reopen(week, **facts)

    assert (standing(week), CycleReopening.objects.count()) == (closed, 0)


def test_a_cycle_that_is_open_has_nothing_to_undo(week):
    with pytest.raises(CycleNotClosed):
        reopen(week)

    assert CycleReopening.objects.count() == 0


def test_goods_that_were_decided_or_delivered_keep_the_cycle_closed(week):
    order(week, {make_stock(week).offer.public_id: 5})
    close(week)
    services.decide_shipment(
        shipment=Shipment.objects.get(), decision="own_transport", by=None, now=NOW
    )
    closed = standing(week)

    with pytest.raises(GoodsUnderWay):
        reopen(week)

    assert (standing(week), Notice.objects.filter(kind="cycle_reopened").count()) == (
        closed,
        0,
    )


def test_the_same_key_says_the_same_and_no_other(week):
    order(week, {make_stock(week).offer.public_id: 5})
    close(week)
    first = reopen(week)

    assert reopen(week) == first
    with pytest.raises(RequestReused):
        reopen(week, reason="Autre chose.")


def test_a_default_order_stays_an_order_and_is_not_placed_twice(week):
    stock = make_stock(week)
    model = order(week, {stock.offer.public_id: 2})
    services.agree_to_default(order=model, by=week.person, now=NOW)
    week.cycle = ground.make_cycle(
        week.hub, opens_at=week.cycle.opens_at, closes_at=week.cycle.closes_at
    )
    close(week)
    reopen(week)
    close(week)

    placed = Order.objects.filter(cycle=week.cycle)
    assert list(placed.values_list("is_default", "status")) == [(True, "allocated")]


def test_the_preview_says_what_the_reopening_does(week):
    stock = make_stock(week, quantity=30)
    order(week, {stock.offer.public_id: 20})
    make_short(stock, 12)
    close(week)
    week.cycle.refresh_from_db()

    (row,) = services.before_reopening(week.cycle, on=NOW.date()).orders
    reopen(week)

    line = OrderLine.objects.get()
    assert (row.ordered_cents, row.difference_cents, row.lacking) == (
        line.buyer_cents,
        8 * 1_250,
        [],
    )


def test_an_order_still_meets_a_shut_gate_before_it_is_open_again(week):
    placed = order(week, {make_stock(week).offer.public_id: 5})
    close(week)
    placed.refresh_from_db()

    with pytest.raises(CycleClosed):
        services.cancel_order(order=placed, key="no", by=week.person, now=NOW)
