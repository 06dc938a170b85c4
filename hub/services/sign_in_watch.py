"""Attempts to come in are counted by the hour; a series of them tells the operators.

The counters are rows of PostgreSQL, raised by one statement each: attempts that arrive
together all count. They cannot grow without end: an hour holds `MAX_PAIRS` pairs of
network and address; what comes after is counted on one row for all.
"""

from datetime import datetime, timedelta
from typing import Any, Literal

import structlog
from django.db import connection
from django.db.models import Count, Q

from hub.core.sign_in import Alarm, Traffic, alarms_of
from hub.models import SignInAlarm, SignInAttempt
from hub.notices import send_alarm
from hub.selectors.sign_in import operators
from hub.services.sign_in_codes import digest_of_address

MAX_PAIRS = 5_000
THE_REST = "*"
log = structlog.get_logger("security")

_COUNT = """
    INSERT INTO hub_signinattempt
        (hour_at, network, address_digest, num_asked, num_failed)
    VALUES (%(hour_at)s, %(network)s, %(address)s, %(asked)s, %(failed)s)
    ON CONFLICT (hour_at, network, address_digest) DO UPDATE SET
        num_asked = hub_signinattempt.num_asked + EXCLUDED.num_asked,
        num_failed = hub_signinattempt.num_failed + EXCLUDED.num_failed
"""
_RAISE = """
    INSERT INTO hub_signinalarm (hour_at, kind, network, raised_at)
    VALUES (%(hour_at)s, %(kind)s, %(network)s, %(now)s)
    ON CONFLICT (hour_at, kind) DO NOTHING
"""


def note_attempt(
    *, what: Literal["asked", "failed"], address: str, network: str, now: datetime
) -> list[Alarm]:
    """Count a code asked for or a wrong one, and raise the alarms that it deserves.

    The same for an address that nobody has. Gives the alarms raised by this very
    attempt: each kind is told once an hour.
    """
    hour_at = now.replace(minute=0, second=0, microsecond=0)
    digest = digest_of_address(address)
    if SignInAttempt.objects.filter(hour_at=hour_at).count() >= MAX_PAIRS:
        network = digest = THE_REST
    values: dict[str, Any] = {"hour_at": hour_at, "network": network}
    values |= {"address": digest, "asked": int(what == "asked")}
    values |= {"failed": int(what == "failed")}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
    return [
        alarm
        for alarm in alarms_of(_traffic(hour_at, network, digest))
        if _raise(alarm, hour_at=hour_at, network=network, now=now)
    ]


def _traffic(hour_at: datetime, network: str, digest: str) -> Traffic:
    here, failed = Q(network=network), Q(num_failed__gt=0)
    seen: dict[str, Any] = SignInAttempt.objects.filter(hour_at=hour_at).aggregate(
        asked_from_here=Count("pk", filter=here & Q(num_asked__gt=0)),
        failed_from_here=Count("pk", filter=here & failed),
        networks_on_it=Count("pk", filter=Q(address_digest=digest)),
        failed_in_all=Count("pk", filter=failed),
    )
    return Traffic(**seen)


def _raise(alarm: Alarm, *, hour_at: datetime, network: str, now: datetime) -> bool:
    """Whether this is the first time in the hour; only then somebody is told."""
    values = {"hour_at": hour_at, "kind": alarm.value, "network": network, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, values)
        if cursor.rowcount == 0:
            return False
    log.warning("sign_in_alarm", kind=alarm.value, network=network)
    for person in operators():
        send_alarm(person, alarm=alarm, network=network)
    return True


def forget_attempts(*, now: datetime) -> int:
    """Drop counters after two days, and alarms after ninety; gives how many rows."""
    attempts = SignInAttempt.objects.filter(hour_at__lt=now - timedelta(days=2))
    alarms = SignInAlarm.objects.filter(hour_at__lt=now - timedelta(days=90))
    return attempts.delete()[0] + alarms.delete()[0]
