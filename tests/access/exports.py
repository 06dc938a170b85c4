"""Every table that the site gives as a file, and what a page says of its own."""

import csv
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from io import StringIO
from typing import Any

from django.test import Client

from hub.core.cells import is_live
from hub.exchange.table import Table

NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
APPS = ("hub", "producers", "pricing", "vouchers", "orders", "routing")
VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta"})


def registry() -> dict[str, Table]:
    """Every table of every app, by name."""
    return {table.name: table for table in _tables()}


def _tables() -> Iterator[Table]:
    for app in APPS:
        yield from import_module(f"{app}.exchange.tables").TABLES


def rows_of(text: str) -> list[list[str]]:
    """The rows of one of our French CSV files, its titles apart."""
    text = text.removeprefix("\ufeff")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))[1:]


def files_of(client: Client, address: str) -> dict[str, list[list[str]]]:
    """Every table that a page offers, each as long as the page shows it."""
    french = {"accept-language": "fr-CA"}
    page = PageRead(client.get(address, headers=french).content.decode())
    found = {
        name: rows_of(client.get(link, headers=french).content.decode())
        for (name, form), link in page.links.items()
        if form == "csv"
    }
    shown = {name: page.num_rows.get(name, len(rows)) for name, rows in found.items()}
    assert {name: len(rows) for name, rows in found.items()} == shown
    return found


def live(rows: list[list[Any]]) -> list[Any]:
    """The cells that a spreadsheet might run; numbers that are numbers are none."""
    return [
        cell
        for row in rows
        for cell in row
        if isinstance(cell, str) and is_live_cell(cell)
    ]


def is_live_cell(text: str) -> bool:
    """A cell behind our apostrophe is safe; what `is_live` finds in it was made so."""
    return not NUMBER.fullmatch(text) and not text.startswith("'") and is_live(text)


class PageRead(HTMLParser):
    """The links of a page to its tables, and how many rows it shows of each.

    Rows are what stands directly in an element that says `data-rows`; titles, and what
    says `data-apart`, are left out.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: dict[tuple[str, str], str] = {}
        self.num_rows: dict[str, int] = {}
        self.has_pages = 'aria-label="Pages ' in page
        self._within: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count it as a row of the element around it; note a link to a file."""
        said = dict(attrs)
        is_row = tag != "th" and "data-apart" not in said
        if self._within and self._within[-1] and is_row:
            self.num_rows[self._within[-1]] += 1
        address = said.get("href") or ""
        if tag == "a" and "?" in address and "table=" in address:
            query = dict(part.split("=") for part in address.split("?")[1].split("&"))
            self.links[query["table"], query["format"]] = address
        if tag not in VOID:
            name = said.get("data-rows") or ""
            self._within.append(name)
            if name:
                self.num_rows.setdefault(name, 0)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings close themselves and hold nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        if tag not in VOID and self._within:
            self._within.pop()
