"""Who may do what on the ground floor, as predicates over the person asking."""

from rules.permissions import add_perm
from rules.predicates import predicate

from hub.models import Membership, Organization, Person

BUYER_ROLES = (Membership.Role.GROUP_BUYER, Membership.Role.INSTITUTIONAL_BUYER)


def holds(person: Person, organization: Organization, *roles: str) -> bool:
    """Whether the person holds one of `roles` in this very organization."""
    return Membership.objects.filter(
        person=person, organization=organization, role__in=roles
    ).exists()


def coordinates(person: Person, hub: Organization) -> bool:
    """Whether the person coordinates this hub."""
    return hub.kind == Organization.Kind.HUB and holds(
        person, hub, Membership.Role.COORDINATOR
    )


@predicate
def is_hub_coordinator(person: Person, hub: Organization) -> bool:
    """The same as a rule for templates and views."""
    return coordinates(person, hub)


add_perm("hub.coordinate", is_hub_coordinator)
