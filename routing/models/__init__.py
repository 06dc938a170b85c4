"""Tables of the routing floor, one file per noun."""

from routing.models.driving import (
    HandledLine,
    StopRecord,
    StopTap,
    TemperatureReading,
)
from routing.models.edits import PlanEdit, RouteLock, StopLock
from routing.models.fleet import Compartment, FleetPool, Vehicle
from routing.models.loans import LoanHour, VehicleLoan
from routing.models.papers import DriverPaper, VehiclePaper
from routing.models.plans import Plan, PlanCycle, UnservedShipment
from routing.models.routes import Route, Stop, StopAction

__all__ = [
    "Compartment",
    "DriverPaper",
    "FleetPool",
    "HandledLine",
    "LoanHour",
    "Plan",
    "PlanCycle",
    "PlanEdit",
    "Route",
    "RouteLock",
    "Stop",
    "StopAction",
    "StopRecord",
    "StopTap",
    "TemperatureReading",
    "StopLock",
    "UnservedShipment",
    "Vehicle",
    "VehicleLoan",
    "VehiclePaper",
]
