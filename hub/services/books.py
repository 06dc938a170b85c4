"""Every night: the books are proved, long accounts added up, a past month closed."""

from datetime import datetime, timedelta

import structlog
from django.utils.timezone import localtime

from hub.ledger import periods, proving, rollups
from hub.notices import send_books_alarm
from hub.selectors.sign_in import operators

FIRST_HOUR = 3
"""Whoever closes a day late at night writes before this hour."""
log = structlog.get_logger("ledger")


def prove_yesterday(*, now: datetime, month_closes_on: int) -> bool:
    """Prove the day before, once, after three in the morning; whether this call did.

    From day `month_closes_on` the month before is closed, unless the audit found a
    fault: books that are wrong stay open. What is wrong is told to the operators.
    """
    moment = localtime(now)
    if moment.hour < FIRST_HOUR:
        return False
    proof, report = proving.prove_day(moment.date() - timedelta(days=1))
    if report is not None:
        rollups.roll_up()
        log.info("day_proved", day=proof.day.isoformat(), root=proof.sha256)
        if not proof.is_clean:
            _tell(proof)
    ended = periods.last_month_end(moment.date())
    closed = periods.closed_until()
    is_time = moment.day >= month_closes_on and (closed is None or closed < ended)
    if proof.is_clean and is_time:
        periods.close_period(ends_on=ended, today=moment.date())
        log.info("period_closed", ends_on=ended.isoformat())
    return report is not None


def _tell(proof: proving.Proof) -> None:
    log.error("books_wrong", day=proof.day.isoformat(), checks=proof.faults)
    for person in operators():
        send_books_alarm(person, day=proof.day, checks=proof.faults)
