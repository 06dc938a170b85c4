"""What pages show of envelopes: granted, left, held, spent, and every movement."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hub.ledger import statements
from hub.ledger.core.accounts import HOLD_PREFIX
from vouchers import accounts, selectors
from vouchers.models import Envelope

ENDING_SOON = timedelta(days=30)
LINES_PER_PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeSeen:
    """An envelope with its money. Always, to the cent:
    granted = left + held + spent."""

    envelope: Envelope
    granted_cents: int
    left_cents: int
    held_cents: int
    spent_cents: int
    is_to_come: bool
    has_ended: bool
    ends_soon: bool


def envelopes_seen(envelopes: Iterable[Envelope], *, on: date) -> list[EnvelopeSeen]:
    """Envelopes with what was granted, is left, is held and was spent; one query more.

    What a programme took back counts as not granted, what a correction gave back as
    not spent.
    """
    rows = list(envelopes)
    sums: Counter[tuple[str, str]] = Counter()
    for moved in statements.moved_on(
        [selectors.account_code(row) for row in rows],
        under=[accounts.holds_prefix(envelope=row.public_id) for row in rows],
    ):
        for name in _names_of(moved):
            sums[(_envelope_of(moved.code), name)] += moved.amount_cents
    return [_seen(row, sums, on) for row in rows]


def envelope_seen(envelope: Envelope, *, on: date) -> EnvelopeSeen:
    """The same for one envelope."""
    return envelopes_seen([envelope], on=on)[0]


def _names_of(moved: statements.Moved) -> list[str]:
    if moved.code.startswith(HOLD_PREFIX):
        is_use = moved.verb not in ("hold", "release")
        return ["held", "spent"] if is_use else ["held"]
    if moved.kind in (selectors.GRANT, selectors.WITHDRAWAL):
        return ["left", "granted"]
    return ["left"]


def _envelope_of(code: str) -> str:
    return code.removeprefix(HOLD_PREFIX).split(":")[1]


def _seen(row: Envelope, sums: Counter[tuple[str, str]], on: date) -> EnvelopeSeen:
    name = row.public_id
    ends_on = row.ends_on or date.max
    left_cents = sums[(name, "left")]
    return EnvelopeSeen(
        envelope=row,
        granted_cents=sums[(name, "granted")],
        left_cents=left_cents,
        held_cents=sums[(name, "held")],
        spent_cents=-sums[(name, "spent")],
        is_to_come=row.starts_on > on,
        has_ended=ends_on < on,
        ends_soon=left_cents > 0 and on <= ends_on <= on + ENDING_SOON,
    )


def total_of(seen: Sequence[EnvelopeSeen]) -> dict[str, int]:
    """The sums of several envelopes, by what they are."""
    return {
        "granted_cents": sum(each.granted_cents for each in seen),
        "left_cents": sum(each.left_cents for each in seen),
        "held_cents": sum(each.held_cents for each in seen),
        "spent_cents": sum(each.spent_cents for each in seen),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One movement of an envelope; `what` is a word for the page.

    `order` is the public id of the order that it is about, which names nobody. What is
    spent had left the envelope before, when it was held.
    """

    effective_on: date
    what: str
    order: str
    in_cents: int | None = None
    out_cents: int | None = None
    spent_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """A page of the movements of an envelope, the latest first."""

    lines: list[JournalLine]
    number: int
    num_pages: int


def journal(envelope: Envelope, *, page: int) -> Journal:
    """What came into an envelope, was held, given back, spent; a page too far is the
    last."""
    code = selectors.account_code(envelope)
    under = accounts.holds_prefix(envelope=envelope.public_id)
    num_lines = statements.num_held_lines(code, under=under)
    num_pages = max(1, -(-num_lines // LINES_PER_PAGE))
    number = min(max(page, 1), num_pages)
    lines = statements.held_lines(
        code, under=under, skip=(number - 1) * LINES_PER_PAGE, limit=LINES_PER_PAGE
    )
    return Journal(
        lines=[_line(line) for line in lines], number=number, num_pages=num_pages
    )


def whole_journal(envelope: Envelope) -> list[JournalLine]:
    """The same from the first day, the latest first."""
    code = selectors.account_code(envelope)
    under = accounts.holds_prefix(envelope=envelope.public_id)
    num_lines = statements.num_held_lines(code, under=under)
    lines = statements.held_lines(code, under=under, skip=0, limit=num_lines)
    return [_line(line) for line in lines]


def _line(line: statements.HeldLine) -> JournalLine:
    what, cents = _what(line), line.amount_cents
    is_held_money = what == "spent" or (what == "corrected" and bool(line.hold_key))
    return JournalLine(
        effective_on=line.effective_on,
        what=what,
        order=accounts.order_of(line.hold_key) if line.hold_key else "",
        in_cents=cents if cents > 0 and not is_held_money else None,
        out_cents=-cents if cents < 0 and not is_held_money else None,
        spent_cents=-cents if is_held_money else None,
    )


def _what(line: statements.HeldLine) -> str:
    by_kind = {selectors.GRANT: "granted", selectors.WITHDRAWAL: "withdrawn"}
    by_verb = {"hold": "held", "release": "given_back", "capture": "spent"}
    if line.verb == "reverse":
        return "corrected"
    return by_kind.get(line.kind) or by_verb.get(line.verb, "corrected")
