"""What people read and take home of others: each leaves a trace.

A table taken home leaves one each time. What is read on a page leaves one a day for
each reader and each organization: a page looked at ten times tells nothing more.
"""

from datetime import date

from hub.core.trail import Kind
from hub.models import Membership, Organization, Person
from hub.services import trail


def note_taken(*, table: str, acting_for: Organization, by: Person) -> None:
    """Write down who took a table that names people, and for which organization.

    The organization acted for reads it, and so does its hub.
    """
    trail.record(
        trail.Fact(
            kind=Kind.PERSONAL_EXPORTED,
            subject=(acting_for.public_id, acting_for.name),
            concerns=[acting_for.pk, acting_for.hub_id],
            after={"document": table},
        ),
        by=by,
    )


def note_read(
    *, of: Organization, acting_for: Organization, by: Person, today: date
) -> None:
    """Write down who read the people, the contacts or the door of an organization.

    Nothing is written of one's own. The organization read reads it, and so do its hub
    and the one acted for.
    """
    if of == acting_for:
        return
    trail.record(
        trail.Fact(
            kind=Kind.PERSONAL_READ,
            subject=(of.public_id, of.name),
            concerns=[of.pk, of.hub_id, acting_for.pk],
            key=f"read:{by.pk}:{of.pk}:{today}",
            is_once=True,
        ),
        by=by,
    )


def note_licence_read(*, of: Person, by: Person, today: date) -> None:
    """Write down who read the licence of a driver, other than themselves.

    Whoever the driver drives for reads it.
    """
    if of == by:
        return
    drives = Membership.objects.filter(person=of, role=Membership.Role.DRIVER)
    trail.record(
        trail.Fact(
            kind=Kind.LICENCE_READ,
            subject=(of.public_id, ""),
            concerns=list(drives.values_list("organization", flat=True)),
            about=of,
            key=f"read:{by.pk}:licence:{of.pk}:{today}",
            is_once=True,
        ),
        by=by,
    )
