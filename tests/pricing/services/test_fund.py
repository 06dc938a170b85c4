"""The fund's money: given once, promised once, to whom it may, never below zero."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from hub.ledger import statements
from hub.ledger.core.errors import KeyReused
from pricing import accounts, selectors, services
from pricing.core.errors import (
    FundPaused,
    FundTooLow,
    LotEnded,
    NotAGift,
    NotAMemberOfHub,
    RunwayBackwards,
)
from pricing.models import FundLot
from tests.factories.hub import make_buyer, make_hub

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 9)


@pytest.fixture
def hub():
    return make_hub()


@pytest.fixture
def fund(hub):
    return services.open_fund(hub=hub, warn_weeks=0, stop_weeks=0)


@pytest.fixture
def group(hub):
    return make_buyer(hub=hub)


def give(lot, cents, key=None):
    services.deposit(lot=lot, amount_cents=cents, key=key or str(uuid4()), on=TODAY)


def general(fund):
    return FundLot.objects.get(fund=fund, is_general=True)


def in_lot(lot):
    return statements.balance_cents(selectors.account_code(lot))


def draw(hub, buyer, cents, *, order="o1", version=1, on=TODAY):
    """Hold what a version of an order may draw, giving back the version before."""

    def key(number):
        return accounts.draw_hold_key(hub=hub.public_id, order=order, version=number)

    services.replace_draw(
        hub_id=hub.pk,
        buyer=buyer.public_id,
        hold_key=key(version),
        earlier_hold_key=key(version - 1) if version > 1 else "",
        amount_cents=cents,
        on=on,
    )
    return key(version)


def test_a_fund_is_opened_once_with_its_general_lot(hub):
    first, again = (services.open_fund(hub=hub) for _ in range(2))

    lots = FundLot.objects.filter(fund=first).values_list("source", "is_general")
    assert (first, list(lots)) == (again, [("Contributions", True)])


def test_a_deposit_sent_twice_counts_once(fund):
    for _ in range(2):
        give(general(fund), 5_000, key="the-same")

    assert in_lot(general(fund)) == 5_000


def test_a_deposit_key_used_for_another_amount_is_refused(fund):
    give(general(fund), 5_000, key="the-same")

    with pytest.raises(KeyReused):
        give(general(fund), 6_000, key="the-same")

    assert in_lot(general(fund)) == 5_000


@pytest.mark.parametrize("cents", [0, -100])
def test_a_deposit_of_nothing_is_refused(fund, cents):
    with pytest.raises(NotAGift):
        give(general(fund), cents)

    assert in_lot(general(fund)) == 0


def test_money_for_a_lot_that_has_ended_is_refused(fund):
    lot = services.add_lot(fund=fund, source="Ville", on=TODAY, ends_on=TODAY)

    with pytest.raises(LotEnded):
        services.deposit(
            lot=lot, amount_cents=100, key="late", on=TODAY + timedelta(days=1)
        )

    assert in_lot(lot) == 0


def test_a_lot_that_ended_before_it_begins_is_refused(fund):
    with pytest.raises(LotEnded):
        services.add_lot(
            fund=fund, source="Ville", on=TODAY, ends_on=TODAY - timedelta(days=1)
        )

    assert FundLot.objects.filter(fund=fund).count() == 1


def test_a_lot_for_a_group_of_another_hub_is_refused(fund):
    with pytest.raises(NotAMemberOfHub):
        services.add_lot(fund=fund, source="Ville", on=TODAY, eligible=[make_buyer()])

    assert FundLot.objects.filter(fund=fund).count() == 1


def test_a_draw_spends_earmarked_money_first_and_what_ends_first_before_the_rest(
    hub, fund, group
):
    late, soon = (
        services.add_lot(
            fund=fund,
            source=f"Ville {days}",
            on=TODAY,
            ends_on=TODAY + timedelta(days=days),
            eligible=[group],
        )
        for days in (60, 10)
    )
    for lot in (general(fund), late, soon):
        give(lot, 1_000)

    draw(hub, group, 1_500)

    assert [in_lot(lot) for lot in (soon, late, general(fund))] == [0, 500, 1_000]


def test_earmarked_money_pays_nothing_for_another_group(hub, fund, group):
    lot = services.add_lot(fund=fund, source="Ville", on=TODAY, eligible=[group])
    give(lot, 1_000)
    give(general(fund), 300)
    other = make_buyer(hub=hub)

    with pytest.raises(FundTooLow) as refusal:
        draw(hub, other, 400)

    assert refusal.value.data == {"missing_cents": 100}
    assert (in_lot(lot), in_lot(general(fund))) == (1_000, 300)


def test_money_that_has_ended_pays_for_nobody(hub, fund, group):
    lot = services.add_lot(fund=fund, source="Ville", on=TODAY, ends_on=TODAY)
    give(lot, 1_000)

    with pytest.raises(FundTooLow):
        draw(hub, group, 100, on=TODAY + timedelta(days=1))

    assert in_lot(lot) == 1_000


def test_a_changed_order_gives_its_earlier_hold_back(hub, fund, group):
    give(general(fund), 1_000)
    first = draw(hub, group, 900)

    second = draw(hub, group, 950, version=2)

    held = [selectors.held_cents(key) for key in (first, second)]
    assert (held, in_lot(general(fund))) == ([0, 950], 50)


def test_a_hub_without_a_fund_promises_nothing(hub, group):
    with pytest.raises(FundTooLow):
        draw(hub, group, 100)


def test_under_its_runway_the_fund_takes_no_new_promise_but_keeps_the_old(
    hub, fund, group
):
    give(general(fund), 10_000)
    first = draw(hub, group, 8_000)
    # 2 000 free, 8 000 drawn in eight weeks: 1 000 a week, two weeks left
    services.set_runway(fund=fund, warn_weeks=4, stop_weeks=3)

    with pytest.raises(FundPaused) as refusal:
        draw(hub, group, 100, order="o2")

    assert refusal.value.data == {"weeks": 3}
    assert (selectors.held_cents(first), in_lot(general(fund))) == (8_000, 2_000)


def test_under_its_runway_an_order_may_still_become_smaller(hub, fund, group):
    give(general(fund), 10_000)
    draw(hub, group, 8_000)
    services.set_runway(fund=fund, warn_weeks=40, stop_weeks=30)

    second = draw(hub, group, 7_000, version=2)

    assert (selectors.held_cents(second), in_lot(general(fund))) == (7_000, 3_000)


def test_a_stop_above_the_warning_is_refused(fund):
    with pytest.raises(RunwayBackwards):
        services.set_runway(fund=fund, warn_weeks=2, stop_weeks=3)

    fund.refresh_from_db()
    assert (fund.warn_weeks, fund.stop_weeks) == (0, 0)


def test_a_shrunk_draw_gives_the_surplus_back_and_never_takes_more(hub, fund, group):
    give(general(fund), 1_000)
    hold_key = draw(hub, group, 800)

    for to_cents in (300, 500):
        services.shrink_draw(
            hub_id=hub.pk, hold_key=hold_key, to_cents=to_cents, on=TODAY
        )

    assert (selectors.held_cents(hold_key), in_lot(general(fund))) == (300, 700)
