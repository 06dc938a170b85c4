"""What trucks ask of the coordination today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from routing.core.current import Moved
from routing.models import Plan
from routing.selectors.access import last_planning, pools_seen_by
from routing.selectors.days import ClassLoad, PoolDay, day_goods, days_of

if TYPE_CHECKING:
    from hub.models import Job, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """A day to come, with whatever still asks for a hand."""

    day: PoolDay
    is_unplanned: bool
    is_unpublished: bool
    moved: Moved | None
    num_unserved: int
    over: list[ClassLoad]
    failed: Job | None

    @property
    def is_on_the_road(self) -> bool:
        """Whether the trucks of the day were sent out, and the day is not settled."""
        plan = self.day.published
        if plan is None or plan.is_settled:
            return False
        return plan.plan.dispatched_at is not None

    @property
    def is_all_well(self) -> bool:
        """Whether nothing asks for a hand."""
        return not (
            self.is_unplanned
            or self.is_unpublished
            or self.moved
            or self.num_unserved
            or self.over
            or self.failed
        )


def today_facts(person: Person, today: date) -> list[DayFacts]:
    """Days to come of the pools this person plans with others, the nearest first.

    Queries grow with the days to come, which are few, never with their goods.
    """
    pools = list(pools_seen_by(person).prefetch_related("hubs"))
    return [_facts(day) for day in reversed(days_of(pools, since=today))]


def _facts(day: PoolDay) -> DayFacts:
    best = day.best
    job = last_planning(day.pool, day.service_on)
    return DayFacts(
        day=day,
        is_unplanned=best is None,
        is_unpublished=best is not None and best.plan.status != Plan.Status.PUBLISHED,
        moved=best.moved if best else None,
        num_unserved=best.num_unserved if best else 0,
        over=day_goods(day.pool, day.service_on).over,
        failed=job if job is not None and job.state == "failed" else None,
    )
