"""What a hub limits, dates and adds: floors, caps, multipliers, fees, taxes."""

from datetime import date, timedelta

import pytest

from hub.ledger import statements
from hub.models import Trace
from orders import services
from orders.models import Order, OrderLine
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from pricing.core.errors import PriceUnderFloor, SupportCapReached
from pricing.core.fees import FeeFigures
from pricing.core.tiers import TierSetting
from pricing.services import LimitFigures
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, change, make_stock, make_week, order

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 16)


@pytest.fixture
def week() -> Week:
    return make_week()


def free_cents(week: Week) -> int:
    return statements.balance_cents(pricing_selectors.account_code(week.lot))


def stands(week: Week, stock) -> tuple[int, int, int]:
    """Units reserved, money free in the fund, lines."""
    stock.refresh_from_db()
    return (stock.reserved, free_cents(week), OrderLine.objects.count())


def limit(week: Week, *, own: bool = False, since: date = TODAY, **figures):
    return pricing_services.set_limit(
        hub=week.hub,
        buyer=week.buyer if own else None,
        figures=LimitFigures(**figures),
        starts_on=since,
    )


def look(week: Week, item: str, quantity: int, tier_code: str = "solidaire"):
    """The basket as the buyer sees it before confirming."""
    basket = services.open_basket(
        cycle=week.cycle, buyer=week.buyer, by=week.person, now=NOW
    )
    terms = services.BasketTerms(tier_code=tier_code, drop_point=week.drop_point)
    basket = services.fill_basket(
        basket=basket, quantities={item: quantity}, terms=terms, by=week.person, now=NOW
    )
    return services.look_at(basket=basket, on=TODAY)


def test_a_tier_under_the_floor_is_refused_and_nothing_moves(week):
    # 10.00 to the farm; 12.50 × 0.8 = 10.00 is just the floor of 100 %, not of 101 %
    stock = make_stock(week)
    limit(week, floor_bps=10_100)

    with pytest.raises(PriceUnderFloor) as refusal:
        order(week, {stock.offer.public_id: 3}, tier_code="solidaire")

    assert (refusal.value.data["price_cents"], refusal.value.data["floor_cents"]) == (
        1_000,
        1_010,
    )
    assert stands(week, stock) == (0, 10_000, 0)


def test_a_tier_at_the_floor_is_confirmed(week):
    stock = make_stock(week)
    limit(week, floor_bps=10_000)

    order(week, {stock.offer.public_id: 3}, tier_code="solidaire")

    assert stands(week, stock) == (3, 10_000 - 750, 1)


def test_the_basket_says_it_before_the_order_does(week):
    stock = make_stock(week)
    limit(week, floor_bps=10_100)

    seen = look(week, stock.offer.public_id, 3)

    assert [type(row.problem) for row in seen.basket_rows] == [PriceUnderFloor]


def test_a_floor_of_ones_own_comes_before_that_of_all(week):
    stock = make_stock(week)
    limit(week, floor_bps=10_100)
    limit(week, own=True, floor_bps=9_000)

    order(week, {stock.offer.public_id: 1}, tier_code="solidaire")

    assert stands(week, stock) == (1, 10_000 - 250, 1)


@pytest.mark.parametrize("for_others", [False, True])
def test_a_grant_lifts_the_floor_of_those_it_may_pay_for(week, for_others):
    stock = make_stock(week)
    other = ground.make_buyer(hub=week.hub)
    grant = pricing_services.add_lot(
        fund=week.lot.fund,
        source="Ville",
        on=TODAY,
        eligible=[other if for_others else week.buyer],
    )
    limit(week, floor_bps=10_100, grant=grant)

    terms = pricing_selectors.terms_for(
        hub_id=week.hub.pk, buyer_id=week.buyer.pk, on=TODAY
    )

    assert terms.limits().floor_bps == (10_100 if for_others else None)
    assert stock.reserved == 0


def test_a_price_confirmed_before_the_floor_is_kept_when_the_order_changes(week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 1}, tier_code="solidaire")
    limit(week, floor_bps=10_100)

    services.change_order(
        order=placed,
        change=change(week, {stock.offer.public_id: 2}, tier_code="solidaire"),
        seen_version=1,
        key="more",
    )

    assert stands(week, stock) == (2, 10_000 - 500, 1)


def test_support_above_the_cap_of_the_month_is_refused_and_nothing_moves(week):
    stock = make_stock(week)
    limit(week, own=True, cap_cents=1_000)
    order(week, {stock.offer.public_id: 3}, tier_code="solidaire")  # 7.50
    before = stands(week, stock)

    with pytest.raises(SupportCapReached) as refusal:
        order(week, {stock.offer.public_id: 2}, tier_code="solidaire")  # 5.00

    assert refusal.value.data["left_cents"] == 250
    assert stands(week, stock) == before == (3, 10_000 - 750, 1)


def test_what_is_left_of_the_month_may_be_used_to_the_cent(week):
    stock = make_stock(week)
    limit(week, own=True, cap_cents=1_000)
    order(week, {stock.offer.public_id: 3}, tier_code="solidaire")

    order(week, {stock.offer.public_id: 1}, tier_code="solidaire")

    assert free_cents(week) == 9_000


def test_a_cancelled_order_gives_its_part_of_the_month_back(week):
    stock = make_stock(week)
    limit(week, own=True, cap_cents=750)
    placed = order(week, {stock.offer.public_id: 3}, tier_code="solidaire")
    services.cancel_order(order=placed, key="no", by=week.person, now=NOW)

    order(week, {stock.offer.public_id: 2}, tier_code="solidaire", key="again")

    assert Order.objects.filter(status="placed").count() == 1


def test_an_order_that_shrinks_passes_under_a_cap_set_after_it(week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 3}, tier_code="solidaire")
    limit(week, own=True, cap_cents=100)

    services.change_order(
        order=placed,
        change=change(week, {stock.offer.public_id: 2}, tier_code="solidaire"),
        seen_version=1,
        key="less",
    )

    assert stands(week, stock) == (2, 10_000 - 500, 1)


def test_the_basket_says_that_the_month_is_used_up(week):
    stock = make_stock(week)
    limit(week, own=True, cap_cents=600)

    seen = look(week, stock.offer.public_id, 3)

    assert (type(seen.cap_refusal), seen.has_problems) == (SupportCapReached, True)


def test_the_fair_price_asks_no_month(week, django_assert_max_num_queries):
    stock = make_stock(week)
    limit(week, own=True, cap_cents=0)

    order(week, {stock.offer.public_id: 3})

    assert stands(week, stock) == (3, 10_000, 1)


def settings(multiplier_bps: int) -> list[TierSetting]:
    return [
        TierSetting(
            code="solidaire", multiplier_bps=multiplier_bps, needs_agreement=False
        )
    ]


def test_a_multiplier_holds_from_its_day_and_leaves_confirmed_prices(week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 1}, tier_code="solidaire")
    tomorrow = TODAY + timedelta(days=1)
    pricing_services.set_tiers(
        hub=week.hub, settings=settings(7_000), starts_on=tomorrow
    )

    still = order(week, {stock.offer.public_id: 2}, tier_code="solidaire")
    later = pricing_selectors.terms_for(
        hub_id=week.hub.pk, buyer_id=week.buyer.pk, on=tomorrow
    )

    prices = [row.lines.get().price_unit_cents for row in (placed, still)]
    assert prices == [1_000, 1_000]
    assert later.book().multipliers_bps["solidaire"] == 7_000


def test_a_multiplier_of_today_prices_the_basket_and_the_order_alike(week):
    stock = make_stock(week)
    pricing_services.set_tiers(hub=week.hub, settings=settings(7_000), starts_on=TODAY)

    seen = look(week, stock.offer.public_id, 3)
    placed = order(week, {stock.offer.public_id: 3}, tier_code="solidaire")

    # 12.50 × 0.7 = 8.75
    assert seen.totals.buyer_cents == placed.lines.get().buyer_cents == 2_625


def test_a_fee_stands_on_the_line_by_leg_and_a_change_keeps_it(week):
    stock = make_stock(week)
    pricing_services.set_fee(
        hub=week.hub,
        figures=FeeFigures(leg="dock", cents_per_unit=40, is_taxed=True),
        starts_on=TODAY,
    )
    placed = order(week, {stock.offer.public_id: 2})
    pricing_services.set_fee(
        hub=week.hub, figures=FeeFigures(leg="dock", cents_per_unit=99), starts_on=TODAY
    )

    changed = services.change_order(
        order=placed,
        change=change(week, {stock.offer.public_id: 3}),
        seen_version=1,
        key="more",
    )

    line = changed.lines.get()
    assert (line.fees_by_leg, line.fees_unit_cents, line.fees_cents) == (
        {"dock": 40},
        40,
        120,
    )
    # 12.90 of which 0.40 bear taxes: three of them 1.20, 5 % is 0.06, 9.975 % is 0.12
    assert (line.price_unit_cents, line.taxed_unit_cents) == (1_290, 40)
    assert (line.tps_cents, line.tvq_cents, line.buyer_cents) == (6, 12, 3_888)


def test_the_trail_says_who_is_limited_and_to_what(week):
    limit(week, own=True, cap_cents=1_000, floor_bps=9_000)

    trace = Trace.objects.get(kind="limit_set")
    assert (trace.after["cap_cents"], trace.after["floor_bps"]) == (1_000, 9_000)
