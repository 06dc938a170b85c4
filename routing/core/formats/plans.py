"""Plan to and from JSON objects, field for field."""

from dataclasses import asdict
from typing import Any

from routing.core.errors import WrongType
from routing.core.formats.fields import Fields
from routing.core.matrix import Leg
from routing.core.plan import Plan, PlannedRoute, PlannedStop, Reason, Unserved


def plan_content(plan: Plan) -> dict[str, Any]:
    """A plan as plain lists and dictionaries."""
    return asdict(plan)


def plan_from(fields: Fields) -> Plan:
    """A plan as it was written; nothing is judged here."""
    return Plan(
        routes=tuple(_route(item) for item in fields.objects("routes")),
        unserved=tuple(
            Unserved(item.text("shipment_id"), _reason(item.inside("reason")))
            for item in fields.objects("unserved")
        ),
        cost_cents=fields.integer("cost_cents"),
        penalty_cents=fields.integer("penalty_cents"),
        distance_m=fields.integer("distance_m"),
        duration_s=fields.integer("duration_s"),
        matrix_digest=fields.text("matrix_digest"),
        engine=fields.text("engine"),
    )


def _reason(fields: Fields) -> Reason:
    data = fields.inside("data")
    for name, value in data.content.items():
        if type(value) not in (int, str):
            raise WrongType(
                field=f"{data.path}.{name}",
                expected="integer or string",
                value=repr(value)[:40],
            )
    return Reason(fields.text("code"), dict(data.content))


def _route(fields: Fields) -> PlannedRoute:
    return PlannedRoute(
        vehicle_id=fields.text("vehicle_id"),
        departure_s=fields.integer("departure_s"),
        return_s=fields.integer("return_s"),
        stops=tuple(_stop(item) for item in fields.objects("stops")),
        return_leg=_leg(fields.inside("return_leg")),
        distance_m=fields.integer("distance_m"),
        cost_cents=fields.integer("cost_cents"),
    )


def _stop(fields: Fields) -> PlannedStop:
    return PlannedStop(
        place_id=fields.text("place_id"),
        arrival_s=fields.integer("arrival_s"),
        service_start_s=fields.integer("service_start_s"),
        departure_s=fields.integer("departure_s"),
        leg=_leg(fields.inside("leg")),
        loads=fields.texts("loads", required=False),
        unloads=fields.texts("unloads", required=False),
    )


def _leg(fields: Fields) -> Leg:
    return Leg(
        distance_m=fields.integer("distance_m"),
        duration_s=fields.integer("duration_s"),
        is_estimate=fields.content.get("is_estimate") is True,
    )
