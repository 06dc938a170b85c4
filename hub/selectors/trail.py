"""The trail, read by those who answer for an organization that it concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from hub.core.periods import at_local
from hub.models import Membership, Organization, Person, Trace, TraceReader
from hub.selectors.memberships import ANSWERING
from hub.selectors.organizations import members_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """Which traces: of some kinds, of one person, from one day to another."""

    kinds: Collection[str] = ()
    person: str = ""
    since: date | None = None
    until: date | None = None


def traces_seen_by(person: Person, organization: Organization) -> QuerySet[Trace]:
    """What concerns an organization, the latest first; nothing to anybody who does
    not answer for it."""
    answers = Membership.objects.filter(
        person=person,
        organization=organization,
        role__in=ANSWERING[Organization.Kind(organization.kind)],
    )
    if not answers.exists():
        return Trace.objects.none()
    return (
        Trace.objects.filter(readers__organization=organization)
        .select_related("person", "about")
        .order_by("-pk")
    )


def chosen_traces(traces: QuerySet[Trace], chosen: TrailFilter) -> QuerySet[Trace]:
    """Those that a person looks for; days are of the wall's clock, both included."""
    if chosen.kinds:
        traces = traces.filter(kind__in=chosen.kinds)
    if chosen.person:
        traces = traces.filter(person__public_id=chosen.person)
    if chosen.since:
        traces = traces.filter(recorded_at__gte=at_local(chosen.since, 0))
    if chosen.until:
        end_at = at_local(chosen.until + timedelta(days=1), 0)
        traces = traces.filter(recorded_at__lt=end_at)
    return traces


def people_of_trail(organization: Organization) -> QuerySet[Person]:
    """Who left a trace that concerns an organization, by name."""
    left = TraceReader.objects.filter(organization=organization)
    found = Person.objects.filter(pk__in=left.values("trace__person"))
    return found.order_by("name", "pk")


def marks_of_namesakes(
    people: Sequence[Person], organization: Organization
) -> dict[int, str]:
    """What tells people of one name apart to readers of an organization, by key.

    Their role here, else the member of this hub they work for; the beginning of their
    address where two are still alike; a number for people of whom nothing else may
    be said. Empty when everybody has a name of their own.
    """
    counts = Counter(person.name for person in people)
    alike = [person for person in people if counts[person.name] > 1]
    if not alike:
        return {}
    is_hub = organization.kind == Organization.Kind.HUB
    own = Organization.objects.filter(pk=organization.pk)
    seen = members_of(organization).order_by() if is_hub else own
    held = Membership.objects.filter(person__in=alike, organization__in=seen)
    marks: dict[int, str] = {}
    for row in held.select_related("organization").order_by("pk"):
        if row.organization_id == organization.pk:
            marks[row.person_id] = str(row.get_role_display())
        else:
            marks.setdefault(row.person_id, row.organization.name)
    told = Counter((person.name, marks.get(person.pk)) for person in alike)
    for number, person in enumerate(alike, start=1):
        if person.pk not in marks:
            marks[person.pk] = str(number)
        elif told[person.name, marks[person.pk]] > 1:
            marks[person.pk] = person.email.partition("@")[0]
    return marks
