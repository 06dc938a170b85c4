"""A coordination is told once when its fund comes under a level, and never a flood."""

from datetime import timedelta

import pytest

from hub.models import Notice
from pricing import services
from pricing.models import SolidarityFund
from tests.factories.hub import make_coordinator
from tests.factories.week import NOW, Week, make_stock, make_week, order

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def week() -> Week:
    """Half of 100 $ is drawn: eight weeks are left."""
    week = make_week(fund_cents=10_000)
    make_coordinator(week.hub)
    item = make_stock(week).offer.public_id
    order(week, {item: 20}, tier_code="solidaire")
    return week


def levels(week: Week, warn_weeks: int, stop_weeks: int) -> None:
    fund = SolidarityFund.objects.get(hub=week.hub)
    services.set_runway(fund=fund, warn_weeks=warn_weeks, stop_weeks=stop_weeks)


def told(week: Week) -> list[bool]:
    found = Notice.objects.filter(kind="fund_guard", hub=week.hub).order_by("pk")
    return [notice.data["is_stopped"] for notice in found]


def test_a_crossing_is_told_once_however_often_one_looks(week):
    levels(week, 9, 1)

    crossings = [services.watch_funds(on=TODAY) for _ in range(3)]

    assert (crossings, told(week)) == ([1, 0, 0], [False])


def test_the_stop_is_told_after_the_warning_and_a_recovery_is_not(week):
    for warn_weeks, stop_weeks in ((9, 1), (9, 9), (1, 1)):
        levels(week, warn_weeks, stop_weeks)
        services.watch_funds(on=TODAY)

    assert told(week) == [False, True]


def test_a_second_crossing_is_told_on_its_own_day_only(week):
    for days in (0, 0, 1):
        for warn_weeks in (9, 1):
            levels(week, warn_weeks, 1)
            services.watch_funds(on=TODAY + timedelta(days=days))

    assert told(week) == [False, False]


def test_a_fund_that_lasts_tells_nothing(week):
    levels(week, 8, 2)

    assert (services.watch_funds(on=TODAY), told(week)) == (0, [])


def test_a_fund_that_never_had_money_is_no_news():
    week = make_week(fund_cents=0)
    make_coordinator(week.hub)

    services.watch_funds(on=TODAY)

    assert told(week) == []
