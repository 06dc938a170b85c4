"""What an API key may do, and the key itself: chosen at random, kept as a digest."""

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

from hub.core.ids import ALPHABET

MARK = "charroi"
PREFIX_LENGTH = 8
SECRET_LENGTH = 40


class Scope(StrEnum):
    """One door of the API, for reading or for changing."""

    MEMBERS_READ = "members:read"
    AVAILABILITY_READ = "availability:read"
    AVAILABILITY_WRITE = "availability:write"
    CYCLES_READ = "cycles:read"
    CYCLES_WRITE = "cycles:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    PLANS_READ = "plans:read"
    PLANS_WRITE = "plans:write"
    ROUTES_READ = "routes:read"
    ROUTES_WRITE = "routes:write"
    INVOICES_READ = "invoices:read"
    BILLING_WRITE = "billing:write"
    STATEMENTS_READ = "statements:read"
    PAYMENTS_WRITE = "payments:write"
    RESULTS_READ = "results:read"
    PRICES_READ = "prices:read"
    FUND_READ = "fund:read"
    ENVELOPES_READ = "envelopes:read"
    ENVELOPES_WRITE = "envelopes:write"
    TRAIL_READ = "trail:read"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is shown once: `text` for its owner, the rest for the table."""

    prefix: str
    secret: str

    @property
    def text(self) -> str:
        """What a program sends: `charroi_PREFIX_SECRET`."""
        return f"{MARK}_{self.prefix}_{self.secret}"

    @property
    def digest(self) -> str:
        """What the table keeps of the secret."""
        return digest_of(self.secret)


def new_key() -> NewKey:
    """A key that nobody can guess: 31^40 secrets, about 198 bits."""
    return NewKey(prefix=_letters(PREFIX_LENGTH), secret=_letters(SECRET_LENGTH))


def digest_of(secret: str) -> str:
    """SHA-256, in hexadecimal: a random secret needs no slow digest."""
    return hashlib.sha256(secret.encode()).hexdigest()


def read_key(text: str) -> NewKey | None:
    """The parts of a key as a program sends it; None for anything else."""
    parts = text.split("_")
    if len(parts) != 3 or parts[0] != MARK:
        return None
    _, prefix, secret = parts
    if len(prefix) != PREFIX_LENGTH or len(secret) != SECRET_LENGTH:
        return None
    return NewKey(prefix=prefix, secret=secret)


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
