"""Calendars: those a person made, and the one whose token a program sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.core.calendars import TOKEN_LENGTH, CalendarKind, digest_of_token, may_have
from hub.models import CalendarFeed
from hub.selectors.memberships import memberships_of

if TYPE_CHECKING:
    from hub.models import Person


def calendars_of(person: Person) -> dict[str, CalendarFeed]:
    """The calendars that a person has an address of, by kind."""
    rows = CalendarFeed.objects.filter(person=person).exclude(digest="")
    return {row.kind: row for row in rows.defer("known")}


def calendar_kinds_for(person: Person) -> list[CalendarKind]:
    """Which calendars a person may have now, by the roles they hold anywhere."""
    roles = {membership.role for membership in memberships_of(person)}
    return [kind for kind in CalendarKind if may_have(kind, roles)]


def calendar_with(token: str) -> CalendarFeed | None:
    """The calendar whose token this is, of an active person."""
    if len(token) != TOKEN_LENGTH:
        return None
    return (
        CalendarFeed.objects.filter(
            digest=digest_of_token(token), person__is_active=True
        )
        .select_related("person")
        .defer("known")
        .first()
    )
