"""Granting an envelope, adding to it, taking back what is left.

The envelope's row is locked before its money moves, so that an order that counts on
what is left and a programme that takes it back never meet half-way.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hub.core.trail import Kind
from hub.ledger import posting
from hub.ledger.core.accounts import Move
from hub.services.trail import Fact, record
from vouchers import accounts, selectors
from vouchers.core.eligibility import require_not_ended
from vouchers.core.errors import (
    EnvelopeBackwards,
    GrantReused,
    GroupNotServed,
    NotAGrant,
)
from vouchers.models import Envelope
from vouchers.services.happening import tell_envelope
from vouchers.services.holds import lock_envelopes

if TYPE_CHECKING:
    from hub.models import Organization, ProductFamily


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a programme lets a group spend: how much, when, on what."""

    group: "Organization"
    amount_cents: int
    starts_on: date
    ends_on: date | None = None
    families: Collection["ProductFamily"] = ()
    note: str = ""


@transaction.atomic
def grant_envelope(
    *, programme: "Organization", grant: Grant, key: str, on: date
) -> Envelope:
    """Put money of a programme in an envelope for one group, once per key.

    Raises NotAGrant, EnvelopeBackwards, EnvelopeEnded, GroupNotServed, GrantReused.
    """
    _require_amount(grant.amount_cents)
    if grant.ends_on is not None and grant.ends_on < grant.starts_on:
        raise EnvelopeBackwards(starts_on=grant.starts_on.isoformat())
    require_not_ended(grant.ends_on, on)
    if not selectors.groups_of(programme).filter(pk=grant.group.pk).exists():
        raise GroupNotServed
    envelope, is_new = Envelope.objects.get_or_create(
        grant_key=key,
        defaults={
            "programme": programme,
            "group": grant.group,
            "starts_on": grant.starts_on,
            "ends_on": grant.ends_on,
            "note": grant.note,
            "granted_on": on,
        },
    )
    if is_new:
        envelope.families.set(grant.families)
    _require_same(envelope, programme, grant)
    # A retry after midnight repeats the day of the grant.
    _add(
        envelope,
        amount_cents=grant.amount_cents,
        key=key,
        on=envelope.granted_on,
        change="granted",
    )
    terms = {
        "starts_on": grant.starts_on.isoformat(),
        "ends_on": grant.ends_on.isoformat() if grant.ends_on else None,
        "families": sorted(family.code for family in grant.families),
    }
    _leave_trace(Kind.ENVELOPE_GRANTED, envelope, grant.amount_cents, key, terms)
    return envelope


@transaction.atomic
def top_up(*, envelope: Envelope, amount_cents: int, key: str, on: date) -> None:
    """Add money of the programme to its envelope, once per key.

    Raises NotAGrant, EnvelopeEnded, KeyReused.
    """
    _require_amount(amount_cents)
    require_not_ended(envelope.ends_on, on)
    lock_envelopes([envelope.pk])
    _add(envelope, amount_cents=amount_cents, key=key, on=on, change="added")
    _leave_trace(Kind.ENVELOPE_TOPPED_UP, envelope, amount_cents, key)


@transaction.atomic
def withdraw(*, envelope: Envelope, amount_cents: int, key: str, on: date) -> None:
    """Take back money that no order holds, once per key, also after the last day.

    Raises NotAGrant, NotEnoughMoney, KeyReused.
    """
    _require_amount(amount_cents)
    lock_envelopes([envelope.pk])
    programme = envelope.programme.public_id
    posting.post(
        key=f"envelope-withdrawal:{key}",
        kind=selectors.WITHDRAWAL,
        moves=[
            Move(accounts.envelope(public_id=envelope.public_id), -amount_cents),
            Move(accounts.programme(organization=programme), amount_cents),
        ],
        effective_on=on,
    )
    told = f"envelope-withdrawal:{key}"
    tell_envelope(
        envelope, change="withdrawn", amount_cents=amount_cents, key=told, on=on
    )
    _leave_trace(Kind.ENVELOPE_WITHDRAWN, envelope, amount_cents, key)


def _leave_trace(
    kind: Kind,
    envelope: Envelope,
    amount_cents: int,
    key: str,
    terms: Mapping[str, Any] | None = None,
) -> None:
    """The programme, the group and its hub read what became of an envelope."""
    programme, group = envelope.programme, envelope.group
    fact = Fact(
        kind=kind,
        subject=(envelope.public_id, group.name),
        concerns=[programme.pk, group.pk, group.hub_id],
        after={
            "amount_cents": amount_cents,
            "programme": programme.name,
            **(terms or {}),
        },
        why=envelope.note if kind == Kind.ENVELOPE_GRANTED else "",
        key=f"envelope:{key}",
        is_once=True,
    )
    record(fact)


def _add(
    envelope: Envelope, *, amount_cents: int, key: str, on: date, change: str
) -> None:
    programme = envelope.programme.public_id
    posting.post(
        key=f"envelope-grant:{key}",
        kind=selectors.GRANT,
        moves=[
            Move(accounts.programme(organization=programme), -amount_cents),
            Move(accounts.envelope(public_id=envelope.public_id), amount_cents),
        ],
        effective_on=on,
    )
    told = f"envelope-grant:{key}"
    tell_envelope(envelope, change=change, amount_cents=amount_cents, key=told, on=on)


def _require_amount(amount_cents: int) -> None:
    if amount_cents <= 0:
        raise NotAGrant(amount_cents=amount_cents)


def _require_same(envelope: Envelope, programme: "Organization", grant: Grant) -> None:
    """A key sent again must ask for the envelope that it made."""
    families = {family.pk for family in grant.families}
    asked = (
        programme,
        grant.group,
        grant.starts_on,
        grant.ends_on,
        grant.note,
        families,
    )
    made = (
        envelope.programme,
        envelope.group,
        envelope.starts_on,
        envelope.ends_on,
        envelope.note,
        set(envelope.families.values_list("pk", flat=True)),
    )
    if asked != made:
        raise GrantReused(key=envelope.grant_key)
