"""Instalments end and add up; a payout never withholds beyond the share."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.core.errors.cash import LoanShareNotPossible, ScheduleNotPossible
from orders.core.loans import Every, Owing, Plan, due_by, schedule, withheld

FIRST_ON = date(2026, 1, 31)


def plan(**changed: Any) -> Plan:
    usual: dict[str, Any] = {
        "amount_cents": 100_000,
        "num_instalments": 3,
        "every": Every.MONTH,
        "first_on": FIRST_ON,
        "share_bps": 2_500,
    }
    return Plan(**(usual | changed))


def test_instalments_are_equal_to_the_cent_and_end_with_short_months():
    rows = [(row.due_on, row.amount_cents) for row in schedule(plan())]

    assert rows == [
        (date(2026, 1, 31), 33_334),
        (date(2026, 2, 28), 33_333),
        (date(2026, 3, 31), 33_333),
    ]


def test_what_was_paid_early_counts_for_the_next_instalments():
    days = [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 28)]

    due = [due_by(plan(), repaid_cents=40_000, on=on) for on in days]

    assert due == [0, 0, 26_667]


@pytest.mark.parametrize("share_bps", [0, -1, 10_001])
def test_a_share_of_none_or_of_more_than_all_is_refused(share_bps):
    with pytest.raises(LoanShareNotPossible):
        plan(share_bps=share_bps)


@pytest.mark.parametrize(
    ("amount_cents", "number"), [(100_000, 0), (100_000, 121), (5, 6)]
)
def test_a_schedule_that_does_not_end_is_refused(amount_cents, number):
    with pytest.raises(ScheduleNotPossible):
        plan(amount_cents=amount_cents, num_instalments=number)


def test_two_loans_share_what_a_payout_may_withhold_the_first_granted_first():
    owing = [
        Owing(loan_id=1, due_cents=1_500, share_bps=2_000),
        Owing(loan_id=2, due_cents=9_000, share_bps=2_500),
    ]

    # 25 % of 100,01 $ is 25,00 $ rounded down, of which the first takes 15,00 $
    assert withheld(10_001, owing) == {1: 1_500, 2: 1_000}


LOANS = st.lists(
    st.builds(
        plan,
        amount_cents=st.integers(200, 500_000),
        num_instalments=st.integers(1, 24),
        every=st.sampled_from(list(Every)),
        share_bps=st.integers(1, 10_000),
    ),
    min_size=1,
    max_size=3,
)


@settings(deadline=None)
@given(
    plans=LOANS,
    payouts=st.lists(
        st.tuples(
            st.integers(1, 300_000), st.dates(date(2026, 1, 1), date(2030, 1, 1))
        ),
        max_size=40,
    ),
)
def test_over_random_payouts_nothing_beyond_the_share_and_never_more_than_lent(
    plans, payouts
):
    repaid = [0] * len(plans)
    for gross_cents, on in sorted(payouts, key=lambda row: row[1]):
        owing = [
            Owing(
                loan_id=number,
                due_cents=due_by(one, repaid_cents=repaid[number], on=on),
                share_bps=one.share_bps,
            )
            for number, one in enumerate(plans)
        ]
        taken = withheld(gross_cents, owing)
        most_bps = max(one.share_bps for one in plans)
        assert sum(taken.values()) * 10_000 <= gross_cents * most_bps
        for number, cents in taken.items():
            assert cents * 10_000 <= gross_cents * plans[number].share_bps
            repaid[number] += cents
            asked = due_by(plans[number], repaid_cents=0, on=on)
            assert 0 <= repaid[number] <= min(asked, plans[number].amount_cents)
    # Payouts that are large enough bring all of it back, to the cent.
    for number, one in enumerate(plans):
        last_on = schedule(one)[-1].due_on
        for _ in range(2):
            left = due_by(one, repaid_cents=repaid[number], on=last_on)
            row = Owing(loan_id=number, due_cents=left, share_bps=one.share_bps)
            repaid[number] += withheld(5_000_000_000, [row])[number]
        assert repaid[number] == one.amount_cents
