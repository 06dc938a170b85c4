"""API keys: a program is let in for an organization, used, and put out."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from hub.core.errors import KeyLastsTooLong, KeyWithoutScope
from hub.core.ids import new_public_id
from hub.core.scopes import Scope, new_key
from hub.core.trail import Kind
from hub.models import ApiKey, Membership, Organization, Person
from hub.selectors import ANSWERING
from hub.services.trail import Fact, record

LONGEST_DAYS = 730
SEEN_AGAIN_AFTER = timedelta(minutes=1)


@transaction.atomic
def issue_key(
    *,
    organization: Organization,
    name: str,
    scopes: Collection[str],
    days: int,
    by: Person,
    now: datetime,
) -> tuple[ApiKey, str]:
    """Let a program act for an organization within `scopes` for `days` days.

    Gives the row and the key's text, which nothing can show again. The program holds
    the role of whoever speaks for the organization, narrowed to the scopes.
    Raises KeyWithoutScope, KeyLastsTooLong.
    """
    known = [scope.value for scope in Scope if scope.value in scopes]
    if not known:
        raise KeyWithoutScope
    if not 1 <= days <= LONGEST_DAYS:
        raise KeyLastsTooLong(days=LONGEST_DAYS)
    key = new_key()
    public_id = new_public_id()
    machine = Person.objects.create_user(
        f"{public_id}@api.invalid",
        name=name.strip(),
        public_id=public_id,
        is_active=False,
        is_machine=True,
    )
    for role in ANSWERING[Organization.Kind(organization.kind)]:
        Membership.objects.create(person=machine, organization=organization, role=role)
    row = ApiKey.objects.create(
        organization=organization,
        machine=machine,
        name=name.strip(),
        prefix=key.prefix,
        digest=key.digest,
        scopes=known,
        issued_by=by,
        issued_at=now,
        expires_at=now + timedelta(days=days),
    )
    fact = Fact(
        kind=Kind.KEY_ISSUED,
        subject=(row.public_id, row.name),
        concerns=[organization.pk],
        after={"scopes": known, "expires_at": row.expires_at.isoformat()},
    )
    record(fact, by=by)
    return row, key.text


@transaction.atomic
def revoke_key(*, key: ApiKey, now: datetime) -> None:
    """Put a program out for good, at once; what it did stays. Safe to repeat."""
    live = ApiKey.objects.filter(pk=key.pk, revoked_at=None)
    if live.update(revoked_at=now):
        fact = Fact(
            kind=Kind.KEY_REVOKED,
            subject=(key.public_id, key.name),
            concerns=[key.organization_id],
        )
        record(fact)
    Membership.objects.filter(person=key.machine_id).delete()


def note_use(*, key: ApiKey, now: datetime) -> None:
    """Remember that a key was used; written once a minute at the most."""
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - SEEN_AGAIN_AFTER)
    ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
