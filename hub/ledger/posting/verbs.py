"""`post` and `reverse`: money moved at once, and undone once."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from hub.ledger.core.accounts import (
    AccountRef,
    Move,
    opposite,
    real_moves,
    require_balanced,
    require_no_hold_account,
)
from hub.ledger.core.content import Content, Verb
from hub.ledger.core.errors import AlreadyReversed, NotReversible, PostingUnknown
from hub.ledger.models import Entry, Posting, Reversal
from hub.ledger.posting.journal import claim, post_once, refusals_kept
from hub.ledger.posting.rows import write_entries


def post(
    *,
    key: str,
    kind: str,
    moves: Sequence[Move],
    effective_on: date,
    memo: str = "",
    may_fall_later: bool = False,
) -> Posting:
    """Move money between accounts; the moves sum to zero.

    The same key with the same content returns the first posting and moves nothing.
    Moves of zero cents are left out; a posting without moves only takes its key.
    A day in a closed period is refused; what ends something that began before
    `may_fall_later`, on the first open day after it.
    Raises PeriodClosed, NotEnoughMoney, KeyReused.
    """
    moves = real_moves(moves)
    require_no_hold_account(moves)
    require_balanced(moves)
    content = Content(
        verb=Verb.POST,
        key=key,
        kind=kind,
        effective_on=effective_on,
        memo=memo,
        moves=moves,
    )
    return post_once(content, may_fall_later=may_fall_later)


def reverse(
    *, key: str, posting_key: str, effective_on: date, memo: str = ""
) -> Posting:
    """Undo a posting or a capture by its opposite, once.

    The money of a reversed capture goes back into its hold. The reversal keeps the
    kind of the original; in a closed period it falls on the first open day after it.
    Raises PostingUnknown, NotReversible, AlreadyReversed,
    NotEnoughMoney (who received the money has spent it), KeyReused.
    """
    original = Posting.objects.filter(key=posting_key).first()
    if original is None:
        raise PostingUnknown(posting=posting_key)
    if original.verb not in (Verb.POST, Verb.CAPTURE):
        raise NotReversible(posting=posting_key, verb=original.verb)
    content = Content(
        verb=Verb.REVERSE,
        key=key,
        kind=original.kind,
        effective_on=effective_on,
        memo=memo,
        about_key=posting_key,
    )
    with transaction.atomic():
        posting, is_new = claim(content, may_fall_later=True)
        if is_new:
            with refusals_kept(content):
                _mark_reversed(original, by=posting)
                write_entries(posting, opposite(moves_of(original)))
    return posting


def moves_of(posting: Posting) -> tuple[Move, ...]:
    """What was posted, in the order in which it was posted."""
    entries = Entry.objects.filter(posting=posting).select_related("account")
    return tuple(
        Move(AccountRef(entry.account.code, entry.account.floored), entry.amount_cents)
        for entry in entries.order_by("position")
    )


def _mark_reversed(original: Posting, *, by: Posting) -> None:
    # The insert waits for whoever reverses the same posting at this moment.
    Reversal.objects.bulk_create(
        [Reversal(original=original, posting=by)], ignore_conflicts=True
    )
    first = Reversal.objects.select_related("posting").get(original=original)
    if first.posting_id != by.pk:
        raise AlreadyReversed(posting=original.key, reversal=first.posting.key)
