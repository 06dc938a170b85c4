"""Every night: money that waits is proved against the books."""

from datetime import datetime

import structlog
from django.utils.timezone import localdate

from hub.notices import send_books_alarm
from hub.selectors.sign_in import operators
from orders import selectors

log = structlog.get_logger("ledger")


def prove_suspense(*, now: datetime) -> int:
    """Compare suspense accounts with their payments; how many are wrong.

    What is wrong is told to the log and to the operators.
    """
    faults = selectors.suspense_faults()
    for fault in faults:
        log.error(
            "suspense_wrong",
            subject=fault.subject,
            kept_cents=fault.kept_cents,
            counted_cents=fault.counted_cents,
        )
    if faults:
        for person in operators():
            send_books_alarm(person, day=localdate(now), checks=["suspense"])
    return len(faults)
