"""A plan from its routes: figures added up, a reason for whatever stays behind."""

from routing.core.explain import reason_among
from routing.core.plan import Plan, PlannedRoute, Unserved
from routing.core.visits import World


def plan_of(world: World, routes: tuple[PlannedRoute, ...], *, engine: str) -> Plan:
    """The plan of some routes, in the order of the problem's vehicles."""
    order = {vehicle.id: i for i, vehicle in enumerate(world.problem.vehicles)}
    routes = tuple(sorted(routes, key=lambda route: order[route.vehicle_id]))
    served = {s for route in routes for s in route.shipment_ids}
    left = [s for s in world.problem.shipments if s.id not in served]
    return Plan(
        routes=routes,
        unserved=tuple(
            Unserved(shipment.id, reason_among(world, routes, shipment))
            for shipment in left
        ),
        cost_cents=sum(route.cost_cents for route in routes),
        penalty_cents=sum(shipment.penalty_cents or 0 for shipment in left),
        distance_m=sum(route.distance_m for route in routes),
        duration_s=sum(route.duration_s for route in routes),
        matrix_digest=world.matrix.digest,
        engine=engine,
    )
