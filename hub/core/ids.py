"""Random public names of rows: what people see in an address instead of a number."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Small letters and digits without those that look alike (0 o, 1 i l)."""

LENGTH = 12


def new_public_id() -> str:
    """A name that nobody can guess (31^12 possibilities)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
