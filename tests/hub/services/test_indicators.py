"""Facts are left once: recorded again, they say the later figure."""

from datetime import UTC, date, datetime

import pytest

from hub.core.indicators import Fact
from hub.indicators import totals_between
from hub.models import IndicatorFact
from hub.services import indicators
from tests.factories.hub import make_hub

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 18)
NOW = datetime(2026, 6, 19, 12, tzinfo=UTC)


def left(value: int, key: str = "routing:day:farm_paid") -> Fact:
    return Fact(key=key, on=ON, measure="farm_paid", value=value)


def test_a_fact_recorded_again_is_replaced_and_not_added():
    hub = make_hub()
    indicators.record(hub=hub, facts=[left(1_000)], now=NOW)

    indicators.record(hub=hub, facts=[left(900)], now=NOW)

    assert list(IndicatorFact.objects.values_list("key", "value", "unit")) == [
        ("routing:day:farm_paid", 900, "cents")
    ]


def test_a_period_holds_both_its_ends_and_one_hub():
    hub = make_hub()
    indicators.record(hub=hub, facts=[left(1_000)], now=NOW)
    indicators.record(hub=make_hub(), facts=[left(50, key="other")], now=NOW)

    inside = totals_between(hub, since=ON, until=ON)
    before = totals_between(hub, since=date(2026, 6, 1), until=date(2026, 6, 17))

    assert inside.by_measure == {"farm_paid": 1_000}
    assert before.by_measure == {}
