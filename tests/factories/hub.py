"""Small rows of the ground floor: each function makes one thing, with plain defaults.

Names that must be unique are numbered, so that a test may ask for two of anything.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from hub.models import (
    Cycle,
    Membership,
    Organization,
    Person,
    Place,
    PlaceWindow,
    ProductFamily,
)

_numbers = count(1)

MONDAY = date(2026, 6, 15)
"""The Monday of the week most tests speak about."""

HUB_POINT = (45.5270, -73.6150)
FARM_POINT = (45.6800, -73.4200)


def make_hub(name: str = "") -> Organization:
    """A hub."""
    return Organization.objects.create(
        kind=Organization.Kind.HUB, name=name or f"Pôle {next(_numbers)}"
    )


def make_organization(
    kind: str, name: str = "", *, hub: Organization | None = None
) -> Organization:
    """A member of a hub; the hub is made when none is given."""
    return Organization.objects.create(
        kind=kind, name=name or f"Membre {next(_numbers)}", hub=hub or make_hub()
    )


def make_farm(name: str = "", *, hub: Organization | None = None) -> Organization:
    """A farm."""
    return make_organization(
        Organization.Kind.PRODUCER, name or f"Ferme {next(_numbers)}", hub=hub
    )


def make_buyer(
    name: str = "",
    *,
    hub: Organization | None = None,
    kind: str = Organization.Kind.BUYER_GROUP,
) -> Organization:
    """A buyer: a community group unless told otherwise."""
    return make_organization(kind, name or f"Groupe {next(_numbers)}", hub=hub)


def make_carrier(name: str = "", *, hub: Organization | None = None) -> Organization:
    """A lender of trucks."""
    return make_organization(
        Organization.Kind.CARRIER, name or f"Transport {next(_numbers)}", hub=hub
    )


def make_person(email: str = "", *, name: str = "", language: str = "fr-ca") -> Person:
    """A person without any role yet."""
    number = next(_numbers)
    return Person.objects.create_user(
        email or f"personne{number}@exemple.test",
        name=name or f"Personne {number}",
        language=language,
        # Tests send mail at any hour; those of quiet hours say which.
        quiet_from_s=0,
        quiet_until_s=0,
    )


def make_member(
    organization: Organization, role: str, *, person: Person | None = None
) -> Person:
    """A person holding `role` in `organization`; given or made."""
    person = person or make_person()
    Membership.objects.create(person=person, organization=organization, role=role)
    return person


def make_coordinator(hub: Organization, *, person: Person | None = None) -> Person:
    """Somebody who runs the week of `hub`."""
    return make_member(hub, Membership.Role.COORDINATOR, person=person)


def make_producer(farm: Organization, *, person: Person | None = None) -> Person:
    """Somebody who speaks for `farm`."""
    return make_member(farm, Membership.Role.PRODUCER, person=person)


def make_group_buyer(buyer: Organization, *, person: Person | None = None) -> Person:
    """Somebody who orders for `buyer`."""
    return make_member(buyer, Membership.Role.GROUP_BUYER, person=person)


def make_driver(carrier: Organization, *, person: Person | None = None) -> Person:
    """Somebody who drives for `carrier`."""
    return make_member(carrier, Membership.Role.DRIVER, person=person)


def make_place(
    organization: Organization,
    *,
    kind: str = Place.Kind.DROP_POINT,
    name: str = "",
    point: tuple[float, float] = HUB_POINT,
    window_s: tuple[int, int] | None = (28_800, 61_200),
) -> Place:
    """A place with one window for every day (8:00 to 17:00); None for no window."""
    place = Place.objects.create(
        organization=organization,
        kind=kind,
        name=name or f"Lieu {next(_numbers)}",
        address="1, rue de l'Essai",
        latitude=point[0],
        longitude=point[1],
    )
    if window_s is not None:
        PlaceWindow.objects.create(place=place, start_s=window_s[0], end_s=window_s[1])
    return place


def make_family(
    code: str = "",
    *,
    is_basic_grocery: bool = True,
    hub: Organization | None = None,
) -> ProductFamily:
    """A product family, common unless a hub added it; found again by its code."""
    code = code or f"famille-{next(_numbers)}"
    family, _ = ProductFamily.objects.get_or_create(
        code=code,
        defaults={
            "name_fr": f"Famille {code}",
            "name_en": f"Family {code}",
            "is_basic_grocery": is_basic_grocery,
            "hub": hub,
        },
    )
    return family


def make_cycle(
    hub: Organization,
    *,
    service_on: date = MONDAY + timedelta(days=3),
    status: str = Cycle.Status.OPEN,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Cycle:
    """A cycle for a Thursday: opened five days before, closing the day before."""
    noon = datetime(service_on.year, service_on.month, service_on.day, 16, tzinfo=UTC)
    return Cycle.objects.create(
        hub=hub,
        name=f"Cycle {next(_numbers)}",
        opens_at=opens_at or noon - timedelta(days=5),
        closes_at=closes_at or noon - timedelta(days=1),
        service_on=service_on,
        status=status,
    )
