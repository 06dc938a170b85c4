"""Invitations: a role is offered by mail, and given when the person accepts.

Whether the address belongs to somebody who is here already is not said to whoever
invites: both see the same page, and both accept.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from hub.core.errors import InvitationOver, RoleDoesNotFit, RoleHeld
from hub.core.letters import Kind
from hub.core.periods import local_clock
from hub.core.roles import ROLES
from hub.models import Invitation, Membership, Organization, Person
from hub.permissions import ROLES_OF_KIND
from hub.services import memberships
from hub.services.notices import leave

LASTS = timedelta(days=30)
LANGUAGES = (("fr", "fr-ca"), ("en", "en"))


@transaction.atomic
def invite(
    *,
    organization: Organization,
    email: str,
    name: str,
    role: str,
    language: str,
    page: str,
    by: Person,
    now: datetime,
) -> Invitation:
    """Offer a role to whoever reads `email`; the mail leaves in the same transaction.

    One that waits already for the same address and role is sent again. `language` is
    for somebody new: a person already known is written to in their own. Raises
    RoleDoesNotFit, RoleHeld.
    """
    if role not in ROLES_OF_KIND[organization.kind]:
        raise RoleDoesNotFit(organization=organization.name)
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    address = email.strip().lower()
    waiting = Invitation.objects.filter(
        organization=organization,
        email=address,
        role=role,
        accepted_at=None,
        withdrawn_at=None,
    ).first()
    if waiting is not None:
        return send_again(invitation=waiting, page=page, now=now)
    person = _person(address, name=name.strip(), language=language)
    held = Membership.objects.filter(
        person=person, organization=organization, role=role
    )
    if held.exists():
        raise RoleHeld(email=address, organization=organization.name)
    invitation = Invitation.objects.create(
        organization=organization,
        person=person,
        invited_by=by,
        email=address,
        name=name.strip(),
        language=language,
        role=role,
        created_at=now,
        sent_at=now,
        expires_at=now + LASTS,
    )
    _write(invitation, page)
    return invitation


def _person(address: str, *, name: str, language: str) -> Person:
    """Whoever signs in with this address; somebody new may from now on."""
    known = Person.objects.filter(email=address).first()
    if known is not None:
        return known
    chosen = language if language in dict(settings.LANGUAGES) else "fr-ca"
    return Person.objects.create_user(address, name=name, language=chosen)


@transaction.atomic
def send_again(*, invitation: Invitation, page: str, now: datetime) -> Invitation:
    """Write once more to somebody who has not answered; the days begin anew.

    Raises InvitationOver for one that was answered or withdrawn.
    """
    kept = _lock(invitation)
    kept.num_sent += 1
    kept.sent_at, kept.expires_at = now, now + LASTS
    kept.save(update_fields=["num_sent", "sent_at", "expires_at"])
    _write(kept, page)
    return kept


@transaction.atomic
def withdraw(*, invitation: Invitation, now: datetime) -> None:
    """Take an offer back, or decline it. Raises InvitationOver."""
    kept = _lock(invitation)
    kept.withdrawn_at = now
    kept.save(update_fields=["withdrawn_at"])


@transaction.atomic
def accept(*, invitation: Invitation, now: datetime) -> Membership:
    """Take the role that was offered. Raises InvitationOver."""
    kept = _lock(invitation)
    if kept.is_over(now):
        raise InvitationOver
    kept.accepted_at = now
    kept.save(update_fields=["accepted_at"])
    return memberships.invite(
        organization=kept.organization,
        email=kept.person.email,
        name=kept.name,
        role=kept.role,
        by=kept.invited_by,
    )


def _lock(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related(
        "organization__hub", "person", "invited_by"
    )
    kept = rows.get(pk=invitation.pk)
    if kept.accepted_at is not None or kept.withdrawn_at is not None:
        raise InvitationOver
    return kept


def _write(invitation: Invitation, page: str) -> None:
    told = ROLES[invitation.role]
    organization = invitation.organization
    leave(
        kind=Kind.INVITATION,
        key=f"invitation:{invitation.public_id}:{invitation.num_sent}",
        data={
            "organization": organization.name,
            "role": _role_name(invitation),
            "about": _both(told.about),
            "may": [_both(claim.sentence) for claim in (*told.may, *told.sees)],
            "by": str(invitation.invited_by or organization),
            "page": page,
            "address": invitation.person.email,
            "expires_on": local_clock(invitation.expires_at)[0].isoformat(),
        },
        hub=organization.hub or organization,
        people=[invitation.person],
    )


def _role_name(invitation: Invitation) -> dict[str, str]:
    told = {}
    for short, language in LANGUAGES:
        with override(language):
            told[short] = str(invitation.get_role_display())
    return told


def _both(sentence: str) -> dict[str, str]:
    """A sentence in both languages: who reads it chooses."""
    told = {}
    for short, language in LANGUAGES:
        with override(language):
            told[short] = gettext(sentence)
    return told
