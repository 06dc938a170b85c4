"""A busy floored account in several parts, so that many can draw on it at once.

Only the balance is split: entries name the account, so nobody who posts or reads needs
to know. A draw takes one part that is free and holds enough; when none does, all of
them are locked and what they hold is laid out evenly anew.
"""

from django.db import connection

NUM_PARTS_MAX = 64
_SPLIT = "SELECT ledger_split(%s, %s)"


def split(*, code: str, num_parts: int) -> int:
    """Keep the balance of an account in so many parts from now on; zero merges it.

    Returns the balance, which stays what it is. Postings wait for one short moment:
    until those under way are done. Raises ValueError for an account that keeps no
    balance of its own (unfloored, never used, a hold's) and for another number.
    """
    if num_parts == 1 or not 0 <= num_parts <= NUM_PARTS_MAX:
        raise ValueError(f"split into 2 to {NUM_PARTS_MAX} parts, or merge with 0")
    with connection.cursor() as cursor:
        cursor.execute(_SPLIT, [code, num_parts])
        (balance_cents,) = cursor.fetchone()
    if balance_cents is None:
        raise ValueError(f"{code} is no floored account that can be split")
    return int(balance_cents)
