"""The very first hub of an installation, and the person who runs it."""

from django.db import transaction

from hub.core.first_steps import Step
from hub.models import HiddenStep, Membership, Organization
from hub.services import families, memberships


@transaction.atomic
def begin(*, hub_name: str, email: str, person_name: str = "") -> Membership:
    """Make a hub, its coordinator and the first product families.

    Running it again with the same names changes nothing.
    """
    hub, _ = Organization.objects.get_or_create(
        kind=Organization.Kind.HUB, hub=None, name=hub_name.strip()
    )
    families.plant_first_families()
    return memberships.invite(
        organization=hub,
        email=email,
        name=person_name,
        role=Membership.Role.COORDINATOR,
    )


@transaction.atomic
def hide_step(*, hub: Organization, step: Step, is_hidden: bool) -> None:
    """Put one of the first steps aside, or show it again."""
    if is_hidden:
        HiddenStep.objects.get_or_create(hub=hub, code=step)
    else:
        HiddenStep.objects.filter(hub=hub, code=step).delete()
