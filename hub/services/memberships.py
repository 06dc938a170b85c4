"""Memberships: people are invited to a role, and leave it."""

from django.db import transaction

from hub.core.errors import LastCoordinator, RoleDoesNotFit
from hub.core.trail import Kind
from hub.models import Membership, Organization, Person
from hub.permissions import ROLES_OF_KIND
from hub.services.trail import Fact, record


@transaction.atomic
def invite(
    *,
    organization: Organization,
    email: str,
    name: str,
    role: str,
    by: Person | None = None,
) -> Membership:
    """Give a person a role in an organization, at once; `by` is who offered it.

    A person already known keeps their own name and language. Doing it twice changes
    nothing. People who decide for themselves are invited first
    (`hub.services.invitations`). Raises RoleDoesNotFit.
    """
    if role not in ROLES_OF_KIND[organization.kind]:
        raise RoleDoesNotFit(organization=organization.name)
    address = email.strip().lower()
    person = Person.objects.filter(email=address).first()
    if person is None:
        person = Person.objects.create_user(address, name=name.strip())
    membership, is_new = Membership.objects.get_or_create(
        person=person, organization=organization, role=role
    )
    if is_new:
        _leave_trace(Kind.ROLE_GIVEN, membership, organization, by=by)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership) -> None:
    """Take a role away; the person and what they did stay.

    The organization is locked first, so that two coordinators cannot remove each
    other at once. Raises LastCoordinator.
    """
    organization = Organization.objects.select_for_update().get(
        pk=membership.organization_id
    )
    is_last = not (
        Membership.objects.filter(
            organization=organization,
            role=Membership.Role.COORDINATOR,
            person__is_machine=False,
        )
        .exclude(pk=membership.pk)
        .exists()
    )
    if membership.role == Membership.Role.COORDINATOR and is_last:
        raise LastCoordinator(organization=organization.name)
    membership.delete()
    _leave_trace(Kind.ROLE_ENDED, membership, organization)


def _leave_trace(
    kind: Kind,
    membership: Membership,
    organization: Organization,
    by: Person | None = None,
) -> None:
    fact = Fact(
        kind=kind,
        subject=(organization.public_id, organization.name),
        concerns=[organization.pk, organization.hub_id],
        after={"role": membership.role},
        about=membership.person,
    )
    record(fact, by=by)
