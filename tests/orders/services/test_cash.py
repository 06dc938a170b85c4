"""The cash of a hub: its days, what is late, and a warning once a crossing."""

from datetime import timedelta

import pytest

from hub.models import Notice
from orders import selectors, services
from orders.core.errors import PaidInFuture
from orders.models import CashWatch
from tests.factories import hub as ground
from tests.factories.cash import TODAY, lend, make_sold
from tests.factories.day import Day

pytestmark = pytest.mark.django_db
SOLD_ON = TODAY + timedelta(days=30)


def state(day: Day, cents: int, *, below: int | None = None, on=TODAY) -> None:
    services.state_cash(
        hub=day.hub,
        counted_cents=cents,
        counted_on=on,
        warn_below_cents=below,
        today=TODAY,
    )


def warned(day: Day, *, after: int = 0) -> bool:
    return services.watch_cash(hub=day.hub, today=TODAY + timedelta(days=after))


def letters() -> int:
    return Notice.objects.filter(kind="cash_low").count()


def test_a_hub_pays_its_farms_before_its_buyers_pay():
    day = make_sold()
    state(day, 12_000)

    found = selectors.cash_calendar(day.hub, today=TODAY)

    due_on = max(TODAY, day.week.cycle.service_on)
    flows = [(flow.on, flow.cents, flow.kind) for flow in found.flows]
    assert flows == [(due_on, -10_000, "farm"), (SOLD_ON, 12_500, "buyer")]
    assert (found.position_cents, found.low.position_cents, found.low.on) == (
        12_000,
        2_000,
        due_on,
    )
    assert found.days[-1].position_cents == 14_500


def test_what_is_written_down_after_the_balance_moves_it():
    day = make_sold()
    state(day, 12_000, on=TODAY - timedelta(days=1))
    lend(day)

    found = selectors.cash_calendar(day.hub, today=TODAY)

    # 60,00 $ were lent; 25 % of the farm's 100,00 $ will be withheld
    assert (found.position_cents, found.low.position_cents) == (6_000, 6_000 - 7_500)
    assert found.loans_left_cents == 6_000


def test_late_money_is_listed_by_age_and_counts_on_no_day():
    day = make_sold()
    state(day, 0)
    later = SOLD_ON + timedelta(days=12)

    found = selectors.cash_calendar(day.hub, today=later)

    assert [(row.cents, row.age_days) for row in found.late] == [(12_500, 12)]
    assert [flow.kind for flow in found.flows] == ["farm"]


def test_a_part_payment_leaves_the_rest_open():
    day = make_sold()
    services.record_payment(
        buyer=day.orders["a"].buyer,
        amount_cents=5_000,
        method="cheque",
        key="part",
        on=TODAY,
        today=TODAY,
    )

    bills = selectors.buyers_bills(day.hub, today=TODAY)

    open_cents = [bill.cents for bill in bills[day.orders["a"].buyer_id]]
    assert open_cents == [7_500]


def test_the_coordination_is_told_once_a_crossing():
    day = make_sold()
    state(day, 12_000, below=5_000)

    told = [warned(day), warned(day), warned(day, after=1)]

    assert (told, letters()) == ([True, False, False], 1)
    state(day, 90_000, below=5_000)
    assert (warned(day), letters()) == (False, 1)
    state(day, 12_000, below=5_000)
    assert (warned(day), letters()) == (True, 2)


def test_a_hub_with_enough_or_without_a_level_is_told_nothing():
    day = make_sold()
    state(day, 90_000, below=5_000)
    other = make_sold()
    state(other, -5_000)

    assert services.watch_every_hub(today=TODAY) == 0
    assert letters() == 0


def test_a_balance_of_a_day_to_come_is_refused():
    day = make_sold()

    with pytest.raises(PaidInFuture):
        state(day, 1, on=TODAY + timedelta(days=1))

    assert CashWatch.objects.count() == 0


def test_a_farm_sees_what_it_has_coming_and_no_other_does():
    day = make_sold()
    lend(day)

    rows = [
        [(row.on, row.gross_cents, row.withheld_cents) for row in found]
        for found in (
            selectors.coming_for(day.farms[0], today=TODAY),
            selectors.coming_for(day.farms[1], today=TODAY),
            selectors.coming_for(ground.make_farm(), today=TODAY),
        )
    ]

    due_on = max(TODAY, day.week.cycle.service_on)
    assert rows == [[(due_on, 10_000, 2_500)], [], []]
