"""The fund's last dollars asked by sixteen orders at once, at a smaller reduction.

Each order wants goods of its own, so that only the fund is what they meet at.
"""

import time
from collections import Counter
from collections.abc import Iterable
from functools import partial

import pytest

import pricing.services.fund
from hub.ledger import statements
from orders import services
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from pricing.core.funding import MoneyLot
from pricing.models import FundLot, SolidarityFund
from tests.factories.hub import make_buyer, make_place
from tests.factories.week import NOW, Week, make_stock, make_week, order
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE_CENTS, SMALLER_CENTS, NUM_TAKERS = 250, 125, 16
LEFT_CENTS = 5 * SMALLER_CENTS + 60


@pytest.fixture
def week() -> Week:
    """One order has drawn 2,50 $; what is left does not last the weeks wanted."""
    week = make_week(fund_cents=WHOLE_CENTS + LEFT_CENTS)
    item = make_stock(week).offer.public_id
    order(week, {item: 1}, tier_code="solidaire", drop_point=make_place(week.hub))
    fund = SolidarityFund.objects.get(hub=week.hub)
    pricing_services.set_runway(fund=fund, warn_weeks=500, stop_weeks=500)
    pricing_services.set_stop_rule(fund=fund, stop_rule="smaller", kept_bps=5_000)
    return week


def take(week: Week, item: str, number: int) -> str:
    """One buyer accepts the smaller reduction on one case."""
    buyer = make_buyer(hub=week.hub)
    return services.place_order(
        cycle=week.cycle,
        buyer=buyer,
        drop_point=make_place(buyer),
        change=services.Change(
            wants={item: 1},
            tier_code="solidaire",
            by=week.person,
            now=NOW,
            kept_bps=5_000,
        ),
        key=f"taker-{number}",
    ).status


def takers(week: Week) -> Counter[object]:
    items = [make_stock(week).offer.public_id for _ in range(NUM_TAKERS)]
    calls = [partial(take, week, item, n) for n, item in enumerate(items)]
    return Counter(all_at_once(calls))


def left(week: Week) -> int:
    return statements.balance_cents(pricing_selectors.account_code(week.lot))


def test_the_last_dollars_are_promised_once_at_the_smaller_reduction(
    week: Week,
) -> None:
    answers = takers(week)

    assert answers == {"placed": 5, "fund_too_low": NUM_TAKERS - 5}
    assert left(week) == 60


def read_without_lock(hub_id: int) -> SolidarityFund | None:
    """The same row, unlocked."""
    return SolidarityFund.objects.select_related("hub").filter(hub_id=hub_id).first()


def test_without_the_fund_s_lock_takers_count_on_the_same_dollars(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = pricing_selectors.money_lots

    def read_and_wait(lots: Iterable[FundLot]) -> list[MoneyLot]:
        found = read(lots)
        time.sleep(0.5)
        return found

    monkeypatch.setattr(pricing.services.fund, "lock_fund", read_without_lock)
    monkeypatch.setattr(pricing_selectors, "money_lots", read_and_wait)

    answers = takers(week)

    # the ledger's floor is what stops them then, and still nothing is overdrawn
    assert answers["not_enough_money"] > 0
    assert left(week) == LEFT_CENTS - answers["placed"] * SMALLER_CENTS >= 0
