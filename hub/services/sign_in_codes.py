"""Codes sent by mail: one for an address, tried three times, good for ten minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import transaction
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from hub.models import SignInCode

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
MAX_ATTEMPTS = 3
GOOD_FOR = timedelta(minutes=10)
"""20 letters without vowels, so that no code is a word: 20⁸ codes, 25.6 thousand
million. What an attacker can try is counted in docs/signing-in.md."""


class Outcome(Enum):
    """What came of a code that was typed."""

    RIGHT = auto()
    WRONG = auto()
    SPENT = auto()


def issue_code(*, address: str, now: datetime) -> tuple[str, str]:
    """Make the one code that opens for this address; the one before opens nothing.

    Gives the ticket of the browser that asked, and the code itself, which is kept
    nowhere. It is made alike for an address that nobody has: the work is the same.
    """
    ticket = get_random_string(32)
    code = get_random_string(LENGTH, ALPHABET)
    row = SignInCode(
        address_digest=digest_of_address(address),
        ticket=ticket,
        code_digest=_digest_of_code(code, ticket),
        asked_at=now,
        num_attempts=0,
    )
    SignInCode.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["address_digest"],
        update_fields=["ticket", "code_digest", "asked_at", "num_attempts"],
    )
    return ticket, f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


@transaction.atomic
def try_code(*, ticket: str, code: str, now: datetime) -> Outcome:
    """Compare what was typed with the code of this ticket, and count the attempt.

    The row is held meanwhile: guesses sent together are counted one by one, and a
    right code opens once. SPENT: too old, tried too often, used, or replaced.
    """
    row = SignInCode.objects.select_for_update().filter(ticket=ticket).first()
    if row is None or now - row.asked_at > GOOD_FOR or row.num_attempts >= MAX_ATTEMPTS:
        return Outcome.SPENT
    if constant_time_compare(row.code_digest, _digest_of_code(code, ticket)):
        row.delete()
        return Outcome.RIGHT
    row.num_attempts += 1
    row.save(update_fields=["num_attempts"])
    return Outcome.WRONG if row.num_attempts < MAX_ATTEMPTS else Outcome.SPENT


def forget_codes(*, now: datetime) -> int:
    """Drop codes that open nothing any more; gives how many."""
    return SignInCode.objects.filter(asked_at__lt=now - GOOD_FOR).delete()[0]


def digest_of_address(address: str) -> str:
    """What recognizes an address without telling it."""
    text = address.strip().lower()
    return salted_hmac("sign-in address", text, algorithm="sha256").hexdigest()


def _digest_of_code(code: str, ticket: str) -> str:
    """Dashes, blanks and small letters are forgiven."""
    text = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac(f"sign-in code {ticket}", text, algorithm="sha256").hexdigest()
