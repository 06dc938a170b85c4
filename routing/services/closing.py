"""Closing a cycle with the costs of picking up, which the floor below cannot know."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from hub import selectors as hub_selectors
from hub.core.periods import monday_of
from hub.services import jobs
from orders import selectors as order_selectors
from orders import services as order_services
from producers import selectors as producer_selectors
from routing import bridge, selectors
from routing.core.pickups import pickup_cost_cents
from routing.services.ways import streets

if TYPE_CHECKING:
    from hub.models import Cycle, Job, Person
    from orders.models import CycleClosing
    from routing.travel.base import TravelProvider


RETRY_AFTER = timedelta(minutes=10)


@transaction.atomic
def request_close(*, cycle: Cycle, by: Person | None) -> Job:
    """Ask for the close of a cycle; the caller then sends "routing.close_cycle".

    Pressing twice finds the first job; pressing after it failed, or once the cycle was
    opened again, asks anew.
    """
    num_reopenings = order_selectors.reopenings_of(cycle).count()
    name = f"{cycle.pk}.{num_reopenings}" if num_reopenings else str(cycle.pk)
    num_earlier = cycle.hub.jobs.filter(
        kind=selectors.CLOSE_KIND, payload__cycle=cycle.pk, state="failed"
    ).count()
    return jobs.request_job(
        kind=selectors.CLOSE_KIND,
        key=f"{selectors.CLOSE_KIND}:{name}:{num_earlier}",
        payload={"cycle": cycle.pk, "close": order_selectors.name_of_close(cycle)},
        organization=cycle.hub,
        by=by,
    )


def request_due_closes(*, now: datetime) -> list[Job]:
    """Ask for the close of every cycle whose hour has passed.

    A cycle whose close just failed waits: a person has something to mend first.
    """
    asked = []
    for cycle in hub_selectors.cycles_to_close(now=now):
        failed_lately = cycle.hub.jobs.filter(
            kind=selectors.CLOSE_KIND,
            payload__cycle=cycle.pk,
            state="failed",
            ended_at__gt=now - RETRY_AFTER,
        )
        if not failed_lately.exists():
            asked.append(request_close(cycle=cycle, by=None))
    return asked


def close_with_costs(
    *,
    cycle: Cycle,
    by: Person | None,
    now: datetime,
    travel: TravelProvider | None = None,
) -> CycleClosing:
    """Close a cycle, telling the allocation what each farm's pick-up costs.

    Raises what `orders.services.close_cycle` raises.
    """
    costs = pickup_costs(cycle=cycle, travel=travel)
    return order_services.close_cycle(
        cycle_id=cycle.pk, by=by, now=now, pickup_costs=costs
    )


def pickup_costs(
    *, cycle: Cycle, travel: TravelProvider | None = None
) -> dict[int, int]:
    """Cents that a stop at each farm of the cycle's list adds, by farm id.

    Empty without trucks; a farm without a place in Quebec is left out: costs only
    rank farms, so a gap is no reason to refuse a close.
    """
    day = bridge.pickups_for(
        vehicles=selectors.vehicles_of_hub(cycle.hub_id), farm_ids=_farm_ids(cycle)
    )
    if not day.vehicles or not day.farms:
        return {}
    matrix = (travel or streets()).matrix_for(day.points)
    return {
        farm_id: pickup_cost_cents(day.vehicles, matrix, place=place)
        for farm_id, place in day.farms.items()
    }


def _farm_ids(cycle: Cycle) -> set[int]:
    rows = producer_selectors.offers_for(cycle.hub, monday_of(cycle.service_on))
    return {farm_id for row in rows for farm_id in row.farm_ids}
