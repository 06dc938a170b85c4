"""Postings read back as they were written: for sealing and for the audit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Prefetch, QuerySet

from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.content import Content, Verb, fingerprint
from hub.ledger.core.seals import link
from hub.ledger.models import Entry, Posting

CHUNK = 2_000
_RECORDS = """
    SELECT p.id, p.key, p.verb, p.kind, coalesce(p.meant_on, p.effective_on), p.memo,
           coalesce(h.key, original.key, ''), p.amount_cents, p.expires_at,
           p.content_sha256, p.recorded_at, s.sequence, s.chain_sha256,
           coalesce(m.codes, '{}'), coalesce(m.cents, '{}')
    FROM ledger_posting p
    LEFT JOIN ledger_seal s ON s.posting_id = p.id
    LEFT JOIN ledger_posting h ON h.id = p.hold_id
    LEFT JOIN ledger_reversal r ON r.posting_id = p.id AND p.verb = 'reverse'
    LEFT JOIN ledger_posting original ON original.id = r.original_id
    LEFT JOIN LATERAL (
        SELECT array_agg(a.code::text ORDER BY e.position) AS codes,
               array_agg(e.amount_cents ORDER BY e.position) AS cents
        FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
        WHERE e.posting_id = p.id
    ) m ON true
"""
_ALL = _RECORDS + "ORDER BY p.id"
_SEALED = _RECORDS + "WHERE s.sequence IS NOT NULL ORDER BY s.sequence"
_UNSEALED = _RECORDS + "WHERE s.sequence IS NULL ORDER BY p.id LIMIT %s"


def whole(postings: QuerySet[Posting]) -> Iterator[Posting]:
    """Each posting with its entries, the hold it uses and the posting it undoes."""
    entries = Entry.objects.select_related("account").order_by("position")
    return (
        postings.select_related("hold", "reversal_of__original")
        .prefetch_related(Prefetch("entries", queryset=entries))
        .iterator(chunk_size=CHUNK)
    )


def moves_in(posting: Posting) -> tuple[Move, ...]:
    """The moves of a posting read by `whole`."""
    return tuple(
        Move(AccountRef(entry.account.code, entry.account.floored), entry.amount_cents)
        for entry in posting.entries.all()
    )


def content_of(posting: Posting) -> Content:
    """What must have been asked for a posting read by `whole` to be as it is.

    The moves of a reversal and of a release follow from what they undo, so they are
    no part of what was asked.
    """
    follows = posting.verb in (Verb.REVERSE, Verb.RELEASE)
    return Content(
        verb=Verb(posting.verb),
        key=posting.key,
        kind=posting.kind,
        effective_on=posting.meant_on or posting.effective_on,
        memo=posting.memo,
        about_key=_about_key(posting),
        amount_cents=posting.amount_cents,
        expires_at=posting.expires_at,
        moves=() if follows else moves_in(posting),
    )


def _about_key(posting: Posting) -> str:
    if posting.hold is not None:
        return posting.hold.key
    if posting.verb == Verb.REVERSE and hasattr(posting, "reversal_of"):
        return posting.reversal_of.original.key
    return ""


@dataclass(frozen=True, slots=True)
class Record:
    """A posting as plain facts, its moves as codes and cents in their order.

    Read without the rows' classes, as all that was ever posted is read each night.
    `day` is the day that was asked for; an unsealed posting has no `sequence`.
    """

    pk: int
    key: str
    verb: str
    kind: str
    day: date
    memo: str
    about_key: str
    amount_cents: int | None
    expires_at: datetime | None
    content_sha256: str
    recorded_at: datetime
    sequence: int | None
    chain_sha256: str | None
    codes: list[str]
    cents: list[int]

    @property
    def moves(self) -> list[list[str | int]]:
        """Code and cents of each move, as they are hashed."""
        return [list(move) for move in zip(self.codes, self.cents, strict=True)]

    def sha256(self) -> str:
        """The fingerprint of what must have been asked: see `content_of`."""
        follows = self.verb in (Verb.REVERSE, Verb.RELEASE)
        expires_at = self.expires_at and self.expires_at.astimezone(UTC).isoformat()
        return fingerprint(
            self.verb,
            self.key,
            self.kind,
            self.day.isoformat(),
            self.memo,
            self.about_key,
            self.amount_cents,
            expires_at,
            [] if follows else self.moves,
        )

    def link(self, *, sequence: int, previous_sha256: str) -> str:
        """The seal that the posting has at this place of the chain."""
        return link(
            previous_sha256,
            sequence=sequence,
            content_sha256=self.content_sha256,
            recorded_at=self.recorded_at,
            moves=self.moves,
        )


def all_records() -> Iterator[Record]:
    """Every posting, the oldest first."""
    return _records(_ALL, [])


def sealed_records() -> Iterator[Record]:
    """What is sealed, in the order of the chain."""
    return _records(_SEALED, [])


def unsealed_records(limit: int) -> Iterator[Record]:
    """What is not sealed yet, the oldest first."""
    return _records(_UNSEALED, [limit])


def _records(statement: str, values: list[int]) -> Iterator[Record]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield Record(*row)
