"""What a farm says of one offer in one week."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hub.models import Cycle
from orders.models import LineSource, Order, OrderLine
from producers import services
from producers.core.errors import (
    AlreadyPromised,
    PriceIsAgreed,
    PriceOutOfRange,
    QuantityTooLarge,
    WeekClosed,
    WeekIsPast,
)
from producers.models import Availability, EmptyWeek, Offer
from tests.factories.hub import (
    MONDAY,
    make_buyer,
    make_cycle,
    make_place,
    make_producer,
)
from tests.factories.producers import (
    make_availability,
    make_offer,
    make_pooled_offer,
)

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 6, 10, 15, tzinfo=UTC)
"""The Wednesday before the week of MONDAY."""


def post(offer: Offer, **changes: Any) -> Availability:
    told: dict[str, Any] = {
        "week_on": MONDAY,
        "quantity": 40,
        "price_cents": 2_150,
        "lot": "R-12",
        "by": make_producer(offer.variant.product.producer),
        "now": WEDNESDAY,
    }
    return services.post_availability(offer=offer, **{**told, **changes})


def figures(offer: Offer, week_on: date = MONDAY) -> tuple[int, int, int, int, str]:
    row = Availability.objects.get(offer=offer, week_on=week_on)
    return row.quantity, row.reserved, row.short_quantity, row.price_cents, row.lot


def test_posting_writes_quantity_price_and_lot() -> None:
    offer = make_offer()

    post(offer, lot="  R-12 ")

    assert figures(offer) == (40, 0, 0, 2_150, "R-12")


def test_without_a_price_the_usual_price_of_the_offer_holds() -> None:
    offer = make_offer(price_cents=1_875)

    post(offer, price_cents=None)

    assert figures(offer)[3] == 1_875


def test_posting_twice_keeps_one_row_and_its_promises() -> None:
    offer = make_offer()
    make_availability(offer, quantity=50, reserved=8)

    post(offer, quantity=40)
    post(offer, quantity=40)

    assert figures(offer) == (40, 8, 0, 2_150, "R-12")


def test_a_figure_below_the_promised_is_kept_and_what_lacks_is_told() -> None:
    offer = make_offer()
    make_availability(offer, quantity=50, reserved=12)

    row = post(offer, quantity=10)

    assert row.short_quantity == 2
    assert figures(offer) == (10, 12, 2, 2_150, "R-12")


def test_a_figure_raised_again_is_short_of_nothing() -> None:
    offer = make_offer()
    make_availability(offer, quantity=10, reserved=12)

    post(offer, quantity=13)

    assert figures(offer)[:3] == (13, 12, 0)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"quantity": 100_001}, QuantityTooLarge),
        ({"price_cents": -1}, PriceOutOfRange),
        ({"price_cents": 1_000_001}, PriceOutOfRange),
        ({"week_on": MONDAY - timedelta(days=14)}, WeekIsPast),
    ],
)
def test_figures_and_weeks_that_can_only_be_a_slip_are_refused(
    changes: dict[str, Any], refusal: type[Exception]
) -> None:
    offer = make_offer()

    with pytest.raises(refusal):
        post(offer, **changes)

    assert Availability.objects.count() == 0


def test_the_running_week_may_still_be_posted() -> None:
    offer = make_offer()

    post(offer, week_on=MONDAY - timedelta(days=7))

    assert figures(offer, MONDAY - timedelta(days=7))[0] == 40


@pytest.mark.parametrize(
    ("statuses", "is_open"),
    [
        (["closed"], False),
        (["closing"], False),
        (["closed", "cancelled"], False),
        (["closed", "open"], True),
        (["closed", "draft"], True),
        (["cancelled"], True),
        ([], True),
    ],
)
def test_a_week_is_over_for_farms_when_every_cycle_of_it_has_closed(
    statuses: list[str], is_open: bool
) -> None:
    offer = make_offer()
    for status in statuses:
        make_cycle(offer.hub, status=status)

    if is_open:
        post(offer)
    else:
        with pytest.raises(WeekClosed):
            post(offer)

    assert Availability.objects.filter(offer=offer).exists() is is_open


def test_the_cycle_of_another_hub_closes_nothing_here() -> None:
    offer = make_offer()
    make_cycle(make_offer().hub, status=Cycle.Status.CLOSED)

    post(offer)

    assert figures(offer)[0] == 40


def test_a_pooled_offer_has_one_price_for_all() -> None:
    pool = make_pooled_offer(price_cents=2_000)
    offer = make_offer(hub=pool.hub, pooled_offer=pool, price_cents=2_400)

    with pytest.raises(PriceIsAgreed):
        post(offer, price_cents=2_400)
    post(offer, price_cents=None)

    assert figures(offer)[3] == 2_000


def test_posting_something_takes_back_that_there_is_nothing() -> None:
    offer = make_offer()
    farm = offer.variant.product.producer
    EmptyWeek.objects.create(producer=farm, hub=offer.hub, week_on=MONDAY)

    post(offer, quantity=0)
    still_empty = EmptyWeek.objects.count()
    post(offer, quantity=1)

    assert (still_empty, EmptyWeek.objects.count()) == (1, 0)


def test_a_blank_takes_the_row_away_and_a_second_blank_changes_nothing() -> None:
    row = make_availability()

    for _ in range(2):
        services.clear_availability(offer=row.offer, week_on=MONDAY, now=WEDNESDAY)

    assert Availability.objects.count() == 0


def test_a_row_with_promises_cannot_be_blanked() -> None:
    row = make_availability(quantity=50, reserved=3)

    with pytest.raises(AlreadyPromised) as refusal:
        services.clear_availability(offer=row.offer, week_on=MONDAY, now=WEDNESDAY)

    assert refusal.value.data == {"product": str(row.offer), "promised": 3}
    assert figures(row.offer)[:2] == (50, 3)


def test_a_row_that_an_order_once_counted_on_stays_with_zero() -> None:
    row = make_availability(quantity=50)
    buyer = make_buyer(hub=row.offer.hub)
    order = Order.objects.create(
        cycle=make_cycle(row.offer.hub),
        buyer=buyer,
        drop_point=make_place(buyer),
        tier_code="juste_prix",
        status=Order.Status.CANCELLED,
    )
    line = OrderLine.objects.create(order=order, offer=row.offer, ordered=1)
    LineSource.objects.create(line=line, availability=row, reserved=0)

    services.clear_availability(offer=row.offer, week_on=MONDAY, now=WEDNESDAY)

    assert figures(row.offer)[:2] == (0, 0)
