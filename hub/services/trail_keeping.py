"""The trail is kept for seven years, as books are, and then forgotten.

Nobody may take a trace away, the runtime role least of all: a function of the database
does it for those that are old enough, and refuses any other (migration 0017).
"""

from django.db import connection

AT_ONCE = 10_000
"""Traces taken away in one transaction: seconds, and no long lock."""


def forget_old_traces() -> int:
    """Forget the oldest traces of more than seven years ago; gives how many.

    At most `AT_ONCE`: the next round takes the rest. Safe to run twice at once.
    """
    with connection.cursor() as cursor:
        cursor.callproc("hub_forget_traces", [AT_ONCE])
        (num_forgotten,) = cursor.fetchone()
    return int(num_forgotten)
