"""Reading the ledger: balances and the lines of an account."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from hub.ledger.core.accounts import HOLD_PREFIX, hold_account
from hub.ledger.core.content import Verb
from hub.ledger.core.holds import Row, piece
from hub.ledger.models import Balance, Entry, Part, Posting

_BALANCES = """
    SELECT a.code, coalesce(b.balance_cents + coalesce(split.cents, 0),
                            coalesce(r.balance_cents, 0) + coalesce(new.cents, 0))
    FROM ledger_account a
    LEFT JOIN ledger_balance b ON b.account_id = a.id
    LEFT JOIN LATERAL (
        SELECT sum(balance_cents) AS cents FROM ledger_part
        WHERE account_id = a.id AND b.num_parts > 0
    ) split ON true
    LEFT JOIN LATERAL (
        SELECT through_entry, balance_cents FROM ledger_rollup
        WHERE account_id = a.id AND NOT a.floored
        ORDER BY through_entry DESC LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
        SELECT sum(amount_cents) AS cents FROM ledger_entry
        WHERE account_id = a.id AND id > coalesce(r.through_entry, 0)
        AND NOT a.floored
    ) new ON true
    WHERE """
_OF_CODES = _BALANCES + "a.code = ANY(%s) ORDER BY a.code"
_UNDER_PREFIX = _BALANCES + "a.code LIKE %s ORDER BY a.code"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement of an account, and the balance after it."""

    effective_on: date
    recorded_at: datetime
    posting_key: str
    verb: str
    kind: str
    memo: str
    amount_cents: int
    balance_cents: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What happened to one account from `since` until the day before `until`.

    `opening_cents` plus the amounts of the lines is `closing_cents`.
    """

    code: str
    since: date
    until: date
    opening_cents: int
    lines: tuple[StatementLine, ...]
    closing_cents: int


def balance_cents(code: str) -> int:
    """The balance of one account; zero for an account that was never used."""
    return balances_of([code])[code]


def balances(prefix: str) -> dict[str, int]:
    """The balances of all accounts whose code begins with `prefix`, by code.

    Give the closing colon (`fund:montreal:`) when only whole words should match.
    """
    return _balances(_UNDER_PREFIX, [_escaped(prefix) + "%"])


def balances_of(codes: Iterable[str]) -> dict[str, int]:
    """The balances of these accounts, by code; zero for one never used. One query."""
    found = dict.fromkeys(codes, 0)
    return found | _balances(_OF_CODES, [list(found)])


def _balances(statement: str, values: Sequence[str | list[str]]) -> dict[str, int]:
    """A kept balance where there is one, else the last rollup and what came since."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {code: int(cents) for code, cents in cursor.fetchall()}


def _escaped(prefix: str) -> str:
    return prefix.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def statement(code: str, *, since: date, until: date) -> Statement:
    """The lines of an account by business day, `until` itself left out."""
    entries = Entry.objects.filter(account__code=code)
    opening_cents = _sum_cents(entries.filter(posting__effective_on__lt=since))
    within = entries.filter(
        posting__effective_on__gte=since, posting__effective_on__lt=until
    ).select_related("posting")
    lines = []
    running_cents = opening_cents
    for entry in within.order_by("posting__effective_on", "posting_id", "position"):
        running_cents += entry.amount_cents
        lines.append(_line(entry, balance_cents=running_cents))
    return Statement(code, since, until, opening_cents, tuple(lines), running_cents)


def _line(entry: Entry, *, balance_cents: int) -> StatementLine:
    posting = entry.posting
    return StatementLine(
        effective_on=posting.effective_on,
        recorded_at=posting.recorded_at,
        posting_key=posting.key,
        verb=posting.verb,
        kind=posting.kind,
        memo=posting.memo,
        amount_cents=entry.amount_cents,
        balance_cents=balance_cents,
    )


def _sum_cents(entries: QuerySet[Entry]) -> int:
    return int(entries.aggregate(cents=Sum("amount_cents", default=0))["cents"])


def total_cents(prefix: str) -> int:
    """The money in all floored accounts whose code begins with `prefix`."""
    whole = Balance.objects.filter(account__code__startswith=prefix)
    parts = Part.objects.filter(account__code__startswith=prefix)
    kept = whole.values_list("balance_cents").union(
        parts.values_list("balance_cents"), all=True
    )
    return sum(cents for (cents,) in kept)


def moved_cents(prefix: str, *, kind: str, since: date) -> int:
    """What postings of one kind moved on those accounts since a business day."""
    return _sum_cents(
        Entry.objects.filter(
            account__code__startswith=prefix,
            posting__kind=kind,
            posting__effective_on__gte=since,
        )
    )


def num_postings_on(day: date) -> int:
    """How many postings a business day has."""
    return Posting.objects.filter(effective_on=day).count()


def moved_under(key: str) -> bool:
    """Whether something was posted under a key: a retry of it moves nothing more."""
    return Posting.objects.filter(key=key).exists()


def given_back_under(key: str) -> list[tuple[str, int]]:
    """Which accounts got how much back by a release; nothing when there was none."""
    return given_back_under_each([key])[key]


def given_back_under_each(keys: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """The same for many releases, by key; one query."""
    found: dict[str, list[tuple[str, int]]] = {key: [] for key in keys}
    rows = Entry.objects.filter(
        posting__key__in=list(found), posting__verb=Verb.RELEASE, amount_cents__gt=0
    ).order_by("posting_id", "position")
    for key, code, cents in rows.values_list(
        "posting__key", "account__code", "amount_cents"
    ):
        found[key].append((code, cents))
    return found


@dataclass(frozen=True, slots=True)
class Movement:
    """What one posting did to a group of accounts, and their total after it."""

    effective_on: date
    verb: str
    kind: str
    memo: str
    amount_cents: int
    balance_cents: int


def movements(prefix: str, *, skip: int, limit: int) -> list[Movement]:
    """The latest movements of all accounts whose code begins with `prefix`.

    The latest first, `skip` of them left out, at most `limit`. One posting is one
    movement, however many of these accounts it touches; in three queries.
    """
    postings = (
        Posting.objects.filter(entries__account__code__startswith=prefix)
        .annotate(net_cents=Sum("entries__amount_cents"))
        .order_by("-effective_on", "-pk")
    )
    after_cents = _sum_cents(Entry.objects.filter(account__code__startswith=prefix))
    newer = postings[:skip].aggregate(cents=Sum("net_cents", default=0))
    after_cents -= int(newer["cents"])
    shown = []
    for posting in postings[skip : skip + limit]:
        shown.append(_movement(posting, posting.net_cents, after_cents))
        after_cents -= posting.net_cents
    return shown


def num_movements(prefix: str) -> int:
    """How many postings moved those accounts."""
    moved = Entry.objects.filter(account__code__startswith=prefix)
    return moved.values("posting").distinct().count()


def _movement(posting: Posting, amount_cents: int, balance_cents: int) -> Movement:
    return Movement(
        effective_on=posting.effective_on,
        verb=posting.verb,
        kind=posting.kind,
        memo=posting.memo,
        amount_cents=amount_cents,
        balance_cents=balance_cents,
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """What the postings of one verb and one kind moved on one account, together."""

    code: str
    verb: str
    kind: str
    amount_cents: int


def moved_on(codes: Iterable[str], *, under: Iterable[str] = ()) -> list[Moved]:
    """What moved on these accounts, and on all those under some prefixes; one query."""
    wanted = Q(account__code__in=list(codes))
    for prefix in under:
        wanted |= Q(account__code__startswith=prefix)
    rows = (
        Entry.objects.filter(wanted)
        .values_list("account__code", "posting__verb", "posting__kind")
        .annotate(cents=Sum("amount_cents"))
        .order_by("account__code", "posting__verb", "posting__kind")
    )
    return [Moved(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One movement of an account, or one use of what is held from it.

    `hold_key` names the hold that was made, spent or given back, if there is one.
    """

    effective_on: date
    verb: str
    kind: str
    memo: str
    hold_key: str
    amount_cents: int


def held_lines(code: str, *, under: str, skip: int, limit: int) -> list[HeldLine]:
    """The latest movements of an account and of what was spent from its holds.

    The latest first, `skip` of them left out, at most `limit`. The accounts of its
    holds begin with `under`: of these only captures, and their reversals, are shown.
    """
    entries = _held_entries(code, under).select_related("posting__hold", "account")
    latest = entries.order_by("-posting__effective_on", "-posting_id", "-position")
    return [
        HeldLine(
            effective_on=entry.posting.effective_on,
            verb=entry.posting.verb,
            kind=entry.posting.kind,
            memo=entry.posting.memo,
            hold_key=_hold_key_of(entry),
            amount_cents=entry.amount_cents,
        )
        for entry in latest[skip : skip + limit]
    ]


def num_held_lines(code: str, *, under: str) -> int:
    """How many lines `held_lines` has."""
    return _held_entries(code, under).count()


def _held_entries(code: str, under: str) -> QuerySet[Entry]:
    spent = Q(
        account__code__startswith=under,
        posting__verb__in=[Verb.CAPTURE, Verb.REVERSE],
    )
    return Entry.objects.filter(Q(account__code=code) | spent)


def _hold_key_of(entry: Entry) -> str:
    if entry.account.code.startswith(HOLD_PREFIX):
        return entry.account.code.removeprefix(HOLD_PREFIX)
    if entry.posting.verb == Verb.HOLD:
        return entry.posting.key
    return entry.posting.hold.key if entry.posting.hold else ""


def left_in_hold(hold_key: str) -> list[tuple[str, int]]:
    """What is still held under a key, by the account it came from, the first to be
    spent first; nothing for a hold that was never made."""
    return left_in_holds([hold_key])[hold_key]


def left_in_holds(hold_keys: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """The same for many holds, by key; two queries."""
    drawn: dict[str, list[tuple[str, int]]] = {key: [] for key in hold_keys}
    draws = Entry.objects.filter(
        posting__key__in=list(drawn), posting__verb=Verb.HOLD, amount_cents__lt=0
    ).order_by("posting_id", "position")
    for key, code, cents in draws.values_list(
        "posting__key", "account__code", "amount_cents"
    ):
        drawn[key].append((code, -cents))
    used: Counter[tuple[str, str]] = Counter()
    for moved in moved_on(hold_account(key).code for key in drawn):
        used[moved.code, moved.verb] -= moved.amount_cents
    left = {}
    for key, row in drawn.items():
        code = hold_account(key).code
        left[key] = piece(
            row,
            start_cents=used[code, Verb.CAPTURE] + used[code, Verb.REVERSE],
            stop_cents=sum(cents for _, cents in row) - used[code, Verb.RELEASE],
        )
    return left


def uses_of_holds(hold_keys: Iterable[str]) -> dict[str, dict[str, int]]:
    """Which accounts paid each capture of these holds, by the key of the capture.

    Under the key of a reversal stands what it gave back, below zero. The row of a hold
    is spent from its front, so all uses of a hold together are the front of its row.
    """
    uses: dict[str, dict[str, int]] = {}
    for hold_key in sorted(set(hold_keys)):
        row, spent_cents = _drawn(hold_key), 0
        entries = Entry.objects.filter(
            account__code=hold_account(hold_key).code,
            posting__verb__in=[Verb.CAPTURE, Verb.REVERSE],
        ).select_related("posting")
        for entry in entries.order_by("posting_id"):
            before_cents, spent_cents = spent_cents, spent_cents - entry.amount_cents
            sign = 1 if spent_cents > before_cents else -1
            first, last = sorted((before_cents, spent_cents))
            uses[entry.posting.key] = {
                code: sign * cents
                for code, cents in piece(row, start_cents=first, stop_cents=last)
            }
    return uses


def _drawn(hold_key: str) -> Row[str]:
    """The row of a hold as it was made: its draws by account, in their order."""
    draws = Entry.objects.filter(
        posting__key=hold_key, posting__verb=Verb.HOLD, amount_cents__lt=0
    )
    rows = draws.order_by("position").values_list("account__code", "amount_cents")
    return [(code, -cents) for code, cents in rows]
