"""Organizations: a hub welcomes members; each member keeps its own facts right."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from hub import selectors
from hub.core.errors import HubWithoutDock, NameTaken
from hub.core.trail import Kind
from hub.models import Flow, Organization
from hub.services.trail import Fact, record


@transaction.atomic
def create_organization(
    *,
    hub: Organization,
    kind: str,
    name: str,
    contact_email: str = "",
    contact_phone: str = "",
) -> Organization:
    """Welcome a farm, a buyer, a lender of trucks… as a member of `hub`.

    Raises NameTaken when the hub already has a member of this name.
    """
    organization = Organization(
        hub=hub,
        kind=kind,
        name=name.strip(),
        contact_email=contact_email.strip().lower(),
        contact_phone=contact_phone.strip(),
    )
    _save(organization)
    _leave_trace(Kind.ORGANIZATION_WELCOMED, organization, {})
    return organization


@transaction.atomic
def update_organization(
    *,
    organization: Organization,
    name: str,
    contact_email: str,
    contact_phone: str,
    is_active: bool = True,
    default_flow: str = "",
) -> Organization:
    """Correct the facts of an organization; its kind and its hub stay.

    An organization that is no longer active keeps its history, and its people no
    longer act for it. `default_flow` is the way goods take in a hub's new cycles; empty
    leaves it as it is. Raises NameTaken, HubWithoutDock.
    """
    kept = Organization.objects.select_for_update().get(pk=organization.pk)
    before = _said(kept)
    kept.name = name.strip()
    kept.contact_email = contact_email.strip().lower()
    kept.contact_phone = contact_phone.strip()
    if default_flow and kept.kind == Organization.Kind.HUB:
        _choose_flow(kept, default_flow)
    kept.is_active = is_active or kept.kind == Organization.Kind.HUB
    _save(kept)
    _leave_trace(Kind.ORGANIZATION_CHANGED, kept, before)
    return kept


def _said(organization: Organization) -> dict[str, Any]:
    """What the trail keeps; how to reach an organization is no part of it."""
    said = {"name": organization.name, "is_active": organization.is_active}
    if organization.kind == Organization.Kind.HUB:
        said |= {"flow": organization.default_flow}
    return said


def _leave_trace(kind: Kind, kept: Organization, before: Mapping[str, Any]) -> None:
    fact = Fact(
        kind=kind,
        subject=(kept.public_id, kept.name),
        concerns=[kept.pk, kept.hub_id],
        before=before,
        after=_said(kept),
    )
    record(fact)


def _choose_flow(hub: Organization, flow: str) -> None:
    if flow == Flow.CROSS_DOCK and selectors.dock_of(hub.pk) is None:
        raise HubWithoutDock(hub=hub.name)
    hub.default_flow = flow


def _save(organization: Organization) -> None:
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError as error:
        raise NameTaken(name=organization.name) from error


def hold(organization: Organization) -> None:
    """Hold an organization until the transaction ends; rows may still point to it."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
