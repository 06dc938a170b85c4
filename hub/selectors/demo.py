"""The fictional people of the demo."""

from __future__ import annotations

from django.db.models import QuerySet

from hub.models import Membership, Person

DEMO_ADDRESS = "@demo.charroi.example"
"""How the addresses of fictional people end; nobody real can have one."""


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
