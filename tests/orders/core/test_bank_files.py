"""Files of banks: letters recognized or refused, rows read or told why not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.core.bank_cells import parse_bank_cents
from orders.core.bank_table import (
    MOST_ROWS,
    Reading,
    guess,
    read,
    require_readable,
    rows_of,
    shape_of,
)
from orders.core.bank_text import decoded
from orders.core.errors.payments import (
    BankColumnMissing,
    BankColumnTwice,
    BankFileEmpty,
    BankFileTooLarge,
    DayOrderAsked,
    EncodingUnknown,
)

TODAY = date(2026, 6, 18)
NAMES = (
    "Dépôt;L’Œuvre du cœur;Chaudronnée;Forêt;Noël;hôtel Zoë;créée;CRÉÉE;producteur·rice"
)
TOLD = {
    "UTF-8": NAMES.encode(),
    "UTF-8 with its mark": NAMES.encode("utf-8-sig"),
    "UTF-16": NAMES.encode("utf-16"),
    "UTF-16 without its mark": NAMES.encode("utf-16-le"),
    "Windows-1252": NAMES.encode("cp1252"),
}


@pytest.mark.parametrize("name", TOLD)
def test_letters_are_read_as_they_were_written(name: str) -> None:
    text, encoding = decoded(TOLD[name])

    assert text == NAMES
    assert encoding == name.split(" ")[0]


GARBLED = {
    "macintosh": "Dépôt à Montréal".encode("mac_roman"),
    "macintosh, one letter": "Montréal".encode("mac_roman"),
    "dos": "Dépôt à Montréal".encode("cp850"),
    "dos, one letter": "Dépôt".encode("cp850"),
    "dos, in a word": "boîte".encode("cp850"),
    "latin-9": "œuvre".encode("iso8859_15"),
    "cyrillic": "Иванов".encode("cp1251"),
    "saved twice": "Café".encode().decode("cp1252").encode(),
    "saved twice, in utf-16": "Café".encode().decode("cp1252").encode("utf-16"),
    "a letter that was lost": "Caf\ufffd".encode(),
    "cut in a letter": "Café".encode("utf-16")[:-1],
    "utf-32": "Café".encode("utf-32"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a mainframe": "DEPOT;12,50".encode("cp500"),
}


@pytest.mark.parametrize("name", GARBLED)
def test_letters_that_would_be_garbled_are_refused(name: str) -> None:
    with pytest.raises(EncodingUnknown):
        decoded(GARBLED[name])


@given(st.text(st.sampled_from("aeiouéèêàçîôûùÉÀ 0123456789,;.-\n"), max_size=40))
def test_what_was_written_is_read_or_refused_and_never_something_else(
    text: str,
) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        try:
            found, _name = decoded(text.encode(encoding))
        except EncodingUnknown:
            continue
        assert found == text


@given(st.binary(max_size=60))
def test_whatever_is_sent_is_read_or_refused(data: bytes) -> None:
    try:
        rows = rows_of(decoded(data)[0])
    except (EncodingUnknown, BankFileEmpty, BankFileTooLarge):
        return
    assert 0 < len(rows) <= MOST_ROWS


def found(text: str) -> list[tuple[object, ...]]:
    rows = rows_of(text)
    return [
        (row.number, row.code or row.amount_cents, str(row.on or ""), row.payer)
        for row in read(rows, guess(rows), today=TODAY)
    ]


def test_a_french_file_with_two_columns_of_money() -> None:
    text = (
        "Relevé du compte;;;;\n"
        "Date;Description;Retrait;Dépôt;Solde\n"
        "2026-06-15;Virement OASIS;;1 250,50;9 000,00\n"
        "2026-06-16;Loyer;800,00;;8 200,00\n"
        "2026-06-17;Rien;;;8 200,00\n"
    )

    assert found(text) == [
        (3, 125_050, "2026-06-15", "Virement OASIS"),
        (4, "money_out", "", ""),
        (5, "no_money", "", ""),
    ]


def test_an_english_file_with_one_signed_column() -> None:
    text = (
        "Date,Description,Amount,Memo\n"
        '06/15/2026,"Oasis, Rosemont","1,250.50",inv 12\n'
        "06/16/2026,Rent,-800.00,\n"
        "06/16/2026,Fees,(2.00),\n"
    )

    assert found(text) == [
        (2, 125_050, "2026-06-15", "Oasis, Rosemont"),
        (3, "money_out", "", ""),
        (4, "money_out", "", ""),
    ]


def test_a_file_without_headers_is_read_once_its_columns_are_chosen() -> None:
    text = (
        '"Rosemont","EOP","2026/06/15","00012","DEPOT OASIS","","","62.50"\n'
        '"Rosemont","EOP","2026/06/16","00013","CHEQUE 4","","15.00",""\n'
    )
    rows = rows_of(text)
    guessed = guess(rows)
    with pytest.raises(BankColumnMissing):
        require_readable(rows, guessed)
    reading = Reading(
        columns={2: "day", 3: "bank_id", 4: "payer", 6: "debit", 7: "credit"},
        day_order="ymd",
    )

    require_readable(rows, reading)

    assert guessed.columns == {2: "day", 4: "payer"}
    assert [
        (row.code, row.amount_cents, row.bank_id)
        for row in read(rows, reading, today=TODAY)
    ] == [("", 6_250, "00012"), ("money_out", 0, "")]


def test_a_row_that_cannot_be_read_says_why_and_the_others_stand() -> None:
    text = (
        "Date;Montant\n2026-06-31;1,00\nhier;1,00\n2026-06-19;1,00\n"
        "2026-06-18;douze\n2026-06-18;1.234\n2026-06-18;99999999999,00\n"
        "2026-06-18;2,00\n"
    )

    assert [row[1] for row in found(text)] == [
        "day_unreadable",
        "day_unreadable",
        "day_ahead",
        "amount_unreadable",
        123_400,
        "amount_too_large",
        200,
    ]


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (("15/06/2026", "03/04/2026"), "dmy"),
        (("06/15/2026", "03/04/2026"), "mdy"),
        (("03/04/2026", "05/06/2026"), ""),
        (("05/05/2026",), "dmy"),
        (("2026-06-15",), "ymd"),
    ],
)
def test_the_order_of_days_is_told_by_the_file_or_asked(
    days: tuple[str, ...], order: str
) -> None:
    rows = rows_of("Date;Montant\n" + "".join(f"{day};1,00\n" for day in days))
    reading = guess(rows)

    assert reading.day_order == order
    if not order:
        with pytest.raises(DayOrderAsked):
            require_readable(rows, reading)


def test_one_thing_in_two_columns_is_refused() -> None:
    rows = rows_of("a;b\n2026-06-15;2026-06-16\n")

    with pytest.raises(BankColumnTwice):
        require_readable(rows, Reading(columns={0: "day", 1: "day"}))


AMOUNTS = {
    ("12,50", ""): 1_250,
    ("12.5", ""): 1_250,
    ("1 230,50 $", ","): 123_050,
    ("1,230.50", "."): 123_050,
    ("1.230,50", ","): 123_050,
    ("1’230.50", "."): 123_050,
    ("-12,50", ","): -1_250,
    ("12,50-", ","): -1_250,
    ("(12,50)", ","): -1_250,
    ("12", ""): 1_200,
    ("1,230", "."): 123_000,
    ("1,230", ""): None,
    ("1,230", ","): None,
    ("12.50", ","): None,
    ("12,505", ","): None,
    ("1.2.3", ""): None,
    ("=1+1", ""): None,
    ("1e5", ""): None,
    ("٣,00", ","): None,
}


@pytest.mark.parametrize("asked", AMOUNTS, ids=str)
def test_amounts_as_banks_write_them(asked: tuple[str, str]) -> None:
    assert parse_bank_cents(*asked) == AMOUNTS[asked]


@given(st.integers(1, 10**9), st.sampled_from([",", "."]), st.booleans())
def test_an_amount_written_is_the_amount_read(
    cents: int, mark: str, is_grouped: bool
) -> None:
    other = "." if mark == "," else ","
    dollars = f"{cents // 100:,}".replace(",", other if is_grouped else "")

    assert parse_bank_cents(f"{dollars}{mark}{cents % 100:02d}", mark) == cents


def test_the_same_line_twice_is_two_payments_in_whatever_letters() -> None:
    text = "Date;Description;Montant\n" + 2 * "2026-06-15;Dépôt Oasis;5,00\n"
    other = "Date\tMontant\tDescription\n" + 2 * "2026-06-15\t5.00\tDEPOT OASIS\n"

    lines = [
        [(row.digest, row.occurrence) for row in read(rows, guess(rows), today=TODAY)]
        for rows in (rows_of(text), rows_of(other))
    ]

    assert lines[0] == lines[1]
    assert [occurrence for _digest, occurrence in lines[0]] == [0, 1]
    assert len(set(lines[0])) == 2


def test_files_of_one_bank_have_one_shape() -> None:
    one = rows_of("Date;Montant\n2026-06-15;1,00\n")

    assert shape_of(one) == shape_of(rows_of("DATE;montant\n2026-06-16;2,00\n"))
    assert shape_of(one) != shape_of(rows_of("Date;Crédit\n2026-06-15;1,00\n"))


@pytest.mark.parametrize(
    "text",
    [
        "a;b\n" * 5_001,
        ";".join("a" * 41) + "\n",
        f"{'a' * 501};b\n",
        "a;b\n" + "x" * 2_000_000,
    ],
    ids=["rows", "columns", "letters", "bytes"],
)
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(BankFileTooLarge):
        rows_of(text)


@pytest.mark.parametrize("text", ["", "\n\n", "un seul mot", '"'])
def test_nothing_to_read_is_refused(text: str) -> None:
    with pytest.raises(BankFileEmpty):
        rows_of(text)
