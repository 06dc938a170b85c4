"""The columns that a kind of sheet may have, and how a header is recognized."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hub.core.errors.imports import ColumnMissing, ColumnTwice

_NOT_WORDS = re.compile(r"[^0-9a-z]+")


class Shape(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    EMAIL = "email"
    AMOUNT = "amount"
    """Whole cents."""
    MASS = "mass"
    """Whole grams; a bare number is kilograms."""
    VOLUME = "volume"
    """Whole millilitres; a bare number is litres."""
    COUNT = "count"
    DEGREES = "degrees"
    YES_NO = "yes_no"
    HOURS = "hours"
    """Lists of [weekday or None, start, end], seconds from midnight."""
    CLOCK = "clock"
    """Seconds from midnight."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One thing that a sheet may say; `names` are other headers it is known by.

    `label`, `help` and `labels` are English sources to translate. `choices` maps what
    is kept to the words that people write for it, `labels` to what it is called on
    screen, which is among these words in each language. `lowest` and `highest` bound
    whole figures.
    """

    code: str
    label: str
    help: str = ""
    shape: Shape = Shape.TEXT
    is_required: bool = False
    longest: int = 120
    lowest: int = 0
    highest: int = 1_000_000
    names: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


def normalised(text: str) -> str:
    """A text as it is compared: no accent, no capital, no sign, one space between.

    "Œufs (12)" and "oeufs 12" are the same.
    """
    folded = text.casefold().replace("œ", "oe").replace("æ", "ae")
    bare = unicodedata.normalize("NFKD", folded)
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", plain).strip()


def guess_columns(
    headers: Sequence[str],
    columns: Sequence[Column],
    remembered: Mapping[str, str] | None = None,
) -> dict[int, str]:
    """Which column of a sheet says what, by its header: position to code.

    What the hub chose last time for the same header comes first ("" for a column that
    was left out), then the header's own words, whole before partial. Each code is
    given once, from the left.
    """
    chosen = dict(remembered or {})
    known = {column.code for column in columns}
    bare = [normalised(header) for header in headers]
    mapping: dict[int, str] = {}
    for position, header in enumerate(bare):
        code = chosen.get(header)
        if code in known and code not in mapping.values():
            mapping[position] = str(code)
    left_out = {position for position, name in enumerate(bare) if name in chosen}
    for is_whole in (True, False):
        for position, header in enumerate(bare):
            if position in mapping or position in left_out or not header:
                continue
            for column in columns:
                if column.code in mapping.values():
                    continue
                if _is_called(header, column, is_whole=is_whole):
                    mapping[position] = column.code
                    break
    return mapping


def _is_called(header: str, column: Column, *, is_whole: bool) -> bool:
    names = {normalised(name) for name in (column.code, column.label, *column.names)}
    if is_whole:
        return header in names
    words = set(header.split())
    return any(set(name.split()) <= words for name in names)


def require_mapping(mapping: Mapping[int, str], columns: Sequence[Column]) -> None:
    """Refuse a mapping without a required column, or with one chosen twice.

    Raises ColumnMissing or ColumnTwice.
    """
    chosen = list(mapping.values())
    for column in columns:
        if chosen.count(column.code) > 1:
            raise ColumnTwice(column=column.label)
        if column.is_required and column.code not in chosen:
            raise ColumnMissing(column=column.label)
