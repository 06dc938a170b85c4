"""The calendars of a person: cycles, routes and loans as events, in their language.

No phone, no code of a door and no price stands in them: a calendar is read on other
machines, by whoever holds its address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.core.calendars import CalendarKind, Event, Status
from hub.core.periods import at_local
from hub.exchange import calendar
from hub.services.calendars import number_events
from hub.templatetags.words import clock
from routing import selectors
from routing.models import Route, Stop, VehicleLoan
from routing.selectors import CycleDays, LoanDays, RouteDays

if TYPE_CHECKING:
    from hub.models import Cycle, Person, Place

ONE_DAY = timedelta(days=1)
Address = Callable[[str], str]
"""The whole address of a page from its path."""


def written_for(
    person: Person, kind: CalendarKind, *, now: datetime, address: Address
) -> bytes:
    """One calendar of a person as a file, by the rights they have now."""
    found = number_events(
        person=person,
        kind=kind,
        events=list(_events(person, kind, timezone.localdate(now), address)),
        now=now,
        called_off=_("Cancelled event"),
    )
    return calendar.written(found, title=f"Charroi · {kind_label(kind)}")


def kind_label(kind: CalendarKind) -> str:
    """What a calendar is called."""
    labels = {
        CalendarKind.CYCLES: _("Order cycles"),
        CalendarKind.ROUTES: _("Routes"),
        CalendarKind.BOOKINGS: _("Trucks lent"),
    }
    return labels[kind]


def _events(
    person: Person, kind: CalendarKind, today: date, address: Address
) -> Iterator[Event]:
    if kind == CalendarKind.CYCLES:
        return cycle_events(selectors.cycle_days(person, today), address)
    if kind == CalendarKind.ROUTES:
        return route_events(selectors.route_days(person, today), address)
    return loan_events(selectors.loan_days(person, today), address)


def cycle_events(days: CycleDays, address: Address) -> Iterator[Event]:
    """When each cycle opens, when it closes, and the day on which it is delivered."""
    for cycle in days.cycles:
        page = (
            reverse("orders:cycle", args=[cycle.public_id])
            if cycle.hub_id in days.run
            else reverse("hub:today")
        )
        event = partial(
            Event,
            text=_("Hub: %(hub)s") % {"hub": cycle.hub.name},
            url=address(page),
            status=Status.TENTATIVE if cycle.status == "draft" else Status.CONFIRMED,
        )
        name = f"cycle-{cycle.public_id}"
        yield event(
            name=f"{name}-opens",
            starts=cycle.opens_at,
            title=_titled(_("Orders open: %(cycle)s"), cycle),
        )
        yield event(
            name=f"{name}-closes",
            starts=cycle.closes_at,
            title=_titled(_("Orders close: %(cycle)s"), cycle),
        )
        yield event(
            name=f"{name}-delivery",
            starts=cycle.service_on,
            ends=cycle.service_on + ONE_DAY,
            title=_titled(_("Delivery: %(cycle)s"), cycle),
        )


def route_events(days: RouteDays, address: Address) -> Iterator[Event]:
    """Each route from its start to its return, its stops in the text.

    A truck of a pool keeps its event on a day, whatever plan it drives by. A route
    whose stops were all given to others is none any more.
    """
    for route in days.routes:
        stops = [stop for stop in route.stops.all() if stop.sequence < Stop.CUT_FROM]
        if not stops:
            continue
        plan, on = route.plan, route.plan.service_on
        page = (
            reverse("routing:route", args=[plan.public_id, route.number])
            if route.pk in days.driven
            else reverse("routing:plan", args=[plan.public_id])
        )
        title = ngettext(
            "Route of %(truck)s: %(num)s stop",
            "Route of %(truck)s: %(num)s stops",
            len(stops),
        )
        yield Event(
            name=f"route-{plan.pool.public_id}-{route.vehicle.public_id}-{on}",
            starts=at_local(on, route.start_s),
            ends=at_local(on, route.end_s),
            title=title % {"truck": route.vehicle.name, "num": len(stops)},
            text="\n".join(_way(route, stops)),
            place=_where(route.home),
            url=address(page),
            is_busy=route.pk in days.driven,
        )


def loan_events(days: LoanDays, address: Address) -> Iterator[Event]:
    """Each loan in its hours; to whom a truck is lent is for its two sides alone."""
    for loan in days.loans:
        on = loan.service_on
        is_offered = loan.status == VehicleLoan.Status.OFFERED
        yield Event(
            name=f"loan-{loan.public_id}",
            starts=at_local(on, loan.shift_start_s),
            ends=at_local(on, loan.shift_end_s),
            title=_loan_title(loan, days),
            text=_("Offered: not agreed yet.") if is_offered else "",
            url=address(reverse("routing:calendar_week", args=[on])),
            status=Status.TENTATIVE if is_offered else Status.CONFIRMED,
        )


def _titled(sentence: str, cycle: Cycle) -> str:
    return sentence % {"cycle": cycle.name}


def _way(route: Route, stops: list[Stop]) -> Iterator[str]:
    """The day of a truck, a line for each place."""
    yield f"{clock(route.start_s)} · {_('Start')} · {_where(route.home)}"
    for stop in stops:
        yield f"{clock(stop.service_start_s)} · {_where(stop.place)}"
    yield f"{clock(route.end_s)} · {_('Return')} · {_where(route.home)}"


def _where(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.address) if part)


def _loan_title(loan: VehicleLoan, days: LoanDays) -> str:
    said = {
        "truck": loan.vehicle.name,
        "owner": loan.vehicle.owner.name,
        "pool": loan.pool.name if loan.pool else "",
    }
    is_mine = loan.vehicle.owner_id in days.owners
    if loan.pool_id is None:
        return _("%(truck)s: kept by %(owner)s") % said
    if is_mine:
        return _("%(truck)s: lent to %(pool)s") % said
    if loan.pool_id in days.pools:
        return _("%(truck)s: borrowed from %(owner)s") % said
    return _("%(truck)s: lent elsewhere") % said
