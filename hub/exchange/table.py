"""A table that people take home: what its columns are called, and what stands in them.

A table is data. Each app describes its own in `exchange/tables.py`; a page hands over
the rows that it shows, from its own selector, and `hub.exchange.files` writes them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

from hub.core.cells import neutral

Kind = Literal[
    "text",
    "count",
    "number",
    "cents",
    "grams",
    "millilitres",
    "metres",
    "celsius",
    "basis_points",
    "clock",
    "duration",
    "day",
    "moment",
    "yes",
]
"""What a value is; a number is kept in whole units and written in the people's own."""
Cell = str | int | Decimal | date | datetime | timedelta | None

UNITS: Mapping[str, str] = {
    "cents": "$",
    "grams": "kg",
    "millilitres": "L",
    "metres": "km",
    "celsius": "°C",
    "basis_points": "%",
    "clock": "h",
    "duration": "h",
}
"""The unit of a column, told once in its title: cells are bare numbers."""
_DECIMALS = {
    "cents": 2,
    "grams": 3,
    "millilitres": 3,
    "metres": 3,
    "celsius": 1,
    "basis_points": 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its title, and where its value stands in a row.

    `source` is a path as templates write it ("order.buyer.name"); something missing
    on the way leaves the cell empty. `words` say what a code means.
    """

    title: str | Promise
    source: str
    kind: Kind = "text"
    words: Mapping[str, str | Promise] | None = None

    @property
    def heading(self) -> str:
        """The title in the reader's language, with the unit."""
        title, unit = str(self.title), UNITS.get(self.kind)
        return f"{title} ({unit})" if unit else title


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; `name` tells it from the others of all apps.

    `is_personal`: it names people or how to reach them, or says what one member orders,
    owes, earns or is granted, so taking it leaves a trace and asks who moves money for
    a second factor shown just now.
    """

    name: str
    title: str | Promise
    columns: tuple[Column, ...]
    is_personal: bool = False


def column(
    title: str | Promise,
    source: str,
    kind: Kind = "text",
    words: Mapping[str, str | Promise] | None = None,
) -> Column:
    """A column, written on one line."""
    return Column(title=title, source=source, kind=kind, words=words)


def cells_of(table: Table, row: Any) -> list[Cell]:
    """One row of the file: numbers stay numbers, text is made safe to open."""
    return [_cell(each, _value(row, each.source)) for each in table.columns]


def _value(row: Any, source: str) -> Any:
    """Follow a path through mappings, attributes and methods without arguments."""
    found = row
    for part in source.split("."):
        if found is None:
            return None
        if part.isdecimal():
            found = found[int(part)]
        elif isinstance(found, Mapping):
            found = found[part]
        else:
            found = getattr(found, part)
        if callable(found):
            found = found()
    return found


def _cell(asked: Column, value: Any) -> Cell:
    if value is None or value == "":
        return None
    if asked.words is not None:
        value = asked.words[value]
    if asked.kind == "yes":
        value = gettext("yes") if value else gettext("no")
    if asked.kind in ("text", "yes"):
        return neutral(_text(value))
    if asked.kind == "count":
        return int(value)
    if asked.kind == "number":
        return Decimal(value)
    if asked.kind in ("clock", "duration"):
        return timedelta(seconds=int(value))
    if asked.kind == "day":
        return timezone.localdate(value) if isinstance(value, datetime) else value
    if asked.kind == "moment":
        return timezone.localtime(value).replace(second=0, microsecond=0, tzinfo=None)
    return Decimal(int(value)).scaleb(-_DECIMALS[asked.kind])


def _text(value: Any) -> str:
    """Several things stand in one cell, separated by semicolons."""
    if isinstance(value, Iterable) and not isinstance(value, str | Promise):
        return "; ".join(str(each) for each in value)
    return str(value)
