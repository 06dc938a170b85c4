"""The organization a person acts for, and the roles held in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hub.models import Membership, Organization
from hub.selectors.memberships import ANSWERING, memberships_of

SESSION_KEY = "acting_for"


@dataclass(frozen=True, slots=True)
class Acting:
    """The organization a person acts for now, the roles held in it, the others."""

    organization: Organization
    roles: frozenset[str]
    organizations: tuple[Organization, ...] = ()

    @property
    def is_coordinator(self) -> bool:
        """Whether the person coordinates this hub."""
        return Membership.Role.COORDINATOR in self.roles

    @property
    def is_producer(self) -> bool:
        """Whether the person speaks for this farm."""
        return Membership.Role.PRODUCER in self.roles

    @property
    def is_buyer(self) -> bool:
        """Whether the person orders for this organization."""
        return bool(
            self.roles
            & {Membership.Role.GROUP_BUYER, Membership.Role.INSTITUTIONAL_BUYER}
        )

    @property
    def is_programme(self) -> bool:
        """Whether the person runs this voucher programme."""
        return Membership.Role.PROGRAMME_MANAGER in self.roles

    @property
    def has_envelopes(self) -> bool:
        """Whether the person orders, or hands out food, for a community group."""
        return bool(
            self.roles & {Membership.Role.GROUP_BUYER, Membership.Role.DISTRIBUTOR}
        )

    @property
    def is_driver(self) -> bool:
        """Whether the person drives for this organization."""
        return Membership.Role.DRIVER in self.roles

    @property
    def reads_results(self) -> bool:
        """Whether the person follows what the hub's days achieve."""
        return bool(self.roles & {Membership.Role.COORDINATOR, Membership.Role.FUNDER})

    @property
    def reads_trail(self) -> bool:
        """Whether the person answers for the organization, and so reads its trail."""
        kind = Organization.Kind(self.organization.kind)
        return bool(self.roles & set(ANSWERING[kind]))

    @property
    def hub(self) -> Organization:
        """The hub itself, or the hub this organization belongs to."""
        return self.organization.hub or self.organization


def acting_for(person: Any, public_id: str | None) -> Acting | None:
    """The organization chosen in the session, or else the person's first one."""
    if not getattr(person, "is_authenticated", False):
        return None
    memberships = person.roles_read
    if memberships is None:
        memberships = list(memberships_of(person))
    if not memberships:
        return None
    chosen = next(
        (m.organization for m in memberships if m.organization.public_id == public_id),
        memberships[0].organization,
    )
    roles = frozenset(m.role for m in memberships if m.organization_id == chosen.pk)
    mine = {m.organization_id: m.organization for m in memberships}
    return Acting(organization=chosen, roles=roles, organizations=tuple(mine.values()))
