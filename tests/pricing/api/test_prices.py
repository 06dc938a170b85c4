"""How a price is made, and how the fund stands, for a hub's and a buyer's program.

The example: 20,00 $ of the farm, 1,00 $ of transport, 15 % of the farm's price.
"""

import pytest
import time_machine

from tests.factories.programs import let_in
from tests.factories.week import make_stock, make_week, order

pytestmark = pytest.mark.django_db


def test_a_price_is_told_in_its_parts_and_who_may_have_it() -> None:
    week = make_week()

    shown = let_in(week.buyer).reads("/prices")

    assert shown["margin"] == {"basis": "markup_on_cost", "rate_bps": 1_500}
    assert shown["transport_cents_per_kg"] == 10
    assert shown["open_tiers"] == [tier["code"] for tier in shown["tiers"]]
    assert shown["tiers"][0] == {
        "code": "solidaire",
        "multiplier_bps": 8_000,
        "needs_agreement": False,
        "example": {
            "farm_cents": 2_000,
            "transport_cents": 100,
            "margin_cents": 300,
            "full_price_cents": 2_400,
            "price_cents": 1_920,
            "draw_cents": 480,
            "rounding_cents": 0,
        },
    }


def test_a_fund_tells_what_is_free_and_what_is_promised() -> None:
    week = make_week(fund_cents=10_000)
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 4}, tier_code="solidaire")

    with time_machine.travel("2026-06-16T12:00:00-04:00", tick=False):
        hub = let_in(week.hub)
        shown = hub.reads("/fund")
        moved = hub.reads("/fund/movements")

    # Four cases at 12,50 $, of which the buyer pays 80 %.
    assert {name: shown[name] for name in ("balance_cents", "held_cents")} == {
        "balance_cents": 10_000,
        "held_cents": 1_000,
    }
    assert shown["lots"] == [
        {
            "id": week.lot.public_id,
            "source": "Dons",
            "is_general": True,
            "ends_on": None,
            "group_ids": [],
            "free_cents": 9_000,
        }
    ]
    assert [(row["kind"], row["amount_cents"]) for row in moved["items"]] == [
        ("fund-draw", -1_000),
        ("fund-deposit", 10_000),
    ]
