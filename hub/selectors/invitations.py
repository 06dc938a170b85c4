"""Invitations: seen by who invites, and by who is invited."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from hub.models import Invitation, Notice, Organization, Person
from hub.selectors.organizations import organizations_run_by


def invitations_run_by(person: Person) -> QuerySet[Invitation]:
    """Invitations into the hubs a person coordinates and their members."""
    return Invitation.objects.filter(
        organization__in=organizations_run_by(person)
    ).select_related("organization")


def waiting_for_answer(organization: Organization) -> QuerySet[Invitation]:
    """Invitations of one organization that nobody answered, expired ones too."""
    return Invitation.objects.filter(
        organization=organization, accepted_at=None, withdrawn_at=None
    )


def unsent(invitations: Collection[Invitation]) -> set[str]:
    """Those whose last mail was clearly not sent, by public id."""
    keys = {
        f"invitation:{one.public_id}:{one.num_sent}:": one.public_id
        for one in invitations
    }
    failed = Notice.objects.filter(
        kind="invitation", status=Notice.Status.FAILED
    ).values_list("key", flat=True)
    return {
        public_id
        for key in (failed if keys else ())
        for start, public_id in keys.items()
        if key.startswith(start)
    }


def invitations_for(person: Person, *, now: datetime) -> QuerySet[Invitation]:
    """Roles that a person may still accept."""
    return (
        Invitation.objects.filter(
            person=person, accepted_at=None, withdrawn_at=None, expires_at__gt=now
        )
        .filter(organization__is_active=True)
        .select_related("organization__hub", "invited_by")
    )
