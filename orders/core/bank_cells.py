"""Days and amounts as banks write them."""

import re
from datetime import date

ISO = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})(?:[ T].*)?")
SLASHED = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
MONEY = re.compile(r"[0-9]+(?:[ '’.,][0-9]{3})*(?:[.,][0-9]{1,2})?")
BLANKS = re.compile(r"[\s\u00a0\u2009\u202f]+")


def parse_bank_cents(text: str, decimal: str) -> int | None:
    """Cents of an amount as banks write it; None when it is none, or may be two.

    A minus stands before or behind, or the amount between brackets. “1,234” is read
    only when the file shows which mark stands before its cents.
    """
    bare = BLANKS.sub("", text).replace("−", "-").replace("$", "").replace("CAD", "")
    is_out = bare.startswith(("-", "(")) or bare.endswith("-")
    bare = bare.strip("+-()")
    if not MONEY.fullmatch(bare):
        return None
    tail = re.search(r"([.,])([0-9]+)$", bare)
    dollars, cents = bare, ""
    if tail and len(tail[2]) <= 2:
        if decimal and tail[1] != decimal:
            return None
        dollars, cents = bare[: tail.start()], tail[2]
        if tail[1] in dollars:
            return None
    elif tail and tail[1] == decimal or tail and not decimal:
        return None
    whole = int(re.sub(r"[^0-9]", "", dollars)[:15]) * 100 + int(
        cents.ljust(2, "0") or 0
    )
    return -whole if is_out else whole


def is_day(text: str) -> bool:
    """Whether a cell is written like a day."""
    return bool(ISO.fullmatch(text) or SLASHED.fullmatch(text))


def read_day(text: str, order: str) -> date | None:
    """The day of a cell, its parts in this order; None for what is none."""
    found = ISO.fullmatch(text)
    try:
        if found:
            return _of_century(int(found[1]), int(found[2]), int(found[3]))
        found = SLASHED.fullmatch(text)
        if not found:
            return None
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        if order == "mdy":
            return _of_century(year, one, two)
        return _of_century(year, two, one) if order == "dmy" else None
    except ValueError:
        return None


def _of_century(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 2000 <= year <= 2099 else None
