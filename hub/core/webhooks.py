"""How a webhook is signed, how long it is tried, and when its endpoint is paused.

Signatures, headers and the spacing of attempts follow the Standard Webhooks
specification (standardwebhooks.com), so that its libraries verify ours.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

MARK = "whsec_"
ID_MARK = "evt_"
MOST_ENDPOINTS = 10
"""Endpoints that one organization may have."""

WAITS_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds after each failed attempt before the next: 10 attempts in about 3 days."""
JITTER = 0.2
"""A wait is longer or shorter by up to this part, so that retries do not march."""
LONGEST_WAIT_S = 86_400

PAUSED_AFTER = timedelta(days=5)
"""An endpoint at which nothing arrived for so long is paused."""
FORMER_SECRET_LASTS = timedelta(hours=24)
SECRET_READABLE_FOR = timedelta(hours=1)
"""How long after it was made a program may read a secret again."""
KEPT_FOR = timedelta(days=30)
"""Events, delivered or not, are forgotten after so long."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, ready to be signed: the id stays the same at each attempt."""

    event_id: str
    kind: str
    organization_id: str
    happened_at: datetime
    data: Mapping[str, Any]

    @property
    def webhook_id(self) -> str:
        """By which a receiver knows that it has seen this event."""
        return f"{ID_MARK}{self.event_id}"

    @property
    def body(self) -> bytes:
        """The same bytes at each attempt."""
        whole = {
            "id": self.webhook_id,
            "type": self.kind,
            "timestamp": self.happened_at.isoformat(),
            "organization_id": self.organization_id,
            "data": dict(self.data),
        }
        return json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()


def new_salt() -> str:
    """What a secret is made from, together with the site's own key."""
    return secrets.token_hex(16)


def secret_of(salt: str, *, site_key: str) -> str:
    """The signing secret of an endpoint, as its owner is shown it.

    Kept nowhere: who reads the table alone cannot sign.
    """
    raw = hmac.digest(site_key.encode(), f"webhook {salt}".encode(), hashlib.sha256)
    return MARK + base64.b64encode(raw).decode()


def signed_headers(
    letter: Letter, *, valid_secrets: Sequence[str], at: datetime
) -> dict[str, str]:
    """The three headers of one attempt; one signature for each valid secret."""
    stamp = str(int(at.timestamp()))
    content = b".".join([letter.webhook_id.encode(), stamp.encode(), letter.body])
    return {
        "webhook-id": letter.webhook_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(
            _signature(secret, content) for secret in valid_secrets
        ),
    }


def wait_after(num_failed: int, *, chance: float, asked_s: int = 0) -> timedelta | None:
    """How long to wait after so many failed attempts (1 or more); None after the last.

    `chance` lies between 0 and 1; `asked_s` is what the receiver asked for
    (`Retry-After`), heard as far as a day.
    """
    if num_failed > len(WAITS_S):
        return None
    usual_s = WAITS_S[num_failed - 1] * (1 + JITTER * (2 * chance - 1))
    return timedelta(seconds=round(max(usual_s, min(asked_s, LONGEST_WAIT_S))))


def is_to_be_paused(*, failing_since: datetime | None, now: datetime) -> bool:
    """Whether nothing has arrived at an endpoint for too long."""
    return failing_since is not None and now - failing_since >= PAUSED_AFTER


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(MARK))
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
