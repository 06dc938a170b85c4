"""Tables of the routing floor, one file per noun."""

from routing.models.fleet import Compartment, FleetPool, Vehicle
from routing.models.plans import Plan, PlanCycle, UnservedShipment
from routing.models.routes import Route, Stop, StopAction

__all__ = [
    "Compartment",
    "FleetPool",
    "Plan",
    "PlanCycle",
    "Route",
    "Stop",
    "StopAction",
    "UnservedShipment",
    "Vehicle",
]
