"""The only door through which money moves: five verbs.

Each opens its own transaction, or joins the caller's. Each takes a key: the same key
with the same content is answered with the first posting again and moves nothing.
"""

from hub.ledger.posting.holds import capture, hold, release, release_expired
from hub.ledger.posting.rows import lock_accounts
from hub.ledger.posting.verbs import post, reverse

__all__ = [
    "capture",
    "hold",
    "lock_accounts",
    "post",
    "release",
    "release_expired",
    "reverse",
]
