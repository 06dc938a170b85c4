"""What the ground floor says of the day, and what the floors above left for reports."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from hub.core.indicators import Fact, Totals, totals_of
from hub.core.periods import local_clock, monday_of
from hub.models import Cycle, IndicatorFact, Organization, Place

_SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """Cycles that ask for a look now, each list in order of time."""

    open: list[Cycle]
    closing_soon: list[Cycle]
    late_to_open: list[Cycle]
    late_to_close: list[Cycle]
    is_next_week_missing: bool

    @property
    def is_all_well(self) -> bool:
        """Whether nothing asks for a hand."""
        return not (
            self.closing_soon
            or self.late_to_open
            or self.late_to_close
            or self.is_next_week_missing
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """One thing a hub needs before its first week, done or not."""

    code: str
    is_done: bool


def cycle_facts(hub: Organization, now: datetime) -> CycleFacts:
    """Look at a hub's cycles as they stand at `now`."""
    waiting = [Cycle.Status.DRAFT, Cycle.Status.OPEN, Cycle.Status.CLOSING]
    cycles = list(
        Cycle.objects.filter(hub=hub, status__in=waiting).order_by("closes_at")
    )
    next_monday = monday_of(local_clock(now)[0]) + timedelta(days=7)
    opened = [c for c in cycles if c.status == Cycle.Status.OPEN]
    return CycleFacts(
        open=[c for c in opened if c.closes_at > now],
        closing_soon=[c for c in opened if now < c.closes_at <= now + _SOON],
        late_to_open=[
            c for c in cycles if c.status == Cycle.Status.DRAFT and c.opens_at <= now
        ],
        late_to_close=[
            c for c in cycles if c.status != Cycle.Status.DRAFT and c.closes_at <= now
        ],
        is_next_week_missing=not any(
            cycle.service_on >= next_monday for cycle in cycles
        ),
    )


def first_steps(hub: Organization) -> list[FirstStep]:
    """What a new hub still lacks, in the order in which to do it."""
    kinds = set(
        Organization.objects.filter(hub=hub, is_active=True).values_list(
            "kind", flat=True
        )
    )
    places = set(
        Place.objects.filter(organization__hub=hub, is_active=True).values_list(
            "kind", flat=True
        )
    )
    has_dock = Place.objects.filter(organization=hub, is_active=True).exists()
    buyers = {Organization.Kind.BUYER_GROUP, Organization.Kind.INSTITUTION}
    done = {
        "dock": has_dock,
        "farm": Organization.Kind.PRODUCER in kinds,
        "buyer": bool(kinds & buyers),
        "drop_point": Place.Kind.DROP_POINT in places,
        "cycle": Cycle.objects.filter(hub=hub).exists(),
    }
    return [FirstStep(code=code, is_done=is_done) for code, is_done in done.items()]


def totals_between(hub: Organization, *, since: date, until: date) -> Totals:
    """The facts of a hub from one day to another, both included, added up."""
    rows = IndicatorFact.objects.filter(hub=hub, service_on__range=(since, until))
    return totals_of(
        Fact(
            key=row.key,
            on=row.service_on,
            measure=row.measure,
            value=row.value,
            detail=row.detail,
            num_people=row.num_people,
        )
        for row in rows
    )


def has_facts(hub: Organization, *, prefix: str) -> bool:
    """Whether figures were left under keys that begin so."""
    return IndicatorFact.objects.filter(hub=hub, key__startswith=prefix).exists()


def taken_at(hub: Organization, *, since: date, until: date) -> datetime | None:
    """When the latest of these figures was counted, or counted anew."""
    rows = IndicatorFact.objects.filter(hub=hub, service_on__range=(since, until))
    moment: datetime | None = rows.aggregate(last=Max("recorded_at"))["last"]
    return moment
