"""A shipment that no truck serves is decided: its money and goods follow at once."""

from datetime import timedelta

import pytest

from hub.ledger import statements
from orders import selectors, services
from orders.core.errors import DayNotLater, DecisionNotPossible
from orders.models import Shipment
from pricing import selectors as pricing_selectors
from producers.core.errors import NotEnoughStock
from producers.models import Availability
from tests.factories.day import NOW, Day, deliver, make_day, shipment_of

pytestmark = pytest.mark.django_db


def decide(day: Day, decision: str, **asked):
    return services.decide_shipment(
        shipment=shipment_of(day, "a"),
        decision=decision,
        by=day.coordinator,
        now=NOW,
        **asked,
    )


def standing(day: Day) -> tuple[int, int, int]:
    """Cents held for the order, cents free in the fund, units promised by the farm."""
    order = day.orders["a"]
    order.refresh_from_db()
    return (
        pricing_selectors.held_cents(order.hold_key),
        statements.balance_cents(pricing_selectors.account_code(day.week.lot)),
        Availability.objects.get(pk=day.rows[0].pk).reserved,
    )


@pytest.fixture
def day() -> Day:
    """Four cases of the first farm draw 10,00 $, one of the second 4,80 $."""
    return make_day(wants={"a": (4, 1)}, tiers={"a": "solidaire"})


def test_nothing_is_decided_before_it_is(day):
    assert standing(day) == (1_480, 8_520, 4)


def test_a_cancelled_shipment_gives_money_and_goods_back(day):
    decide(day, "cancelled", note="camion plein")

    assert standing(day) == (480, 9_520, 0)


def test_own_transport_gives_money_back_and_keeps_the_goods_sold(day):
    decide(day, "own_transport")

    assert standing(day) == (480, 9_520, 4)


def test_another_day_keeps_money_and_goods(day):
    later = day.week.cycle.service_on + timedelta(days=1)

    row = decide(day, "another_day", on=later)

    assert standing(day) == (1_480, 8_520, 4)
    assert (row.service_on, row.first_service_on) == (later, day.week.cycle.service_on)
    assert row.status == Shipment.Status.READY


def test_plans_made_before_a_decision_are_old(day):
    before = day.week.cycle.revision

    decide(day, "cancelled")

    day.week.cycle.refresh_from_db()
    assert day.week.cycle.revision == before + 1


def test_what_was_decided_is_no_longer_undecided(day):
    on = day.week.cycle.service_on
    pks = [shipment_of(day, "a", farm).pk for farm in (0, 1)]
    decide(day, "another_day", on=on + timedelta(days=1))

    undecided = selectors.undecided_shipments(shipment_ids=pks, on=on)

    assert [row.pk for row in undecided] == [pks[1]]


def test_the_same_decision_twice_is_taken_once(day):
    first = decide(day, "cancelled")

    second = decide(day, "cancelled")

    assert (second.num_decisions, first.num_decisions) == (1, 1)
    assert standing(day) == (480, 9_520, 0)


def test_another_decision_on_a_decided_shipment_is_refused(day):
    decide(day, "cancelled")

    with pytest.raises(DecisionNotPossible):
        decide(day, "own_transport")

    assert standing(day) == (480, 9_520, 0)


def test_a_delivered_shipment_is_past_deciding(day):
    deliver(day, "a")

    with pytest.raises(DecisionNotPossible):
        decide(day, "cancelled")

    assert standing(day) == (1_480, 8_520, 4)


@pytest.mark.parametrize("days", [None, 0, -1])
def test_another_day_comes_after_the_first(day, days):
    first_on = day.week.cycle.service_on
    on = None if days is None else first_on + timedelta(days=days)

    with pytest.raises(DayNotLater):
        decide(day, "another_day", on=on)

    assert shipment_of(day, "a").service_on == first_on


def test_a_decision_undone_promises_money_and_goods_again(day):
    decide(day, "cancelled")

    row = services.undo_decision(
        shipment=shipment_of(day, "a"), by=day.coordinator, now=NOW
    )

    assert (row.status, row.decision) == (Shipment.Status.READY, "")
    assert standing(day) == (1_480, 8_520, 4)


def test_a_day_undone_is_the_first_day_again(day):
    first_on = day.week.cycle.service_on
    decide(day, "another_day", on=first_on + timedelta(days=2))
    decide(day, "another_day", on=first_on + timedelta(days=4))

    row = services.undo_decision(shipment=shipment_of(day, "a"), by=None, now=NOW)

    assert (row.service_on, row.first_service_on) == (first_on, None)


def test_a_first_day_that_is_past_does_not_come_back(day):
    first_on = day.week.cycle.service_on
    decide(day, "another_day", on=first_on + timedelta(days=2))
    late = NOW + (first_on + timedelta(days=1) - NOW.date())

    with pytest.raises(DecisionNotPossible):
        services.undo_decision(shipment=shipment_of(day, "a"), by=None, now=late)

    assert shipment_of(day, "a").service_on == first_on + timedelta(days=2)


@pytest.mark.parametrize("days", [0, 1])
def test_goods_move_to_no_day_that_is_past_or_running(day, days):
    first_on = day.week.cycle.service_on
    late = NOW + (first_on + timedelta(days=2) - NOW.date())

    with pytest.raises(DayNotLater):
        services.decide_shipment(
            shipment=shipment_of(day, "a"),
            decision="another_day",
            on=first_on + timedelta(days=1 + days),
            by=None,
            now=late,
        )

    assert shipment_of(day, "a").service_on == first_on


def test_goods_that_went_elsewhere_cannot_be_promised_again(day):
    decide(day, "cancelled")
    Availability.objects.filter(pk=day.rows[0].pk).update(quantity=3)

    with pytest.raises(NotEnoughStock):
        services.undo_decision(shipment=shipment_of(day, "a"), by=None, now=NOW)

    assert standing(day) == (480, 9_520, 0)


def test_an_order_of_which_nothing_comes_is_settled_and_holds_nothing(day):
    for farm in (0, 1):
        services.decide_shipment(
            shipment=shipment_of(day, "a", farm),
            decision="own_transport",
            by=None,
            now=NOW,
        )

    assert standing(day) == (0, 10_000, 4)
    assert day.orders["a"].settled_at == NOW
