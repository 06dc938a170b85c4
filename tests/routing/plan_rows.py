"""A plan as pages read it, without the names of its rows: two of them compare."""

import json

from routing.models import Plan, Stop, StopAction


def rows_of(plan: Plan) -> list[object]:
    """All that pages read of a plan."""
    routes = list(
        plan.routes.order_by("number").values_list(
            "number", "vehicle__name", "start_s", "end_s", "distance_m", "cost_cents"
        )
    )
    stops = list(
        Stop.objects.filter(route__plan=plan)
        .order_by("route__number", "sequence")
        .values_list(
            "place_id", "arrival_s", "service_start_s", "departure_s", "load_after"
        )
    )
    actions = list(
        StopAction.objects.filter(stop__route__plan=plan)
        .order_by("stop__route__number", "stop__sequence", "kind", "shipment_id")
        .values_list("stop__sequence", "shipment_id", "kind", "amounts")
    )
    left = list(plan.unserved.order_by("pk").values_list("shipment_id", "reason_code"))
    totals = (plan.cost_cents, plan.penalty_cents, plan.distance_m, plan.duration_s)
    lines = list(plan.routes.order_by("number").values_list("legs", flat=True))
    return [routes, stops, actions, left, totals, lines]


def written(plan: Plan) -> str:
    """The document of a plan."""
    return json.dumps(plan.solution, sort_keys=True)
