"""Under the stop a hub may offer a smaller reduction: seen, then accepted or left."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

from hub.ledger import statements
from orders import services
from orders.core.errors import MoreAtAgreedPrice, PriceChangedMeanwhile
from orders.models import Basket, BasketLine, Order
from orders.services.preview import look_at
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from pricing.core.errors import (
    FundPaused,
    FundTooLow,
    KeptOutOfRange,
    OfferOver,
    SmallerReduction,
)
from pricing.models import SolidarityFund
from tests.factories.hub import make_buyer, make_group_buyer, make_place
from tests.factories.week import NOW, Week, change, make_stock, make_week, order

pytestmark = pytest.mark.django_db

FULL_CENTS, LOW_CENTS, SMALLER_CENTS = 1_250, 1_000, 1_125
"""A case at full price, at 80 %, and with half of that reduction."""


@pytest.fixture
def week() -> Week:
    """10 000 cents, 5 000 of them drawn: eight weeks left, where fifty are wanted."""
    week = make_week(fund_cents=10_000)
    make_stock(week, quantity=200)
    buyer, door = make_buyer(hub=week.hub), make_place(week.hub)
    order(week, {item(week): 20}, tier_code="solidaire", buyer=buyer, drop_point=door)
    pricing_services.set_runway(fund=week.lot.fund, warn_weeks=60, stop_weeks=50)
    pricing_services.set_stop_rule(fund=fund(week), stop_rule="smaller", kept_bps=5_000)
    return week


def fund(week: Week) -> SolidarityFund:
    return SolidarityFund.objects.get(hub=week.hub)


def item(week: Week) -> str:
    offer = week.farm.products.get().variants.get().offers.get()
    return str(offer.public_id)


def free(week: Week) -> int:
    return statements.balance_cents(pricing_selectors.account_code(week.lot))


def place(week: Week, units: int, *, kept_bps: int | None, **more) -> Order:
    asked = change(week, {item(week): units}, tier_code="solidaire")
    return services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=services.Change(
            wants=asked.wants,
            tier_code="solidaire",
            by=week.person,
            now=NOW,
            kept_bps=kept_bps,
            **more,
        ),
        key=f"{units}-{kept_bps}",
    )


def basket_of(week: Week, units: int) -> Basket:
    basket = services.open_basket(
        cycle=week.cycle, buyer=week.buyer, by=week.person, now=NOW
    )
    Basket.objects.filter(pk=basket.pk).update(
        tier_code="solidaire", drop_point=week.drop_point
    )
    offer = week.farm.products.get().variants.get().offers.get()
    BasketLine.objects.create(basket=basket, offer=offer, quantity=units)
    basket.refresh_from_db()
    return basket


def confirm(basket: Basket, week: Week) -> Order:
    basket.refresh_from_db()
    seen = services.Seen(
        changed_at=basket.changed_at,
        total_cents=look_at(basket=basket, on=NOW.date()).totals.buyer_cents,
    )
    placed = services.confirm_basket(
        public_id=basket.public_id, seen=seen, by=week.person, now=NOW
    )
    assert placed is not None
    return placed


def test_a_full_reduction_is_answered_by_the_offer_and_nothing_moves(week):
    before = free(week)

    with pytest.raises(SmallerReduction) as refusal:
        place(week, 4, kept_bps=None)

    assert refusal.value.data == {"weeks": 50, "kept_bps": 5_000}
    assert (free(week), Order.objects.filter(buyer=week.buyer).count()) == (before, 0)


def test_the_offer_that_is_seen_is_the_price_that_is_confirmed(week):
    basket = basket_of(week, 4)
    with pytest.raises(SmallerReduction) as refusal:
        confirm(basket, week)
    services.take_offer(
        basket=basket, kept_bps=refusal.value.data["kept_bps"], by=week.person, now=NOW
    )
    basket.refresh_from_db()
    before, seen = free(week), look_at(basket=basket, on=NOW.date()).totals

    placed = confirm(basket, week)

    line = placed.lines.get()
    assert (seen.buyer_cents, line.buyer_cents) == (4 * SMALLER_CENTS,) * 2
    assert (seen.draw_cents, before - free(week)) == (4 * 125, 4 * 125)
    assert line.farm_unit_cents == 1_000


def test_the_fair_price_is_kept_instead_and_asks_nothing_of_the_fund(week):
    basket = basket_of(week, 4)
    services.take_offer(basket=basket, kept_bps=5_000, by=week.person, now=NOW)
    before = free(week)

    services.keep_fair_price(basket=basket, by=week.person, now=NOW)
    placed = confirm(basket, week)

    assert (placed.tier_code, placed.lines.get().buyer_cents) == (
        "juste_prix",
        4 * FULL_CENTS,
    )
    assert free(week) == before


def test_a_fund_that_lasts_again_gives_the_whole_reduction(week):
    pricing_services.set_runway(fund=fund(week), warn_weeks=1, stop_weeks=0)

    with pytest.raises(OfferOver):
        place(week, 4, kept_bps=5_000)
    whole = place(week, 4, kept_bps=None)

    assert whole.lines.get().price_unit_cents == LOW_CENTS


def test_an_offer_of_another_size_than_the_rule_is_refused(week):
    with pytest.raises(OfferOver):
        place(week, 4, kept_bps=9_000)


def test_a_hub_that_offers_nothing_refuses_as_before(week):
    pricing_services.set_stop_rule(fund=fund(week), stop_rule="refuse", kept_bps=5_000)

    with pytest.raises(FundPaused) as refusal:
        place(week, 4, kept_bps=None)

    assert refusal.value.code == "fund_paused"


def test_a_smaller_reduction_is_never_more_than_the_money_that_is_there(week):
    with pytest.raises(FundTooLow):
        place(week, 41, kept_bps=5_000)
    placed = place(week, 40, kept_bps=5_000)

    assert (placed.lines.get().draw_cents, free(week)) == (40 * 125, 0)


def test_the_total_that_was_read_still_counts(week):
    with pytest.raises(PriceChangedMeanwhile):
        place(week, 4, kept_bps=5_000, expected_cents=4 * LOW_CENTS)


def test_what_was_confirmed_keeps_its_price_beside_the_smaller_one(week):
    pricing_services.set_runway(fund=fund(week), warn_weeks=1, stop_weeks=0)
    placed = place(week, 4, kept_bps=None)
    pricing_services.set_runway(fund=fund(week), warn_weeks=60, stop_weeks=50)
    other = make_stock(week).offer.public_id

    def asked(units: int) -> services.Change:
        return services.Change(
            wants={item_of_first: units, other: 2},
            tier_code="solidaire",
            by=week.person,
            now=NOW,
            kept_bps=5_000,
        )

    item_of_first = placed.lines.get().item_public_id
    with pytest.raises(MoreAtAgreedPrice):
        services.change_order(
            order=placed, change=asked(5), seen_version=placed.version, key="five"
        )
    changed = services.change_order(
        order=placed, change=asked(4), seen_version=placed.version, key="four"
    )

    prices = changed.lines.order_by("price_unit_cents").values_list(
        "ordered", "price_unit_cents"
    )
    assert list(prices) == [(4, LOW_CENTS), (2, SMALLER_CENTS)]


@pytest.mark.parametrize("kept_bps", [0, 10_000])
def test_a_rule_keeps_a_part_and_not_all(week, kept_bps):
    with pytest.raises(KeptOutOfRange):
        pricing_services.set_stop_rule(
            fund=fund(week), stop_rule="smaller", kept_bps=kept_bps
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SolidarityFund.objects.filter(hub=week.hub).update(kept_bps=kept_bps)

    assert fund(week).kept_bps == 5_000


@time_machine.travel(NOW, tick=False)
def test_the_page_shows_the_offer_before_anything_is_confirmed(week, client):
    person = make_group_buyer(week.buyer)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    basket = basket_of(week, 4)
    url = f"/orders/basket/{basket.public_id}/confirm/"
    sent = {"seen": basket.changed_at.isoformat(), "total": str(4 * LOW_CENTS)}

    offered = client.post(url, sent, headers={"accept-language": "en"}, follow=True)
    left = client.post(
        f"/orders/basket/{basket.public_id}/fair-price/",
        headers={"accept-language": "en"},
        follow=True,
    )

    page = offered.content.decode().replace("\u00a0", " ")
    assert "A smaller reduction is offered" in page
    assert "Confirm for $45.00" in page
    assert "Confirm for $50.00" in left.content.decode().replace("\u00a0", " ")
    assert not Order.objects.filter(buyer=week.buyer).exists()
