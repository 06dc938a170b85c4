"""Tables of the routing floor, one file per noun."""

from routing.models.breakdowns import Breakdown, BreakdownStep
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
from routing.models.plans import Plan, PlanCycle, PlanWithdrawal, UnservedShipment
from routing.models.routes import Route, Stop, StopAction
from routing.models.settling import (
    CostShare,
    DaySettlement,
    HubSettlement,
    PayerSettlement,
    RouteSettlement,
    SettlementRule,
    SharePart,
)

__all__ = [
    "Breakdown",
    "BreakdownStep",
    "Compartment",
    "DriverPaper",
    "CostShare",
    "DaySettlement",
    "FleetPool",
    "HandledLine",
    "HubSettlement",
    "PayerSettlement",
    "LoanHour",
    "Plan",
    "PlanCycle",
    "PlanEdit",
    "PlanWithdrawal",
    "Route",
    "RouteLock",
    "RouteSettlement",
    "SettlementRule",
    "SharePart",
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
