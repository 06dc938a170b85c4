"""The rules of the problem, said to OR-Tools: one `add_*` a rule, each the twin of
the `check_*` of the same name.

Hard rules come first, then the price of leaving a shipment behind, then the costs.
Transits are matrices, never Python callbacks: a callback costs ten times the search.
"""

from typing import Any

from routing.core.matrix import Rows
from routing.core.problem import TEMPERATURE_CLASSES, Shipment, Window
from routing.core.solve.model import Model
from routing.core.visits import World

UNITS_PER_CENT = 18_000
"""Cost units of the model: both metres × cents/km and seconds × cents/h are whole."""

MANDATORY_CENTS = 10**9
"""Stands in for the missing penalty of a shipment that must be carried."""

UNLIMITED_M = 10**12
"""Farther than any truck drives in a day."""

TIME = "time"
DISTANCE = "distance"


def add_times(model: Model) -> None:
    """Travel, handling and the fixed part of each stop add up.

    The cumul of a node is the moment its handling begins. The fixed part of a place
    lies on the transit out of it to another place (or to the end), so neighbouring
    nodes of one place pay it once; between them only handling passes. The slack is
    waiting, allowed anywhere.
    """
    latest_s = _latest_s(model)
    transit = model.routing.RegisterTransitMatrix(_seconds(model))
    model.routing.AddDimension(transit, latest_s, latest_s, False, TIME)


def add_pairing(model: Model) -> None:
    """A shipment is picked up before it is delivered, by the same truck."""
    time = model.routing.GetDimensionOrDie(TIME)
    for i in range(len(model.shipments)):
        pickup, delivery = model.pickup(i), model.delivery(i)
        model.routing.AddPickupAndDelivery(pickup, delivery)
        same_truck = model.routing.VehicleVar(pickup) == model.routing.VehicleVar(
            delivery
        )
        model.solver.Add(same_truck)
        model.solver.Add(time.CumulVar(pickup) <= time.CumulVar(delivery))


def add_pins(model: Model) -> None:
    """Goods pinned to some trucks ride on no other; −1 stands for staying behind."""
    for i, shipment in enumerate(model.shipments):
        if not shipment.only_vehicle_ids:
            continue
        allowed = [
            v for v, row in enumerate(model.vehicles) if shipment.may_ride(row.id)
        ]
        for index in (model.pickup(i), model.delivery(i)):
            model.routing.VehicleVar(index).SetValues([-1, *allowed])


def add_compartment_loads(model: Model) -> None:
    """No compartment ever holds more mass or volume than it may.

    One dimension per temperature class and measure. A truck without a compartment of
    the class cannot take the shipment at all.
    """
    for temperature_class in TEMPERATURE_CLASSES:
        amounts = [
            next(
                (a for a in s.amounts if a.temperature_class == temperature_class), None
            )
            for s in model.shipments
        ]
        if not any(amounts):
            continue
        holds = [v.compartment(temperature_class) for v in model.vehicles]
        _add_load(
            model,
            f"{temperature_class}_g",
            [amount.mass_g if amount else 0 for amount in amounts],
            [hold.capacity_g if hold else 0 for hold in holds],
        )
        _add_load(
            model,
            f"{temperature_class}_ml",
            [amount.volume_ml if amount else 0 for amount in amounts],
            [hold.capacity_ml if hold else 0 for hold in holds],
        )


def add_time_windows(model: Model) -> None:
    """Handling begins inside a window of the place and of the shipment itself.

    Slightly stricter than the rule that is checked, where service at a stop begins
    inside the windows and the handling of its later shipments may run past them.
    """
    time = model.routing.GetDimensionOrDie(TIME)
    for i, node in enumerate(model.nodes):
        if node.shipment is None:
            continue
        windows = model.world.windows(model.visit(i))
        if windows:
            _restrict(time.CumulVar(model.manager.NodeToIndex(i)), windows)


def add_shifts(model: Model) -> None:
    """Trucks leave and are back within their shift, and no day is too long."""
    time = model.routing.GetDimensionOrDie(TIME)
    for v, vehicle in enumerate(model.vehicles):
        for index in (model.routing.Start(v), model.routing.End(v)):
            time.CumulVar(index).SetRange(vehicle.shift_start_s, vehicle.shift_end_s)
        if vehicle.max_duration_s is not None:
            time.SetSpanUpperBoundForVehicle(vehicle.max_duration_s, v)
        model.routing.AddVariableMinimizedByFinalizer(
            time.CumulVar(model.routing.End(v))
        )
        model.routing.AddVariableMaximizedByFinalizer(
            time.CumulVar(model.routing.Start(v))
        )


def add_route_distances(model: Model) -> None:
    """No truck drives farther than it may."""
    limits = [vehicle.max_distance_m for vehicle in model.vehicles]
    if all(limit is None for limit in limits):
        return
    transit = model.routing.RegisterTransitMatrix(_metres(model, 1))
    capacities = [UNLIMITED_M if limit is None else limit for limit in limits]
    model.routing.AddDimensionWithVehicleCapacity(
        transit, 0, capacities, True, DISTANCE
    )


def add_time_on_board(model: Model) -> None:
    """Goods with a limit are unloaded within it, counted from leaving the pickup."""
    time = model.routing.GetDimensionOrDie(TIME)
    for i, shipment in enumerate(model.shipments):
        if shipment.max_onboard_s is not None:
            ride = time.CumulVar(model.delivery(i)) - time.CumulVar(model.pickup(i))
            model.solver.Add(ride <= longest_ride_s(model.world, shipment))


def add_served_or_explained(model: Model) -> None:
    """A shipment may stay behind at its penalty; both its ends, or none."""
    for i, shipment in enumerate(model.shipments):
        cents = shipment.penalty_cents
        if cents is None:
            cents = MANDATORY_CENTS
        ends = [model.pickup(i), model.delivery(i)]
        model.routing.AddDisjunction(ends, cents * UNITS_PER_CENT, 2)


def add_costs(model: Model) -> None:
    """Fixed cost of a truck used, kilometres driven, paid hours."""
    time = model.routing.GetDimensionOrDie(TIME)
    evaluators: dict[int, int] = {}
    for v, vehicle in enumerate(model.vehicles):
        per_metre = vehicle.per_km_cents * UNITS_PER_CENT // 1000
        if per_metre not in evaluators:
            rows = _metres(model, per_metre)
            evaluators[per_metre] = model.routing.RegisterTransitMatrix(rows)
        model.routing.SetArcCostEvaluatorOfVehicle(evaluators[per_metre], v)
        model.routing.SetFixedCostOfVehicle(vehicle.fixed_cents * UNITS_PER_CENT, v)
        per_second = vehicle.per_hour_cents * UNITS_PER_CENT // 3600
        time.SetSpanCostCoefficientForVehicle(per_second, v)


def longest_ride_s(world: World, shipment: Shipment) -> int | None:
    """The limit between the beginnings of loading and of unloading."""
    if shipment.max_onboard_s is None:
        return None
    fixed_s = world.places[shipment.pickup_place_id].service_duration_s
    return shipment.load_duration_s + fixed_s + shipment.max_onboard_s


def _latest_s(model: Model) -> int:
    """The last second of the day: a window may close after every truck is home."""
    ends_s = [vehicle.shift_end_s for vehicle in model.vehicles]
    for i in range(len(model.nodes)):
        ends_s += [window.end_s for window in model.world.windows(model.visit(i)) or ()]
    return max(ends_s, default=0)


def _rows(model: Model, table: Rows) -> list[list[int]]:
    """A table of the matrix, from places to nodes."""
    positions = [model.world.matrix.position(node.place_id) for node in model.nodes]
    return [[table[a][b] for b in positions] for a in positions]


def _metres(model: Model, factor: int) -> list[list[int]]:
    """Metres between all nodes, times a factor."""
    rows = _rows(model, model.world.matrix.distances_m)
    return [[metres * factor for metres in row] for row in rows]


def _seconds(model: Model) -> list[list[int]]:
    """Seconds from the handling at one node to the arrival at another."""
    rows = _rows(model, model.world.matrix.durations_s)
    for a, row in zip(model.nodes, rows, strict=True):
        if a.shipment is None:
            continue
        fixed_s = model.world.places[a.place_id].service_duration_s
        for i, b in enumerate(model.nodes):
            stays = b.shipment is not None and b.place_id == a.place_id
            row[i] += a.handling_s if stays else a.handling_s + fixed_s
    return rows


def _add_load(
    model: Model, name: str, amounts: list[int], capacities: list[int]
) -> None:
    changes = [0] * len(model.nodes)
    for i, amount in enumerate(amounts):
        changes[2 * i], changes[2 * i + 1] = amount, -amount
    transit = model.routing.RegisterUnaryTransitVector(changes)
    model.routing.AddDimensionWithVehicleCapacity(transit, 0, capacities, True, name)


def _restrict(variable: Any, windows: tuple[Window, ...]) -> None:
    """Keep only the windows, cutting out the gaps between them."""
    ordered = sorted(windows, key=lambda window: window.start_s)
    variable.SetRange(ordered[0].start_s, max(window.end_s for window in ordered))
    open_until_s = ordered[0].end_s
    for window in ordered[1:]:
        if window.start_s > open_until_s + 1:
            variable.RemoveInterval(open_until_s + 1, window.start_s - 1)
        open_until_s = max(open_until_s, window.end_s)
