"""One outcome per key: an effect (a posting) or a refusal, never both.

A key is claimed by inserting its posting: whoever comes second with the same key waits
on the unique index until the first is done, then reads the outcome. A refusal is
written over the alias "journal", a second connection that commits at once, while the
claim still stands; so it survives the rollback of the work, and nobody can slip in
between. The two connections can never wait for each other: the second one inserts into
a table that the first one only reads.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, transaction

from hub.ledger.core.content import Content
from hub.ledger.core.errors import (
    KEPT_REFUSALS,
    KeptRefusal,
    KeyReused,
    PeriodClosed,
)
from hub.ledger.models import Posting, Refusal
from hub.ledger.posting.rows import as_arrays, require_written

JOURNAL = "journal"
"""The database alias of the connection that keeps refusals."""

_CLAIM = """
    SELECT outcome, told, new_id, stamped_at, falls_on, was_meant_on
    FROM ledger_claim(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_POST = """
    SELECT outcome, told, new_id, stamped_at, falls_on, was_meant_on
    FROM ledger_post(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
                     %s::text[], %s::boolean[], %s::bigint[])
"""
_OPEN = "ledger_period_is_open"
"""The trigger that refuses a posting in a closed period; it says until when."""


def post_once(
    content: Content, *, hold: Posting | None = None, may_fall_later: bool = False
) -> Posting:
    """The posting of this key: written now with its moves, or the one there was.

    One statement claims the key and writes the moves. Raises what `claim` raises, and
    NotEnoughMoney or HoldExhausted, which are kept.
    """
    moves = content.moves
    values = [*_facts(content, hold, may_fall_later), *as_arrays(moves)]
    with transaction.atomic():
        with connection.cursor() as cursor, _closed_periods_told(content):
            cursor.execute(_POST, values)
            outcome, told, *facts = cursor.fetchone()
        if outcome == "known":
            return _known(content)
        _require_not_refused(content, outcome, told)
        with refusals_kept(content):
            require_written(outcome, told, moves)
        return _posting(content, hold, facts)


def claim(
    content: Content, *, hold: Posting | None = None, may_fall_later: bool = False
) -> tuple[Posting, bool]:
    """The posting of this key, and whether it is new and still to be filled.

    A day in a closed period is refused, or becomes the first open day after it where
    the posting `may_fall_later`. Raises PeriodClosed, KeyReused when the key stands for
    other content, and the kept refusal when the key was refused before.
    """
    with connection.cursor() as cursor, _closed_periods_told(content):
        cursor.execute(_CLAIM, _facts(content, hold, may_fall_later))
        outcome, told, *facts = cursor.fetchone()
    if outcome == "known":
        return _known(content), False
    _require_not_refused(content, outcome, told)
    return _posting(content, hold, facts), True


def _known(content: Content) -> Posting:
    earlier = Posting.objects.get(key=content.key)
    require_same(content, earlier.content_sha256)
    return earlier


def _require_not_refused(content: Content, outcome: str, told: str) -> None:
    if outcome == "refused":
        refusal = json.loads(told)
        require_same(content, refusal["sha256"])
        raise KEPT_REFUSALS[refusal["code"]](**refusal["data"])


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


def _facts(content: Content, hold: Posting | None, may_fall_later: bool) -> list[Any]:
    return [
        content.key,
        str(content.verb),
        content.kind,
        hold and hold.pk,
        content.amount_cents,
        content.effective_on,
        may_fall_later,
        content.expires_at,
        content.memo,
        content.sha256(),
    ]


def _posting(content: Content, hold: Posting | None, facts: list[Any]) -> Posting:
    """The row as the database wrote it, without reading it again."""
    pk, recorded_at, effective_on, meant_on = facts
    posting = Posting(
        pk=pk,
        key=content.key,
        verb=str(content.verb),
        kind=content.kind,
        hold=hold,
        amount_cents=content.amount_cents,
        effective_on=effective_on,
        meant_on=meant_on,
        expires_at=content.expires_at,
        memo=content.memo,
        content_sha256=content.sha256(),
        recorded_at=recorded_at,
    )
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
