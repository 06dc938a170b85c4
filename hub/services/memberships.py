"""Memberships: people are invited to a role, and leave it."""

from django.db import transaction

from hub import notices
from hub.core.errors import LastCoordinator, RoleDoesNotFit
from hub.models import Membership, Organization, Person
from hub.permissions import ROLES_OF_KIND


@transaction.atomic
def invite(
    *,
    organization: Organization,
    email: str,
    name: str,
    role: str,
    sign_in_url: str = "",
) -> Membership:
    """Give a person a role in an organization, and tell them by email.

    A person already known keeps their own name and language. Inviting twice to the
    same role changes nothing. The mail leaves once the role is recorded; without
    `sign_in_url` nothing is sent. Raises RoleDoesNotFit.
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
    if is_new and sign_in_url:
        transaction.on_commit(
            lambda: notices.send_invitation(membership, sign_in_url), robust=True
        )
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
