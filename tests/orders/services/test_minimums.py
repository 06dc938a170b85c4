"""A farm's minimum that a close does not reach: the hub's rule, never silence."""

from typing import Any

import pytest
from django.utils import translation

from hub.ledger import statements
from hub.models import Notice
from orders import selectors, services
from orders.models import CycleClosing, LineSource, OrderLine, Shipment
from orders.sentences import minimums_of
from pricing import selectors as pricing_selectors
from producers import services as farm_services
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.week import NOW, Week, make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> Week:
    """The farm asks for 50 $ a cycle; farm, buyer and hub read their mail."""
    week = make_week()
    ground.make_producer(week.farm)
    ground.make_coordinator(week.hub)
    farm_services.set_minimum(farm=week.farm, hub=week.hub, amount_cents=5_000)
    return week


def close(week: Week) -> CycleClosing:
    return services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)


def state(week: Week, rule: Any) -> None:
    services.state_minimum_rule(hub=week.hub, rule=rule)


def lines() -> list[tuple[int | None, str]]:
    return list(
        OrderLine.objects.order_by("pk").values_list("allocated", "reason_code")
    )


def told() -> list[tuple[str, bool]]:
    rows = Notice.objects.filter(kind="minimum_not_reached").order_by("pk")
    return sorted((str(row.organization), row.data["is_cancelled"]) for row in rows)


def test_until_the_hub_states_something_the_orders_stand_and_the_farm_is_told(week):
    order(week, {make_stock(week).offer.public_id: 4})

    close(week)

    assert lines() == [(4, "full")]
    assert told() == sorted([(week.farm.name, False), (week.hub.name, False)])


def test_a_farm_whose_orders_stand_reads_why_on_its_line(week):
    order(week, {make_stock(week).offer.public_id: 4})

    close(week)

    source = LineSource.objects.get()
    assert (source.reason_code, source.reason_data) == (
        "minimum_notify",
        {"minimum_cents": 5_000, "missing_cents": 1_000},
    )


def test_by_the_other_rule_its_lines_are_cancelled_and_all_goes_back(week):
    state(week, "cancel")
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 4}, tier_code="solidaire")

    close(week)

    stock.refresh_from_db()
    free = statements.balance_cents(pricing_selectors.account_code(week.lot))
    assert lines() == [(0, "minimum_cancel")]
    assert (stock.reserved, free, OrderLine.objects.get().buyer_cents) == (0, 10_000, 0)
    assert Shipment.objects.count() == 0


def test_buyers_of_cancelled_lines_are_told_with_the_farm_and_the_hub(week):
    state(week, "cancel")
    order(week, {make_stock(week).offer.public_id: 4})

    close(week)
    close(week)

    assert told() == sorted(
        (each.name, True) for each in (week.farm, week.hub, week.buyer)
    )


def test_a_minimum_that_is_reached_says_nothing(week):
    state(week, "cancel")
    order(week, {make_stock(week).offer.public_id: 5})

    closing = close(week)

    assert (lines(), told(), closing.minimums) == ([(5, "full")], [], [])


def test_the_lines_of_other_farms_are_not_touched(week):
    state(week, "cancel")
    other = ground.make_farm(hub=week.hub)
    ground.make_place(other, kind="farm", point=ground.FARM_POINT)
    mine, theirs = make_stock(week), make_stock(week, farm=other)
    order(week, {mine.offer.public_id: 4, theirs.offer.public_id: 1})

    close(week)

    assert sorted(lines()) == [(0, "minimum_cancel"), (1, "full")]


def test_in_a_shared_line_the_other_farms_give_in_its_place(week):
    state(week, "cancel")
    other = ground.make_farm(hub=week.hub)
    ground.make_place(other, kind="farm", point=ground.FARM_POINT)
    pool = farms.make_pooled_offer(hub=week.hub)
    rows = [
        make_stock(week, farm=farm, pooled_offer=pool) for farm in (week.farm, other)
    ]
    farm_services.set_minimum(farm=week.farm, hub=week.hub, amount_cents=100_000)
    order(week, {pool.public_id: 8})

    close(week)

    given = dict(LineSource.objects.values_list("availability", "allocated"))
    assert lines() == [(8, "full")]
    assert given[rows[1].pk] == 8
    assert given.get(rows[0].pk, 0) == 0


def test_who_closes_and_who_picks_reads_how_much_is_missing(week):
    order(week, {make_stock(week).offer.public_id: 4})
    before = [
        (found.farm, found.outcome.missing_cents)
        for found in selectors.before_close(week.cycle).minimums
    ]

    close(week)

    assert before == [(week.farm, 1_000)]
    with translation.override("en"):
        said = minimums_of(week.cycle)
        of_the_farm = minimums_of(week.cycle, week.farm)
        of_another = minimums_of(week.cycle, week.buyer)
    assert (of_the_farm, of_another) == (said, [])
    assert said == [
        (
            week.farm.name,
            "The farm's minimum of $50.00 is not reached: $10.00 are missing. "
            "By the hub's rule the orders stand.",
        )
    ]
