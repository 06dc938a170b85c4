"""Facts add up over days, and nobody can be found in a small group."""

from datetime import date

import pytest

from hub.core.indicators import Fact, Row, totals_of, without_small_groups

MONDAY, TUESDAY = date(2026, 6, 15), date(2026, 6, 16)


def fact(measure: str, value: int, **rest) -> Fact:
    return Fact(
        key=f"{measure}:{value}", measure=measure, value=value, **{"on": MONDAY} | rest
    )


def test_figures_of_several_days_add_up_by_measure_and_detail():
    totals = totals_of(
        [
            fact("fund_drawn", 500, detail="Ville"),
            fact("fund_drawn", 200, detail="Gala"),
            fact("fund_drawn", 100, detail="Ville", on=TUESDAY),
        ]
    )

    assert totals.value("fund_drawn") == 800
    assert totals.rows["fund_drawn"] == (Row("Gala", 200), Row("Ville", 600))
    assert totals.num_days == 2


def test_a_rate_of_two_days_is_the_rate_of_all_their_stops():
    totals = totals_of(
        [
            fact("stops_timed", 10),
            fact("stops_on_time", 10),
            fact("stops_timed", 30, on=TUESDAY),
            fact("stops_on_time", 20, on=TUESDAY),
        ]
    )

    # 30 of 40, and not the middle of 100 % and 67 %
    assert totals.rate_bps("stops_on_time", "stops_timed") == 7_500
    assert totals.rate_bps("temperature_breaches", "temperature_readings") is None


def test_people_who_come_twice_are_counted_once():
    totals = totals_of(
        [
            fact("envelope_paid", 900, detail="A", num_people=7),
            fact("envelope_paid", 100, detail="A", num_people=6, on=TUESDAY),
        ]
    )

    assert totals.rows["envelope_paid"] == (Row("A", 1_000, 7),)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([Row("A", 10, 5), Row("B", 20, 8)], (Row("A", 10, 5), Row("B", 20, 8))),
        ([Row("A", 10, 4), Row("B", 20, 8)], (Row("", 30, 12),)),
        (
            [Row("A", 10, 4), Row("B", 20, 3), Row("C", 5, 9)],
            (Row("C", 5, 9), Row("", 30, 7)),
        ),
        ([Row("A", 10, 4)], (Row("", None),)),
        ([Row("A", 10), Row("B", 20, 2)], (Row("A", 10), Row("", None))),
    ],
    ids=["large", "one small joins the next", "two small", "alone", "uncounted"],
)
def test_groups_under_five_are_not_shown_apart(rows, shown):
    assert without_small_groups(rows) == shown


def test_a_measure_nobody_knows_is_a_mistake():
    with pytest.raises(AssertionError):
        fact("happiness", 1)
