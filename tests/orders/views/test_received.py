"""Payments to match, on a phone: read, confirmed, chosen by hand, taken back.

“a” owes 62,50 $ on invoice 1 and “b” 37,50 $ on invoice 2.
"""

from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hub.ledger import statements
from orders import selectors
from orders.models import PaymentFile, ReceivedPayment
from tests.factories.day import NOW
from tests.factories.payments import Billed, books, make_billed, receive

pytestmark = pytest.mark.django_db
PAGE = "orders:payments"


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def billed() -> Billed:
    return make_billed()


@pytest.fixture
def hub(billed: Billed) -> Client:
    client = Client()
    client.force_login(billed.day.coordinator)
    return client


def read(client: Client, name: str, *args: str, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def send(client: Client, payment: ReceivedPayment, act: str, **asked: str) -> int:
    address = reverse("orders:payment", args=[payment.public_id])
    return client.post(address, {"act": act, **asked}).status_code


def test_the_page_shows_the_sum_of_the_books_and_why_each_is_proposed(
    billed: Billed, hub: Client
) -> None:
    receive(billed.hub, 6_250, payer="OASIS", reference="facture 1")
    receive(billed.hub, 1_000, payer="INCONNU")

    page = read(hub, PAGE)

    kept = statements.balance_cents(f"suspense:{billed.hub.public_id}")
    assert kept == 7_250
    assert "72,50 $" in page
    assert "Son texte nomme la facture 1." in page
    assert "C’est exactement ce qui reste à payer de la facture 1." in page
    assert "Choisir à la main" in page


def test_all_the_certain_ones_are_confirmed_at_once_and_no_other(
    billed: Billed, hub: Client
) -> None:
    receive(billed.hub, 6_250, reference="facture 1")
    receive(billed.hub, 3_000, reference="facture 2")
    page = read(hub, PAGE)
    certain = page.split('name="certain" value="')[1].split('"')[0]

    hub.post(reverse(PAGE), {"certain": certain})

    assert page.count('name="certain"') == 1
    assert books(billed) == {"bank": -9_250, "suspense": 3_000, "a": 0, "b": -3_750}


def test_money_is_written_down_then_chosen_by_hand(billed: Billed, hub: Client) -> None:
    form = read(hub, "orders:payment_new")
    key = form.split('name="key" value="')[1].split('"')[0]
    asked = {"amount_cents": "70,00", "on": "2026-06-15", "key": key, "payer": "X"}
    for _ in range(2):
        hub.post(reverse("orders:payment_new"), asked)
    payment = ReceivedPayment.objects.get()
    a = billed.buyer("a")

    found = read(hub, "orders:payment", payment.public_id, q=a.name)
    chosen = read(hub, "orders:payment", payment.public_id, buyer=a.public_id)
    status = send(
        hub,
        payment,
        "match",
        buyer=a.public_id,
        key="k111",
        amount_cents="70",
        **{"pay-1": "60"},
    )

    assert a.public_id in found
    assert 'name="pay-1" value="62,50"' in chosen
    assert status == 302
    assert books(billed)["a"] == 750
    assert {
        row.number: row.open_cents
        for row in selectors.open_invoices(billed.hub, buyer=a)
    } == {1: 250}


def test_a_match_above_what_waits_is_refused_beside_its_field(
    billed: Billed, hub: Client
) -> None:
    payment = receive(billed.hub, 1_000)
    before = books(billed)

    status = send(
        hub,
        payment,
        "match",
        buyer=billed.buyer("a").public_id,
        key="k111",
        amount_cents="10,01",
    )

    assert status == 409
    assert books(billed) == before


def test_a_match_is_taken_back_and_the_money_sent_back(
    billed: Billed, hub: Client
) -> None:
    payment = receive(billed.hub, 6_250, reference="facture 1")
    (proposal,) = selectors.books_of(billed.hub).proposals(payment)
    send(hub, payment, "confirm", fingerprint=proposal.fingerprint)
    matched = books(billed)
    made = payment.matches.get()

    send(hub, payment, "unmatch", match=made.public_id)
    asked = {"amount_cents": "62,50", "on": "2026-06-15", "method": "chèque 3"}
    send(hub, payment, "refund", key="k222", **asked)

    page = read(hub, "orders:payment", payment.public_id)
    assert matched["a"] == 0
    assert books(billed) == {"bank": 0, "suspense": 0, "a": -6_250, "b": -3_750}
    assert "chèque 3" in page


def test_what_looks_like_another_is_decided_on_the_page(
    billed: Billed, hub: Client
) -> None:
    receive(billed.hub, 6_250, payer="OASIS")
    double = receive(billed.hub, 6_250, payer="OASIS")

    page = read(hub, PAGE)
    send(hub, double, "same")

    assert "C’est le même, inscrit deux fois" in page
    assert selectors.suspense_cents(billed.hub) == 6_250


def test_a_payment_noted_twice_on_an_account_leads_to_the_decision(
    billed: Billed, hub: Client
) -> None:
    address = reverse("orders:account", args=[billed.buyer("a").public_id])
    asked = {"amount_cents": "62,50", "method": "virement"}
    hub.post(address, {**asked, "key": "once"})

    answer = hub.post(address, {**asked, "key": "twice"})

    double = ReceivedPayment.objects.get(key="buyer:twice")
    assert answer["Location"] == reverse("orders:payment", args=[double.public_id])
    assert books(billed)["a"] == 0
    assert books(billed)["suspense"] == 6_250


def test_a_credit_pays_the_oldest_and_the_rest_is_given_back(
    billed: Billed, hub: Client
) -> None:
    payment = receive(billed.hub, 7_000)
    a = billed.buyer("a")
    send(hub, payment, "match", buyer=a.public_id, key="k111", amount_cents="70")
    address = reverse("orders:credit", args=[a.public_id])

    hub.post(address, {"act": "use"})
    asked = {"amount_cents": "7,50", "on": "2026-06-15", "method": "chèque"}
    hub.post(address, {"act": "refund", "key": "k333", **asked})

    assert selectors.open_invoices(billed.hub, buyer=a) == []
    assert books(billed)["a"] == 0
    assert books(billed)["bank"] == -6_250


def test_the_file_holds_what_waits_and_never_a_formula(
    billed: Billed, hub: Client
) -> None:
    receive(billed.hub, 6_250, payer="=HYPERLINK(1)", reference="facture 1")

    answer = hub.get(reverse(PAGE), {"table": "payments_waiting", "format": "csv"})

    row = answer.content.decode().splitlines()[1].split(";")
    assert row[2:6] == ["62,50", "62,50", "'=HYPERLINK(1)", "facture 1"]
    assert row[-1] == billed.buyer("a").name


def test_another_hub_sees_nothing_of_it(billed: Billed) -> None:
    payment = receive(billed.hub, 6_250)
    other = Client()
    other.force_login(make_billed(z=1).day.coordinator)
    address = reverse("orders:payment", args=[payment.public_id])

    assert other.get(address).status_code == 404
    assert other.post(address, {"act": "same"}).status_code == 404
    assert "62,50" not in read(other, PAGE)


def upload(client: Client, data: bytes, name: str = "releve.csv") -> str:
    address = reverse("orders:payment_files")
    sent = SimpleUploadedFile(name, data, content_type="text/csv")
    answer = client.post(address, {"file": sent}, follow=True)
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def test_a_file_is_sent_looked_at_and_taken(billed: Billed, hub: Client) -> None:
    text = "Date;Description;Dépôt\n2026-06-15;Crèmerie, facture 1;62,50\n"

    page = upload(hub, text.encode("cp1252"))
    digest = page.split('name="digest" value="')[1].split('"')[0]
    address = reverse("orders:payment_file", args=[PaymentFile.objects.get().public_id])
    before = books(billed)
    hub.post(address, {"act": "take", "digest": digest})

    assert "Crèmerie, facture 1" in page
    assert "Windows-1252" in page
    assert before["bank"] == 0
    assert books(billed)["suspense"] == 6_250
    hub.post(address, {"act": "undo"})
    assert books(billed)["bank"] == 0


def test_a_file_in_another_encoding_is_refused_and_nothing_moves(
    billed: Billed, hub: Client
) -> None:
    text = "Date;Description;Dépôt\n2026-06-15;Crèmerie;62,50\n"
    before = books(billed)

    page = upload(hub, text.encode("mac_roman"))

    assert "Enregistrez-le de nouveau en CSV UTF-8" in page
    assert PaymentFile.objects.count() == 0
    assert books(billed) == before


def test_days_that_may_be_two_are_asked_then_read(billed: Billed, hub: Client) -> None:
    text = "Date;Description;Dépôt\n03/04/2026;Oasis;62,50\n"

    page = upload(hub, text.encode())
    file = PaymentFile.objects.get()
    address = reverse("orders:payment_file", args=[file.public_id])
    asked = {"column-0": "day", "column-1": "payer", "column-2": "credit"}
    hub.post(address, {"act": "read", "day_order": "dmy", **asked})

    assert "« 03/04/2026 » peut se lire de deux façons" in page
    assert 'name="digest"' not in page
    assert "3 avril 2026" in read(hub, "orders:payment_file", file.public_id)


def test_rows_of_another_hub_are_named_in_vain(billed: Billed, hub: Client) -> None:
    other = make_billed(z=1)
    theirs = receive(other.hub, 1_250, reference="facture 1")
    (proposal,) = selectors.books_of(other.hub).proposals(theirs)
    before = books(other)

    hub.post(reverse(PAGE), {"certain": f"{theirs.public_id} {proposal.fingerprint}"})
    address = reverse("orders:credit", args=[billed.buyer("a").public_id])
    answer = hub.post(address, {"act": "free", "used": theirs.public_id})

    assert answer.status_code == 404
    assert books(other) == before
