"""Organizations: seen, spoken for, run, and the members of hubs."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hub.models import Membership, Organization, Person


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
    trucks has nobody but its drivers. A paused organization is edited by its hub
    alone, which takes it up again.
    """
    mine = Membership.objects.filter(
        person=person, organization=OuterRef("pk"), organization__is_active=True
    )
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
        num_people=Count(
            "memberships__person",
            filter=Q(memberships__person__is_machine=False),
            distinct=True,
        ),
        num_places=Count("places", distinct=True),
    )


def organizations_run_by(person: Person) -> QuerySet[Organization]:
    """The hubs a person coordinates, and their members."""
    hubs = hubs_coordinated_by(person)
    return Organization.objects.filter(Q(pk__in=hubs) | Q(hub__in=hubs))


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


def has_hub() -> bool:
    """Whether this installation has begun."""
    return Organization.objects.filter(kind=Organization.Kind.HUB).exists()
