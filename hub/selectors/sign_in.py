"""Reads about coming in: a person's second factors, their devices, the operators."""

from __future__ import annotations

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from hub.core.second_factor import moves_money
from hub.models import Device, Membership, Person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(person: Person) -> bool:
    """Whether the person added a passkey or an app; recovery codes alone are none."""
    found: bool = Authenticator.objects.filter(user=person, type__in=FACTORS).exists()
    return found


def factors_of(person: Person) -> list[Authenticator]:
    """The person's passkeys, app and recovery codes, oldest first."""
    return list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))


def person_moves_money(person: Person) -> bool:
    """Whether the person holds such a role anywhere, or operates the installation."""
    if person.is_superuser:
        return True
    roles: Collection[str] = Membership.objects.filter(
        person=person, organization__is_active=True
    ).values_list("role", flat=True)
    return moves_money(roles, is_operator=False)


def devices_of(person: Person) -> QuerySet[Device]:
    """The person's devices, the one used last first."""
    return Device.objects.filter(person=person)


def operators() -> list[Person]:
    """Who is told when something is wrong with the installation.

    Its operators; where there are none, everybody who coordinates a hub.
    """
    active = Person.objects.filter(is_active=True).order_by("pk")
    found = list(active.filter(is_superuser=True))
    if found:
        return found
    coordinating = Membership.objects.filter(role=Membership.Role.COORDINATOR)
    return list(active.filter(pk__in=coordinating.values("person")))
