"""Every read of the ground floor; a row is reached through the person asking."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hub.core.periods import monday_of
from hub.models import (
    Cycle,
    Job,
    Membership,
    Organization,
    Person,
    Place,
    ProductFamily,
)

SESSION_KEY = "acting_for"
DEMO_ADDRESS = "@demo.charroi.example"
"""How the addresses of fictional people end; nobody real can have one."""


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
    def hub(self) -> Organization:
        """The hub itself, or the hub this organization belongs to."""
        return self.organization.hub or self.organization


def acting_for(person: Any, public_id: str | None) -> Acting | None:
    """The organization chosen in the session, or else the person's first one."""
    if not getattr(person, "is_authenticated", False):
        return None
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


def memberships_of(person: Person) -> QuerySet[Membership]:
    """The person's roles in active organizations, by organization name."""
    return (
        Membership.objects.filter(person=person, organization__is_active=True)
        .select_related("organization", "organization__hub")
        .order_by("organization__name", "id")
    )


def memberships_at(domain: str) -> QuerySet[Membership]:
    """Roles of the people whose address ends with a domain; for the demo alone."""
    return (
        Membership.objects.filter(person__email__endswith=f"@{domain}")
        .select_related("person", "organization")
        .order_by("role", "pk")
    )


def organizations_seen_by(person: Person) -> QuerySet[Organization]:
    """The person's own organizations, and the members of the hubs they coordinate."""
    mine = Membership.objects.filter(person=person, organization=OuterRef("pk"))
    coordinated = Membership.objects.filter(
        person=person,
        role=Membership.Role.COORDINATOR,
        organization=OuterRef("hub"),
    )
    return Organization.objects.filter(Exists(mine) | Exists(coordinated))


def organizations_with_role(person: Person, *roles: str) -> QuerySet[Organization]:
    """Active organizations in which the person holds one of `roles`."""
    return Organization.objects.filter(
        Exists(
            Membership.objects.filter(
                person=person, role__in=roles, organization=OuterRef("pk")
            )
        ),
        is_active=True,
    )


def organizations_editable_by(person: Person) -> QuerySet[Organization]:
    """Organizations the person speaks for, and the members of the hubs they run.

    Driving for a hub or a farm, or funding it, is not speaking for it; a lender of
    trucks has nobody but its drivers.
    """
    mine = Membership.objects.filter(person=person, organization=OuterRef("pk"))
    drives = Q(Exists(mine.filter(role=Membership.Role.DRIVER)))
    speaks = Q(
        Exists(mine.exclude(role__in=[Membership.Role.DRIVER, Membership.Role.FUNDER]))
    )
    return Organization.objects.filter(
        speaks
        | (drives & Q(kind=Organization.Kind.CARRIER))
        | Q(hub__in=hubs_coordinated_by(person))
    )


def members_of(hub: Organization) -> QuerySet[Organization]:
    """Every organization of a hub, the hub itself included."""
    return Organization.objects.filter(Q(pk=hub.pk) | Q(hub=hub)).order_by(
        "kind", "name"
    )


def members_with_counts(hub: Organization) -> QuerySet[Organization]:
    """The same, each with how many people and places it has."""
    return members_of(hub).annotate(
        num_people=Count("memberships__person", distinct=True),
        num_places=Count("places", distinct=True),
    )


def organizations_run_by(person: Person) -> QuerySet[Organization]:
    """The hubs a person coordinates, and their members."""
    hubs = hubs_coordinated_by(person)
    return Organization.objects.filter(Q(pk__in=hubs) | Q(hub__in=hubs))


def places_of(organization: Organization) -> QuerySet[Place]:
    """The places of one organization, with their hours."""
    return Place.objects.filter(organization=organization).prefetch_related("windows")


def roles_in(organization: Organization) -> QuerySet[Membership]:
    """Who holds which role in one organization."""
    return (
        Membership.objects.filter(organization=organization)
        .select_related("person")
        .order_by("person__name", "person__email", "role")
    )


def roles_endable_by(person: Person) -> QuerySet[Membership]:
    """Roles that a coordinator may take away, in the hub or in its members."""
    hubs = hubs_coordinated_by(person)
    return Membership.objects.filter(
        Q(organization__in=hubs) | Q(organization__hub__in=hubs)
    ).select_related("organization", "person")


def hubs_coordinated_by(person: Person) -> QuerySet[Organization]:
    """The hubs whose week this person runs."""
    return Organization.objects.filter(
        kind=Organization.Kind.HUB,
        memberships__person=person,
        memberships__role=Membership.Role.COORDINATOR,
    )


def hubs_joined_by(person: Person) -> QuerySet[Organization]:
    """Hubs the person coordinates or whose member organizations they belong to."""
    mine = Membership.objects.filter(person=person)
    return Organization.objects.filter(kind=Organization.Kind.HUB).filter(
        Q(pk__in=mine.values("organization"))
        | Q(pk__in=mine.values("organization__hub"))
    )


def drivers_of(
    organization_ids: Collection[int], *, beside: Person | None = None
) -> QuerySet[Person]:
    """Active people who drive for one of these organizations, by name.

    `beside` adds one person, if that person drives for anybody at all.
    """
    drives = Membership.objects.filter(
        person=OuterRef("pk"), role=Membership.Role.DRIVER
    )
    found = Q(Exists(drives.filter(organization__in=organization_ids)))
    if beside is not None:
        found |= Q(Exists(drives), pk=beside.pk)
    return Person.objects.filter(found, is_active=True).order_by("name", "pk")


def places_editable_by(person: Person) -> QuerySet[Place]:
    """Places of the person's organizations and of the members they coordinate."""
    return Place.objects.filter(
        organization__in=organizations_editable_by(person)
    ).select_related("organization")


def cycles_seen_by(person: Person) -> QuerySet[Cycle]:
    """Cycles of the person's hubs; drafts only for those who coordinate them."""
    return (
        Cycle.objects.filter(hub__in=hubs_joined_by(person))
        .exclude(
            ~Q(hub__in=hubs_coordinated_by(person)),
            status__in=[Cycle.Status.DRAFT, Cycle.Status.CANCELLED],
        )
        .select_related("hub")
    )


def cycles_taking_orders(person: Person, *, now: datetime) -> QuerySet[Cycle]:
    """Cycles of the person's hubs in which an order can be placed now."""
    return (
        cycles_seen_by(person)
        .filter(status=Cycle.Status.OPEN, opens_at__lte=now, closes_at__gt=now)
        .order_by("closes_at", "id")
    )


def cycles_to_close(*, now: datetime) -> QuerySet[Cycle]:
    """Cycles whose hour has passed, and those whose close was cut in the middle."""
    due = Q(status=Cycle.Status.OPEN, closes_at__lte=now)
    cut = Q(status=Cycle.Status.CLOSING)
    return Cycle.objects.filter(due | cut).select_related("hub").order_by("pk")


def closed_cycles_on(*, hub_ids: Iterable[int], on: date) -> QuerySet[Cycle]:
    """The closed cycles of these hubs that are delivered on a day, in ascending id."""
    return Cycle.objects.filter(
        hub_id__in=hub_ids, service_on=on, status=Cycle.Status.CLOSED
    ).order_by("pk")


def closed_cycles_since(*, hub_ids: Iterable[int], since: date) -> QuerySet[Cycle]:
    """The closed cycles of these hubs that are delivered on a day or later."""
    return Cycle.objects.filter(
        hub_id__in=hub_ids, service_on__gte=since, status=Cycle.Status.CLOSED
    ).order_by("service_on", "pk")


def loading_places(organization_ids: Collection[int]) -> dict[int, int]:
    """Where a truck loads at each of these farms: the first active farm place.

    Maps organization id to place id; a farm without such a place is left out.
    """
    places = Place.objects.filter(
        organization_id__in=organization_ids, kind=Place.Kind.FARM, is_active=True
    ).order_by("-pk")
    return dict(places.values_list("organization_id", "pk"))


def dock_of(hub_id: int) -> int | None:
    """Where goods that pass through a hub are recombined: its first active dock."""
    docks = Place.objects.filter(
        organization_id=hub_id, kind=Place.Kind.HUB, is_active=True
    )
    return docks.order_by("pk").values_list("pk", flat=True).first()


def members_of_hubs(hub_ids: Collection[int]) -> QuerySet[Organization]:
    """Active organizations of several hubs, the hubs themselves included."""
    return Organization.objects.filter(
        Q(pk__in=hub_ids) | Q(hub__in=hub_ids), is_active=True
    )


def programmes() -> QuerySet[Organization]:
    """Voucher programmes in activity, of whatever hub, by name."""
    return Organization.objects.filter(
        kind=Organization.Kind.PROGRAMME, is_active=True
    ).order_by("name", "pk")


def organizations_by_pk(pks: Collection[int]) -> QuerySet[Organization]:
    """Organizations for floors that already hold their keys."""
    return Organization.objects.filter(pk__in=pks)


def active_places_of(organizations: QuerySet[Organization]) -> QuerySet[Place]:
    """Places in use of these organizations."""
    return Place.objects.filter(organization__in=organizations, is_active=True)


def places_by_pk(pks: Collection[int]) -> dict[int, Place]:
    """Places under their keys; for floors that already hold the keys."""
    return Place.objects.in_bulk(pks)


def places_by_public_id(public_ids: Collection[str]) -> dict[str, Place]:
    """Places under their public names; for floors that already hold the names."""
    return Place.objects.in_bulk(public_ids, field_name="public_id")


def drop_points_of(organization_ids: Collection[int]) -> QuerySet[Place]:
    """Where goods can be brought: drop points and docks of these organizations."""
    return Place.objects.filter(
        organization_id__in=organization_ids,
        kind__in=[Place.Kind.DROP_POINT, Place.Kind.HUB],
        is_active=True,
    ).select_related("organization")


def cycles_in_week(hub: Organization, week_on: date) -> QuerySet[Cycle]:
    """The cycles of `hub` that deliver in the week of that Monday."""
    return hub.cycles.filter(service_on__range=(week_on, week_on + timedelta(days=6)))


def is_week_closed(hub: Organization, week_on: date) -> bool:
    """Whether orders of the week were closed and no cycle of it is still to come."""
    statuses = set(cycles_in_week(hub, week_on).values_list("status", flat=True))
    to_come = {Cycle.Status.DRAFT, Cycle.Status.OPEN}
    over = {Cycle.Status.CLOSING, Cycle.Status.CLOSED}
    return bool(statuses & over) and not statuses & to_come


def week_to_fill(hub: Organization, today: date) -> date:
    """The week of the next cycle that buyers can still order in, or next week."""
    to_come = hub.cycles.filter(
        status__in=[Cycle.Status.DRAFT, Cycle.Status.OPEN], service_on__gte=today
    )
    next_on = to_come.order_by("service_on").values_list("service_on", flat=True)
    return monday_of(next_on.first() or today + timedelta(days=7))


def jobs_seen_by(person: Person) -> QuerySet[Job]:
    """Jobs of the hubs the person coordinates."""
    return Job.objects.filter(organization__in=hubs_coordinated_by(person))


def jobs_of_kind(kind: str) -> QuerySet[Job]:
    """Jobs of one kind, for the floor that asks for them and says who may see them."""
    return Job.objects.filter(kind=kind)


def families() -> QuerySet[ProductFamily]:
    """Product families, common to the whole installation."""
    return ProductFamily.objects.all()


def cycles_run_by(person: Person) -> QuerySet[Cycle]:
    """Cycles of the hubs the person coordinates, whatever their status."""
    return Cycle.objects.filter(hub__in=hubs_coordinated_by(person)).select_related(
        "hub"
    )


def last_cycle_of(hub: Organization) -> Cycle | None:
    """The cycle delivered last, to be copied; a cancelled one does not count."""
    return (
        Cycle.objects.filter(hub=hub)
        .exclude(status=Cycle.Status.CANCELLED)
        .order_by("-service_on", "-id")
        .first()
    )


def demo_roles() -> QuerySet[Membership]:
    """The roles of the fictional people whom the demo lets in with one click."""
    return (
        Membership.objects.filter(
            person__email__endswith=DEMO_ADDRESS, person__is_active=True
        )
        .select_related("person", "organization")
        .order_by("role", "organization__name", "person__name")
    )


def demo_person(public_id: str) -> Person | None:
    """One of the fictional people, by public id."""
    return Person.objects.filter(
        public_id=public_id, email__endswith=DEMO_ADDRESS, is_active=True
    ).first()
