"""Events of plans, routes and stops for programs, left with what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.happenings import Event
from hub.services import happenings
from routing import selectors

if TYPE_CHECKING:
    from routing.models import DaySettlement, Plan, Route, StopRecord


def tell_published(plan: Plan) -> None:
    """Tell the hubs of a pool which plan its day is driven by."""
    facts = {**_plan_facts(plan), "num_routes": plan.routes.count()}
    hubs = selectors.hubs_of_pool(plan.pool)
    happenings.leave(kind=Event.PLAN_PUBLISHED, facts=dict.fromkeys(hubs, facts))


def tell_stops(
    kind: Event, plan: Plan, routes: Iterable[Route], concerned: Collection[int] = ()
) -> None:
    """Tell hubs of every stop of some routes, farms and buyers of their own ones.

    `concerned` are told also when no stop is left to them.
    """
    hubs = selectors.hubs_of_pool(plan.pool)
    told = hub_selectors.family_listening(kind, hubs)
    if not told:
        return
    stops = selectors.stops_by_organization(routes)
    of: dict[int, list[dict[str, Any]]] = {pk: [] for pk in concerned}
    of |= {pk: own for pk, own in stops.items() if pk is not None}
    of |= dict.fromkeys(hubs, stops.get(None, []))
    facts = {
        pk: {**_plan_facts(plan), "stops": own} for pk, own in of.items() if pk in told
    }
    if facts:
        happenings.leave(kind=kind, facts=facts)


def tell_withdrawn(plan: Plan, *, was_sent: bool) -> None:
    """Tell that no truck makes a plan's stops; hubs alone before the dispatch."""
    if was_sent:
        tell_stops(Event.PLAN_WITHDRAWN, plan, plan.routes.all())
        return
    stops = selectors.stops_by_organization(plan.routes.all()).get(None, [])
    facts = {**_plan_facts(plan), "stops": stops}
    hubs = selectors.hubs_of_pool(plan.pool)
    happenings.leave(kind=Event.PLAN_WITHDRAWN, facts=dict.fromkeys(hubs, facts))


def tell_stops_done(route: Route, records: Collection[StopRecord]) -> None:
    """Tell hubs, and the owners of the places, what stands of stops just driven."""
    plan = route.plan
    hubs = selectors.hubs_of_pool(plan.pool)
    told = hub_selectors.family_listening(Event.STOP_DONE, hubs) if records else ()
    if not told:
        return
    for record in records:
        stop = record.stop
        facts = {
            **_plan_facts(plan),
            "route_number": route.number,
            "stop_id": stop.public_id,
            "place_id": stop.place.public_id,
            "status": record.status,
            "done_at": record.done_at.isoformat() if record.done_at else None,
        }
        concerned = {*hubs, stop.place.organization_id} & set(told)
        if concerned:
            happenings.leave(
                kind=Event.STOP_DONE, facts=dict.fromkeys(concerned, facts)
            )


def tell_settled(settlement: DaySettlement) -> None:
    """Tell the hubs of a pool that the routes of a day are paid and shared."""
    facts = {**_plan_facts(settlement.plan), "cost_cents": settlement.cost_cents}
    hubs = selectors.hubs_of_pool(settlement.pool)
    happenings.leave(kind=Event.DAY_SETTLED, facts=dict.fromkeys(hubs, facts))


def _plan_facts(plan: Plan) -> dict[str, Any]:
    return {
        "plan_id": plan.public_id,
        "pool_id": plan.pool.public_id,
        "service_on": plan.service_on.isoformat(),
    }
