"""What each row of a sheet would do, before anything is done.

One function, `judge`, says it for the preview and for the import itself: what is shown
is what happens. Nothing here knows a table: rows of the house are `Known` facts.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from hub.core.errors import N_
from hub.core.imports.cells import CellRefused, Value, read_cell
from hub.core.imports.columns import Column, normalised

Facts = dict[str, Value]
COMMENT = "#"
"""A row whose first written cell begins so explains the sheet, and is passed over."""

_MISSING = N_("This cell is empty. Write the %(column)s.")
_TWICE = N_("Row %(other)s says the same thing. Keep one of the two.")


class Action(StrEnum):
    """What a row does."""

    CREATE = "create"
    CHANGE = "change"
    LEAVE = "leave"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row is refused: the column, and a sentence that says what to write."""

    column: str
    sentence: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet, numbered as its program numbers it, and what it says."""

    number: int
    facts: Facts
    errors: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the house, by its public id, with all its facts."""

    id: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a row of a sheet the same as one of the house: equal columns."""

    code: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A kind of sheet: its columns, its rules in order, what a new row has unsaid.

    The first rule is what must be single in a sheet. `defaults` are facts of a new
    row whose cell is empty; an empty cell changes nothing of a known row.
    """

    code: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    defaults: Facts = field(default_factory=dict)

    def column(self, code: str) -> Column:
        """One of the columns, by its code."""
        return next(column for column in self.columns if column.code == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one row does: `before` and `after` hold the facts that it writes.

    `target` is the known row found by `rule`, if any; `errors` refuse the row.
    """

    number: int
    action: Action
    facts: Facts
    target: str = ""
    rule: str = ""
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)
    errors: tuple[RowError, ...] = ()


def read_lines(
    sheet: Sheet, table: Sequence[Sequence[str]], mapping: Mapping[int, str]
) -> list[Line]:
    """Read the rows below the header (row 1), leaving out empty ones and comments."""
    lines = []
    for number, row in enumerate(table[1:], start=2):
        first = next((cell for cell in row if cell.strip()), "")
        if not first or first.lstrip().startswith(COMMENT):
            continue
        facts: Facts = {}
        errors = []
        for position, code in sorted(mapping.items()):
            text = row[position] if position < len(row) else ""
            if not text.strip():
                continue
            try:
                facts[code] = read_cell(sheet.column(code), text)
            except CellRefused as refused:
                errors.append(RowError(code, refused.sentence, refused.data))
        lines.append(Line(number, facts, tuple(errors)))
    return lines


def refuse(line: Line, column: str, sentence: str, **data: Any) -> Line:
    """The line with one more error."""
    return replace(line, errors=(*line.errors, RowError(column, sentence, data)))


def judge(
    sheet: Sheet, lines: Sequence[Line], known: Collection[Known]
) -> list[Verdict]:
    """Say what each line does to what is known.

    Rules are tried one after the other, each on the lines that the former left alone:
    a known row is claimed by one line only. Two lines with the same first rule are
    refused, the second naming the first.
    """
    found = _matches(sheet, lines, known)
    named: dict[tuple[str, ...], int] = {}
    verdicts = []
    for line in lines:
        key = _key(line.facts, sheet.rules[0])
        if key and key in named:
            code = sheet.rules[0].columns[-1]
            line = refuse(line, code, _TWICE, other=named[key])
        elif key:
            named[key] = line.number
        verdicts.append(_verdict(sheet, line, found.get(line.number)))
    return verdicts


def _matches(
    sheet: Sheet, lines: Sequence[Line], known: Collection[Known]
) -> dict[int, tuple[Known, str]]:
    found: dict[int, tuple[Known, str]] = {}
    claimed: set[str] = set()
    for rule in sheet.rules:
        by_key: dict[tuple[str, ...], list[Known]] = {}
        for row in known:
            if row.id not in claimed and (key := _key(row.facts, rule)):
                by_key.setdefault(key, []).append(row)
        for line in lines:
            rows = by_key.get(_key(line.facts, rule), [])
            if line.number in found or len(rows) != 1 or rows[0].id in claimed:
                continue
            found[line.number] = (rows[0], rule.code)
            claimed.add(rows[0].id)
    return found


def _key(facts: Facts, rule: Rule) -> tuple[str, ...]:
    """The compared words of a row; empty when one of them is not written."""
    words = [normalised(str(facts.get(code) or "")) for code in rule.columns]
    return tuple(words) if all(words) else ()


def _verdict(sheet: Sheet, line: Line, match: tuple[Known, str] | None) -> Verdict:
    if match is None:
        errors = line.errors + tuple(
            RowError(column.code, _MISSING, {"column": column.label})
            for column in sheet.columns
            if column.is_required and column.code not in line.facts
            if column.code not in {error.column for error in line.errors}
        )
        after = sheet.defaults | line.facts
        action = Action.REFUSE if errors else Action.CREATE
        return Verdict(
            number=line.number,
            action=action,
            facts=line.facts,
            after={} if errors else after,
            errors=errors,
        )
    row, rule = match
    # Words that were found equal stay as the house writes them.
    same = next(each.columns for each in sheet.rules if each.code == rule)
    changed = {
        code: value
        for code, value in line.facts.items()
        if code not in same and row.facts.get(code) != value
    }
    action = Action.CHANGE if changed else Action.LEAVE
    return Verdict(
        number=line.number,
        action=Action.REFUSE if line.errors else action,
        facts=line.facts,
        target=row.id,
        rule=rule,
        before={} if line.errors else {code: row.facts.get(code) for code in changed},
        after={} if line.errors else changed,
        errors=line.errors,
    )


def digest_of(verdicts: Sequence[Verdict]) -> str:
    """A short name of a whole preview: another preview has another name."""
    told = json.dumps([asdict(verdict) for verdict in verdicts], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
