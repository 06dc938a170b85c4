"""What a page shows of a sheet: each row beside what it would do, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub import selectors as hub_selectors
from hub.core.imports import Action, Sheet, Verdict, read_cell
from hub.templatetags.cell_words import Names, in_words

MOST_ROWS = 200
"""Rows shown at once; those to mend come first."""


@dataclass(frozen=True, slots=True)
class CellSeen:
    """One fact of a row: its column's label, what was there, what it becomes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One row of a sheet as a page shows it."""

    verdict: Verdict
    title: str
    cells: list[CellSeen]
    waits_for_pin: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A whole preview: how many rows do what, and the rows to show."""

    rows: list[RowSeen]
    num_more: int
    counts: dict[str, int]
    num_waiting: int

    @property
    def num_to_do(self) -> int:
        """How many rows would create or change something."""
        return self.counts["create"] + self.counts["change"]


def names_of_codes() -> Names:
    """What a sheet keeps by a code of the house is called, for the reader."""
    return {"family": {each.code: str(each) for each in hub_selectors.families()}}


def in_reader_words(sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """Rows of cells by the code of their column, as the reader would write them."""
    names = names_of_codes()
    return [
        [
            in_words(column, read_cell(column, row[column.code]), names)
            if row.get(column.code)
            else ""
            for column in sheet.columns
        ]
        for row in rows
    ]


def seen(
    sheet: Sheet, verdicts: Sequence[Verdict], titles: Sequence[str], names: Names
) -> Seen:
    """Lay a preview out; refused rows first, then by their number."""
    rows = [
        _row(sheet, verdict, title, names)
        for verdict, title in zip(verdicts, titles, strict=True)
    ]
    rows.sort(key=lambda r: (r.verdict.action != Action.REFUSE, r.verdict.number))
    counts = Counter(verdict.action.value for verdict in verdicts)
    return Seen(
        rows=rows[:MOST_ROWS],
        num_more=max(0, len(rows) - MOST_ROWS),
        counts={action.value: counts[action.value] for action in Action},
        num_waiting=sum(row.waits_for_pin for row in rows),
    )


def columns_missing(sheet: Sheet, mapping: Mapping[int, str]) -> list[str]:
    """The labels of what every new row must say, and that no column holds."""
    chosen = set(mapping.values())
    return [
        column.label
        for column in sheet.columns
        if column.is_required and column.code not in chosen
    ]


def _row(sheet: Sheet, verdict: Verdict, title: str, names: Names) -> RowSeen:
    is_new = verdict.action == Action.CREATE
    cells = [
        CellSeen(
            column.label,
            in_words(column, verdict.before.get(column.code), names),
            in_words(column, verdict.after[column.code], names),
        )
        for column in sheet.columns
        if column.code in verdict.after and (not is_new or column.code in verdict.facts)
    ]
    waits = is_new and "latitude" in verdict.after
    return RowSeen(verdict, title, cells, waits and verdict.after["latitude"] is None)
