"""What the ground floor says of the day, and what the floors above left for reports."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from hub.core.errors import N_
from hub.core.first_steps import Missing, Step, few
from hub.core.indicators import Fact, Totals, totals_of
from hub.core.periods import local_clock, monday_of
from hub.models import (
    Cycle,
    IndicatorFact,
    Invitation,
    Membership,
    Organization,
    Place,
)

_SOON = timedelta(hours=24)
_PINNED = Q(latitude__isnull=False)
_NOT_HAD = (Cycle.Status.DRAFT, Cycle.Status.CANCELLED)


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


_NO_PLACE = N_("The hub has no place on the map yet.")
_ALONE = N_("You are alone here: invite a colleague.")
_NO_FARM = N_("No farm is a member yet.")
_NO_GATE = N_("No place on the map where trucks load: %(names)s.")
_NO_BUYER = N_("No group or institution is a member yet.")
_NO_DOOR = N_("No drop point on the map: %(names)s.")
_NO_PIN = N_("To be put on the map: %(names)s.")
_NO_CYCLE = N_("No cycle was opened yet.")


def is_beginning(hub: Organization) -> bool:
    """Whether a hub has not had a cycle yet; drafts and samples are none."""
    return not Cycle.objects.filter(hub=hub).exclude(status__in=_NOT_HAD).exists()


def first_steps_missing(
    hub: Organization, *, beside: Collection[str] = ()
) -> list[Missing]:
    """What this floor finds missing before a first cycle; samples (`beside`) are not
    counted."""
    places = Place.objects.filter(is_active=True).exclude(public_id__in=beside)
    people = Membership.objects.filter(
        Q(organization=hub) | Q(organization__hub=hub), person__is_machine=False
    )
    waiting = Invitation.objects.filter(
        Q(organization=hub) | Q(organization__hub=hub), withdrawn_at=None
    )
    missing = []
    own = places.filter(organization=hub)
    if not own.filter(_PINNED).exists():
        nowhere = Missing(Step.HUB, _NO_PLACE, "hub:place_new")
        missing += _to_pin(Step.HUB, own) or [nowhere]
    if people.values("person").distinct().count() < 2 and not waiting.exists():
        page = "hub:my_organization"
        missing.append(Missing(Step.HUB, _ALONE, page, is_advice=True))
    members = Organization.objects.filter(hub=hub, is_active=True).exclude(
        public_id__in=beside
    )
    farms = members.filter(kind=Organization.Kind.PRODUCER)
    missing += _without(
        farms,
        places.filter(kind=Place.Kind.FARM),
        nobody=Missing(Step.FARMS, _NO_FARM, "hub:organization_new"),
        unplaced=Missing(Step.FARMS, _NO_GATE, "hub:place_new"),
    )
    doors = places.filter(kind__in=[Place.Kind.DROP_POINT, Place.Kind.HUB])
    shared = own.filter(_PINNED, kind=Place.Kind.DROP_POINT)
    buyers = members.filter(
        kind__in=[Organization.Kind.BUYER_GROUP, Organization.Kind.INSTITUTION]
    )
    told = _without(
        buyers,
        doors,
        nobody=Missing(Step.BUYERS, _NO_BUYER, "hub:organization_new"),
        unplaced=Missing(Step.BUYERS, _NO_DOOR, "hub:place_new"),
    )
    # A drop point of the hub serves every buyer.
    missing += [one for one in told if one.sentence == _NO_BUYER or not shared.exists()]
    if is_beginning(hub):
        missing.append(Missing(Step.CYCLE, _NO_CYCLE, "hub:cycles"))
    return missing


def _without(
    members: QuerySet[Organization],
    places: QuerySet[Place],
    *,
    nobody: Missing,
    unplaced: Missing,
) -> list[Missing]:
    """What these members lack: themselves, a place for some of them, or its pin."""
    if not members.exists():
        return [nobody]
    lacking = members.exclude(pk__in=places.filter(_PINNED).values("organization"))
    waiting = places.filter(organization__in=lacking)
    without = lacking.exclude(pk__in=waiting.values("organization")).order_by("name")
    told = _to_pin(unplaced.step, waiting)
    if names := list(without.values_list("name", flat=True)[:4]):
        told.append(replace(unplaced, data={"names": few(names)}))
    return told


def _to_pin(step: Step, waiting: QuerySet[Place]) -> list[Missing]:
    """Places that a step needs and that nobody put on the map yet, if any."""
    names = list(waiting.order_by("name").values_list("name", flat=True)[:4])
    data = {"names": few(names)}
    return [Missing(step, _NO_PIN, "hub:places", data)] if names else []


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
