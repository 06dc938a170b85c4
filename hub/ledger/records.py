"""Postings read back as they were written: for sealing and for the audit."""

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.content import Content, Verb
from hub.ledger.core.seals import link
from hub.ledger.models import Entry, Posting

CHUNK = 2_000


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


def link_of(posting: Posting, *, sequence: int, previous_sha256: str) -> str:
    """The seal that a posting read by `whole` has at this place of the chain."""
    return link(
        previous_sha256,
        sequence=sequence,
        content_sha256=posting.content_sha256,
        recorded_at=posting.recorded_at,
        moves=moves_in(posting),
    )
