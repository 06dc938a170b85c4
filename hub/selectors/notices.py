"""The outbox, read by the coordination of its hub."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from hub.models import Notice, Person
from hub.selectors.organizations import hubs_coordinated_by

IN_DOUBT_AFTER = timedelta(minutes=15)
"""A notice that has been on its way for longer was cut."""


def notices_seen_by(person: Person) -> QuerySet[Notice]:
    """Notices of the hubs this person coordinates, the latest first.

    Invitations are followed on the page of their organization: in whose name and
    language one was written is nobody else's business.
    """
    return (
        Notice.objects.filter(hub__in=hubs_coordinated_by(person))
        .exclude(kind="invitation")
        .select_related("person", "organization", "hub")
    )


def troubled(notices: QuerySet[Notice], *, now: datetime) -> QuerySet[Notice]:
    """Those that were not sent, or of which nobody knows."""
    cut = Q(status=Notice.Status.SENDING, claimed_at__lt=now - IN_DOUBT_AFTER)
    return notices.filter(cut | Q(status=Notice.Status.FAILED))


def num_by_status(notices: QuerySet[Notice]) -> dict[str, int]:
    """How many notices stand how, by what their status is called."""
    rows = notices.order_by().values_list("status").annotate(num=Count("pk"))
    found = dict(rows)
    return {
        str(status.label): found[status] for status in Notice.Status if status in found
    }


def unwanted_kinds(person: Person) -> set[str]:
    """The kinds of notices that a person does not want."""
    return set(person.unwanted_kinds.values_list("kind", flat=True))


def person_with(public_id: str) -> Person | None:
    """Who has this public id; for who holds a token that we signed for them."""
    return Person.objects.filter(public_id=public_id, is_active=True).first()
