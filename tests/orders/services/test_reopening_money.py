"""What a reopening takes of the fund and of envelopes is said before, to the cent.

A case costs the fund 2,50 $ at the solidarity tier (1 250 cents of 80 %), and a buyer
12,50 $ at the fair price. A shortage gives back what it frees; others may take it then.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.core.errors import DomainError
from orders import services
from orders.models import CycleReopening
from orders.services.reopening_preview import BeforeReopening
from pricing import selectors as pricing_selectors
from pricing.models import FundLot
from tests.factories.scarce import TODAY, close_short, spend
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, Week, change, make_stock, make_week
from vouchers import services as voucher_services
from vouchers.models import Envelope

pytestmark = pytest.mark.django_db


def look(week: Week) -> BeforeReopening:
    return services.before_reopening(week.cycle, on=TODAY)


def refusal_of_the_act(week: Week) -> str | None:
    """With which code opening again is refused; None, it is open again."""
    ask = services.Reopening(
        closes_at=NOW + timedelta(hours=8), reason="Oubli.", by=None, now=NOW
    )
    try:
        services.reopen_cycle(cycle=week.cycle, ask=ask, key="again")
    except DomainError as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("num_buyers", [1, 2, 3])
@pytest.mark.parametrize("lacking_cents", [-100, -1, 0, 1, 499, 500])
def test_the_preview_says_too_low_exactly_when_the_act_is_refused(
    num_buyers: int, lacking_cents: int
) -> None:
    week = make_week(fund_cents=4 * 250 * num_buyers + 100)
    close_short(week, num_buyers=num_buyers)
    spend(week, 100 + lacking_cents)
    before = pricing_selectors.fund_state(fund=week.lot.fund, on=TODAY)

    fund = look(week).money.fund
    said = look(week).money.refusal_code
    done = refusal_of_the_act(week)

    missing_cents = max(lacking_cents, 0)
    after = pricing_selectors.fund_state(fund=week.lot.fund, on=TODAY)
    assert said == done == ("fund_too_low" if missing_cents else None)
    assert fund is not None
    assert (fund.free_cents, fund.held_cents, fund.needed_cents) == (
        before.free_cents,
        before.held_cents,
        1_000 * num_buyers,
    )
    assert fund.missing_cents == missing_cents
    if done is None:
        assert (fund.free_after_cents, fund.is_emptied) == (
            after.free_cents,
            after.free_cents == 0,
        )
        assert after.held_cents == fund.needed_cents
    else:
        assert (after, CycleReopening.objects.count()) == (before, 0)


def ordered_with_envelope(week: Week) -> Envelope:
    """Three cases paid by an envelope, of which two do not come."""
    envelope = make_envelope(week.buyer)
    stock = make_stock(week)
    services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=replace(change(week, {stock.offer.public_id: 3}), envelope=envelope),
        key="k1",
    )
    stock.refresh_from_db()
    stock.quantity, stock.short_quantity = 1, 2
    stock.save()
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    return envelope


@pytest.mark.parametrize(
    ("withdrawn_cents", "missing_cents"),
    [(0, 0), (6_250, 0), (6_251, 1), (8_750, 2_500)],
)
def test_what_an_envelope_no_longer_has_is_what_the_act_finds_missing(
    withdrawn_cents: int, missing_cents: int
) -> None:
    week = make_week()
    envelope = ordered_with_envelope(week)
    if withdrawn_cents:
        voucher_services.withdraw(
            envelope=envelope, amount_cents=withdrawn_cents, key="w", on=TODAY
        )

    money = look(week).money
    done = refusal_of_the_act(week)

    (part,) = money.envelopes
    assert (part.held_cents, part.needed_cents) == (1_250, 3_750)
    assert (part.missing_cents, money.refusal_code, done) == (
        missing_cents,
        None,
        None,
    )
    summary = CycleReopening.objects.get().summary
    assert summary["missing_cents"] == missing_cents


@pytest.mark.parametrize("withdrawn_cents", [0, 6_250, 6_251])
def test_an_envelope_that_ended_and_was_taken_back_refuses_as_was_said(
    withdrawn_cents: int,
) -> None:
    week = make_week()
    envelope = ordered_with_envelope(week)
    envelope.ends_on = TODAY - timedelta(days=1)
    envelope.save()
    if withdrawn_cents:
        voucher_services.withdraw(
            envelope=envelope, amount_cents=withdrawn_cents, key="w", on=TODAY
        )

    money = look(week).money
    done = refusal_of_the_act(week)

    (part,) = money.envelopes
    assert part.short_cents == max(withdrawn_cents - 6_250, 0)
    assert money.refusal_code == done
    assert done == ("not_enough_money" if withdrawn_cents > 6_250 else None)


def test_the_look_asks_as_much_for_any_number_of_orders_and_moves_nothing() -> None:
    counted = []
    for number in (1, 4):
        week = make_week(fund_cents=10_000)
        for turn in range(number - 1):
            FundLot.objects.create(fund=week.lot.fund, source=f"Fondation {turn}")
        close_short(week, num_buyers=number, with_envelopes=True)
        before = pricing_selectors.fund_state(fund=week.lot.fund, on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            money = look(week).money
        counted.append(len(asked))
        after = pricing_selectors.fund_state(fund=week.lot.fund, on=TODAY)
        assert (after, len(money.envelopes)) == (before, number)

    assert counted[0] == counted[1]
