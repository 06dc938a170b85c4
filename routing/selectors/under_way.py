"""A day under way, as the coordination follows it: where, late, too warm, short."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from hub.core.periods import at_local
from orders import selectors as order_selectors
from routing.core.day import LATE_AFTER, StopHours, expected_arrivals, is_late
from routing.models import (
    FleetPool,
    HandledLine,
    Plan,
    Route,
    Stop,
    StopAction,
    StopRecord,
    StopTap,
    TemperatureReading,
)
from routing.selectors.sheets import NUM_STYLES, letter_of

if TYPE_CHECKING:
    from orders.selectors import ShortAtDock

OVER = (StopRecord.Status.LEFT, StopRecord.Status.MISSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadStop:
    """One stop as planned and as told; `short` counts units that did not come.

    `fewer` says what came short to the hub of goods that this stop takes on from there,
    or brings to their buyer.
    """

    mark: str
    stop: Stop
    status: str
    record: StopRecord | None
    is_late: bool
    expected_at: datetime | None
    short: int
    fewer: list[ShortAtDock]
    readings: list[TemperatureReading]

    @property
    def notes(self) -> list[str]:
        """What the driver wrote here."""
        if self.record is None:
            return []
        told = (self.record.loading, self.record.delivery, self.record.problem)
        return [tap.note for tap in told if tap is not None and tap.note]

    @property
    def warm(self) -> list[TemperatureReading]:
        """Goods above what the rule allows."""
        return [each for each in self.readings if each.is_too_warm]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadRoute:
    """One truck on the road."""

    plan_id: str
    number: int
    letter: str
    style: int
    vehicle: str
    driver: str
    phone: str
    stops: list[RoadStop]

    @property
    def num_over(self) -> int:
        """Stops that were left."""
        return sum(each.status in OVER for each in self.stops)

    @property
    def next_stop(self) -> RoadStop | None:
        """The first stop that was not left."""
        return next((each for each in self.stops if each.status not in OVER), None)

    @property
    def asks_for_a_hand(self) -> bool:
        """Whether a stop is late, warm, short, undone or told as a problem."""
        return any(
            each.is_late
            or each.warm
            or each.short
            or each.fewer
            or each.status == StopRecord.Status.MISSED
            or (each.record is not None and each.record.problem_id is not None)
            for each in self.stops
        )


def road_routes(plan: Plan, now: datetime) -> list[RoadRoute]:
    """The routes of a dispatched plan as they stand; a fixed number of queries."""
    records = StopRecord.objects.select_related(
        "loading", "delivery", "problem"
    ).prefetch_related(
        "readings",
        Prefetch("lines", HandledLine.objects.select_related("line")),
    )
    stops = Stop.objects.select_related("place").prefetch_related(
        Prefetch("record", records)
    )
    routes = plan.routes.select_related("vehicle", "driver").prefetch_related(
        Prefetch("stops", stops)
    )
    fewer = _fewer_by_stop(plan)
    return [
        RoadRoute(
            plan_id=plan.public_id,
            number=route.number,
            letter=letter_of(route.number),
            style=(route.number - 1) % NUM_STYLES + 1,
            vehicle=route.vehicle.name,
            driver=str(route.driver or ""),
            phone=route.driver.phone if route.driver else "",
            stops=[
                _road_stop(
                    stop,
                    letter_of(route.number),
                    now,
                    on=plan.service_on,
                    expected_at=expected_at,
                    fewer=fewer.get(stop.pk, []),
                )
                for stop, expected_at in _with_expected(route, plan.service_on, now)
            ],
        )
        for route in routes.order_by("number")
    ]


def late_taps(pool: FleetPool, service_on: date) -> QuerySet[StopTap]:
    """Taps of a day that came too late to count, whole or in part, the latest first."""
    return (
        StopTap.objects.filter(
            route__plan__pool=pool, route__plan__service_on=service_on
        )
        .exclude(late_reason="")
        .select_related("stop__place", "route__vehicle", "person")
        .order_by("-received_at", "-pk")
    )


def _fewer_by_stop(plan: Plan) -> dict[int, list[ShortAtDock]]:
    """What came short to the hub, by the stops that handle it afterwards."""
    pairs = list(
        StopAction.objects.filter(
            stop__route__plan=plan, shipment__leg="outbound"
        ).values_list("stop_id", "shipment_id")
    )
    short = order_selectors.short_at_dock({shipment_id for _, shipment_id in pairs})
    found: dict[int, list[ShortAtDock]] = defaultdict(list)
    for stop_id, shipment_id in pairs:
        found[stop_id] += short.get(shipment_id, [])
    return found


def _with_expected(
    route: Route, on: date, now: datetime
) -> list[tuple[Stop, datetime | None]]:
    """The stops in order, with the hour to expect where it is not the planned one.

    Only on the day itself: before and after it, nobody waits at a door.
    """
    stops = list(route.stops.all())
    if timezone.localdate(now) != on:
        return [(stop, None) for stop in stops]
    expected = expected_arrivals([_hours(stop, on) for stop in stops], now=now)
    return [
        (stop, at if at and at > at_local(on, stop.arrival_s) + LATE_AFTER else None)
        for stop, at in zip(stops, expected, strict=True)
    ]


def _hours(stop: Stop, on: date) -> StopHours:
    record: StopRecord | None = getattr(stop, "record", None)
    return StopHours(
        arrival_at=at_local(on, stop.arrival_s),
        service_at=at_local(on, stop.service_start_s),
        departure_at=at_local(on, stop.departure_s),
        arrived_at=_arrived_at(record),
        departed_at=record.departed_at if record else None,
    )


def _arrived_at(record: StopRecord | None) -> datetime | None:
    return record.arrived_at or record.done_at if record else None


def _road_stop(
    stop: Stop,
    letter: str,
    now: datetime,
    *,
    on: date,
    expected_at: datetime | None,
    fewer: list[ShortAtDock],
) -> RoadStop:
    record: StopRecord | None = getattr(stop, "record", None)
    lines = list(record.lines.all()) if record else []
    return RoadStop(
        mark=f"{letter}{stop.sequence}",
        stop=stop,
        status=record.status if record else StopRecord.Status.WAITING.value,
        record=record,
        is_late=is_late(
            planned_at=at_local(on, stop.arrival_s),
            told_at=_arrived_at(record),
            now=now,
        ),
        expected_at=expected_at,
        short=sum(
            each.line.quantity - each.units
            for each in lines
            if each.kind == StopAction.Kind.UNLOAD
        ),
        fewer=fewer,
        readings=list(record.readings.all()) if record else [],
    )
