"""The chain that makes a later change of an old posting visible."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hub.ledger.core.content import fingerprint

FIRST_LINK = "0" * 64
"""What the first seal repeats, as there is none before it."""


def link(
    previous_sha256: str,
    *,
    sequence: int,
    content_sha256: str,
    recorded_at: datetime,
    moves: Sequence[Sequence[str | int]],
) -> str:
    """The hash of one seal: it repeats the one before and covers all of a posting.

    A move is its account code and its cents.
    """
    return fingerprint(
        previous_sha256,
        sequence,
        content_sha256,
        recorded_at.astimezone(UTC).isoformat(),
        moves,
    )
