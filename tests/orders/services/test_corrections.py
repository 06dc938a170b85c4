"""An invoiced order is edited: a credit note, a new invoice, the numbers whole."""

from typing import Any

import pytest

from hub.ledger import posting, statements
from hub.ledger.audit import audit
from hub.ledger.core.accounts import AccountRef, Move
from orders import selectors, services
from orders.core.errors import (
    AlreadyCorrected,
    CreditAboveInvoice,
    DeliveredAboveOrdered,
    GiftSpent,
    NothingToCorrect,
    NotOnThisInvoice,
    PaidAboveOwed,
    RequestReused,
)
from orders.models import FarmSale, Invoice, OrderLine
from pricing import selectors as pricing_selectors
from pricing.core.errors import FundTooLow
from tests.factories.day import NOW, Day, deliver, make_day

pytestmark = pytest.mark.django_db


def settled(tier: str = "juste_prix", *, units: int = 4, **made) -> tuple[Day, Invoice]:
    """An order of five cases at 12,50 $, of which some came and are billed."""
    day = make_day(wants={"a": (5, 0)}, tiers={"a": tier}, **made)
    deliver(day, "a", units=units)
    (invoice,) = services.bill_day(
        hub=day.hub, service_on=day.week.cycle.service_on, by=None, now=NOW
    )
    return day, invoice


def correct(invoice: Invoice, units: int, key: str = "once", line: int | None = None):
    pk = invoice.lines.get().order_line_id if line is None else line
    return services.correct_invoice(
        invoice=invoice,
        quantities={pk: units},
        reason="deux caisses gelées",
        by=None,
        now=NOW,
        key=key,
    )


def owed(day: Day) -> int:
    code = f"buyer:{day.orders['a'].buyer.public_id}"
    return -statements.balance_cents(code)


def free(day: Day) -> int:
    return statements.balance_cents(pricing_selectors.account_code(day.week.lot))


def test_a_correction_is_a_credit_note_and_a_new_invoice():
    day, invoice = settled()

    credit, again = correct(invoice, 2)

    assert [(i.number, i.kind, i.buyer_cents) for i in (invoice, credit, again)] == [
        (1, "invoice", 5_000),
        (2, "credit_note", -5_000),
        (3, "invoice", 2_500),
    ]
    assert (credit.corrects, again.corrects) == (invoice, invoice)
    assert (owed(day), audit().is_clean) == (2_500, True)


def test_a_correction_has_a_day_of_its_own():
    _, invoice = settled()

    credit, again = correct(invoice, 2)

    today = NOW.date()
    assert (invoice.effective_on, invoice.service_on) == (invoice.service_on,) * 2
    assert [(i.service_on, i.effective_on) for i in (credit, again)] == [
        (invoice.service_on, today)
    ] * 2


def test_the_fund_gets_back_what_it_paid_too_much():
    day, invoice = settled("solidaire")
    before = free(day)

    correct(invoice, 2)

    assert (before, free(day)) == (10_000 - 4 * 250, 10_000 - 2 * 250)


def test_more_than_was_held_is_newly_held_from_the_fund():
    day, invoice = settled("solidaire")

    _, again = correct(invoice, 5)

    day.orders["a"].refresh_from_db()
    assert (again.draw_cents, free(day), owed(day)) == (1_250, 8_750, 5_000)
    assert pricing_selectors.held_cents(day.orders["a"].hold_key) == 0


def test_a_larger_draw_that_the_fund_cannot_pay_is_refused_and_nothing_moves():
    day, invoice = settled("solidaire", fund_cents=1_250)
    hub = day.hub.public_id
    lot = AccountRef(pricing_selectors.account_code(day.week.lot), floored=True)
    posting.post(
        key="spent",
        kind="fund-deposit",
        moves=[Move(lot, -250), Move(AccountRef(f"funder:{hub}", floored=False), 250)],
        effective_on=NOW.date(),
    )

    with pytest.raises(FundTooLow):
        correct(invoice, 5)

    assert (Invoice.objects.count(), owed(day), free(day)) == (1, 4_000, 0)


def test_what_a_correction_brings_above_the_note_at_the_door_came_after_all():
    _, invoice = settled()

    correct(invoice, 5)

    line = OrderLine.objects.get()
    assert (line.delivered, line.billed) == (5, 5)


def test_a_correction_to_nothing_is_a_credit_note_alone():
    day, invoice = settled()

    credit, again = correct(invoice, 0)

    assert (credit.number, again, owed(day)) == (2, None, 0)


def test_what_was_credited_whole_can_be_delivered_and_billed_anew():
    day, invoice = settled()
    correct(invoice, 0)
    deliver(day, "a", units=4)

    found = services.bill_day(
        hub=day.hub, service_on=invoice.service_on, by=None, now=NOW
    )

    assert [i.number for i in found] == [1, 3]
    assert (owed(day), audit().is_clean) == (5_000, True)


def test_the_farm_sells_what_is_billed():
    day, invoice = settled()

    correct(invoice, 2)

    sold = list(FarmSale.objects.order_by("pk").values_list("quantity", flat=True))
    farm = f"farm:{day.farms[0].public_id}"
    assert (sold, statements.balance_cents(farm)) == ([4, -4, 2], 2_000)


def test_the_same_request_twice_is_corrected_once():
    _, invoice = settled()
    first = correct(invoice, 2)

    second = correct(invoice, 2)

    assert (second, Invoice.objects.count()) == (first, 3)


def test_the_same_key_for_another_correction_is_refused():
    _, invoice = settled()
    correct(invoice, 2)

    with pytest.raises(RequestReused):
        correct(invoice, 3)

    assert Invoice.objects.count() == 3


def test_a_second_credit_note_of_an_invoice_is_refused():
    day, invoice = settled()
    correct(invoice, 2)

    with pytest.raises(AlreadyCorrected) as refusal:
        correct(invoice, 3, key="again")

    assert refusal.value.data == {"invoice": 1, "credit_note": 2}
    assert (Invoice.objects.count(), owed(day)) == (3, 2_500)


def test_the_invoice_in_its_place_can_be_corrected_in_turn():
    day, invoice = settled()
    _, second = correct(invoice, 2)

    _, third = correct(second, 3, key="again")

    assert (third.number, owed(day), audit().is_clean) == (5, 3_750, True)


def test_a_credit_above_its_invoice_is_refused():
    day, invoice = settled()

    with pytest.raises(CreditAboveInvoice):
        correct(invoice, -1)

    assert (Invoice.objects.count(), owed(day)) == (1, 5_000)


def test_more_than_was_sold_is_refused():
    day, invoice = settled()

    with pytest.raises(DeliveredAboveOrdered):
        correct(invoice, 6)

    assert (Invoice.objects.count(), owed(day)) == (1, 5_000)


def test_the_same_quantities_are_no_correction():
    _, invoice = settled()

    with pytest.raises(NothingToCorrect):
        correct(invoice, 4)

    assert Invoice.objects.count() == 1


def test_goods_of_another_invoice_are_refused():
    _, invoice = settled()

    with pytest.raises(NotOnThisInvoice):
        correct(invoice, 1, line=invoice.lines.get().order_line_id + 1)

    assert Invoice.objects.count() == 1


def test_a_credit_note_is_not_corrected():
    _, invoice = settled()
    credit, _ = correct(invoice, 2)

    with pytest.raises(NotOnThisInvoice):
        correct(credit, 1, key="again")

    assert Invoice.objects.count() == 3


def test_a_gift_that_the_fund_has_spent_cannot_be_taken_back():
    day, invoice = settled("soutien", fund_cents=0)
    lot = AccountRef(pricing_selectors.account_code(day.week.lot), floored=True)
    outside = AccountRef(f"funder:{day.hub.public_id}", floored=False)
    posting.post(
        key="spent",
        kind="fund-deposit",
        moves=[Move(lot, -752), Move(outside, 752)],
        effective_on=NOW.date(),
    )

    with pytest.raises(GiftSpent):
        correct(invoice, 2)

    assert (Invoice.objects.count(), owed(day)) == (1, 5_752)


def test_the_day_of_a_correction_adds_up():
    day, invoice = settled("solidaire")
    correct(invoice, 2)

    first = selectors.day_totals(hub=day.hub, on=invoice.service_on)
    later = selectors.day_totals(hub=day.hub, on=NOW.date())

    assert (first.drawn_cents, first.parts.buyer_cents) == (1_000, 4_000)
    assert (later.drawn_cents, later.parts.buyer_cents) == (-500, -2_000)
    assert (later.num_invoices, later.num_credit_notes) == (1, 1)


def test_a_payment_makes_the_debt_smaller_once():
    day, _ = settled()
    buyer = day.orders["a"].buyer

    for _twice in range(2):
        services.record_payment(
            buyer=buyer,
            amount_cents=3_000,
            method="virement",
            key="p",
            on=NOW.date(),
            today=NOW.date(),
        )

    bank = statements.balance_cents(f"bank:{day.hub.public_id}")
    assert (owed(day), bank) == (2_000, -3_000)


def test_a_farm_is_paid_what_it_is_owed_and_no_more():
    day, _ = settled()
    farm, code = day.farms[0], f"farm:{day.farms[0].public_id}"
    paid: dict[str, Any] = {
        "farm": farm,
        "method": "virement",
        "on": NOW.date(),
        "today": NOW.date(),
    }
    for _twice in range(2):
        services.record_payout(amount_cents=3_000, key="first", **paid)

    with pytest.raises(PaidAboveOwed):
        services.record_payout(amount_cents=1_001, key="second", **paid)

    assert statements.balance_cents(code) == 1_000


def test_delivered_shipments_say_what_each_buyer_and_farm_has():
    day, _ = settled(units=3)

    (found,) = selectors.delivered_shipments(
        hub_ids=[day.hub.pk], on=day.week.cycle.service_on
    )

    assert (found.mass_g, found.transport_cents) == (30_000, 300)
    assert [(s.organization_id, s.mass_g, s.transport_cents) for s in found.buyers] == [
        (day.orders["a"].buyer_id, 30_000, 300)
    ]
    assert [(s.organization_id, s.mass_g, s.transport_cents) for s in found.farms] == [
        (day.farms[0].pk, 30_000, 300)
    ]
