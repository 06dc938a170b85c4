"""What is left of a source that ends: shown, prolonged, given back, never spent."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from hub.ledger import statements
from hub.ledger.audit import audit
from hub.ledger.core.errors import KeyReused
from hub.models import Trace
from pricing import accounts, indicators, selectors, services
from pricing.core.errors import (
    AboveLot,
    EndNotLater,
    FundTooLow,
    LotEnded,
    LotWithoutFunder,
    NotAGift,
)
from pricing.models import FundLot
from tests.factories.hub import make_buyer, make_hub

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 9)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def hub():
    return make_hub()


@pytest.fixture
def fund(hub):
    return services.open_fund(hub=hub, warn_weeks=0, stop_weeks=0)


@pytest.fixture
def group(hub):
    return make_buyer(hub=hub)


@pytest.fixture
def grant(fund):
    """A grant of 10,00 $ whose last day is today."""
    lot = services.add_lot(
        fund=fund,
        source="Ville",
        on=TODAY,
        kind="grant",
        purpose="Paniers d’hiver",
        ends_on=TODAY,
    )
    services.deposit(lot=lot, amount_cents=1_000, key="ville", on=TODAY)
    return lot


def draw(hub, buyer, cents, on=TODAY):
    services.replace_draw(
        hub_id=hub.pk,
        buyer=buyer.public_id,
        hold_key=accounts.draw_hold_key(hub=hub.public_id, order="o1", version=1),
        earlier_hold_key="",
        amount_cents=cents,
        on=on,
    )


def in_lot(lot):
    return statements.balance_cents(selectors.account_code(lot))


def seen(fund, on=TODAY):
    return {each.lot.source: each for each in indicators.lots_seen(fund=fund, on=on)}


def give_back(lot, cents, key="back", on=TOMORROW):
    services.return_lot(
        lot=lot, amount_cents=cents, key=key, on=on, why="fin du programme"
    )


def test_a_source_has_a_kind_and_a_purpose_that_the_table_knows(fund, grant):
    assert (grant.kind, grant.purpose) == ("grant", "Paniers d’hiver")
    assert FundLot.objects.get(fund=fund, is_general=True).kind == "contribution"
    with pytest.raises(IntegrityError), transaction.atomic():
        FundLot.objects.filter(pk=grant.pk).update(kind="loan")


def test_a_lot_is_seen_with_what_is_free_held_spent_and_given_back(
    hub, fund, group, grant
):
    draw(hub, group, 300)
    give_back(grant, 200, on=TODAY)

    lot = seen(fund)["Ville"]

    assert (lot.received_cents, lot.balance_cents, lot.held_cents) == (1_000, 500, 300)
    assert (lot.spent_cents, lot.returned_cents, lot.days_left) == (0, 200, 0)


def test_a_lot_is_said_to_end_soon_and_then_to_have_ended_with_money(fund, grant):
    told = [
        (seen(fund, day)["Ville"].ends_soon, seen(fund, day)["Ville"].is_left_over)
        for day in (TODAY - timedelta(days=31), TODAY, TOMORROW)
    ]

    assert told == [(False, False), (True, False), (False, True)]


def test_a_grant_that_ended_pays_again_once_it_is_prolonged(hub, fund, group, grant):
    with pytest.raises(FundTooLow):
        draw(hub, group, 300, on=TOMORROW)

    services.prolong_lot(
        lot=grant, ends_on=TODAY + timedelta(days=30), on=TOMORROW, why="lettre du 8"
    )
    draw(hub, group, 300, on=TOMORROW)

    assert in_lot(grant) == 700


def test_a_prolonged_end_leaves_its_trace(grant):
    services.prolong_lot(lot=grant, ends_on=TOMORROW, on=TODAY, why="lettre du 8")

    trace = Trace.objects.get(kind="fund_lot_prolonged")
    assert (trace.before, trace.after, trace.why) == (
        {"ends_on": "2026-06-09"},
        {"ends_on": "2026-06-10"},
        "lettre du 8",
    )


@pytest.mark.parametrize(
    ("days", "on", "refusal"),
    [
        (0, TODAY, EndNotLater),
        (-1, TODAY, EndNotLater),
        (1, TODAY + timedelta(days=5), LotEnded),
    ],
)
def test_an_end_is_only_moved_to_a_later_day_that_is_not_over(grant, days, on, refusal):
    with pytest.raises(refusal):
        services.prolong_lot(
            lot=grant, ends_on=TODAY + timedelta(days=days), on=on, why="x"
        )

    grant.refresh_from_db()
    assert grant.ends_on == TODAY


def test_money_without_an_end_is_not_prolonged(fund):
    lot = FundLot.objects.get(fund=fund, is_general=True)

    with pytest.raises(LotWithoutFunder):
        services.prolong_lot(lot=lot, ends_on=TOMORROW, on=TODAY, why="x")


def test_what_a_grant_leaves_goes_back_to_its_funder_once(hub, grant):
    for _ in range(2):
        give_back(grant, 1_000)

    funder = accounts.funder(hub=hub.public_id)
    assert (in_lot(grant), statements.balance_cents(funder.code)) == (0, 0)
    assert Trace.objects.filter(kind="fund_lot_returned").count() == 1
    assert audit().is_clean


def test_a_return_under_the_same_key_of_another_amount_is_refused(grant):
    give_back(grant, 400)

    with pytest.raises(KeyReused):
        give_back(grant, 500)

    assert in_lot(grant) == 600


def test_money_held_for_an_order_is_not_given_back(hub, fund, group, grant):
    draw(hub, group, 300)

    with pytest.raises(AboveLot):
        give_back(grant, 701)

    assert (in_lot(grant), seen(fund)["Ville"].held_cents) == (700, 300)


@pytest.mark.parametrize("cents", [0, -5])
def test_nothing_is_no_return(grant, cents):
    with pytest.raises(NotAGift):
        give_back(grant, cents)

    assert in_lot(grant) == 1_000


def test_contributions_have_no_funder_to_go_back_to(fund):
    lot = FundLot.objects.get(fund=fund, is_general=True)
    services.deposit(lot=lot, amount_cents=500, key="don", on=TODAY)

    with pytest.raises(LotWithoutFunder):
        give_back(lot, 100)

    assert in_lot(lot) == 500


def test_money_for_all_that_ends_is_spent_before_earmarked_money_that_does_not(
    hub, fund, group, grant
):
    kept = services.add_lot(fund=fund, source="Fondation", on=TODAY, eligible=[group])
    services.deposit(lot=kept, amount_cents=1_000, key="fondation", on=TODAY)

    draw(hub, group, 1_200)

    assert (in_lot(grant), in_lot(kept)) == (0, 800)
