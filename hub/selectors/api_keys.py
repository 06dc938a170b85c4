"""API keys: of an organization, for its people; and the one that a program sends."""

from __future__ import annotations

import hmac
from datetime import datetime

from django.db.models import QuerySet

from hub.core.scopes import read_key
from hub.models import ApiKey, Organization, Person
from hub.selectors.organizations import organizations_with_role

ISSUERS = (
    "coordinator",
    "producer",
    "group_buyer",
    "institutional_buyer",
    "programme_manager",
)
"""Roles that may let a program in: those who speak for their organization."""


def api_keys_run_by(person: Person) -> QuerySet[ApiKey]:
    """Keys of the organizations that the person speaks for, newest first."""
    mine = organizations_with_role(person, *ISSUERS)
    return ApiKey.objects.filter(organization__in=mine).select_related(
        "organization", "issued_by", "machine"
    )


def api_keys_of(organization: Organization) -> QuerySet[ApiKey]:
    """Every key of one organization, the revoked ones too, newest first."""
    return ApiKey.objects.filter(organization=organization).select_related("issued_by")


def key_sent(text: str, *, now: datetime) -> ApiKey | None:
    """The key whose text this is, if it still lets its program in.

    None for a text that is no key, a wrong secret, a key revoked or past its day, and
    an organization that is set aside; secrets are compared in constant time.
    """
    sent = read_key(text)
    if sent is None:
        return None
    kept = (
        ApiKey.objects.filter(
            prefix=sent.prefix,
            revoked_at=None,
            expires_at__gt=now,
            organization__is_active=True,
        )
        .select_related("machine", "organization__hub")
        .first()
    )
    if kept is None or not hmac.compare_digest(kept.digest, sent.digest):
        return None
    return kept
