"""Pages of money: a day is billed, an invoice read and corrected, a payment noted."""

import pytest
from django.test import Client
from django.urls import reverse

from hub.ledger import posting, statements
from hub.ledger.core.accounts import AccountRef, Move
from hub.models import Membership
from orders.models import Invoice
from pricing import selectors as pricing_selectors
from tests.factories import hub as ground
from tests.factories.day import NOW, Day, deliver, make_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    day = make_day(wants={"a": (4, 0)}, tiers={"a": "solidaire"})
    deliver(day, "a", units=3)
    return day


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def hub(day: Day) -> Client:
    return signed_in(day.coordinator)


def bill(hub: Client, day: Day) -> Invoice:
    hub.post(reverse("orders:settle_day", args=[day.week.cycle.service_on]))
    return Invoice.objects.get()


def owed(day: Day) -> int:
    return -statements.balance_cents(f"buyer:{day.orders['a'].buyer.public_id}")


def test_a_day_is_billed_with_one_press_and_shows_its_totals(day, hub):
    address = reverse("orders:settle_day", args=[day.week.cycle.service_on])
    before = hub.get(address).content.decode()

    hub.post(address)

    after = hub.get(address).content.decode()
    assert ("Facturer 1 commande" in before, "Facturer 1 commande" in after) == (
        True,
        False,
    )
    assert "30,00\u00a0$" in after


def test_a_buyer_reads_its_invoice_and_its_debt(day, hub):
    invoice = bill(hub, day)
    buyer = signed_in(ground.make_group_buyer(day.orders["a"].buyer))

    account = buyer.get(reverse("orders:my_invoices")).content.decode()
    paper = buyer.get(reverse("orders:invoice", args=[invoice.public_id]))

    assert "30,00\u00a0$" in account
    assert "Le fonds de solidarité paie 7,50\u00a0$ en plus." in paper.content.decode()


def test_the_file_of_an_invoice_is_a_tagged_pdf(day, hub):
    invoice = bill(hub, day)

    answer = hub.get(reverse("orders:invoice_pdf", args=[invoice.public_id]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content


def test_an_invoice_is_corrected_on_its_page(day, hub):
    invoice = bill(hub, day)
    line = invoice.lines.get().order_line_id
    address = reverse("orders:correct", args=[invoice.public_id])

    answer = hub.post(address, {f"line-{line}": 2, "reason": "gel", "key": "abcd2345"})

    again = Invoice.objects.get(number=3)
    assert answer["Location"] == reverse("orders:invoice", args=[again.public_id])
    assert (again.reason, owed(day)) == ("gel", 2_000)


def test_a_correction_is_looked_at_without_being_made(day, hub):
    invoice = bill(hub, day)
    line = invoice.lines.get().order_line_id
    address = reverse("orders:correct", args=[invoice.public_id])
    typed = {"reason": "gel", "key": "abcd2345", "do": "look"}

    fewer = hub.post(address, {f"line-{line}": 2, **typed})
    more = hub.post(address, {f"line-{line}": 5, **typed})

    said = fewer.content.decode().replace("\u00a0", " ")
    assert "Facturé : 30,00 $, puis 20,00 $." in said
    assert (fewer.status_code, 'value="gel"' in said) == (200, True)
    assert "Ce serait refusé" in more.content.decode()
    assert (Invoice.objects.count(), owed(day)) == (1, 3_000)


def test_a_correction_above_what_was_sold_says_so_and_keeps_what_was_typed(day, hub):
    invoice = bill(hub, day)
    line = invoice.lines.get().order_line_id
    address = reverse("orders:correct", args=[invoice.public_id])

    answer = hub.post(address, {f"line-{line}": 5, "reason": "gel", "key": "abcd2345"})

    words = answer.content.decode()
    assert answer.status_code == 409
    assert "c’est plus que les 4 vendus" in words.replace("&#x27;", "’")
    assert ('value="5"' in words, 'value="gel"' in words) == (True, True)
    assert (Invoice.objects.count(), owed(day)) == (1, 3_000)


def test_a_payment_is_written_down_once(day, hub):
    bill(hub, day)
    buyer = day.orders["a"].buyer
    address = reverse("orders:account", args=[buyer.public_id])
    typed = {"amount_cents": "10,00", "method": "virement", "key": "abcd2345"}

    for _twice in range(2):
        hub.post(address, typed)

    assert owed(day) == 2_000


def test_a_farm_is_not_paid_more_than_it_is_owed(day, hub):
    bill(hub, day)
    farm = day.farms[0]
    typed = {"amount_cents": "30,01", "method": "virement", "key": "abcd2345"}

    answer = hub.post(reverse("orders:account", args=[farm.public_id]), typed)

    assert answer.status_code == 409
    assert "C’est plus que ce qui est dû à cette ferme." in answer.content.decode()
    assert statements.balance_cents(f"farm:{farm.public_id}") == 3_000


def test_a_farm_reads_its_statement_and_nothing_of_what_buyers_pay(day, hub):
    invoice = bill(hub, day)
    farm = signed_in(
        ground.make_member(day.farms[0], Membership.Role.PRODUCER),
    )
    on = invoice.effective_on.isoformat()

    words = farm.get(
        reverse("orders:statement"), {"since": on, "until": on}
    ).content.decode()

    assert ("30,00\u00a0$" in words, day.orders["a"].buyer.name in words) == (
        True,
        False,
    )


def test_the_file_of_a_statement_is_a_pdf(day, hub):
    bill(hub, day)
    farm = signed_in(ground.make_producer(day.farms[0]))

    answer = farm.get(reverse("orders:statement_pdf"))

    assert answer.content.startswith(b"%PDF")


def test_the_head_of_the_invoices_stands_on_the_next_one(day, hub):
    hub.post(
        reverse("orders:seller"),
        {"legal_name": "Coop du Pôle", "seat": "1, rue A", "tps_number": "123 RT"},
    )

    invoice = bill(hub, day)

    seller = invoice.document["seller"]
    assert (seller["name"], seller["tps_number"]) == ("Coop du Pôle", "123 RT")


def test_an_order_that_cannot_be_billed_stands_on_the_page_with_its_reason(day, hub):
    deliver(day, "a", units=0)
    address = reverse("orders:settle_day", args=[day.week.cycle.service_on])
    hub.post(address)
    code = pricing_selectors.account_code(day.week.lot)
    spent_cents = statements.balance_cents(code)
    outside = AccountRef(f"funder:{day.hub.public_id}", floored=False)
    posting.post(
        key="spent",
        kind="fund-deposit",
        moves=[
            Move(AccountRef(code, floored=True), -spent_cents),
            Move(outside, spent_cents),
        ],
        effective_on=NOW.date(),
    )
    deliver(day, "a", units=3)

    page = hub.post(address, follow=True).content.decode()

    order = reverse("orders:order", args=[day.orders["a"].public_id])
    reason = "Le fonds de solidarité ne peut couvrir ce rabais pour l’instant."
    assert f'<a href="{order}">{reason}' in page
    assert (Invoice.objects.count(), "Facturer 1 commande" in page) == (0, True)
