"""Routes on trial: their price, and how they are taken apart for the next round."""

from dataclasses import dataclass

from routing.core.insert import Insertion, options_for
from routing.core.plan import PlannedRoute
from routing.core.problem import Shipment
from routing.core.schedule import Miss, schedule
from routing.core.visits import Draft, World


@dataclass(frozen=True, slots=True)
class Candidate:
    """Routes with times. Less is better: mandatory shipments left, then cents."""

    routes: tuple[PlannedRoute, ...]
    mandatory_left: int
    cents: int

    @property
    def rank(self) -> tuple[int, int]:
        """What two candidates are compared by."""
        return self.mandatory_left, self.cents

    @property
    def truck_of(self) -> dict[str, str]:
        """The vehicle that carries each shipment served."""
        return {s: r.vehicle_id for r in self.routes for s in r.shipment_ids}


def candidate_of(world: World, drafts: tuple[Draft, ...]) -> Candidate | None:
    """Give drafts their exact times; None when one of them has none."""
    routes = []
    for draft in drafts:
        outcome = schedule(world, draft)
        if isinstance(outcome, Miss):
            return None
        routes.append(outcome)
    return priced(world, tuple(routes))


def priced(world: World, routes: tuple[PlannedRoute, ...]) -> Candidate:
    """Routes with what they and the shipments left behind cost."""
    served = {s for route in routes for s in route.shipment_ids}
    left = [s for s in world.problem.shipments if s.id not in served]
    return Candidate(
        routes=routes,
        mandatory_left=sum(shipment.penalty_cents is None for shipment in left),
        cents=sum(route.cost_cents for route in routes)
        + sum(shipment.penalty_cents or 0 for shipment in left),
    )


def filled_up(
    world: World, candidate: Candidate, shipments: tuple[Shipment, ...]
) -> Candidate:
    """Insert, in order, each of these shipments left behind where that pays."""
    for shipment in shipments:
        if shipment.id in candidate.truck_of:
            continue
        options = options_for(world, candidate.routes, shipment)
        insertions = [o for _, o in options if isinstance(o, Insertion)]
        best = min(insertions, key=lambda option: option.added_cents, default=None)
        if best is None:
            continue
        kept = tuple(
            route
            for route in candidate.routes
            if route.vehicle_id != best.route.vehicle_id
        )
        fuller = priced(world, (*kept, best.route))
        if fuller.rank < candidate.rank:
            candidate = fuller
    return candidate
