"""What people take home of others: each time leaves a trace."""

from hub.core.trail import Kind
from hub.models import Organization, Person
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
