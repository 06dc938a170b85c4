"""Rolled-up sums: what many entries of an account come to, added once.

Unfloored accounts are only appended to, so that no posting waits for another; a sum of
all their entries is added now and then, and a reader adds what came since. Ids of
entries are given before their posting is committed: an entry may appear below one that
was seen already. A rollup therefore begins by waiting until no posting is under way.
"""

from django.db import connection, transaction

from hub.ledger.periods import PERIODS

WORTH_ROLLING = 1_000
"""From how many new entries an account is rolled up."""

_LAST = "SELECT coalesce(max(id), 0) FROM ledger_entry"
_ROLL_UP = """
    INSERT INTO ledger_rollup (account_id, through_entry, balance_cents)
    SELECT a.id, %(last)s, coalesce(r.balance_cents, 0) + new.cents
    FROM ledger_account a
    LEFT JOIN LATERAL (
        SELECT through_entry, balance_cents FROM ledger_rollup
        WHERE account_id = a.id ORDER BY through_entry DESC LIMIT 1
    ) r ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS num, sum(amount_cents)::bigint AS cents FROM ledger_entry
        WHERE account_id = a.id AND id <= %(last)s
        AND id > coalesce(r.through_entry, 0)
    ) new
    WHERE NOT a.floored AND new.num >= %(worth)s
    ON CONFLICT DO NOTHING
"""


def roll_up(*, worth: int = WORTH_ROLLING) -> int:
    """Add up the accounts with at least `worth` new entries; returns how many.

    Postings wait for one short moment: until those under way are done.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PERIODS])
        cursor.execute(_LAST)
        (last,) = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute(_ROLL_UP, {"last": last, "worth": worth})
        return int(cursor.rowcount)
