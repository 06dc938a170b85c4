"""Who drives: one person, one wheel at a time, whichever pool the truck rides for.

Whoever names a driver holds the row of that person until the end, so that two pools
which ask for the same person at the same hours take turns.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from hub.core.ids import new_public_id
from hub.core.letters import Kind
from hub.services import notices, people
from routing import selectors
from routing.core.errors import (
    DriverBusy,
    DriverBusyElsewhere,
    DriverNeeded,
    LicenceMissing,
)
from routing.core.lending import overlap
from routing.models import Plan, Route

if TYPE_CHECKING:
    from hub.models import Person

_OF_A_ROUTE = (Kind.PLAN_DRIVER, Kind.ROUTE_HANDED_OVER)


@transaction.atomic
def name_driver(*, route: Route, driver: Person | None) -> Route:
    """Say who drives a route, or that nobody is named yet.

    Nobody drives two routes at the same time. Once the trucks have left, a route keeps
    a driver, and one whose licence holds that day; who takes it over and who had it are
    told, once. Raises DriverBusy, DriverBusyElsewhere, DriverNeeded, LicenceMissing;
    then nothing has changed.
    """
    plan = Plan.objects.select_for_update().get(pk=route.plan_id)
    route = _with_its_plan(route)
    is_gone = plan.dispatched_at is not None
    if driver is None and is_gone:
        raise DriverNeeded(vehicle=route.vehicle.name)
    if driver is not None:
        people.hold(pks=[driver.pk])
        if is_gone and selectors.licence_faults(driver, plan.service_on):
            raise LicenceMissing(driver=str(driver), on=plan.service_on)
        _require_free(route, driver)
        if is_gone and driver.pk != route.driver_id:
            _tell_handover(route, driver)
    route.driver = driver
    route.save(update_fields=["driver"])
    return route


def _with_its_plan(route: Route) -> Route:
    known = Route.objects.select_related(
        "vehicle__owner", "home", "driver", "plan__pool__coordinator"
    )
    return known.prefetch_related("stops__place").get(pk=route.pk)


def _tell_handover(route: Route, driver: Person) -> None:
    """Leave the notices that were previewed; each handing over is told anew.

    What has not left yet of the route's earlier letters does not: that somebody drives
    it who does not any more, or that who drives it now does not.
    """
    occasion = new_public_id()
    dispatch, vehicle = selectors.name_of_dispatch(route.plan), route.vehicle.name
    drive, left = (f"{kind}:{vehicle}:" for kind in _OF_A_ROUTE)
    notices.overtake(
        about=[f"dispatched:{dispatch}:{drive}", f"handover:{dispatch}:{drive}"]
    )
    notices.overtake(about=[f"handover:{dispatch}:{left}"], people=[driver])
    for telling in selectors.handover_tellings(route, driver):
        notices.leave(
            kind=telling.kind,
            key=f"handover:{dispatch}:{telling.name}:{occasion}",
            data=telling.data,
            hub=route.plan.pool.coordinator,
            people=telling.people,
        )


def keep_drivers(plan: Plan, before: Plan | None) -> None:
    """Who was named to drive a truck still drives it by the new plan.

    Everybody named in it is held, and refused where they drive elsewhere at the same
    hours. Raises DriverBusy, DriverBusyElsewhere.
    """
    routes = list(plan.routes.select_related("vehicle", "plan", "driver"))
    if before is not None:
        named = {
            route.vehicle_id: route.driver
            for route in before.routes.exclude(driver=None).select_related("driver")
        }
        for route in routes:
            if route.driver_id is None and route.vehicle_id in named:
                route.driver = named[route.vehicle_id]
                route.save(update_fields=["driver"])
    require_free(routes)


def require_free(routes: Iterable[Route]) -> None:
    """Hold everybody who drives these routes, and refuse two wheels at once.

    Raises DriverBusy, DriverBusyElsewhere.
    """
    driven = [route for route in routes if route.driver is not None]
    people.hold(pks=[route.driver_id for route in driven if route.driver_id])
    for route in driven:
        if route.driver is not None:
            _require_free(route, route.driver)


def _require_free(route: Route, driver: Person) -> None:
    plan = route.plan
    elsewhere = Q(
        plan__service_on=plan.service_on, plan__status=Plan.Status.PUBLISHED
    ) & ~Q(plan__pool=plan.pool_id)
    others = Route.objects.filter(Q(plan=plan) | elsewhere, driver=driver)
    for other in others.exclude(pk=route.pk).select_related("vehicle"):
        if not overlap((route.start_s, route.end_s), (other.start_s, other.end_s)):
            continue
        if other.plan_id == plan.pk:
            raise DriverBusy(driver=str(driver), vehicle=other.vehicle.name)
        raise DriverBusyElsewhere(driver=str(driver), on=plan.service_on)
