"""Tables as files that a spreadsheet opens: CSV and XLSX.

Rows are read and written one after the other, and a file stops at MOST_ROWS, some
megabytes. A CSV is made for the Excel of its reader's language: French Excel wants
semicolons and decimal commas, English Excel commas and points; both need the mark at
the head to read accents. An XLSX is the same for everybody: its cells have types.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import SEEK_END, BytesIO, StringIO
from typing import Any, Literal

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import get_language

from hub.core.errors import TableTooLong
from hub.exchange.table import Cell, Table, cells_of

Form = Literal["csv", "xlsx"]
CONTENT_TYPES: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = 50_000
"""More than any list of a hub in ten years; a file of so many takes some seconds."""
AT_ONCE = 1_000
"""Rows read from the database in one go."""
LONGEST_TEXT = 32_767
"""What one cell of Excel can hold."""
BYTE_ORDER_MARK = "\ufeff"
_NARROWEST, _WIDEST = 10, 50
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def written(table: Table, rows: Iterable[Any], form: Form) -> bytes:
    """A file with all these rows; raises TableTooLong."""
    lines = _lines(table, rows)
    return _csv(table, lines) if form == "csv" else _xlsx(table, lines)


def _lines(table: Table, rows: Iterable[Any]) -> Iterator[list[Cell]]:
    read = rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else rows
    for number, row in enumerate(read):
        if number == MOST_ROWS:
            raise TableTooLong(most=MOST_ROWS)
        yield cells_of(table, row)


def _csv(table: Table, lines: Iterator[list[Cell]]) -> bytes:
    is_english = (get_language() or "").startswith("en")
    text = StringIO(BYTE_ORDER_MARK, newline="")
    text.seek(0, SEEK_END)
    rows = csv.writer(text, delimiter="," if is_english else ";")
    rows.writerow([column.heading for column in table.columns])
    mark = "." if is_english else ","
    for line in lines:
        rows.writerow([_plain(cell, mark) for cell in line])
    return text.getvalue().encode()


def _plain(cell: Cell, decimal_mark: str) -> str:
    """A cell as text: 12,50 or 12.50; 2026-06-18; 2026-06-18 14:05; 8:30."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", decimal_mark)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, timedelta):
        hours, minutes = divmod(round(cell.total_seconds() / 60), 60)
        return f"{hours}:{minutes:02}"
    return str(cell)


def sheet_name(title: str) -> str:
    """A title as a workbook takes it for a sheet: 31 letters, none of its signs."""
    return _NOT_IN_A_SHEET_NAME.sub(" ", title)[:31].strip("' ")


def _xlsx(table: Table, lines: Iterator[list[Cell]]) -> bytes:
    made = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(sheet_name(str(table.title)))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        looks = _looks(book)
        for number, column in enumerate(table.columns):
            width = min(max(len(column.heading) + 2, _NARROWEST), _WIDEST)
            if column.kind == "text":
                width = max(width, 2 * _NARROWEST)
            sheet.set_column(number, number, width, looks[column.kind])
            sheet.write_string(0, number, column.heading, head)
        sheet.freeze_panes(1, 0)
        for row, line in enumerate(lines, start=1):
            for number, cell in enumerate(line):
                look = looks[table.columns[number].kind]
                _write_cell(sheet, (row, number), cell, look)
    return made.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    """How each kind of number is shown."""
    shown = {
        "count": "#,##0",
        "number": "#,##0.###",
        "cents": "#,##0.00",
        "grams": "#,##0.###",
        "millilitres": "#,##0.###",
        "metres": "#,##0.0##",
        "celsius": "0.0",
        "basis_points": "0.00",
        "clock": "[h]:mm",
        "duration": "[h]:mm",
        "day": "yyyy-mm-dd",
        "moment": "yyyy-mm-dd hh:mm",
    }
    looks = {
        name: book.add_format({"num_format": text}) for name, text in shown.items()
    }
    return looks | dict.fromkeys(("text", "yes"), book.add_format({"num_format": "@"}))


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, look: Any) -> None:
    """Each type has its own verb: nothing is guessed from what a text looks like."""
    row, number = place
    if isinstance(cell, str):
        sheet.write_string(row, number, cell[:LONGEST_TEXT], look)
    elif isinstance(cell, int | Decimal):
        sheet.write_number(row, number, cell, look)
    elif isinstance(cell, date | timedelta):
        sheet.write_datetime(row, number, cell, look)
