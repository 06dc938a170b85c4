"""Secrets that must be read again are kept encrypted; several keys can open them.

The first key closes; all of them open. So a key is replaced by putting the new one
first, closing everything anew, and dropping the old one. Fernet (AES-128-CBC with an
HMAC) under a key drawn by SHA-256 from a long random text.
"""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from hub.core.errors import SecretUnreadable


def encrypt(text: str, keys: Sequence[str]) -> str:
    """Close a text with the first key."""
    return _box(keys).encrypt(text.encode()).decode()


def decrypt(closed: str, keys: Sequence[str]) -> str:
    """Open what any of the keys closed. Raises SecretUnreadable."""
    try:
        return _box(keys).decrypt(closed.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def _box(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(key.encode()).digest())) for key in keys]
    )
