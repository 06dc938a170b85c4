"""Tables are read from what people send, within bounds that a bomb cannot pass."""

import io
import time
import zipfile
import zlib

import pytest
import xlsxwriter

from hub.core.imports import ImportRefused, SheetEmpty, SheetTooLarge, SheetUnreadable
from hub.exchange.model_sheet import model_workbook
from hub.exchange.spreadsheet import MOST_ROWS, table_of_file, table_of_text

ROWS = [["Nom", "Prix"], ["Œufs, d’été", "4,75 $"]]
TEXT = 'Nom;Prix\r\n"Œufs, d’été";"4,75 $"\r\n;\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    assert table_of_file(TEXT.encode(encoding)) == ROWS


def test_text_of_two_bytes_without_a_mark_is_read() -> None:
    assert table_of_file(TEXT.encode("utf-16-le")) == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_read(separator: str) -> None:
    assert table_of_text(f"A{separator}B\n1{separator}2") == [["A", "B"], ["1", "2"]]


def test_cells_of_a_workbook_become_texts() -> None:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "Tél", "Prix", "Bio"])
        sheet.write_row(1, 0, ["Chou", 5_145_550_101, 21.5, True])

    assert table_of_file(kept.getvalue())[1] == ["Chou", "5145550101", "21.5", "x"]


def test_a_model_is_read_with_its_help_as_a_comment() -> None:
    book = model_workbook(
        title="Fermes", headers=["Nom"], helps=["Le nom"], examples=[["=1+1"]]
    )

    assert table_of_file(book) == [["Nom"], ["# Le nom"], ["=1+1"]]


def packed(**entries: bytes) -> bytes:
    """A workbook of one sheet, its parts replaced by these."""
    sound = io.BytesIO()
    with xlsxwriter.Workbook(sound, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["A"])
    made = io.BytesIO()
    with (
        zipfile.ZipFile(sound) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = name.rsplit("/")[-1].removesuffix(".xml")
            new.writestr(name, entries.get(part, old.read(name)))
    return made.getvalue()


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576">'
FAR += b"<v>1</v></c></row>"
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LYING = packed(sheet1=SHEET % (b" " * 30_000_000))


def understated(data: bytes) -> bytes:
    """The same archive, which says that its large sheet holds a hundred bytes."""
    true_size = (30_000_000 + len(SHEET % b"")).to_bytes(4, "little")
    assert data.count(true_size) >= 1
    return data.replace(true_size, (100).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"x" * 2_000_001, SheetTooLarge),
        (b"A\n" + b"1\n" * (MOST_ROWS + 1), SheetTooLarge),
        (b";".join([b"A"] * 61) + b"\n1", SheetTooLarge),
        (b"A\n" + b"x" * 1_001, SheetTooLarge),
        (LYING, SheetTooLarge),
        (understated(LYING), SheetUnreadable),
        (packed(sheet1=SHEET % FAR), SheetTooLarge),
        (packed(sheet1=ENTITY + SHEET % b""), SheetUnreadable),
        (packed(sheet1=b"<nothing"), SheetUnreadable),
        (b"PK\x03\x04 not an archive", SheetUnreadable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, SheetUnreadable),
        (b"A\n\x81\x8d", SheetUnreadable),
        (b"A\n", SheetEmpty),
        (b"", SheetEmpty),
    ],
)
def test_what_is_too_large_or_no_table_is_refused_at_once(
    data: bytes, refusal: type[ImportRefused]
) -> None:
    begun = time.monotonic()

    with pytest.raises(refusal):
        table_of_file(data)

    assert time.monotonic() - begun < 1


def test_an_archive_of_too_many_entries_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for number in range(300):
            new.writestr(f"{number}.xml", zlib.compress(b""))

    with pytest.raises(SheetTooLarge):
        table_of_file(made.getvalue())
