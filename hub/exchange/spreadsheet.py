"""Reads a table out of what people send: a workbook, a text file, or pasted cells.

The door is bounded before anything is decoded: bytes, entries and bytes of the
archive once opened, rows, columns and letters. A workbook is packed anew from what was
counted, so that its own figures about itself are not believed.
"""

import csv
import io
import re
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from hub.core.imports import SheetEmpty, SheetTooLarge, SheetUnreadable

HEAVIEST_BYTES = 2_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_LETTERS = 1_000
MOST_ENTRIES = 200
MOST_UNPACKED_BYTES = 20_000_000
_SEPARATORS = (";", "\t", ",", "|")
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*['\"]([A-Za-z]{1,9})([0-9]{1,12})")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*['\"]([0-9]{1,12})")
_LEFT_OUT = ("/media/", "/embeddings/", "vbaproject.bin")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Table = list[list[str]]


def table_of_file(data: bytes) -> Table:
    """The first sheet of a workbook, or the rows of a text file, as texts.

    Raises SheetTooLarge, SheetUnreadable, SheetEmpty.
    """
    if len(data) > HEAVIEST_BYTES:
        raise _too_large()
    if data.startswith(b"PK\x03\x04"):
        return _kept(_rows_of_workbook(data))
    return table_of_text(_decoded(data))


def table_of_text(text: str) -> Table:
    """Rows of text parted by whatever sign its first line has most of.

    Raises SheetTooLarge, SheetUnreadable, SheetEmpty.
    """
    if len(text) > HEAVIEST_BYTES:
        raise _too_large()
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
    rows: Table = []
    try:
        for row in csv.reader(lines, delimiter=separator):
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                raise _too_large()
    except csv.Error as error:
        raise SheetUnreadable from error
    return _kept(rows)


def _too_large() -> SheetTooLarge:
    return SheetTooLarge(
        num_rows=MOST_ROWS,
        num_columns=MOST_COLUMNS,
        num_mb=HEAVIEST_BYTES // 1_000_000,
    )


def _decoded(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16, or what Windows wrote before them."""
    if b"\x00" in data[:4_000] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _utf16(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise SheetUnreadable from error


def _utf16(data: bytes) -> str:
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        # Written without its mark: the empty half of each letter tells the order.
        data = (b"\xff\xfe" if data[1:2] == b"\x00" else b"\xfe\xff") + data
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise SheetUnreadable from error
    if "\x00" in text:
        raise SheetUnreadable
    return text


def _kept(rows: Table) -> Table:
    """The rows down to the last written one; refused when too many, or none."""
    trimmed = [[cell.strip() for cell in row] for row in rows]
    while trimmed and not any(trimmed[-1]):
        trimmed.pop()
    widest = max((_width(row) for row in trimmed), default=0)
    longest = max((len(cell) for row in trimmed for cell in row), default=0)
    is_large = widest > MOST_COLUMNS or len(trimmed) > MOST_ROWS + 1
    if is_large or longest > MOST_LETTERS:
        raise _too_large()
    if any("\x00" in cell for row in trimmed for cell in row):
        raise SheetUnreadable
    if len(trimmed) < 2:
        raise SheetEmpty
    return [(row + [""] * widest)[:widest] for row in trimmed]


def _width(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell), default=0)


def _rows_of_workbook(data: bytes) -> Table:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_packed_anew(data)))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, zlib.error) as error:
        raise SheetUnreadable from error
    except (OSError, ValueError, NotImplementedError, RuntimeError) as error:
        # A damaged archive, a locked one, or one packed in a way nobody uses.
        raise SheetUnreadable from error
    return [[_text_of(cell) for cell in row] for row in rows]


def _packed_anew(data: bytes) -> bytes:
    """The same workbook, of entries that were opened, counted and looked at."""
    kept = io.BytesIO()
    num_bytes = 0
    with (
        zipfile.ZipFile(io.BytesIO(data)) as sent,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as packed,
    ):
        entries = sent.infolist()
        if len(entries) > MOST_ENTRIES:
            raise _too_large()
        if "xl/workbook.xml" not in sent.namelist():
            raise SheetUnreadable
        for entry in entries:
            if any(part in entry.filename.lower() for part in _LEFT_OUT):
                continue
            with sent.open(entry) as opened:
                content = opened.read(MOST_UNPACKED_BYTES - num_bytes + 1)
            num_bytes += len(content)
            if num_bytes > MOST_UNPACKED_BYTES:
                raise _too_large()
            _require_plain(content)
            packed.writestr(entry.filename, content)
    return kept.getvalue()


def _require_plain(content: bytes) -> None:
    """Refuse entities, and cells so far apart that the table between them is huge.

    Every entry is looked at: which one is the sheet is for the archive to say.
    """
    if _DOCTYPE.search(content) or b"\x00" in content:
        raise SheetUnreadable
    rows = [int(row) for row in _ROW.findall(content)]
    cells = _CELL.findall(content)
    rows += [int(row) for _letters, row in cells]
    columns = [_column_number(letters.upper()) for letters, _row in cells]
    if max(rows, default=0) > MOST_ROWS + 1 or max(columns, default=0) > MOST_COLUMNS:
        raise _too_large()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# A cell of a workbook is of whatever type its program gave it.
def _text_of(cell: Any) -> str:
    match cell:
        case bool():
            return "x" if cell else "0"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(round(cell, 6))
        case datetime() | date():
            return cell.isoformat()
        case time():
            return f"{cell.hour}:{cell.minute:02d}"
        case _:
            return str(cell)
