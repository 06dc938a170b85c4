"""One outcome per key: an effect (a posting) or a refusal, never both.

A key is claimed by inserting its posting: whoever comes second with the same key waits
on the unique index until the first is done, then reads the outcome. A refusal is
written over the alias "journal", a second connection that commits at once, while the
claim still stands; so it survives the rollback of the work, and nobody can slip in
between. The two connections can never wait for each other: the second one inserts into
a table that the first one only reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection

from hub.ledger.core.content import Content
from hub.ledger.core.errors import (
    KEPT_REFUSALS,
    KeptRefusal,
    KeyReused,
    PeriodClosed,
)
from hub.ledger.models import Posting, Refusal

JOURNAL = "journal"
"""The database alias of the connection that keeps refusals."""

_CLAIM = """
    INSERT INTO ledger_posting (key, verb, kind, hold_id, amount_cents, effective_on,
                                meant_on, expires_at, memo, content_sha256)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (key) DO NOTHING
    RETURNING id, recorded_at, effective_on, meant_on
"""
_OPEN = "ledger_period_is_open"
"""The trigger that refuses a posting in a closed period; it says until when."""


def claim(
    content: Content, *, hold: Posting | None = None, may_fall_later: bool = False
) -> tuple[Posting, bool]:
    """The posting of this key, and whether it is new and still to be filled.

    A day in a closed period is refused, or becomes the first open day after it where
    the posting `may_fall_later`. Raises PeriodClosed, KeyReused when the key stands for
    other content, and the kept refusal when the key was refused before.
    """
    posting = _insert(content, hold=hold, may_fall_later=may_fall_later)
    if posting is None:
        earlier = Posting.objects.get(key=content.key)
        require_same(content, earlier.content_sha256)
        return earlier, False
    # A statement of its own: its snapshot is taken after the wait for the claim.
    refusal = Refusal.objects.filter(key=content.key).first()
    if refusal is not None:
        require_same(content, refusal.content_sha256)
        raise KEPT_REFUSALS[refusal.code](**refusal.data)
    return posting, True


def require_same(content: Content, content_sha256: str) -> None:
    """Raise KeyReused when the key was first used with other content."""
    if content.sha256() != content_sha256:
        raise KeyReused(key=content.key)


@contextmanager
def refusals_kept(content: Content) -> Iterator[None]:
    """Let a refusal pass on its way out, once it is kept for every later retry."""
    try:
        yield
    except KeptRefusal as refusal:
        Refusal.objects.using(JOURNAL).bulk_create(
            [
                Refusal(
                    key=content.key,
                    content_sha256=content.sha256(),
                    code=refusal.code,
                    data=refusal.data,
                )
            ],
            ignore_conflicts=True,
        )
        raise


def _insert(
    content: Content, *, hold: Posting | None, may_fall_later: bool
) -> Posting | None:
    posting = Posting(
        key=content.key,
        verb=str(content.verb),
        kind=content.kind,
        hold=hold,
        amount_cents=content.amount_cents,
        effective_on=content.effective_on,
        meant_on=content.effective_on if may_fall_later else None,
        expires_at=content.expires_at,
        memo=content.memo,
        content_sha256=content.sha256(),
    )
    values = [
        posting.key,
        posting.verb,
        posting.kind,
        posting.hold_id,
        posting.amount_cents,
        posting.effective_on,
        posting.meant_on,
        posting.expires_at,
        posting.memo,
        posting.content_sha256,
    ]
    with connection.cursor() as cursor, _closed_periods_told(content):
        cursor.execute(_CLAIM, values)
        row = cursor.fetchone()
    if row is None:
        return None
    posting.pk, posting.recorded_at, posting.effective_on, posting.meant_on = row
    posting._state.adding = False
    posting._state.db = connection.alias
    return posting


@contextmanager
def _closed_periods_told(content: Content) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        told = getattr(error.__cause__, "diag", None)
        if told is None or told.constraint_name != _OPEN:
            raise
        raise PeriodClosed(
            day=content.effective_on.isoformat(), closed_until=told.message_detail
        ) from None
