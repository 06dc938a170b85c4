"""The outbox, read by the coordination of its hub."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from hub.models import Notice, Person
from hub.selectors.organizations import hubs_coordinated_by

IN_DOUBT_AFTER = timedelta(minutes=15)
"""A notice that has been on its way for longer was cut."""


def notices_seen_by(person: Person) -> QuerySet[Notice]:
    """Notices of the hubs this person coordinates, the latest first."""
    return Notice.objects.filter(hub__in=hubs_coordinated_by(person)).select_related(
        "person", "organization", "hub"
    )


def troubled(notices: QuerySet[Notice], *, now: datetime) -> QuerySet[Notice]:
    """Those that were not sent, or of which nobody knows."""
    cut = Q(status=Notice.Status.SENDING, claimed_at__lt=now - IN_DOUBT_AFTER)
    return notices.filter(cut | Q(status=Notice.Status.FAILED))
