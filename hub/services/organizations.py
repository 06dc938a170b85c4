"""Organizations: a hub welcomes members; each member keeps its own facts right."""

from django.db import IntegrityError, transaction

from hub import selectors
from hub.core.errors import HubWithoutDock, NameTaken
from hub.models import Flow, Organization


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
    kept.name = name.strip()
    kept.contact_email = contact_email.strip().lower()
    kept.contact_phone = contact_phone.strip()
    if default_flow and kept.kind == Organization.Kind.HUB:
        _choose_flow(kept, default_flow)
    kept.is_active = is_active or kept.kind == Organization.Kind.HUB
    _save(kept)
    return kept


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
