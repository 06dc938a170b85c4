"""Watching the cash of a hub: what the bank says, and a warning before it runs low."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.letters import Kind
from hub.services import notices
from orders import selectors
from orders.core.errors import PaidInFuture
from orders.models import CashWatch

if TYPE_CHECKING:
    from hub.models import Organization


@transaction.atomic
def state_cash(
    *,
    hub: "Organization",
    counted_cents: int,
    counted_on: date,
    warn_below_cents: int | None,
    today: date,
) -> CashWatch:
    """Write what the bank said at the end of a day, and the level to be warned at.

    A new level is a new watch: what is below it is told once. Raises PaidInFuture.
    """
    if counted_on > today:
        raise PaidInFuture(on=counted_on.isoformat())
    watch = _locked(hub)
    if watch.warn_below_cents != warn_below_cents:
        watch.is_low = False
    watch.counted_cents, watch.counted_on = counted_cents, counted_on
    watch.warn_below_cents = warn_below_cents
    watch.save()
    return watch


@transaction.atomic
def watch_cash(*, hub: "Organization", today: date) -> bool:
    """Tell the coordination, once a crossing, that the money will go below its level.

    Gives whether it was told now. Safe to run twice, also at once.
    """
    watch = _locked(hub)
    calendar = selectors.cash_calendar(hub, today=today)
    below = calendar.first_below
    if (below is not None) == watch.is_low:
        return False
    watch.is_low = below is not None
    if below is None:
        watch.save(update_fields=["is_low"])
        return False
    watch.num_warnings += 1
    watch.save(update_fields=["is_low", "num_warnings"])
    notices.leave(
        kind=Kind.CASH_LOW,
        key=f"cash-low:{hub.public_id}:{watch.num_warnings}",
        data={
            "below_on": below.on.isoformat(),
            "below_cents": below.position_cents,
            "low_on": calendar.low.on.isoformat(),
            "low_cents": calendar.low.position_cents,
            "level_cents": calendar.level_cents,
            "late_cents": calendar.late_cents,
        },
        hub=hub,
        organization=hub,
    )
    return True


def watch_every_hub(*, today: date) -> int:
    """Look ahead for every hub that has set a level; gives how many were told."""
    watches = CashWatch.objects.exclude(warn_below_cents=None).select_related("hub")
    return sum(watch_cash(hub=watch.hub, today=today) for watch in watches)


def _locked(hub: "Organization") -> CashWatch:
    CashWatch.objects.get_or_create(hub=hub)
    return CashWatch.objects.select_for_update().select_related("hub").get(hub=hub)
