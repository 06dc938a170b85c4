"""Calendars for other programs: made, shown once, taken back; read by their token."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hub import selectors as hub_selectors
from hub.core.calendars import CalendarKind
from hub.doors import acting_as, person_of, say_done
from hub.exchange.calendar import CONTENT_TYPE
from hub.services import calendars as services
from routing.exchange.calendars import kind_label, written_for

RETRY_AFTER_S = 3_600


@require_safe
@acting_as()
def calendars(request: HttpRequest) -> HttpResponse:
    """One's calendars, and how to bring them into other programs."""
    return _page(request)


@require_POST
@never_cache
@acting_as()
def calendar_make(request: HttpRequest, calendar: str) -> HttpResponse:
    """Make an address, shown this once, in the answer itself; the former one dies."""
    mine = _kind(request, calendar)
    token = services.make_calendar(
        person=person_of(request), kind=mine, now=timezone.now()
    )
    return _page(request, kind_label(mine), token)


@require_POST
@acting_as()
def calendar_revoke(request: HttpRequest, calendar: str) -> HttpResponse:
    """Let nobody read a calendar by its address any more."""
    mine = _kind(request, calendar)
    services.revoke_calendar(person=person_of(request), kind=mine)
    say_done(
        request,
        _("The address of “%(name)s” is dead.") % {"name": kind_label(mine)},
    )
    return redirect("routing:calendars")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar whose token this is, by the rights its person has now.

    Nobody signs in here. Gone (404) once the address was taken back, the person left,
    or the role that showed it ended.
    """
    feed = hub_selectors.calendar_with(token)
    if feed is None or feed.kind not in hub_selectors.calendar_kinds_for(feed.person):
        raise Http404
    now = timezone.now()
    if not services.note_reading(feed=feed, now=now):
        return HttpResponse(status=429, headers={"Retry-After": str(RETRY_AFTER_S)})
    with translation.override(feed.person.language):
        written = written_for(
            feed.person,
            CalendarKind(feed.kind),
            now=now,
            address=request.build_absolute_uri,
        )
    answer = HttpResponse(written, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'inline; filename="charroi-{feed.kind}.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    etag = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
    answer["ETag"] = etag
    kept = get_conditional_response(request, etag=etag, response=answer)
    return kept if kept is not None else answer


def _kind(request: HttpRequest, kind: str) -> CalendarKind:
    """A calendar that the person may have now; 404 for another."""
    mine = hub_selectors.calendar_kinds_for(person_of(request))
    found = next((each for each in mine if each == kind), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, name: str = "", token: str | None = None
) -> HttpResponse:
    person = person_of(request)
    made = hub_selectors.calendars_of(person)
    address = ""
    if token:
        path = reverse("routing:calendar_feed", args=[token])
        address = request.build_absolute_uri(path)
    context = {
        "rows": [
            (each.value, kind_label(each), made.get(each))
            for each in hub_selectors.calendar_kinds_for(person)
        ],
        "address": address,
        "subscribe": f"webcal://{address.partition('://')[2]}" if address else "",
        "shown_name": name,
    }
    return render(request, "routing/calendars.html", context)
