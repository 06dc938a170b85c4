"""Story 7: who forgets to order gets the default order, when they agreed to it."""

from datetime import timedelta
from typing import Any

import pytest

from hub.core.errors import CycleClosed
from hub.models import Cycle, Notice, Organization
from orders import services
from orders.core.errors import OrderError
from orders.models import Order, OrderLine
from producers.models import Availability
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, change, make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> Week:
    return make_week()


@pytest.fixture
def stock(week) -> Availability:
    return make_stock(week)


@pytest.fixture
def default(week, stock) -> Order:
    """4 cases ordered in a cycle that is closed, agreed to for those to come."""
    placed = order(week, {stock.offer.public_id: 4})
    services.agree_to_default(order=placed, by=week.person, now=NOW)
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    return placed


@pytest.fixture
def next_cycle(week, default) -> Cycle:
    """Another cycle of the same week, still open."""
    return ground.make_cycle(
        week.hub,
        service_on=week.cycle.service_on,
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(hours=6),
    )


def close(cycle: Cycle) -> None:
    services.close_cycle(cycle_id=cycle.pk, by=None, now=NOW)


def ordered_in(cycle: Cycle) -> list[tuple[Organization, bool, int]]:
    """Buyer, whether by default, and units of each line."""
    rows = OrderLine.objects.filter(order__cycle=cycle).order_by("pk")
    return [
        (row.order.buyer, row.order.is_default, row.ordered)
        for row in rows.select_related("order__buyer")
    ]


def letter() -> dict[str, Any]:
    data: dict[str, Any] = Notice.objects.get(kind="default_order").data
    return data


def test_who_forgot_gets_what_they_agreed_to(week, next_cycle):
    close(next_cycle)

    placed = Order.objects.get(cycle=next_cycle)
    assert ordered_in(next_cycle) == [(week.buyer, True, 4)]
    assert (placed.status, placed.changed_by, placed.drop_point) == (
        "allocated",
        week.person,
        week.drop_point,
    )


def test_it_feeds_as_many_households_as_the_order_it_was_made_from(
    week, default, next_cycle
):
    services.tell_households(order=default, num_households=12, now=NOW)

    close(next_cycle)

    assert Order.objects.get(cycle=next_cycle).num_households == 12


def test_the_buyer_is_told_what_is_ordered_and_what_it_costs(week, stock, next_cycle):
    close(next_cycle)

    told, line = letter(), OrderLine.objects.get(order__cycle=next_cycle)
    assert [item["units"] for item in told["items"]] == [4]
    assert (told["total_cents"], told["missing"], told["refusal"]) == (
        line.buyer_cents,
        [],
        None,
    )


def test_who_ordered_gets_nothing_beside_it(week, stock, next_cycle):
    services.place_order(
        cycle=next_cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=change(week, {stock.offer.public_id: 1}),
        key="own",
    )

    close(next_cycle)

    assert ordered_in(next_cycle) == [(week.buyer, False, 1)]
    assert Notice.objects.filter(kind="default_order").count() == 0


def test_who_cancelled_has_not_forgotten(week, stock, next_cycle):
    own = services.place_order(
        cycle=next_cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=change(week, {stock.offer.public_id: 1}),
        key="own",
    )
    services.cancel_order(order=own, key="no", by=week.person, now=NOW)

    close(next_cycle)

    assert Order.objects.filter(cycle=next_cycle).get().status == "cancelled"


def test_a_close_asked_twice_orders_once(week, next_cycle):
    close(next_cycle)
    close(next_cycle)

    assert Order.objects.filter(cycle=next_cycle).count() == 1


def test_what_there_is_too_little_of_is_ordered_as_far_as_there_is(
    week, stock, next_cycle
):
    Availability.objects.filter(pk=stock.pk).update(quantity=7)

    close(next_cycle)

    # The first order holds 4 of the 7.
    missing = [(row["asked"], row["given"]) for row in letter()["missing"]]
    assert ordered_in(next_cycle) == [(week.buyer, True, 3)]
    assert missing == [(4, 3)]


def test_a_default_of_which_there_is_nothing_is_told_and_not_placed(
    week, stock, next_cycle
):
    Availability.objects.filter(pk=stock.pk).update(quantity=4)

    close(next_cycle)

    assert ordered_in(next_cycle) == []
    assert letter()["refusal"]["en"] == (
        "This order is empty. Choose at least one product."
    )


def test_a_default_that_is_refused_stops_no_close(week, next_cycle):
    week.drop_point.is_active = False
    week.drop_point.save()

    close(next_cycle)

    next_cycle.refresh_from_db()
    assert (next_cycle.status, ordered_in(next_cycle)) == ("closed", [])
    assert letter()["refusal"]["fr"] == (
        "Choisissez un de vos points de chute pour cette commande."
    )


def test_an_agreement_taken_back_orders_nothing(week, next_cycle):
    services.stop_default(buyer=week.buyer)

    close(next_cycle)

    assert Order.objects.filter(cycle=next_cycle).count() == 0


def test_a_cancelled_order_is_nobodys_default(week, stock):
    placed = order(week, {stock.offer.public_id: 4})
    services.cancel_order(order=placed, key="no", by=week.person, now=NOW)

    with pytest.raises(OrderError):
        services.agree_to_default(order=placed, by=week.person, now=NOW)


def test_nobody_passes_the_shut_gate_but_the_close(week, stock):
    asked = change(week, {stock.offer.public_id: 1})
    with pytest.raises(CycleClosed):
        services.place_order(
            cycle=week.cycle,
            buyer=week.buyer,
            drop_point=week.drop_point,
            change=services.Change(
                wants=asked.wants,
                tier_code=asked.tier_code,
                by=asked.by,
                now=NOW,
                at_close=True,
            ),
            key="by the back door",
        )

    assert Order.objects.count() == 0
