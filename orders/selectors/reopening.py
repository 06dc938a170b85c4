"""What a closed cycle would be again, and who is concerned by its reopening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from hub import selectors as hub_selectors
from hub.core.periods import local_clock
from orders.core.reopening import Held, Restored, Shelf, restore
from orders.models import (
    CycleClosing,
    CycleReopening,
    LineSource,
    Order,
    OrderLine,
    Shipment,
)

if TYPE_CHECKING:
    from hub.models import Cycle, Organization


def reopenings_of(cycle: Cycle) -> QuerySet[CycleReopening]:
    """How often a cycle was opened again, the latest first, with who did it."""
    rows = CycleReopening.objects.filter(cycle=cycle).select_related("reopened_by")
    return rows.order_by("-pk")


def name_of_close(cycle: Cycle) -> str:
    """What tells one close of a cycle from the next."""
    number = CycleReopening.objects.filter(cycle=cycle).count()
    return f"{cycle.public_id}.{number}" if number else cycle.public_id


def pks_of_orders(cycle: Cycle, status: str) -> list[int]:
    """The orders of a cycle in one state, by pk."""
    rows = Order.objects.filter(cycle=cycle, status=status)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def farms_of_cycle(cycle: Cycle) -> list[Organization]:
    """The farms whose goods stand behind the orders of a cycle, by name."""
    pks = (
        LineSource.objects.filter(line__order__cycle=cycle)
        .exclude(line__order__status=Order.Status.CANCELLED)
        .values_list("availability__offer__variant__product__producer_id", flat=True)
    )
    return list(hub_selectors.organizations_by_pk(list(pks)).order_by("name", "pk"))


def shipments_under_way(cycle: Cycle) -> int:
    """Shipments of a cycle that are delivered, or of which something was decided."""
    rows = Shipment.objects.filter(cycle=cycle).exclude(
        status=Shipment.Status.TAKEN_BACK
    )
    return rows.exclude(decision="", status=Shipment.Status.READY).count()


def allocated_lines(cycle: Cycle) -> list[OrderLine]:
    """The lines of a closed cycle with their order and their sources."""
    lines = OrderLine.objects.filter(
        order__cycle=cycle, order__status=Order.Status.ALLOCATED
    ).select_related(
        "order__buyer",
        "order__cycle",
        "order__envelope__programme",
        "order__envelope__group",
        "offer__variant__product",
        "pooled_offer",
    )
    lines = lines.prefetch_related("sources", "order__envelope__families")
    return list(lines.order_by("order__buyer__name", "pk"))


def what_comes_back(
    closing: CycleClosing,
    sources: Iterable[LineSource],
    rows: Mapping[int, tuple[int, int]],
) -> Restored:
    """What each line would hold again; `rows` are (quantity, reserved) by row."""
    found = list(sources)
    here: Counter[int] = Counter()
    for source in found:
        here[source.availability_id] += source.reserved
    before = closing.before.get("sources")
    elsewhere = closing.before.get("elsewhere", {})
    shelves = {
        pk: Shelf(
            quantity=quantity,
            elsewhere=reserved - here[pk],
            elsewhere_before=elsewhere.get(str(pk)),
        )
        for pk, (quantity, reserved) in rows.items()
    }
    held = [
        Held(
            line_id=source.line_id,
            availability_id=source.availability_id,
            before=source.reserved if before is None else before.get(str(source.pk), 0),
            given=source.reserved,
        )
        for source in found
    ]
    return restore(held, shelves)


def facts_of_reopening(
    cycle: Cycle, *, closes_at: datetime, reason: str, is_farm: bool
) -> dict[str, Any]:
    """What is told of a reopening; also before it, in a preview."""
    until_on, until_s = local_clock(closes_at)
    return {
        "cycle": cycle.name,
        "service_on": cycle.service_on.isoformat(),
        "until_on": until_on.isoformat(),
        "until_s": until_s,
        "reason": reason,
        "is_farm": is_farm,
    }
