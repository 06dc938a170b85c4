"""What anybody may read of a fund: whole months, at least five behind each figure."""

from datetime import date

import pytest

from hub.core.indicators import Row
from pricing.core.public import Helped, Months, helped, last_twelve_months, received


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        (date(2026, 6, 16), date(2025, 6, 1), date(2026, 5, 31)),
        (date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
        (date(2028, 2, 29), date(2027, 2, 1), date(2028, 1, 31)),
    ],
)
def test_the_months_are_whole_and_over(today, since, until):
    assert last_twelve_months(today) == Months(since, until)


def figures(num_groups: int, num_households: int) -> Helped:
    return helped(
        spent_cents=900,
        num_groups=num_groups,
        num_households=num_households,
        farm_cents=7_500,
        sales_cents=10_000,
    )


def test_five_organizations_are_enough_to_tell_what_was_spent():
    assert figures(5, 40) == Helped(
        spent_cents=900, num_groups=5, num_households=40, farm_bps=7_500
    )


def test_four_organizations_hide_every_figure_about_them():
    assert figures(4, 40) == Helped()


def test_fewer_than_five_households_are_not_told():
    assert figures(5, 4).num_households is None


def test_kinds_with_few_givers_are_told_together_and_hidden_when_too_few_even_so():
    many = received([Row("contribution", 500, 6), Row("donation", 200, 2),
                     Row("grant", 900, 3)])  # fmt: skip
    few = received([Row("grant", 900, 3)])

    assert many == (Row("contribution", 500, 6), Row("", 1_100, 5))
    assert few == (Row("", None, None),)
