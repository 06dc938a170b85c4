"""The gate of a cycle: orders pass while it is open, the close shuts it once.

An order counts itself as the last thing of its transaction, with one conditional
UPDATE: the row is locked for that instant only, and an order that meets a closing
cycle is undone whole. So the close never waits for stock that an order holds while
that order waits for the close.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from hub.core.errors import CycleClosed, CycleNotClosed, CycleNotOpen
from hub.core.happenings import Event
from hub.models import Cycle
from hub.services.cycle_events import tell_cycle


def pass_open_gate(*, cycle_id: int, now: datetime) -> None:
    """Count one change of an open cycle: its revision rises.

    Raises CycleClosed when it is not open, or its hour has passed.
    """
    passed = Cycle.objects.filter(
        pk=cycle_id, status=Cycle.Status.OPEN, closes_at__gt=now, opens_at__lte=now
    ).update(revision=F("revision") + 1)
    if not passed:
        raise CycleClosed(cycle=str(Cycle.objects.get(pk=cycle_id)))


@transaction.atomic
def shut_gate(*, cycle_id: int) -> Cycle:
    """Let no order pass any more; the first step of a close, safe to repeat.

    Raises CycleNotOpen for a draft or a cancelled cycle.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
    if cycle.status in {Cycle.Status.CLOSING, Cycle.Status.CLOSED}:
        return cycle
    if cycle.status != Cycle.Status.OPEN:
        raise CycleNotOpen(cycle=cycle.name)
    cycle.status = Cycle.Status.CLOSING
    cycle.save(update_fields=["status"])
    return cycle


def pass_shut_gate(*, cycle_id: int) -> None:
    """Count one change that the close itself makes before it shares out.

    Raises CycleClosed when the cycle is not being closed.
    """
    passed = Cycle.objects.filter(pk=cycle_id, status=Cycle.Status.CLOSING).update(
        revision=F("revision") + 1
    )
    if not passed:
        raise CycleClosed(cycle=str(Cycle.objects.get(pk=cycle_id)))


def require_shut(*, cycle_id: int) -> None:
    """Stop a close that was on its way while the cycle was opened again.

    Call it with the close written down: whoever opens the cycle again waits for that.
    Raises CycleNotOpen.
    """
    cycle = Cycle.objects.get(pk=cycle_id)
    if cycle.status != Cycle.Status.CLOSING:
        raise CycleNotOpen(cycle=cycle.name)


def open_again(*, cycle_id: int, closes_at: datetime) -> None:
    """Let orders pass a closed cycle's gate once more, until `closes_at`.

    The last step of a reopening; plans made before are old. Raises CycleNotClosed.
    """
    passed = Cycle.objects.filter(pk=cycle_id, status=Cycle.Status.CLOSED).update(
        status=Cycle.Status.OPEN,
        closes_at=closes_at,
        closed_at=None,
        revision=F("revision") + 1,
    )
    if not passed:
        raise CycleNotClosed(cycle=str(Cycle.objects.get(pk=cycle_id)))
    tell_cycle(Event.CYCLE_REOPENED, Cycle.objects.get(pk=cycle_id))


def mark_closed(*, cycle_id: int, now: datetime) -> None:
    """The last step of a close, in the transaction that shared the goods out."""
    Cycle.objects.filter(pk=cycle_id).update(
        status=Cycle.Status.CLOSED, closed_at=now, revision=F("revision") + 1
    )
    tell_cycle(Event.CYCLE_CLOSED, Cycle.objects.get(pk=cycle_id))


def count_change(*, cycle_id: int) -> None:
    """What will be carried has changed after the close: plans built before are old."""
    Cycle.objects.filter(pk=cycle_id).update(revision=F("revision") + 1)
