"""Invoices and farm sales are given their day once, by the terms of that day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from orders import selectors, services
from orders.core.errors.cash import NotOfThisHub, TermsBackdated, TermsNotPossible
from orders.core.terms import Rule, Terms
from orders.models import FarmSale, Invoice, PaymentTerms
from orders.services import Agreement
from tests.factories import hub as ground
from tests.factories.day import NOW, Day, deliver, make_day

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate(NOW)
A_MONTH = Terms(Rule.NET, 30)


def bill(day: Day) -> Invoice:
    (invoice,) = services.bill_day(
        hub=day.hub, service_on=day.week.cycle.service_on, by=day.coordinator, now=NOW
    )
    return invoice


def agree(day: Day, side: str, terms: Terms, *, member=None, on: date = TODAY):
    return services.agree_terms(
        hub=day.hub,
        agreement=Agreement(side=side, member=member, terms=terms, starts_on=on),
        by=day.coordinator,
    )


def make_delivered() -> Day:
    day = make_day(wants={"a": (4, 0)}, fund_cents=0)
    deliver(day, "a")
    return day


def test_without_terms_buyers_have_thirty_days_and_farms_are_paid_on_delivery():
    day = make_delivered()

    invoice = bill(day)

    sale = FarmSale.objects.get()
    assert (invoice.due_on, invoice.document["due_on"]) == (
        TODAY + timedelta(days=30),
        (TODAY + timedelta(days=30)).isoformat(),
    )
    assert (sale.due_on, sale.when_paid) == (
        max(TODAY, day.week.cycle.service_on),
        False,
    )


def test_a_members_own_terms_come_before_the_hubs_default():
    day = make_delivered()
    buyer = day.orders["a"].buyer
    agree(day, "buyer", Terms(Rule.NET, 60))
    agree(day, "buyer", Terms(Rule.NET, 10), member=buyer)
    agree(day, "farm", Terms(Rule.WHEN_PAID), member=day.farms[0])

    invoice = bill(day)

    sale = FarmSale.objects.get()
    assert invoice.due_on == TODAY + timedelta(days=10)
    assert (sale.due_on, sale.when_paid) == (None, True)


def test_terms_of_a_later_day_wait_for_it():
    day = make_delivered()
    agree(day, "buyer", Terms(Rule.NET, 5), on=TODAY + timedelta(days=1))

    assert bill(day).due_on == TODAY + timedelta(days=30)


def test_new_terms_change_no_invoice_that_was_issued():
    day = make_delivered()
    invoice = bill(day)

    agree(day, "buyer", Terms(Rule.NET, 5), on=TODAY + timedelta(days=1))

    invoice.refresh_from_db()
    assert invoice.due_on == TODAY + timedelta(days=30)


@pytest.mark.parametrize("side", ["buyer", "farm"])
@pytest.mark.parametrize("is_own", [True, False])
def test_terms_dated_before_an_issued_invoice_are_refused(side, is_own):
    day = make_delivered()
    bill(day)
    members = {"buyer": day.orders["a"].buyer, "farm": day.farms[0]}
    member = members[side] if is_own else None

    with pytest.raises(TermsBackdated) as refused:
        agree(day, side, A_MONTH, member=member)

    assert refused.value.data == {"first_on": (TODAY + timedelta(days=1)).isoformat()}
    assert PaymentTerms.objects.count() == 0


def test_a_member_who_was_not_billed_may_begin_today():
    day = make_delivered()
    other = ground.make_buyer(hub=day.hub)
    bill(day)

    row = agree(day, "buyer", A_MONTH, member=other)

    assert row.starts_on == TODAY


def test_a_member_of_another_hub_or_side_is_refused():
    day = make_delivered()
    stranger = ground.make_buyer(hub=ground.make_hub())

    for side, member in (("buyer", stranger), ("buyer", day.farms[0])):
        with pytest.raises(NotOfThisHub):
            agree(day, side, A_MONTH, member=member)

    assert PaymentTerms.objects.count() == 0


def test_a_buyer_cannot_wait_for_its_own_payment():
    day = make_delivered()

    with pytest.raises(TermsNotPossible):
        agree(day, "buyer", Terms(Rule.WHEN_PAID))

    assert PaymentTerms.objects.count() == 0


def test_a_correction_leaves_the_buyer_the_first_day_and_the_credit_note_none():
    day = make_delivered()
    invoice = bill(day)
    later = NOW + timedelta(days=3)
    agree(day, "buyer", Terms(Rule.NET, 5), on=TODAY + timedelta(days=1))

    credit, again = services.correct_invoice(
        invoice=invoice,
        quantities={
            line.pk: line.billed - 1 for line in selectors.lines_to_correct(invoice)
        },
        reason="one case was missing",
        by=day.coordinator,
        now=later,
        key="terms",
    )

    assert (credit.due_on, again and again.due_on) == (
        None,
        TODAY + timedelta(days=30),
    )


def test_the_list_says_whose_terms_are_its_own_and_what_comes_next():
    day = make_delivered()
    buyer = day.orders["a"].buyer
    agree(day, "buyer", Terms(Rule.NET, 10), member=buyer)
    coming = agree(
        day, "buyer", Terms(Rule.MONTH_END), member=buyer, on=TODAY + timedelta(days=9)
    )

    rows = selectors.terms_of_members(day.hub, today=TODAY)

    found = {
        (row.side, row.member and row.member.pk): (row.terms, row.is_own, row.next)
        for row in rows
    }
    assert found[("buyer", None)] == (A_MONTH, False, None)
    assert found[("buyer", buyer.pk)] == (Terms(Rule.NET, 10), True, coming)
    assert found[("farm", day.farms[0].pk)] == (Terms(Rule.ON_DELIVERY), False, None)
