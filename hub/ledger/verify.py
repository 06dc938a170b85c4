"""Prove an export of the ledger with nothing but this file and Python.

    python verify.py ledger.jsonl 2026-11-21:<root printed on a statement>

Written apart from the ledger's own audit, so that one mistake does not hide another.
The export has one JSON object a line: a head, the postings in the order of their seals,
then the roots of days (`manage.py ledger_export`). Ends with 1 at the first fault.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

FORMAT = "charroi-ledger-1"
UNDOABLE = ("post", "capture")


class Broken(Exception):
    """What does not hold, and at which line of the export."""


@dataclass
class Book:
    """What was read so far: the head of the chain, every balance, every posting."""

    sequence: int = 0
    head: str = "0" * 64
    balances: Counter[str] = field(default_factory=Counter)
    moves: dict[str, list[list[Any]]] = field(default_factory=dict)
    verbs: dict[str, str] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    early: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)


def verify(lines: Iterable[str], *, roots: dict[str, str] | None = None) -> Book:
    """Prove every line of an export; `roots` are the days' roots known from elsewhere.

    Raises Broken for the first line that does not hold.
    """
    book = Book()
    floored: list[str] = []
    number = 0
    for number, text in enumerate(lines, start=1):
        try:
            row = json.loads(text)
            _require(isinstance(row, dict), "cannot be read (no JSON object)")
            if number == 1:
                _require(row.get("format") == FORMAT, "this is no export of a ledger")
                floored = list(row["floored"])
            elif "day" in row:
                _add_root(book, row)
            else:
                _add_posting(book, row)
        except (ValueError, KeyError, TypeError) as error:
            raise Broken(f"line {number}: cannot be read ({error})") from error
        except Broken as fault:
            raise Broken(f"line {number}: {fault}") from None
    _require(number > 0, "the file is empty")
    lost = ", ".join(sorted(book.early))
    _require(not lost, f"undone, but not in the export: {lost}")
    below = [code for code in floored if book.balances[code] < 0]
    _require(not below, f"below zero at the end: {', '.join(below)}")
    for day, root in (roots or {}).items():
        _require(day in book.roots, f"{day}: the export has no root of this day")
        _require(book.roots[day] == root, f"{day}: the root is another one")
    return book


def _add_posting(book: Book, row: dict[str, Any]) -> None:
    key, moves = row["key"], row["moves"]
    _require(row["sequence"] == book.sequence + 1, "a posting is missing before it")
    _require(key not in book.moves, f"{key} is there twice")
    _require(
        all(type(cents) is int for _, cents in moves), f"{key}: not in whole cents"
    )
    total = sum(cents for _, cents in moves)
    _require(total == 0, f"{key} sums to {total} cents")
    if row["verb"] == "reverse":
        _require_opposite(book, row)
    _require(_content(row) == row["content_sha256"], f"{key} was changed")
    head = _hash(
        book.head, row["sequence"], row["content_sha256"], row["recorded_at"], moves
    )
    _require(head == row["chain_sha256"], f"{key}: the chain breaks here")
    book.sequence, book.head = row["sequence"], head
    book.links[book.sequence] = head
    book.moves[key], book.verbs[key] = moves, row["verb"]
    if key in book.early:
        _require_undone(book, book.early.pop(key))
    for code, cents in moves:
        book.balances[code] += cents


def _require_opposite(book: Book, row: dict[str, Any]) -> None:
    key, about = row["key"], row["about_key"]
    _require(about not in book.undone, f"{key}: {about} was undone before")
    book.undone.add(about)
    if about in book.moves:
        _require_undone(book, row)
    else:  # sealed later than what undid it: it must still come
        book.early[about] = row


def _require_undone(book: Book, row: dict[str, Any]) -> None:
    key, about = row["key"], row["about_key"]
    _require(book.verbs[about] in UNDOABLE, f"{key} undoes a {book.verbs[about]}")
    opposite = [[code, -cents] for code, cents in book.moves[about]]
    _require(row["moves"] == opposite, f"{key} is not the opposite of {about}")


def _add_root(book: Book, row: dict[str, Any]) -> None:
    day, sequence = date.fromisoformat(row["day"]).isoformat(), row["sequence"]
    known = book.links.get(sequence, "" if sequence == 0 else None)
    _require(known == row["root"], f"the root of {day} is not that of the chain")
    book.roots[day] = row["root"]


def _content(row: dict[str, Any]) -> str:
    follows = row["verb"] in ("reverse", "release")
    return _hash(
        *(row[name] for name in ("verb", "key", "kind", "meant_on", "memo")),
        *(row[name] for name in ("about_key", "amount_cents", "expires_at")),
        [] if follows else row["moves"],
    )


def _hash(*facts: object) -> str:
    text = json.dumps(facts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _require(holds: bool, fault: str) -> None:
    if not holds:
        raise Broken(fault)


def main(words: list[str]) -> int:
    """Prove a file; 1 for one that does not hold, 2 for a call that means nothing."""
    asked = [word for word in words if not word.startswith("--")]
    if not asked or "--help" in words:
        sys.stderr.write(__doc__ or "")
        return 2
    roots = {day: root for day, _, root in (w.partition(":") for w in asked[1:])}
    if not all(roots.values()):
        sys.stderr.write("a root is given as 2026-11-21:<64 letters and digits>\n")
        return 2
    try:
        with open(asked[0], encoding="utf-8") as file:
            book = verify(file, roots=roots)
    except (Broken, OSError, UnicodeDecodeError) as fault:
        sys.stdout.write(f"BROKEN {fault}\n")
        return 1
    sys.stdout.write(
        f"ok {book.sequence} postings, {len(book.balances)} accounts,"
        f" {len(book.roots)} daily roots, head {book.head}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
