"""Cycles: made, corrected, opened. Orders pass and the close happens elsewhere.

The gate that orders pass is `hub.services.cycle_gate`; sharing out at the close is
the orders floor's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from hub import selectors
from hub.core.errors import (
    CycleNotDraft,
    CycleNotEditable,
    CycleOutOfOrder,
    CyclePast,
    CycleWeekFixed,
    HubWithoutDock,
    NameTaken,
)
from hub.core.happenings import Event
from hub.core.periods import at_local, local_clock, monday_of
from hub.core.trail import Kind
from hub.models import Cycle, Organization
from hub.services.cycle_events import tell_cycle
from hub.services.trail import Fact, record, record_all

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """What a coordinator decides about a cycle; aware moments.

    Raises CycleOutOfOrder: a cycle opens, closes, and is delivered, in this order.
    """

    name: str
    opens_at: datetime
    closes_at: datetime
    service_on: date
    flow: str = Cycle.Flow.DIRECT

    def __post_init__(self) -> None:
        is_in_order = self.opens_at < self.closes_at
        if not is_in_order or local_clock(self.closes_at)[0] > self.service_on:
            raise CycleOutOfOrder


def one_week_later(cycle: Cycle, *, name: str) -> CycleFacts:
    """The same cycle a week on: clocks on the wall show the same hours."""
    opens_on, opens_s = local_clock(cycle.opens_at)
    closes_on, closes_s = local_clock(cycle.closes_at)
    return CycleFacts(
        name=name,
        opens_at=at_local(opens_on + _WEEK, opens_s),
        closes_at=at_local(closes_on + _WEEK, closes_s),
        service_on=cycle.service_on + _WEEK,
        flow=cycle.flow,
    )


@transaction.atomic
def create_cycle(*, hub: Organization, facts: CycleFacts) -> Cycle:
    """Prepare a cycle as a draft that only the coordination sees.

    Raises HubWithoutDock and NameTaken.
    """
    cycle = Cycle(hub=hub)
    _write(cycle, facts)
    record(_fact(Kind.CYCLE_MADE, cycle, {}, _said(cycle)))
    return cycle


@transaction.atomic
def edit_cycle(*, cycle_id: int, facts: CycleFacts) -> Cycle:
    """Correct a draft or an open cycle; its revision rises.

    An open cycle keeps its week, for which stock is promised. Raises CycleWeekFixed,
    CycleNotEditable once it takes no more orders, HubWithoutDock, and NameTaken.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if cycle.status not in {Cycle.Status.DRAFT, Cycle.Status.OPEN}:
        raise CycleNotEditable(cycle=cycle.name)
    moves = monday_of(facts.service_on) != monday_of(cycle.service_on)
    if moves and cycle.status == Cycle.Status.OPEN:
        raise CycleWeekFixed(cycle=cycle.name)
    cycle.revision += 1
    before = _said(cycle)
    _write(cycle, facts)
    record(_fact(Kind.CYCLE_EDITED, cycle, before, _said(cycle)))
    if cycle.status == Cycle.Status.OPEN:
        tell_cycle(Event.CYCLE_CHANGED, cycle)
    return cycle


@transaction.atomic
def open_cycle(*, cycle_id: int, now: datetime) -> Cycle:
    """Let buyers order from `now` on, even before the hour that was set.

    Opening an open cycle changes nothing. Raises CycleNotDraft and CyclePast.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if cycle.status == Cycle.Status.OPEN:
        return cycle
    if cycle.status != Cycle.Status.DRAFT:
        raise CycleNotDraft(cycle=cycle.name)
    if cycle.closes_at <= now:
        raise CyclePast(cycle=cycle.name)
    cycle.opens_at = min(cycle.opens_at, now)
    cycle.status = Cycle.Status.OPEN
    cycle.revision += 1
    cycle.save(update_fields=["opens_at", "status", "revision"])
    record(_fact(Kind.CYCLE_OPENED, cycle, {}, {}))
    tell_cycle(Event.CYCLE_OPENED, cycle)
    return cycle


@transaction.atomic
def cancel_draft(*, cycle_id: int) -> Cycle:
    """Give up a draft; its name is free again. Raises CycleNotDraft."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if cycle.status == Cycle.Status.CANCELLED:
        return cycle
    if cycle.status != Cycle.Status.DRAFT:
        raise CycleNotDraft(cycle=cycle.name)
    record(_fact(Kind.CYCLE_CANCELLED, cycle, {}, {}))
    cycle.status = Cycle.Status.CANCELLED
    cycle.name = f"{cycle.name[:60]} ({cycle.public_id})"
    cycle.revision += 1
    cycle.save(update_fields=["status", "name", "revision"])
    return cycle


@transaction.atomic
def open_due_cycles(*, now: datetime) -> int:
    """Open every draft whose hour has come; called again and again by the clock.

    A draft found after its closing hour stays a draft: the page of the day says so.
    Gives how many were opened.
    """
    # The clock and a coordinator who opens at the same moment wait for each other.
    due = list(
        Cycle.objects.select_for_update()
        .filter(status=Cycle.Status.DRAFT, opens_at__lte=now, closes_at__gt=now)
        .order_by("pk")
    )
    Cycle.objects.filter(pk__in=[cycle.pk for cycle in due]).update(
        status=Cycle.Status.OPEN, revision=F("revision") + 1
    )
    record_all(
        [_fact(Kind.CYCLE_OPENED, cycle, {}, {}, rule="opening_hour") for cycle in due]
    )
    for cycle in due:
        tell_cycle(Event.CYCLE_OPENED, cycle)
    return len(due)


def _said(cycle: Cycle) -> dict[str, Any]:
    return {
        "name": cycle.name,
        "opens_at": cycle.opens_at.isoformat(),
        "closes_at": cycle.closes_at.isoformat(),
        "service_on": cycle.service_on.isoformat(),
        "flow": cycle.flow,
    }


def _fact(
    kind: Kind,
    cycle: Cycle,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    rule: str = "",
) -> Fact:
    return Fact(
        kind=kind,
        subject=(cycle.public_id, cycle.name),
        concerns=[cycle.hub_id],
        before=before,
        after=after,
        rule=rule,
    )


def _write(cycle: Cycle, facts: CycleFacts) -> None:
    cycle.name = facts.name.strip()
    cycle.opens_at = facts.opens_at
    cycle.closes_at = facts.closes_at
    cycle.service_on = facts.service_on
    cycle.flow = facts.flow
    if cycle.flow == Cycle.Flow.CROSS_DOCK and selectors.dock_of(cycle.hub_id) is None:
        raise HubWithoutDock(hub=cycle.hub.name)
    try:
        with transaction.atomic():
            cycle.save()
    except IntegrityError as error:
        raise NameTaken(name=cycle.name) from error
