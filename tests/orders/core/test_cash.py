"""What is open of what was billed, and the money of each day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orders.core.cash import (
    Bill,
    CashDay,
    Flow,
    days_of,
    first_below,
    low_point,
    still_open,
)

TODAY = date(2026, 6, 16)


def bill(days: int, cents: int, name: str = "", *, waits: bool = False) -> Bill:
    due_on = TODAY + timedelta(days=days)
    return Bill(due_on=due_on, cents=cents, name=name, waits=waits)


def test_a_payment_pays_what_is_due_first():
    bills = [bill(30, 1_000, "2"), bill(-5, 1_000, "1")]

    found = still_open(bills, owed_cents=1_400, today=TODAY)

    assert found == (bill(-5, 400, "1"), bill(30, 1_000, "2"))


def test_what_is_owed_beyond_all_bills_is_due_today():
    found = still_open([bill(30, 1_000)], owed_cents=1_250, today=TODAY)

    assert found == (bill(0, 250), bill(30, 1_000))


def test_nothing_is_open_of_who_has_paid_too_much():
    assert still_open([bill(3, 100)], owed_cents=-50, today=TODAY) == ()


@given(
    bills=st.lists(
        st.builds(
            bill, st.integers(-90, 90), st.integers(1, 9_999), waits=st.booleans()
        )
    ),
    owed_cents=st.integers(-10, 99_999),
)
def test_what_is_open_always_adds_up_to_what_is_owed(bills, owed_cents):
    found = still_open(bills, owed_cents=owed_cents, today=TODAY)

    assert sum(row.cents for row in found) == max(owed_cents, 0)


def test_the_month_of_l_aube_dips_by_four_weeks_of_purchases_and_comes_back():
    """Farms are paid on delivery, buyers pay a month later: the gap in the sources.

    Sales of 10 000 $ a week at a 15 % markup on the farm's price: of them the farms
    have 8 695,65 $. Buyers pay after 30 days, so that four weeks' farms are paid before
    the first buyer pays, and a fifth two days before.
    """
    flows = []
    for week in range(8):
        on = TODAY + timedelta(weeks=week)
        later = on + timedelta(days=30)
        flows.append(Flow(on=on, cents=-869_565, kind="farm"))
        flows.append(Flow(on=later, cents=1_000_000, kind="buyer"))

    days = days_of(position_cents=4_000_000, flows=flows, today=TODAY, num_days=92)

    assert low_point(days) == CashDay(
        on=TODAY + timedelta(days=28),
        in_cents=0,
        out_cents=869_565,
        position_cents=4_000_000 - 5 * 869_565,
    )
    # 13 913,05 $ are left once the third week's farms are paid
    below = first_below(days, 1_500_000)
    assert below is not None
    assert below.on == TODAY + timedelta(days=14)
    assert days[-1].position_cents == 4_000_000 + 8 * (1_000_000 - 869_565)


def test_farms_paid_when_the_buyer_has_paid_leave_no_dip():
    flows = [
        flow
        for week in range(8)
        for flow in (
            Flow(on=TODAY + timedelta(days=30 + 7 * week), cents=-869_565, kind="farm"),
            Flow(
                on=TODAY + timedelta(days=30 + 7 * week), cents=1_000_000, kind="buyer"
            ),
        )
    ]

    days = days_of(position_cents=0, flows=flows, today=TODAY, num_days=92)

    assert low_point(days).position_cents == 0
