"""An order that is changed keeps the dollars it had, and their tier, whatever ended."""

from datetime import timedelta

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from orders import services
from orders.models import Order
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from pricing.core.errors import FundPaused, FundTooLow
from pricing.models import FundLot
from tests.factories.hub import make_buyer, make_place
from tests.factories.week import NOW, Week, change, make_stock, make_week, order

pytestmark = pytest.mark.django_db

DRAW_CENTS = 250
"""A case is 12,50 $ at full price, a fifth of it paid by the fund."""


def kept_for(week: Week, *, cents: int) -> FundLot:
    """A grant for the week's buyer alone, whose last day is today."""
    grant = pricing_services.add_lot(
        fund=week.lot.fund,
        source="Ville",
        on=NOW.date(),
        ends_on=NOW.date(),
        eligible=[week.buyer],
    )
    pricing_services.deposit(lot=grant, amount_cents=cents, key="g", on=NOW.date())
    return grant


def end(grant: FundLot) -> None:
    FundLot.objects.filter(pk=grant.pk).update(ends_on=NOW.date() - timedelta(days=1))


def free(*lots: FundLot) -> list[int]:
    return [statements.balance_cents(pricing_selectors.account_code(x)) for x in lots]


def edit(placed: Order, week: Week, wants: dict[str, int], key: str) -> Order:
    return services.change_order(
        order=placed,
        change=change(week, wants, tier_code="solidaire"),
        seen_version=placed.version,
        key=key,
    )


def test_an_edited_order_keeps_what_it_had_of_a_grant_that_has_ended():
    week = make_week(fund_cents=DRAW_CENTS)
    item = make_stock(week).offer.public_id
    grant = kept_for(week, cents=4 * DRAW_CENTS)
    placed = order(week, {item: 4}, tier_code="solidaire")
    end(grant)

    edit(placed, week, {item: 5}, "more")

    assert free(grant, week.lot) == [0, 0]
    assert audit().is_clean


def test_what_an_edited_order_no_longer_needs_of_an_ended_grant_goes_back_to_it():
    week = make_week(fund_cents=0)
    item = make_stock(week).offer.public_id
    grant = kept_for(week, cents=4 * DRAW_CENTS)
    placed = order(week, {item: 4}, tier_code="solidaire")
    end(grant)

    fewer = edit(placed, week, {item: 3}, "fewer")
    with pytest.raises(FundTooLow):
        edit(fewer, week, {item: 4}, "again")

    assert free(grant, week.lot) == [DRAW_CENTS, 0]


def test_an_order_edited_under_the_stop_keeps_its_price_and_may_not_grow():
    week = make_week(fund_cents=10_000)
    item = make_stock(week).offer.public_id
    other = make_buyer(hub=week.hub)
    door = make_place(week.hub)
    order(week, {item: 20}, tier_code="solidaire", buyer=other, drop_point=door)
    placed = order(week, {item: 10}, tier_code="solidaire")
    pricing_services.set_runway(fund=week.lot.fund, warn_weeks=60, stop_weeks=50)

    with pytest.raises(FundPaused):
        edit(placed, week, {item: 11}, "more")
    fewer = edit(placed, week, {item: 9}, "fewer")

    line = fewer.lines.get()
    assert (line.ordered, line.price_unit_cents) == (9, 1_000)
    assert pricing_selectors.held_cents(fewer.hold_key) == 9 * DRAW_CENTS


def test_a_grant_for_one_group_never_pays_for_another_through_edits():
    week = make_week(fund_cents=2 * DRAW_CENTS)
    item = make_stock(week).offer.public_id
    grant = kept_for(week, cents=4 * DRAW_CENTS)
    other = make_buyer(hub=week.hub)
    placed = order(
        week,
        {item: 2},
        tier_code="solidaire",
        buyer=other,
        drop_point=make_place(week.hub),
    )

    with pytest.raises(FundTooLow):
        edit(placed, week, {item: 3}, "more")

    assert free(grant, week.lot) == [4 * DRAW_CENTS, 0]
