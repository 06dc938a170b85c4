"""The routing model's skeleton: nodes, vehicles and the way back to visits.

Every shipment is two nodes, its pickup and its delivery; every vehicle adds a start
and an end node. Shipments that share a place are neighbours without travel between
them. The rules are added by `constraints`, one function each.
"""

from dataclasses import dataclass, field
from typing import Any

from ortools.constraint_solver import pywrapcp

from routing.core.problem import Shipment, Vehicle
from routing.core.visits import Draft, Visit, World, merged


@dataclass(frozen=True, slots=True)
class Node:
    """One end of a shipment, or (shipment None) one end of a vehicle's route."""

    place_id: str
    shipment: Shipment | None = None
    is_pickup: bool = False

    @property
    def handling_s(self) -> int:
        """Seconds of loading or unloading at this node."""
        if self.shipment is None:
            return 0
        if self.is_pickup:
            return self.shipment.load_duration_s
        return self.shipment.unload_duration_s


@dataclass(frozen=True, slots=True)
class Model:
    """OR-Tools' routing model of some shipments on some vehicles of a world."""

    world: World
    vehicles: tuple[Vehicle, ...]
    shipments: tuple[Shipment, ...]
    nodes: tuple[Node, ...] = field(init=False)
    manager: Any = field(init=False)
    routing: Any = field(init=False)

    def __post_init__(self) -> None:
        nodes = []
        for shipment in self.shipments:
            nodes.append(Node(shipment.pickup_place_id, shipment, is_pickup=True))
            nodes.append(Node(shipment.delivery_place_id, shipment))
        starts = list(range(len(nodes), len(nodes) + len(self.vehicles)))
        nodes += [Node(vehicle.home_place_id) for vehicle in self.vehicles]
        ends = list(range(len(nodes), len(nodes) + len(self.vehicles)))
        nodes += [Node(vehicle.last_place_id) for vehicle in self.vehicles]
        manager = pywrapcp.RoutingIndexManager(
            len(nodes), len(self.vehicles), starts, ends
        )
        object.__setattr__(self, "nodes", tuple(nodes))
        object.__setattr__(self, "manager", manager)
        object.__setattr__(self, "routing", pywrapcp.RoutingModel(manager))

    @property
    def solver(self) -> Any:
        """The constraint solver below the routing model."""
        return self.routing.solver()

    def pickup(self, shipment_position: int) -> int:
        """OR-Tools' index of a shipment's pickup."""
        index: int = self.manager.NodeToIndex(2 * shipment_position)
        return index

    def delivery(self, shipment_position: int) -> int:
        """OR-Tools' index of a shipment's delivery."""
        index: int = self.manager.NodeToIndex(2 * shipment_position + 1)
        return index

    def assignment_of(self, drafts: tuple[Draft, ...]) -> Any:
        """A starting point for the search; None when the model refuses it."""
        position = {shipment.id: i for i, shipment in enumerate(self.shipments)}
        by_vehicle = {draft.vehicle_id: draft for draft in drafts}
        routes = []
        for vehicle in self.vehicles:
            draft = by_vehicle.get(vehicle.id, Draft(vehicle.id, ()))
            route = []
            for visit in draft.visits:
                route += [self.delivery(position[s]) for s in visit.unloads]
                route += [self.pickup(position[s]) for s in visit.loads]
            routes.append(route)
        return self.routing.ReadAssignmentFromRoutes(routes, True)

    def drafts_of(self, assignment: Any) -> tuple[Draft, ...]:
        """The visits of every vehicle used, neighbours at one place joined."""
        drafts = []
        for v, vehicle in enumerate(self.vehicles):
            visits = []
            index = assignment.Value(self.routing.NextVar(self.routing.Start(v)))
            while not self.routing.IsEnd(index):
                visits.append(self.visit(self.manager.IndexToNode(index)))
                index = assignment.Value(self.routing.NextVar(index))
            if visits:
                drafts.append(Draft(vehicle.id, merged(self.world, visits)))
        return tuple(drafts)

    def visit(self, number: int) -> Visit:
        """The visit one node stands for."""
        node = self.nodes[number]
        handled = () if node.shipment is None else (node.shipment.id,)
        if node.is_pickup:
            return Visit(node.place_id, loads=handled)
        return Visit(node.place_id, unloads=handled)
