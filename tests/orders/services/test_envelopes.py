"""A programme's envelope pays a part of an order, from confirmation to close."""

from dataclasses import replace

import pytest

from orders import services
from orders.models import Order
from producers.models import Availability
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, change, make_stock, make_week, order
from vouchers import indicators
from vouchers.core.errors import EnvelopeChanged, EnvelopeOfAnother, EnvelopeTooLow

pytestmark = pytest.mark.django_db
CRATE = 1_250
"""Ten dollars of the farm, 1.50 of margin, one of transport."""


@pytest.fixture
def week():
    return make_week()


@pytest.fixture
def envelope(week):
    return make_envelope(week.buyer)


def place(week, wants, *, key="k1", tier_code="juste_prix", **asked):
    return services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=replace(change(week, wants, tier_code=tier_code), **asked),
        key=key,
    )


def money(envelope):
    """Granted, left, held, spent."""
    seen = indicators.envelope_seen(envelope, on=NOW.date())
    return (seen.granted_cents, seen.left_cents, seen.held_cents, seen.spent_cents)


def test_the_envelope_pays_as_much_as_it_may(week, envelope):
    row = make_stock(week)

    place(week, {row.offer.public_id: 3}, envelope=envelope)

    assert money(envelope) == (10_000, 10_000 - 3 * CRATE, 3 * CRATE, 0)


def test_the_price_is_made_before_the_envelope_pays(week, envelope):
    row = make_stock(week)

    placed = place(
        week, {row.offer.public_id: 3}, tier_code="solidaire", envelope=envelope
    )

    assert money(envelope) == (10_000, 7_000, 3_000, 0)
    assert [line.draw_cents for line in placed.lines.all()] == [750]


def test_only_the_families_of_the_envelope_are_paid(week):
    dairy = ground.make_family("laitiers")
    envelope = make_envelope(week.buyer, families=(dairy,))
    carrots = make_stock(week)
    milk = farms.make_variant(farms.make_product(week.farm, family=dairy))
    cheese = farms.make_offer(hub=week.hub, variant=milk, price_cents=1_000)
    farms.make_availability(cheese, quantity=50)

    place(week, {carrots.offer.public_id: 3, cheese.public_id: 2}, envelope=envelope)

    assert money(envelope) == (10_000, 7_500, 2 * CRATE, 0)


def test_one_confirmation_sent_twice_holds_once(week, envelope):
    row = make_stock(week)

    first, second = [
        place(week, {row.offer.public_id: 3}, envelope=envelope) for _ in range(2)
    ]

    assert (first, money(envelope)) == (second, (10_000, 6_250, 3_750, 0))


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"envelope_cents": 3 * CRATE + 1}, EnvelopeTooLow),
        ({"expected_envelope_cents": 3 * CRATE - 1}, EnvelopeChanged),
    ],
)
def test_a_part_that_cannot_be_paid_leaves_no_order(week, envelope, asked, refusal):
    row = make_stock(week)

    with pytest.raises(refusal):
        place(week, {row.offer.public_id: 3}, envelope=envelope, **asked)

    row.refresh_from_db()
    assert (Order.objects.count(), row.reserved) == (0, 0)
    assert money(envelope) == (10_000, 10_000, 0, 0)


def test_the_envelope_of_another_group_pays_nothing(week):
    row, other = make_stock(week), make_envelope(ground.make_buyer(hub=week.hub))

    with pytest.raises(EnvelopeOfAnother):
        place(week, {row.offer.public_id: 3}, envelope=other)

    assert (Order.objects.count(), money(other)) == (0, (10_000, 10_000, 0, 0))


def test_a_change_holds_what_the_new_order_needs(week, envelope):
    row = make_stock(week)
    placed = place(week, {row.offer.public_id: 3}, envelope=envelope)

    services.change_order(
        order=placed,
        change=replace(change(week, {row.offer.public_id: 5}), envelope=envelope),
        seen_version=1,
        key="c1",
    )

    assert money(envelope) == (10_000, 10_000 - 5 * CRATE, 5 * CRATE, 0)


def test_a_change_without_the_envelope_gives_it_back(week, envelope):
    row = make_stock(week)
    placed = place(week, {row.offer.public_id: 3}, envelope=envelope)

    services.change_order(
        order=placed,
        change=change(week, {row.offer.public_id: 3}),
        seen_version=1,
        key="c1",
    )

    assert money(envelope) == (10_000, 10_000, 0, 0)


def test_a_cancelled_order_gives_its_part_back_once(week, envelope):
    row = make_stock(week)
    placed = place(week, {row.offer.public_id: 3}, envelope=envelope)

    for _ in range(2):
        services.cancel_order(order=placed, key="x1", by=week.person, now=NOW)

    assert money(envelope) == (10_000, 10_000, 0, 0)


def test_a_shortage_at_the_close_gives_back_what_it_freed(week, envelope):
    row = make_stock(week, quantity=3)
    place(week, {row.offer.public_id: 3}, envelope=envelope)
    Availability.objects.filter(pk=row.pk).update(quantity=2, short_quantity=1)

    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)

    assert money(envelope) == (10_000, 10_000 - 2 * CRATE, 2 * CRATE, 0)


def test_a_part_that_is_still_owed_after_a_shortage_stays_held(week, envelope):
    row = make_stock(week, quantity=3)
    place(week, {row.offer.public_id: 3}, envelope=envelope, envelope_cents=1_000)
    Availability.objects.filter(pk=row.pk).update(quantity=2, short_quantity=1)

    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)

    assert money(envelope) == (10_000, 9_000, 1_000, 0)


def test_a_shipment_cancelled_gives_its_part_back_and_undone_takes_it_again(
    week, envelope
):
    row = make_stock(week)
    placed = place(week, {row.offer.public_id: 3}, envelope=envelope)
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    (shipment,) = placed.cycle.shipments.all()

    decided = services.decide_shipment(
        shipment=shipment, decision="cancelled", by=week.person, now=NOW
    )
    after_cancel = money(envelope)
    services.undo_decision(shipment=decided, by=week.person, now=NOW)

    assert after_cancel == (10_000, 10_000, 0, 0)
    assert money(envelope) == (10_000, 6_250, 3_750, 0)


def test_orders_without_envelope_move_no_money_of_it(week, envelope):
    row = make_stock(week)

    order(week, {row.offer.public_id: 3})

    assert money(envelope) == (10_000, 10_000, 0, 0)
