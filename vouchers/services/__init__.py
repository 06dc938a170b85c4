"""What programmes, groups and hubs do with envelopes, one file per noun."""

from vouchers.services.envelopes import Grant, grant_envelope, top_up, withdraw
from vouchers.services.holds import (
    Ask,
    capture_for_invoice,
    lock_envelopes,
    release_hold,
    replace_hold,
    shrink_hold,
)
from vouchers.services.programmes import part_with, welcome

__all__ = [
    "Ask",
    "Grant",
    "capture_for_invoice",
    "grant_envelope",
    "lock_envelopes",
    "part_with",
    "release_hold",
    "replace_hold",
    "shrink_hold",
    "top_up",
    "welcome",
    "withdraw",
]
