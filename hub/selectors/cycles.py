"""Order cycles, and the weeks they deliver in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from hub.core.periods import monday_of
from hub.models import Cycle, Organization, Person
from hub.selectors.organizations import hubs_coordinated_by, hubs_joined_by


def cycles_seen_by(person: Person) -> QuerySet[Cycle]:
    """Cycles of the person's hubs; drafts only for those who coordinate them."""
    return (
        Cycle.objects.filter(hub__in=hubs_joined_by(person))
        .exclude(
            ~Q(hub__in=hubs_coordinated_by(person)),
            status__in=[Cycle.Status.DRAFT, Cycle.Status.CANCELLED],
        )
        .select_related("hub")
    )


def cycles_taking_orders(person: Person, *, now: datetime) -> QuerySet[Cycle]:
    """Cycles of the person's hubs in which an order can be placed now."""
    return (
        cycles_seen_by(person)
        .filter(status=Cycle.Status.OPEN, opens_at__lte=now, closes_at__gt=now)
        .order_by("closes_at", "id")
    )


def cycles_to_close(*, now: datetime) -> QuerySet[Cycle]:
    """Cycles whose hour has passed, and those whose close was cut in the middle."""
    due = Q(status=Cycle.Status.OPEN, closes_at__lte=now)
    cut = Q(status=Cycle.Status.CLOSING)
    return Cycle.objects.filter(due | cut).select_related("hub").order_by("pk")


def closed_cycles_on(
    *, hub_ids: Iterable[int], on: date, beside: Iterable[int] = ()
) -> QuerySet[Cycle]:
    """The closed cycles of these hubs that are delivered on a day, in ascending id.

    `beside` names cycles of another day of which goods ride on this one all the same.
    """
    return Cycle.objects.filter(
        Q(service_on=on) | Q(pk__in=beside),
        hub_id__in=hub_ids,
        status=Cycle.Status.CLOSED,
    ).order_by("pk")


def closed_cycles_since(
    *, hub_ids: Iterable[int], since: date, beside: Iterable[int] = ()
) -> QuerySet[Cycle]:
    """The closed cycles of these hubs that are delivered on a day or later.

    `beside` names earlier ones of which goods ride since then all the same.
    """
    return Cycle.objects.filter(
        Q(service_on__gte=since) | Q(pk__in=beside),
        hub_id__in=hub_ids,
        status=Cycle.Status.CLOSED,
    ).order_by("service_on", "pk")


def cycles_in_week(hub: Organization, week_on: date) -> QuerySet[Cycle]:
    """The cycles of `hub` that deliver in the week of that Monday."""
    return hub.cycles.filter(service_on__range=(week_on, week_on + timedelta(days=6)))


def is_week_closed(hub: Organization, week_on: date) -> bool:
    """Whether orders of the week were closed and no cycle of it is still to come."""
    statuses = set(cycles_in_week(hub, week_on).values_list("status", flat=True))
    to_come = {Cycle.Status.DRAFT, Cycle.Status.OPEN}
    over = {Cycle.Status.CLOSING, Cycle.Status.CLOSED}
    return bool(statuses & over) and not statuses & to_come


def week_to_fill(hub: Organization, today: date) -> date:
    """The week of the next cycle that buyers can still order in, or next week."""
    to_come = hub.cycles.filter(
        status__in=[Cycle.Status.DRAFT, Cycle.Status.OPEN], service_on__gte=today
    )
    next_on = to_come.order_by("service_on").values_list("service_on", flat=True)
    return monday_of(next_on.first() or today + timedelta(days=7))


def cycles_run_by(person: Person) -> QuerySet[Cycle]:
    """Cycles of the hubs the person coordinates, whatever their status."""
    return Cycle.objects.filter(hub__in=hubs_coordinated_by(person)).select_related(
        "hub"
    )


def last_cycle_of(hub: Organization) -> Cycle | None:
    """The cycle delivered last, to be copied; a cancelled one does not count."""
    return (
        Cycle.objects.filter(hub=hub)
        .exclude(status=Cycle.Status.CANCELLED)
        .order_by("-service_on", "-id")
        .first()
    )


def cycle_named(public_id: str) -> Cycle | None:
    """A cycle under its public name; for services that already hold the name."""
    return Cycle.objects.filter(public_id=public_id).first()
