"""Long works, reached through the person asking."""

from __future__ import annotations

from django.db.models import QuerySet

from hub.models import Job, Person
from hub.selectors.organizations import hubs_coordinated_by


def jobs_seen_by(person: Person) -> QuerySet[Job]:
    """Jobs of the hubs the person coordinates."""
    return Job.objects.filter(organization__in=hubs_coordinated_by(person))


def jobs_of_kind(kind: str) -> QuerySet[Job]:
    """Jobs of one kind, for the floor that asks for them and says who may see them."""
    return Job.objects.filter(kind=kind)
