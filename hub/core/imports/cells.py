"""Reads a cell as people write it, in French or in English, and says what to mend."""

import re
from typing import Any

from hub.core.errors import N_, NotACount, NotAnAmount
from hub.core.imports.columns import Column, Shape, normalised
from hub.core.money import parse_cents
from hub.core.quantities import parse_count

# Facts are plain data of several shapes, read from a sheet and kept as JSON.
Value = Any

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")
_MEASURE = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,3}))?([a-z]*)")
_DEGREES = re.compile(r"([+-]?[0-9]{1,3}(?:[.,][0-9]{1,10})?)°?([nsewo]?)")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[h:]([0-5][0-9])?)?(?:min)?(am|pm)?")
_BETWEEN = re.compile(r"\s*(?:–|—|-|\bto\b|\bà\b|\ba\b(?!\.? ?m\b)|\buntil\b|>|/)\s*")
_APART = re.compile(r"\s*(?:;|,|\n|\+|\bet\b|\band\b|&)\s*")
_MASSES = {"": 1_000, "kg": 1_000, "kilo": 1_000, "kilos": 1_000, "g": 1, "gr": 1}
_MASSES |= {"lb": 0, "lbs": 0, "livres": 0}
_POUND_MG = 453_592
_VOLUMES = {"": 1_000, "l": 1_000, "litre": 1_000, "litres": 1_000, "ml": 1, "cl": 10}
_YES = {"oui", "yes", "y", "o", "vrai", "true", "x", "1"}
_NO = {"non", "no", "n", "faux", "false", "0", ""}
_DAYS = (
    ("lundi", "lun", "monday", "mon"),
    ("mardi", "mar", "tuesday", "tue"),
    ("mercredi", "mer", "wednesday", "wed"),
    ("jeudi", "jeu", "thursday", "thu"),
    ("vendredi", "ven", "friday", "fri"),
    ("samedi", "sam", "saturday", "sat"),
    ("dimanche", "dim", "sunday", "sun"),
)
_DAY_OF = {word: number for number, words in enumerate(_DAYS) for word in words}
_DAY_WORDS = "|".join(sorted(_DAY_OF, key=len, reverse=True))
_WITH_DAYS = re.compile(
    rf"(?:(?P<first>{_DAY_WORDS})s?\.?"
    rf"(?:\s*(?:-|–|\bau\b|\bto\b|à)\s*(?P<last>{_DAY_WORDS})s?\.?)?\s*:?\s*)?"
    r"(?P<hours>.*)"
)

REMEDIES: dict[Shape, str] = {
    Shape.TEXT: N_("“%(text)s” is too long: at most %(longest)s letters. Shorten it."),
    Shape.EMAIL: N_(
        "“%(text)s” is not an email address. Write one, such as nom@exemple.ca, "
        "or leave the cell empty."
    ),
    Shape.AMOUNT: NotAnAmount.sentence,
    Shape.MASS: N_("“%(text)s” is not a weight. Write it like 2.5 kg or 750 g."),
    Shape.VOLUME: N_("“%(text)s” is not a volume. Write it like 25 L or 750 mL."),
    Shape.COUNT: N_(
        "“%(text)s” is not a whole number from %(lowest)s to %(highest)s. "
        "Write it like 12."
    ),
    Shape.DEGREES: N_("“%(text)s” is not a coordinate. Write degrees, like 45.527."),
    Shape.YES_NO: N_("“%(text)s” is neither yes nor no. Write yes, no or x."),
    Shape.HOURS: N_(
        "“%(text)s” could not be read as hours. Write them like 8:30–11:00, "
        "or Monday 8:30–11:00; Thursday 13:00–16:00."
    ),
    Shape.CLOCK: N_("“%(text)s” is not an hour. Write it like 8:30."),
    Shape.CHOICE: N_("“%(text)s” is not known here. Write one of: %(choices)s."),
}
"""What to do about a cell that cannot be read, by its shape."""


class CellRefused(Exception):
    """A cell that cannot be read: the sentence that says what to write, and its data.

    Never shown by itself: it becomes one error of a row.
    """

    def __init__(self, sentence: str, **data: Any) -> None:
        self.sentence = sentence
        self.data = data
        super().__init__(sentence % data)


def read_cell(column: Column, text: str) -> Value:
    """What a cell that is not empty says, in whole cents, grams, seconds…

    Raises CellRefused with the remedy.
    """
    try:
        found = _read(column, _SPACES.sub(" ", text).strip())
    except (NotAnAmount, NotACount, ValueError):
        found = None
    if found is None:
        raise CellRefused(
            REMEDIES[column.shape],
            text=text[:60],
            longest=column.longest,
            lowest=column.lowest,
            highest=column.highest,
            choices=", ".join(words[0] for words in column.choices.values()),
        )
    return found


def _read(column: Column, text: str) -> Value:
    match column.shape:
        case Shape.TEXT:
            return text if len(text) <= column.longest else None
        case Shape.EMAIL:
            return text.lower() if _EMAIL.fullmatch(text) and len(text) < 255 else None
        case Shape.AMOUNT:
            return _within(parse_cents(text), column)
        case Shape.COUNT:
            return _within(parse_count(text), column)
        case Shape.MASS:
            return _within(_measured(text, _MASSES), column)
        case Shape.VOLUME:
            return _within(_measured(text, _VOLUMES), column)
        case Shape.DEGREES:
            return _degrees(text)
        case Shape.YES_NO:
            word = normalised(text)
            return True if word in _YES else False if word in _NO else None
        case Shape.CLOCK:
            return _clock(text.lower())
        case Shape.HOURS:
            return _hours(text.lower())
        case Shape.CHOICE:
            return _chosen(column, text)


def _within(figure: int | None, column: Column) -> int | None:
    if figure is None or not column.lowest <= figure <= column.highest:
        return None
    return figure


def _measured(text: str, units: dict[str, int]) -> int | None:
    found = _MEASURE.fullmatch(_SPACES.sub("", text).lower())
    if found is None or found[3] not in units:
        return None
    thousandths = int(found[1]) * 1_000 + int((found[2] or "").ljust(3, "0"))
    if units[found[3]] == 0:  # pounds
        return (thousandths * _POUND_MG + 500_000) // 1_000_000
    return thousandths * units[found[3]] // 1_000


def _degrees(text: str) -> float | None:
    found = _DEGREES.fullmatch(_SPACES.sub("", text).lower().replace("−", "-"))
    if found is None:
        return None
    figure = round(float(found[1].replace(",", ".")), 6)
    turned = -abs(figure) if found[2] and found[2] in "swo" else figure
    return turned if abs(turned) <= 180 else None


def _clock(text: str) -> int | None:
    """Seconds from midnight of "8", "8 h", "8h30", "8:30", "1 pm"."""
    found = _CLOCK.fullmatch(_SPACES.sub("", text).replace(".", ""))
    if found is None:
        return None
    hour = int(found[1])
    if found[3] and not 1 <= hour <= 12:
        return None
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    seconds = hour * 3_600 + int(found[2] or 0) * 60
    return seconds if seconds <= 24 * 3_600 else None


def _hours(text: str) -> list[list[int | None]] | None:
    """Windows of "8 h 30–11 h", "lun-ven 8:00-12:00; sam 9 h à 11 h"."""
    windows: list[list[int | None]] = []
    days: list[int | None] = [None]
    for part in filter(None, _APART.split(text)):
        found = _WITH_DAYS.fullmatch(part)
        assert found is not None  # everything is matched, by `hours` alone if need be
        if found["first"]:
            first = _DAY_OF[found["first"]]
            last = _DAY_OF[found["last"] or found["first"]]
            days = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
        ends = [_clock(end) for end in _BETWEEN.split(found["hours"].strip())]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
            return None
        windows += [[day, ends[0], ends[1]] for day in days]
    unique = {tuple(window): window for window in windows}
    return sorted(unique.values(), key=_in_order) or None


def _in_order(window: list[int | None]) -> tuple[int, int, int]:
    day, start, end = (-1 if figure is None else figure for figure in window)
    return day, start, end


def _chosen(column: Column, text: str) -> str | None:
    asked = normalised(text)
    for code, words in column.choices.items():
        if asked in {normalised(word) for word in (code, *words)}:
            return code
    return None


def written(column: Column, value: Value) -> str:
    """A fact as one would write it in the sheet, without any unit of a language.

    What it gives is read again as the same fact.
    """
    if value is None or value == "":
        return ""
    match column.shape:
        case Shape.AMOUNT:
            return f"{value // 100}.{value % 100:02d}"
        case Shape.MASS | Shape.VOLUME:
            whole, rest = divmod(value, 1_000)
            unit = "kg" if column.shape == Shape.MASS else "L"
            return f"{whole}.{rest:03d}".rstrip("0").rstrip(".") + f" {unit}"
        case Shape.YES_NO:
            return "x" if value else "0"
        case Shape.CLOCK:
            return _clock_text(value)
        case Shape.HOURS:
            return "; ".join(_window_text(*window) for window in value)
        case Shape.CHOICE:
            return column.choices[value][0] if value in column.choices else str(value)
        case _:
            return str(value)


def _clock_text(seconds: int) -> str:
    return f"{seconds // 3_600}:{seconds % 3_600 // 60:02d}"


def _window_text(day: int | None, start_s: int, end_s: int) -> str:
    hours = f"{_clock_text(start_s)}–{_clock_text(end_s)}"
    return hours if day is None else f"{_DAYS[day][0]} {hours}"
