"""A file of a bank: looked at, taken as it was shown, each line once, taken back."""

from datetime import timedelta

import pytest

from orders import selectors, services
from orders.core.bank_table import Reading, Rows, digest_of, rows_of
from orders.core.errors.payments import (
    BankFileHasErrors,
    BankFileOutdated,
    BankFileOver,
    BankFileStays,
)
from orders.models import PaymentFile, ReceivedPayment
from tests.factories.day import NOW
from tests.factories.payments import TODAY, Billed, books, make_billed, match, unmatch

pytestmark = pytest.mark.django_db
HEAD = "Date;Description;Retrait;Dépôt\n"
ONE = "2026-06-14;OASIS facture 1;;62,50\n"
TWO = "2026-06-14;Comptoir;;10,00\n"
RENT = "2026-06-14;Loyer;800,00;\n"
BAD = "2026-06-14;Abîmé;;dix\n"


@pytest.fixture
def billed() -> Billed:
    return make_billed()


def keep(billed: Billed, *lines: str, rows: Rows | None = None) -> PaymentFile:
    return services.keep_bank_file(
        hub=billed.hub,
        rows=rows or rows_of(HEAD + "".join(lines)),
        encoding="UTF-8",
        file_name="releve.csv",
        by=None,
        now=NOW,
    )


def take(
    file: PaymentFile, *, digest: str = "", only_good: bool = False
) -> list[ReceivedPayment]:
    return services.take_bank_file(
        file=file,
        digest=digest or digest_of(selectors.bank_rows(file, today=TODAY)),
        only_good=only_good,
        by=None,
        today=TODAY,
        now=NOW,
    )


def undo(file: PaymentFile) -> None:
    services.undo_bank_file(file=file, by=None, today=TODAY, now=NOW)


def test_a_file_is_taken_as_it_was_shown(billed: Billed) -> None:
    file = keep(billed, ONE, RENT, TWO)
    before = books(billed)
    shown = selectors.bank_rows(file, today=TODAY)

    made = take(file)

    assert before["suspense"] == 0
    assert [(row.code, row.amount_cents, row.payer) for row in shown] == [
        ("", 6_250, "OASIS facture 1"),
        ("money_out", 0, ""),
        ("", 1_000, "Comptoir"),
    ]
    assert [(row.amount_cents, row.payer, row.row_number) for row in made] == [
        (6_250, "OASIS facture 1", 2),
        (1_000, "Comptoir", 4),
    ]
    assert books(billed)["suspense"] == 7_250
    file.refresh_from_db()
    assert (file.table, [row["code"] for row in file.left_out]) == ([], ["money_out"])
    assert selectors.suspense_faults() == []


def test_the_same_file_again_and_one_that_overlaps_take_each_line_once(
    billed: Billed,
) -> None:
    take(keep(billed, ONE, TWO, TWO))

    again = take(keep(billed, ONE, TWO, TWO))
    more = take(keep(billed, TWO, TWO, TWO, "2026-06-15;Oasis;;5,00\n"))

    assert again == []
    assert [(row.amount_cents, row.occurrence) for row in more] == [
        (1_000, 2),
        (500, 0),
    ]
    assert books(billed)["suspense"] == 6_250 + 3 * 1_000 + 500


def test_a_file_that_would_bring_something_else_than_was_shown_is_refused(
    billed: Billed,
) -> None:
    first, second = keep(billed, ONE), keep(billed, ONE, TWO)
    shown = digest_of(selectors.bank_rows(second, today=TODAY))
    take(first)

    with pytest.raises(BankFileOutdated):
        take(second, digest=shown)

    assert books(billed)["suspense"] == 6_250
    with pytest.raises(BankFileOver):
        take(first, digest=shown)


def test_one_bad_row_stops_the_file_unless_the_others_are_asked_alone(
    billed: Billed,
) -> None:
    file = keep(billed, ONE, BAD)
    with pytest.raises(BankFileHasErrors):
        take(file)
    before = books(billed)

    made = take(file, only_good=True)

    assert before["bank"] == 0
    assert [row.amount_cents for row in made] == [6_250]
    file.refresh_from_db()
    assert file.left_out == [
        {"number": 3, "code": "amount_unreadable", "data": {"text": "dix"}}
    ]


def test_the_columns_chosen_once_are_those_of_the_next_file(billed: Billed) -> None:
    rows = rows_of("x;2026/06/14;Oasis;62,50\n")
    first = keep(billed, rows=rows)
    chosen = Reading(columns={1: "day", 2: "payer", 3: "amount"}, day_order="ymd")
    services.choose_reading(file=first, reading=chosen)

    second = keep(billed, rows=rows_of("x;2026/06/15;Oasis;1,00\n"))

    assert Reading.of(second.reading).columns == chosen.columns
    assert [row.amount_cents for row in take(second)] == [100]


def test_a_file_is_taken_back_whole_then_taken_anew(billed: Billed) -> None:
    file = keep(billed, ONE, TWO)
    take(file)

    undo(file)
    after = books(billed)
    again = take(keep(billed, ONE, TWO))

    assert (after["suspense"], after["bank"]) == (0, 0)
    assert len(again) == 2
    assert books(billed)["suspense"] == 7_250
    with pytest.raises(BankFileOver):
        undo(file)
    assert selectors.suspense_faults() == []


def test_a_file_of_which_something_is_matched_stays(billed: Billed) -> None:
    file = keep(billed, ONE, TWO)
    payment = take(file)[0]
    made = match(payment, billed, "a", a=6_250)
    before = books(billed)

    with pytest.raises(BankFileStays):
        undo(file)

    assert books(billed) == before
    unmatch(made)
    undo(file)
    assert books(billed)["bank"] == 0


def test_a_line_said_to_be_a_double_does_not_come_back_with_the_next_file(
    billed: Billed,
) -> None:
    take(keep(billed, TWO))
    double = take(keep(billed, "2026-06-15;Comptoir;;10,00\n"))[0]
    services.decide_double(
        payment=double, is_another=False, by=None, today=TODAY, now=NOW
    )

    again = take(keep(billed, TWO, "2026-06-15;Comptoir;;10,00\n"))

    assert again == []
    assert books(billed)["suspense"] == 1_000


def test_drafts_that_nobody_confirmed_are_forgotten_after_a_week(
    billed: Billed,
) -> None:
    old = keep(billed, ONE)
    PaymentFile.objects.filter(pk=old.pk).update(sent_at=NOW - timedelta(days=8))

    keep(billed, TWO)

    assert PaymentFile.objects.filter(pk=old.pk).exists() is False
