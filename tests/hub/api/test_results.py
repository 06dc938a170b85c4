"""A funder's program, or the hub's, reads what the days achieved."""

from datetime import date

import pytest
from django.utils import timezone

from hub.core.indicators import Fact
from hub.services.indicators import record
from tests.factories.hub import make_hub
from tests.hub.api.conftest import MakeProgram

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 18)


def test_results_hide_what_few_households_had(let_in: MakeProgram) -> None:
    hub = make_hub()
    facts = [
        ("farm_paid", "", 88_000, None),
        ("distance_driven", "", 60_000, None),
        ("distance_alone", "", 200_000, None),
        ("envelope_paid", "Carte", 1_000, 4),
        ("fund_drawn", "Don", 7_000, None),
    ]
    record(
        hub=hub,
        facts=[
            Fact(
                key=f"{hub.pk}:{measure}",
                on=DAY,
                measure=measure,
                value=value,
                detail=detail,
                num_people=people,
            )
            for measure, detail, value, people in facts
        ],
        now=timezone.now(),
    )

    shown = let_in(hub).reads("/results?since=2026-06-01&until=2026-06-30")

    assert (shown["num_days"], shown["farm_paid_cents"]) == (1, 88_000)
    assert shown["distance_m"] == {
        "driven": 60_000,
        "alone": 200_000,
        "saved": 140_000,
        "saved_bps": 7_000,
    }
    assert shown["fund_drawn"] == [{"source": "Don", "amount_cents": 7_000}]
    assert shown["envelope_paid"] == [{"source": "", "amount_cents": None}]
    assert (shown["fund_drawn_cents"], shown["solidarity_cents"]) == (7_000, None)
