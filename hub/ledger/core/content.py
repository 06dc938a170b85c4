"""What a key stands for: the content of a request and its fingerprint."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from hub.ledger.core.accounts import Move, require_cents, require_code, require_key

MEMO_LENGTH_MAX = 200
KIND_LENGTH_MAX = 60


class Verb(StrEnum):
    """The five ways to move money."""

    POST = "post"
    REVERSE = "reverse"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that was asked under one key; equal content has an equal fingerprint.

    `about_key` is the posting reversed or the hold captured or released.
    `amount_cents` is what a capture or a release asked for; a release of the rest
    leaves it empty, because how much that is depends on the moment.
    """

    verb: Verb
    key: str
    kind: str
    effective_on: date
    memo: str = ""
    about_key: str = ""
    amount_cents: int | None = None
    expires_at: datetime | None = None
    moves: tuple[Move, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be stored or compared."""
        require_key(self.key)
        require_code(self.kind, length_max=KIND_LENGTH_MAX)
        if type(self.effective_on) is not date:
            raise ValueError(f"not a business day: {self.effective_on!r}")
        if len(self.memo) > MEMO_LENGTH_MAX or "\x00" in self.memo:
            raise ValueError(f"a memo has at most {MEMO_LENGTH_MAX} characters")
        if self.amount_cents is not None:
            require_cents(self.amount_cents)
            if self.amount_cents < 0:
                raise ValueError("a negative amount cannot be captured or released")
        if self.expires_at is not None and self.expires_at.tzinfo is None:
            raise ValueError("a moment needs a time zone")

    def sha256(self) -> str:
        """The fingerprint that a retry must repeat and the audit computes again."""
        expires_at = self.expires_at and self.expires_at.astimezone(UTC).isoformat()
        return fingerprint(
            str(self.verb),
            self.key,
            self.kind,
            self.effective_on.isoformat(),
            self.memo,
            self.about_key,
            self.amount_cents,
            expires_at,
            [[move.account.code, move.amount_cents] for move in self.moves],
        )


def fingerprint(*facts: object) -> str:
    """The SHA-256 of plain facts (texts, whole numbers, lists), in hexadecimal."""
    text = json.dumps(facts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
