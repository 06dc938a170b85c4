"""When money is due, by each rule; the months have their real lengths."""

from datetime import date

import pytest

from orders.core.errors.cash import TermsNotPossible
from orders.core.terms import Rule, Terms, due_on

BILLED_ON = date(2026, 6, 18)


@pytest.mark.parametrize(
    ("rule", "days", "due"),
    [
        (Rule.NET, 0, date(2026, 6, 18)),
        (Rule.NET, 30, date(2026, 7, 18)),
        (Rule.MONTH_END, 0, date(2026, 6, 30)),
        (Rule.MONTH_END, 15, date(2026, 7, 15)),
        (Rule.ON_DELIVERY, 0, date(2026, 6, 18)),
        (Rule.WHEN_PAID, 0, None),
    ],
)
def test_each_rule_gives_its_day(rule, days, due):
    found = due_on(
        Terms(rule, days), billed_on=BILLED_ON, delivered_on=date(2026, 6, 17)
    )

    assert found == due


def test_the_end_of_february_is_known_in_a_leap_year():
    billed_on = date(2028, 2, 3)

    found = due_on(
        Terms(Rule.MONTH_END, 1), billed_on=billed_on, delivered_on=billed_on
    )

    assert found == date(2028, 3, 1)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Rule.NET, -1),
        (Rule.NET, 181),
        (Rule.MONTH_END, 181),
        (Rule.ON_DELIVERY, 1),
        (Rule.WHEN_PAID, 1),
    ],
)
def test_days_that_a_rule_does_not_know_are_refused(rule, days):
    with pytest.raises(TermsNotPossible):
        Terms(rule, days)
