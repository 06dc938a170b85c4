"""Who holds which role, and where."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from hub.models import Membership, Organization, Person
from hub.selectors.organizations import hubs_coordinated_by
from hub.selectors.prepared import Blank, Prepared, PreparedBeside


def memberships_of(person: Person) -> QuerySet[Membership]:
    """The person's roles in active organizations, by organization name."""
    return (
        Membership.objects.filter(person=person, organization__is_active=True)
        .select_related("organization", "organization__hub")
        .order_by("organization__name", "id")
    )


def memberships_with_person(person_id: int) -> list[Membership]:
    """The same of a person known by key, and the person with them; one query."""
    return _with_person().models(person=person_id)


def memberships_with_session(
    key: str, *, now: datetime
) -> tuple[str, list[Membership]] | None:
    """What a session that still runs holds, and the roles of its device's person.

    One query. None for a session that ended; no roles where the device is not known.
    """
    return _with_session().kept_and_models(key=key, now=now)


@cache
def _with_person() -> Prepared:
    return Prepared(_in_order(Membership.objects.filter(person=Blank("person"))))


@cache
def _with_session() -> PreparedBeside:
    roles = Membership.objects.filter(person__devices__session_key=Blank("key"))
    session = Session.objects.filter(
        session_key=Blank("key"), expire_date__gt=Blank("now")
    )
    return PreparedBeside(_in_order(roles), session, "session_data")


def _in_order(roles: QuerySet[Membership]) -> QuerySet[Membership]:
    return (
        roles.filter(organization__is_active=True)
        .select_related("person", "organization__hub")
        .order_by("organization__name", "id")
    )


def memberships_at(domain: str) -> QuerySet[Membership]:
    """Roles of the people whose address ends with a domain; for the demo alone."""
    return (
        Membership.objects.filter(person__email__endswith=f"@{domain}")
        .select_related("person", "organization")
        .order_by("role", "pk")
    )


def roles_in(organization: Organization) -> QuerySet[Membership]:
    """Which people hold which role in one organization; programs are told apart."""
    return (
        Membership.objects.filter(organization=organization, person__is_machine=False)
        .select_related("person")
        .order_by("person__name", "person__email", "role")
    )


def roles_endable_by(person: Person) -> QuerySet[Membership]:
    """Roles that a coordinator may take away, in the hub or in its members."""
    hubs = hubs_coordinated_by(person)
    return Membership.objects.filter(
        Q(organization__in=hubs) | Q(organization__hub__in=hubs),
        person__is_machine=False,
    ).select_related("organization", "person")


def drivers_of(
    organization_ids: Collection[int], *, beside: Person | None = None
) -> QuerySet[Person]:
    """Active people who drive for one of these organizations, by name.

    `beside` adds one person, if that person drives for anybody at all.
    """
    drives = Membership.objects.filter(
        person=OuterRef("pk"), role=Membership.Role.DRIVER
    )
    found = Q(Exists(drives.filter(organization__in=organization_ids)))
    if beside is not None:
        found |= Q(Exists(drives), pk=beside.pk)
    return Person.objects.filter(found, is_active=True).order_by("name", "pk")


ANSWERING = {
    Organization.Kind.HUB: (Membership.Role.COORDINATOR,),
    Organization.Kind.PRODUCER: (Membership.Role.PRODUCER,),
    Organization.Kind.BUYER_GROUP: (Membership.Role.GROUP_BUYER,),
    Organization.Kind.INSTITUTION: (Membership.Role.INSTITUTIONAL_BUYER,),
    Organization.Kind.CARRIER: (Membership.Role.DRIVER,),
    Organization.Kind.PROGRAMME: (Membership.Role.PROGRAMME_MANAGER,),
    Organization.Kind.MERCHANT: (Membership.Role.MERCHANT,),
    Organization.Kind.FUNDER: (Membership.Role.FUNDER,),
}
"""Whose mail an organization's notices are, by its kind."""


def drivers_by_owner(organization_ids: Collection[int]) -> dict[int, list[Person]]:
    """Active people who drive for each of these organizations, by name; one query."""
    found: dict[int, list[Person]] = {pk: [] for pk in organization_ids}
    roles = Membership.objects.filter(
        organization__in=list(found),
        role=Membership.Role.DRIVER,
        person__is_active=True,
    ).select_related("person")
    for membership in roles.order_by("person__name", "person"):
        found[membership.organization_id].append(membership.person)
    return found


def people_answering(
    organizations: Collection[Organization],
) -> dict[int, list[Person]]:
    """Active people told what happens to organizations, by organization; one query."""
    found: dict[int, list[Person]] = {one.pk: [] for one in organizations}
    answering = {
        one.pk: ANSWERING[Organization.Kind(one.kind)] for one in organizations
    }
    roles = Membership.objects.filter(
        organization__in=list(found), person__is_active=True
    ).select_related("person")
    for membership in roles.order_by("person"):
        if membership.role in answering[membership.organization_id]:
            found[membership.organization_id].append(membership.person)
    return found
