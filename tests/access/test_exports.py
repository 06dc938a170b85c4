"""Every table that the site gives as a file: safe to open, and whole as its page.

The first half walks the registry with texts that a spreadsheet would run; the second
opens every page of two hubs, takes every file it offers, and compares.
"""

import csv
import re
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from hub.core.trail_facts import CODES
from hub.exchange.files import written
from hub.exchange.table import Table
from tests.access.exports import live, registry

HOSTILE = (
    '=HYPERLINK("https://exemple.test";"x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\uff1d1+1",
    " =1",
    "'=1",
)
NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
TABLES = registry()
NAMING = re.compile(
    r"(buyer|member|farm|group|carrier|owner|organization|programme)\.name$|person"
    r"|driver|receiver|email|phone|_by$|^groups$"
)
"""Where a column finds the name of a member or of a person."""
NOT_PERSONAL = {
    "api_keys": "who let a program in, read by their own organization alone",
    "farm_weeks": "which farms have said what they offer",
    "fund_lots": "for which groups a funder meant its gift",
    "loans": "who lends which truck, as the calendar shows to every member",
    "my_trucks": "one's own trucks",
    "places": "where members are, as the map shows to every member",
    "programmes": "which voucher programmes a hub welcomes",
    "vehicles": "who lends which truck, as the calendar shows to every member",
}
"""Tables that name somebody and may be taken home like any other, and why."""


class Thing:
    """A row of which every path leads to a text; made as the columns ask."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: dict[str, Any] = {}

    def put(self, path: str, value: object) -> None:
        first, _, rest = path.partition(".")
        if not rest:
            self._parts.setdefault(first, value)
            return
        inner = self._parts.get(first)
        if not isinstance(inner, Thing):
            inner = self._parts[first] = Thing(self._text)
        inner.put(rest, value)

    def __getattr__(self, name: str) -> Any:
        return self._parts[name]

    def __getitem__(self, number: int) -> Any:
        return self._parts[str(number)]

    def __str__(self) -> str:
        return self._text


def hostile_row(table: Table, text: str) -> Thing:
    row = Thing(text)
    for column in sorted(table.columns, key=lambda each: -len(each.source)):
        value: object = text
        if column.words is not None:
            value = next(iter(column.words))
        elif column.kind in ("day", "moment"):
            value = None
        elif column.kind not in ("text", "yes"):
            value = -7
        row.put(column.source, value)
    return row


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_cell_of_a_file_is_run(name: str) -> None:
    table = TABLES[name]
    rows = [hostile_row(table, text) for text in HOSTILE]

    with override("fr-ca"):
        text = written(table, rows, "csv").decode("utf-8-sig")
        made = written(table, rows, "xlsx")

    cells = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    read = book.get_sheet_by_index(0).to_python()
    assert len(cells) == len(read) == len(HOSTILE) + 1
    assert live(cells) == []
    assert live(read) == []
    with ZipFile(BytesIO(made)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in parts.namelist()
    assert re.findall(r"<f[ >]|hyperlink|quotePrefix", sheet) == []


def test_a_table_that_names_somebody_is_personal_or_says_why_not() -> None:
    naming = {
        table.name
        for table in TABLES.values()
        if not table.is_personal
        and any(NAMING.search(column.source) for column in table.columns)
    }

    assert naming == set(NOT_PERSONAL)


def test_the_journal_names_the_table_that_was_taken() -> None:
    with override("en"):
        titles = {
            table.name: str(table.title)
            for table in TABLES.values()
            if table.is_personal
        }

    assert CODES["document"] == titles
