"""The rows of a file of a bank: its separator, its columns, its days, its amounts.

Nothing is assumed of a bank: what can be told from the file is told, what may be read
two ways is asked, and what cannot be read says why, row by row.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub.core.errors import N_
from hub.core.imports import normalised
from hub.core.money import LARGEST_AMOUNT_CENTS
from orders.core.bank_cells import (
    BLANKS,
    MONEY,
    SLASHED,
    is_day,
    parse_bank_cents,
    read_day,
)
from orders.core.errors.payments import (
    BankColumnMissing,
    BankColumnTwice,
    BankFileEmpty,
    BankFileTooLarge,
    DayOrderAsked,
)

HEAVIEST_BYTES = 2_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 40
MOST_LETTERS = 500
SEPARATORS = (";", "\t", ",", "|")
Rows = list[list[str]]
DAY, AMOUNT, CREDIT, DEBIT = "day", "amount", "credit", "debit"
PAYER, REFERENCE, BANK_ID = "payer", "reference", "bank_id"
COLUMNS: dict[str, str] = {
    DAY: N_("Day of the movement"),
    AMOUNT: N_("Amount, below zero when money left"),
    CREDIT: N_("Money in"),
    DEBIT: N_("Money out"),
    PAYER: N_("Payer, or description"),
    REFERENCE: N_("Reference"),
    BANK_ID: N_("The bank’s own number"),
}
"""What a column may hold, by its code."""
_HEADERS: dict[str, tuple[str, ...]] = {
    DAY: ("date", "date de transaction", "date d operation", "transaction date"),
    AMOUNT: ("montant", "amount", "montant cad", "amount cad", "cad"),
    CREDIT: ("credit", "depot", "depots", "deposit", "deposits", "money in"),
    DEBIT: ("debit", "retrait", "retraits", "withdrawal", "withdrawals", "money out"),
    PAYER: ("description", "payeur", "payer", "libelle", "nom", "name", "details"),
    REFERENCE: ("reference", "memo", "note", "message", "description 2"),
    BANK_ID: (
        "numero de sequence",
        "sequence",
        "transaction id",
        "numero de transaction",
        "id",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the rows of a file are read: columns by position, days, decimals.

    `first_row` is the position of the first movement; what stands before it, titles
    and headers, is passed over. `day_order` is "ymd", "dmy", "mdy" or not known yet.
    """

    columns: Mapping[int, str]
    first_row: int = 0
    day_order: str = ""
    decimal: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data; keys of JSON are texts."""
        return {
            "columns": {str(at): code for at, code in self.columns.items()},
            "first_row": self.first_row,
            "day_order": self.day_order,
            "decimal": self.decimal,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Reading":
        """What `as_dict` gave."""
        return cls(
            columns={int(at): code for at, code in data["columns"].items()},
            first_row=data["first_row"],
            day_order=data["day_order"],
            decimal=data["decimal"],
        )

    def at(self, code: str) -> int | None:
        """Where a thing stands, if it does."""
        return next((at for at, told in self.columns.items() if told == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRow:
    """One row as it was read: a payment, or a code that says why it is none."""

    number: int
    code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None
    amount_cents: int = 0
    payer: str = ""
    reference: str = ""
    bank_id: str = ""
    digest: str = ""
    occurrence: int = 0


LEFT_OUT: dict[str, str] = {
    "known": N_("Taken before, with another file."),
    "money_out": N_("Money that left: left out."),
    "no_money": N_("No amount: left out."),
    "day_unreadable": N_("“%(text)s” is not a day. Write it like 2026-06-18."),
    "day_ahead": N_("%(on)s is still to come."),
    "amount_unreadable": N_(
        "“%(text)s” is not an amount, or may be two. Write it with its cents: 1230.50."
    ),
    "amount_twice": N_("Both money in and money out: keep one."),
    "amount_too_large": N_("“%(text)s” is more than ten million dollars."),
}
"""Why a row brings nothing, by its code."""
ERRORS = frozenset(LEFT_OUT) - {"known", "money_out", "no_money"}
"""Those that somebody should mend."""


def rows_of(text: str) -> Rows:
    """The rows of a text, parted by the sign that parts most of them alike.

    Raises BankFileEmpty, BankFileTooLarge.
    """
    if len(text) > HEAVIEST_BYTES:
        raise too_large()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    best: tuple[tuple[int, int], Rows] = ((0, 0), [])
    for separator in SEPARATORS:
        if separator in plain:
            rows = _parted(plain, separator)
            widths = Counter(len(row) for row in rows if len(row) > 1)
            for width, times in widths.most_common(1):
                best = max(best, ((times, width), rows), key=lambda each: each[0])
    if not best[1]:
        raise BankFileEmpty
    return best[1]


def too_large() -> BankFileTooLarge:
    """The refusal, with the limits."""
    return BankFileTooLarge(
        num_mb=HEAVIEST_BYTES // 1_000_000, num_rows=MOST_ROWS, num_columns=MOST_COLUMNS
    )


def _parted(text: str, separator: str) -> Rows:
    rows: Rows = []
    lines = (f"{line}\n" for line in text.split("\n"))
    try:
        for row in csv.reader(lines, delimiter=separator):
            cells = [BLANKS.sub(" ", cell).strip() for cell in row]
            if not any(cells):
                continue
            rows.append(cells)
            is_wide = len(cells) > MOST_COLUMNS or len(rows) > MOST_ROWS
            if is_wide or any(len(cell) > MOST_LETTERS for cell in cells):
                raise too_large()
    except csv.Error as error:
        raise BankFileEmpty from error
    return rows


def shape_of(rows: Rows) -> str:
    """What tells files of one bank from those of another: headers, or the width."""
    head = [normalised(cell) for cell in rows[0]]
    is_header = not any(is_day(cell) for cell in rows[0])
    told = "|".join(head) if is_header else f"{len(rows[0])} columns"
    return hashlib.sha256(told.encode()).hexdigest()


def guess(rows: Rows) -> Reading:
    """What can be told of a file: by its headers first, then by what its cells are."""
    for at, row in enumerate(rows[:10]):
        columns = _by_header(row)
        if DAY in columns.values() and {AMOUNT, CREDIT} & {*columns.values()}:
            return _completed(rows, columns, at + 1)
    first = next((at for at, row in enumerate(rows[:10]) if any(map(is_day, row))), 0)
    return _completed(rows, _by_content(rows[first:]), first)


def _by_header(row: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, cell in enumerate(row):
        name = normalised(cell)
        for code, names in _HEADERS.items():
            if name in names and code not in found.values():
                found[at] = code
                break
    return found


def _by_content(rows: Rows) -> dict[int, str]:
    """Days, and the longest words; which amount is which is for somebody to say."""
    width = max(len(row) for row in rows)
    columns: dict[int, str] = {}
    longest = (0, -1)
    for at in range(width):
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        if not cells:
            continue
        if all(is_day(cell) for cell in cells) and DAY not in columns.values():
            columns[at] = DAY
        letters = sum(not MONEY.fullmatch(cell.lstrip("-")) for cell in cells)
        if at not in columns and letters:
            varied = len(set(cells)) * 100 + sum(map(len, cells)) // len(cells)
            longest = max(longest, (varied, at))
    if longest[1] >= 0:
        columns[longest[1]] = PAYER
    return columns


def _completed(rows: Rows, columns: Mapping[int, str], first_row: int) -> Reading:
    reading = Reading(columns=columns, first_row=first_row)
    return Reading(
        columns=columns,
        first_row=first_row,
        day_order=day_order_of(rows, reading),
        decimal=decimal_of(rows, reading),
    )


def day_order_of(rows: Rows, reading: Reading) -> str:
    """The only order in which every day of the file can be read; "" for two of them."""
    at = reading.at(DAY)
    if at is None:
        return ""
    cells = [row[at] for row in rows[reading.first_row :] if at < len(row) and row[at]]
    parts = [found for found in map(SLASHED.fullmatch, cells) if found]
    if not parts:
        return "ymd"
    may_be = {
        "dmy": all(int(p[2]) <= 12 for p in parts),
        "mdy": all(int(p[1]) <= 12 for p in parts),
    }
    orders = [order for order, holds in may_be.items() if holds]
    if len(orders) == 2 and all(p[1] == p[2] for p in parts):
        return "dmy"
    return orders[0] if len(orders) == 1 else ""


def decimal_of(rows: Rows, reading: Reading) -> str:
    """The mark before cents, when one amount of the file shows it and none another."""
    marks = set()
    for code in (AMOUNT, CREDIT, DEBIT):
        at = reading.at(code)
        for row in rows[reading.first_row :]:
            found = at is not None and at < len(row)
            text = re.sub(r"[^0-9.,]", "", row[at]) if found and at is not None else ""
            if mark := re.search(r"([.,])[0-9]{1,2}$", text):
                marks.add(mark[1])
    return marks.pop() if len(marks) == 1 else ""


def require_readable(rows: Rows, reading: Reading) -> None:
    """Raises BankColumnMissing, BankColumnTwice, DayOrderAsked."""
    told = [code for code in reading.columns.values() if code]
    for code in COLUMNS:
        if told.count(code) > 1:
            raise BankColumnTwice(column=COLUMNS[code])
    if DAY not in told:
        raise BankColumnMissing(column=COLUMNS[DAY])
    if AMOUNT not in told and CREDIT not in told:
        raise BankColumnMissing(column=COLUMNS[AMOUNT])
    if not reading.day_order:
        at = reading.at(DAY) or 0
        cells = [row[at] for row in rows[reading.first_row :] if at < len(row)]
        text = next((cell for cell in cells if SLASHED.fullmatch(cell)), "")
        raise DayOrderAsked(text=text)


def read(rows: Rows, reading: Reading, *, today: date) -> list[BankRow]:
    """Every row from the first movement on, as a payment or with its reason.

    Two rows that say the same are told apart by their order in the file, so that a
    file that overlaps another one finds each of them again.
    """
    seen: Counter[str] = Counter()
    found = []
    for number, cells in enumerate(rows[reading.first_row :], reading.first_row + 1):
        row = _row(number, cells, reading, today)
        if not row.code:
            row = _numbered(row, seen[row.digest])
            seen[row.digest] += 1
        found.append(row)
    return found


def _numbered(row: BankRow, occurrence: int) -> BankRow:
    return BankRow(
        number=row.number,
        on=row.on,
        amount_cents=row.amount_cents,
        payer=row.payer,
        reference=row.reference,
        bank_id=row.bank_id,
        digest=row.digest,
        occurrence=occurrence,
    )


def _row(number: int, cells: list[str], reading: Reading, today: date) -> BankRow:
    told = {
        code: cells[at] if at < len(cells) else ""
        for at, code in reading.columns.items()
    }
    cents, code, data = _money(told, reading.decimal)
    if code:
        return BankRow(number=number, code=code, data=data)
    on = read_day(told[DAY], reading.day_order)
    if on is None:
        text = told[DAY][:40]
        return BankRow(number=number, code="day_unreadable", data={"text": text})
    if on > today:
        return BankRow(number=number, code="day_ahead", data={"on": on.isoformat()})
    payer, reference = told.get(PAYER, "")[:160], told.get(REFERENCE, "")[:140]
    bank_id = told.get(BANK_ID, "")[:80]
    # The words as a set: another order of columns, or of letters, is the same line.
    words = " ".join(sorted(set(normalised(f"{payer} {reference}").split())))
    line = f"{on.isoformat()}|{cents}|{words}|{bank_id}"
    return BankRow(
        number=number,
        on=on,
        amount_cents=cents,
        payer=payer,
        reference=reference,
        bank_id=bank_id,
        digest=hashlib.sha256(line.encode()).hexdigest(),
    )


def _money(told: Mapping[str, str], decimal: str) -> tuple[int, str, dict[str, str]]:
    """The cents that came in, or why none did."""
    cents: dict[str, int] = {}
    for code in (AMOUNT, CREDIT, DEBIT):
        text = told.get(code, "")
        if not text:
            continue
        found = parse_bank_cents(text, decimal)
        if found is None:
            return 0, "amount_unreadable", {"text": text[:40]}
        if abs(found) > LARGEST_AMOUNT_CENTS:
            return 0, "amount_too_large", {"text": text[:40]}
        if found:
            cents[code] = found
    if not cents:
        return 0, "no_money", {}
    if CREDIT in cents and DEBIT in cents:
        return 0, "amount_twice", {}
    came_cents = cents.get(CREDIT, 0) or cents.get(AMOUNT, 0)
    if DEBIT in cents or came_cents < 0:
        return 0, "money_out", {}
    return came_cents, "", {}


def digest_of(rows: Sequence[BankRow]) -> str:
    """What a preview showed: confirming asks for the very same."""
    told = [(r.number, r.code, r.digest, r.occurrence, r.amount_cents) for r in rows]
    return hashlib.sha256(repr(told).encode()).hexdigest()
