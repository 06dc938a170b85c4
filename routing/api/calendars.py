"""Calendars through the API: the files that people subscribe to, read with a key."""

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Schema

from hub import selectors as hub_selectors
from hub.api import Door, caller_of
from hub.core.calendars import READERS, CalendarKind
from hub.core.scopes import Scope
from routing.exchange.calendars import written_for

router = Door(tags=["calendars"])
ROUTE_ROLES = tuple(sorted(READERS[CalendarKind.ROUTES] or ()))
LOAN_ROLES = tuple(sorted(READERS[CalendarKind.BOOKINGS] or ()))


class CalendarOut(Schema):
    """An iCalendar file of RFC 5545."""

    ics: str = Field(
        description="The text of the file. Each event keeps its `UID`; its `SEQUENCE` "
        "rises when it changes, and one that is gone is `STATUS:CANCELLED`."
    )


@router.read("/calendars/cycles", scope=Scope.CYCLES_READ, out=CalendarOut)
def cycle_calendar(request: HttpRequest) -> dict[str, str]:
    """When the cycles of one's hubs open and close, and their delivery days."""
    return _file(request, CalendarKind.CYCLES)


@router.read(
    "/calendars/routes", scope=Scope.ROUTES_READ, roles=ROUTE_ROLES, out=CalendarOut
)
def route_calendar(request: HttpRequest) -> dict[str, str]:
    """The published routes that one drives, or that one's pools plan."""
    return _file(request, CalendarKind.ROUTES)


@router.read(
    "/calendars/bookings", scope=Scope.PLANS_READ, roles=LOAN_ROLES, out=CalendarOut
)
def booking_calendar(request: HttpRequest) -> dict[str, str]:
    """Days on which trucks are lent, borrowed or kept; no price stands in it."""
    return _file(request, CalendarKind.BOOKINGS)


def _file(request: HttpRequest, kind: CalendarKind) -> dict[str, str]:
    person = caller_of(request).person
    if kind not in hub_selectors.calendar_kinds_for(person):
        raise Http404
    written = written_for(
        person, kind, now=timezone.now(), address=request.build_absolute_uri
    )
    return {"ics": written.decode()}
