"""Who may do what on the ground floor, as predicates over the person asking."""

from rules.permissions import add_perm
from rules.predicates import predicate

from hub.models import Membership, Organization, Person

ROLES_OF_KIND: dict[str, tuple[Membership.Role, ...]] = {
    Organization.Kind.HUB: (
        Membership.Role.COORDINATOR,
        Membership.Role.DRIVER,
        Membership.Role.FUNDER,
    ),
    Organization.Kind.PRODUCER: (Membership.Role.PRODUCER, Membership.Role.DRIVER),
    Organization.Kind.BUYER_GROUP: (
        Membership.Role.GROUP_BUYER,
        Membership.Role.DISTRIBUTOR,
        Membership.Role.DRIVER,
    ),
    Organization.Kind.INSTITUTION: (Membership.Role.INSTITUTIONAL_BUYER,),
    Organization.Kind.CARRIER: (Membership.Role.DRIVER,),
    Organization.Kind.PROGRAMME: (Membership.Role.PROGRAMME_MANAGER,),
    Organization.Kind.MERCHANT: (Membership.Role.MERCHANT,),
    Organization.Kind.FUNDER: (Membership.Role.FUNDER,),
}
"""Which roles people may hold in which kind of organization."""

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
