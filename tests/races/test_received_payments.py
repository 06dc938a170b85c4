"""Money received by several people at once: each line once, each payment once.

“a” owes 62,50 $ on invoice 1 and “b” 37,50 $ on invoice 2.
"""

import threading
from functools import partial
from typing import Any

import pytest
from django.db import connections

from hub.ledger.audit import audit
from orders import selectors, services
from orders.core.bank_table import digest_of, rows_of
from orders.models import Invoice, PaymentFile, PaymentMatch, ReceivedPayment
from orders.services import bank_files, matching
from tests.factories.day import NOW
from tests.factories.payments import (
    TODAY,
    Billed,
    books,
    correct,
    make_billed,
    match,
    receive,
    still_open,
)
from tests.races.crowd import all_at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LINES = "Date;Description;Dépôt\n2026-06-14;Oasis;62,50\n2026-06-14;Comptoir;10,00\n"


def two_files(billed: Billed) -> list[partial[int]]:
    works = []
    for _ in range(2):
        file = services.keep_bank_file(
            hub=billed.hub,
            rows=rows_of(LINES),
            encoding="UTF-8",
            file_name="releve.csv",
            by=None,
            now=NOW,
        )
        shown = digest_of(selectors.bank_rows(file, today=TODAY))
        works.append(partial(take, file, shown))
    return works


def take(file: PaymentFile, shown: str) -> int:
    made = services.take_bank_file(
        file=file, digest=shown, only_good=False, by=None, today=TODAY, now=NOW
    )
    return len(made)


def test_the_same_file_taken_twice_at_once_brings_each_line_once() -> None:
    billed = make_billed()

    answers = all_at_once(two_files(billed))

    assert sorted(map(str, answers)) == ["2", "bank_file_outdated"]
    assert ReceivedPayment.objects.count() == 2
    assert books(billed)["suspense"] == 7_250
    assert (audit().is_clean, selectors.suspense_faults()) == (True, [])


def test_without_the_lock_both_read_the_lines_as_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: only the table stands between them and money counted twice."""
    billed = make_billed()
    works = two_files(billed)
    have_read = threading.Barrier(2)

    really = selectors.bank_rows

    def read_together(*args: Any, **kwargs: Any) -> Any:
        rows = really(*args, **kwargs)
        have_read.wait(timeout=30)
        return rows

    monkeypatch.setattr(bank_files, "lock_hub", lambda _hub: None)
    monkeypatch.setattr(selectors, "bank_rows", read_together)

    answers = all_at_once(works)

    assert sorted(map(str, answers)) == ["2", "stopped by the table"]


def to_each(payment: ReceivedPayment, billed: Billed) -> list[partial[PaymentMatch]]:
    return [
        partial(match, payment, billed, name, key=f"match-{name}")
        for name in ("a", "b")
    ]


def test_two_people_who_match_one_payment_at_once_match_it_once() -> None:
    billed = make_billed()
    payment = receive(billed.hub, 3_750)

    answers = all_at_once(to_each(payment, billed))

    codes = [answer for answer in answers if isinstance(answer, str)]
    assert codes == ["payment_taken"]
    assert PaymentMatch.objects.count() == 1
    left = books(billed)
    assert (left["suspense"], left["a"] + left["b"]) == (0, -6_250)
    assert (audit().is_clean, selectors.suspense_faults()) == (True, [])


def test_without_the_lock_only_the_floor_of_suspense_stops_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: both see the whole payment waiting."""
    billed = make_billed()
    payment = receive(billed.hub, 3_750)
    have_read = threading.Barrier(2)

    def unlocked(row: ReceivedPayment) -> ReceivedPayment:
        found = ReceivedPayment.objects.select_related("hub").get(pk=row.pk)
        have_read.wait(timeout=30)
        return found

    monkeypatch.setattr(matching, "lock_payment", unlocked)

    answers = all_at_once(to_each(payment, billed))

    codes = [answer for answer in answers if isinstance(answer, str)]
    assert codes == ["not_enough_money"]


def match_while_corrected(
    monkeypatch: pytest.MonkeyPatch, billed: Billed
) -> tuple[object, int]:
    """Match while another person corrects the invoice; how many invoices stood when
    the match was judged and not yet written."""
    payment = receive(billed.hub, 6_250)
    judged, seen = threading.Event(), []
    really = matching.require_open

    def slowly(*args: Any) -> None:
        really(*args)
        judged.set()
        wait_until_somebody_waits()
        seen.append(Invoice.objects.count())

    monkeypatch.setattr(matching, "require_open", slowly)

    def corrects() -> None:
        judged.wait(timeout=30)
        correct(billed, "a", 3)
        connections.close_all()

    matched, _corrected = all_at_once(
        [lambda: match(payment, billed, "a", a=6_250), corrects]
    )
    return matched, seen[0]


def test_a_correction_waits_for_the_match_of_its_invoice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    billed = make_billed()

    matched, num_invoices = match_while_corrected(monkeypatch, billed)

    assert isinstance(matched, PaymentMatch)
    assert num_invoices == 2
    assert still_open(billed) == {2: 3_750}
    assert selectors.credit_cents(billed.buyer("a")) == 2_500
    assert books(billed)["a"] == 2_500


def test_without_the_lock_the_invoice_is_corrected_under_the_match(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: an invoice that has its credit note already is paid."""
    billed = make_billed()

    def unlocked(row: ReceivedPayment) -> ReceivedPayment:
        return ReceivedPayment.objects.select_related("hub").get(pk=row.pk)

    monkeypatch.setattr(matching, "lock_payment", unlocked)

    _matched, num_invoices = match_while_corrected(monkeypatch, billed)

    assert num_invoices == 4
