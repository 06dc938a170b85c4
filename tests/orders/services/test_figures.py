"""What a day of deliveries leaves for reports: by source, to the cent, never stale."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.indicators import taken_at, totals_between
from hub.ledger import statements
from hub.models import IndicatorFact
from orders import services
from orders.core.errors import HouseholdsOutOfRange
from orders.models import Invoice, Shipment
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from pricing.models import FundLot
from tests.factories.day import NOW, Day, deliver, make_day
from tests.factories.vouchers import make_envelope
from tests.factories.week import change, make_stock, make_week

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=4)


@pytest.fixture
def day() -> Day:
    """Two orders at 80 % and a gift; a grant of 6,00 $ is spent first."""
    week = make_week(fund_cents=5_000)
    grant = pricing_services.add_lot(
        fund=week.lot.fund, source="Fondation", on=NOW.date(), ends_on=NOW.date()
    )
    pricing_services.deposit(lot=grant, amount_cents=600, key="g", on=NOW.date())
    day = make_day(
        wants={"a": (4, 0), "b": (2, 0), "c": (1, 0)},
        tiers={"a": "solidaire", "b": "solidaire", "c": "soutien"},
        week=week,
    )
    for name in "abc":
        deliver(day, name)
    return day


def settle(day: Day) -> None:
    on = day.week.cycle.service_on
    services.bill_day(hub=day.hub, service_on=on, by=None, now=NOW)
    services.leave_figures(hub=day.hub, on=on, now=NOW)


def correct(day: Day, name: str, units: int) -> None:
    invoice = Invoice.objects.get(
        order=day.orders[name], kind="invoice", corrections=None
    )
    services.correct_invoice(
        invoice=invoice,
        quantities={invoice.lines.get().order_line_id: units},
        reason="comptage",
        by=None,
        now=LATER,
        key=f"{name}-{units}",
    )


def left(day: Day, measure: str) -> dict[str, int]:
    rows = IndicatorFact.objects.filter(hub=day.hub, measure=measure)
    return dict(rows.values_list("detail", "value"))


def spent_of(lot: FundLot, given_cents: int) -> int:
    """What the ledger says was spent of a lot: given, less what is free or held."""
    held = pricing_selectors.account_code(lot)
    return given_cents - statements.balance_cents(held)


def test_the_fund_s_money_is_told_by_its_lots_and_agrees_with_the_ledger(day):
    settle(day)

    grant, general = FundLot.objects.get(source="Fondation"), day.week.lot
    # 4 x 2,50 $ and 2 x 2,50 $; the gift of 1,88 $ came to the contributions
    assert left(day, "fund_drawn") == {
        "Fondation": spent_of(grant, 600),
        "Dons": spent_of(general, 5_000 + 188),
    }
    assert left(day, "fund_drawn") == {"Fondation": 600, "Dons": 900}
    assert left(day, "fund_given") == {"": 188}


def test_a_correction_counts_the_day_anew_and_says_when(day):
    settle(day)
    on = day.week.cycle.service_on
    before = totals_between(day.hub, since=on, until=on)

    correct(day, "a", 1)

    after = totals_between(day.hub, since=on, until=on)
    # six cases at 10,00 $ and one at 14,38 $, then three of the six are credited
    assert before.value("buyer_invoiced") == 6_000 + 1_438
    assert after.value("buyer_invoiced") == 3_000 + 1_438
    assert after.value("farm_paid") == 4_000
    assert after.num_days == 1
    assert left(day, "fund_drawn") == {
        "Fondation": spent_of(FundLot.objects.get(source="Fondation"), 600),
        "Dons": spent_of(day.week.lot, 5_000 + 188),
    }
    assert taken_at(day.hub, since=on, until=on) == LATER


def test_a_source_that_has_nothing_any_more_leaves_nothing_behind(day):
    settle(day)

    correct(day, "a", 0)
    correct(day, "b", 0)

    assert left(day, "fund_drawn") == {}
    assert spent_of(FundLot.objects.get(source="Fondation"), 600) == 0


def test_a_day_that_was_not_settled_leaves_nothing_when_it_is_corrected(day):
    services.bill_day(
        hub=day.hub, service_on=day.week.cycle.service_on, by=None, now=NOW
    )

    correct(day, "a", 1)

    assert not IndicatorFact.objects.exists()


def test_what_comes_after_all_counts_on_the_day_of_its_delivery(day):
    settle(day)
    correct(day, "c", 0)
    deliver(day, "c")

    services.bill_day(
        hub=day.hub, service_on=day.week.cycle.service_on, by=None, now=LATER
    )

    assert left(day, "buyer_invoiced") == {"": 6_000 + 1_438}


def test_households_are_those_that_groups_told_where_something_came(day):
    settle(day)
    for name, number in (("a", 12), ("b", 3)):
        services.tell_households(
            order=day.orders[name],
            num_households=number,
            now=LATER,
        )
    correct(day, "b", 0)

    facts = IndicatorFact.objects.filter(measure="households")
    buyer = day.orders["a"].buyer
    assert list(facts.values_list("detail", "value", "num_people")) == [
        (buyer.name, 12, 12)
    ]


def test_an_envelope_is_told_by_its_programme_with_the_households_behind_it():
    week = make_week()
    envelope = make_envelope(week.buyer)
    row = make_stock(week)
    placed = services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=replace(change(week, {row.offer.public_id: 4}), envelope=envelope),
        key="k1",
    )
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    services.tell_households(order=placed, num_households=4, now=NOW)
    shipment = Shipment.objects.get()
    services.record_delivery(shipment_id=shipment.pk, quantities={}, by=None, now=NOW)
    on = week.cycle.service_on

    services.bill_day(hub=week.hub, service_on=on, by=None, now=NOW)
    services.leave_figures(hub=week.hub, on=on, now=NOW)

    left_cents = statements.balance_cents(f"envelope:{envelope.public_id}")
    facts = IndicatorFact.objects.filter(measure="envelope_paid")
    # four cases at 12,50 $
    assert list(facts.values_list("detail", "value", "num_people")) == [
        (envelope.programme.name, 5_000, 4)
    ]
    assert left_cents == 10_000 - 5_000


@pytest.mark.parametrize("number", [-1, 100_001])
def test_a_number_of_households_that_cannot_be_is_refused(day, number):
    with pytest.raises(HouseholdsOutOfRange) as refusal:
        services.tell_households(order=day.orders["a"], num_households=number, now=NOW)

    day.orders["a"].refresh_from_db()
    assert refusal.value.data == {"number": number, "most": 100_000}
    assert day.orders["a"].num_households is None
