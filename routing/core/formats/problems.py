"""Problem and matrix to and from JSON objects, field for field."""

from dataclasses import asdict
from typing import Any

from routing.core.errors import MatrixMismatch
from routing.core.formats.fields import Fields
from routing.core.matrix import Matrix
from routing.core.problem import (
    Amount,
    Compartment,
    Place,
    Problem,
    Shipment,
    Transfer,
    Vehicle,
    Window,
)


def problem_content(problem: Problem) -> dict[str, Any]:
    """A problem as plain lists and dictionaries."""
    return asdict(problem)


def problem_from(fields: Fields) -> Problem:
    """A problem; whatever has a default may be absent."""
    return Problem(
        places=tuple(_place(item) for item in fields.objects("places")),
        vehicles=tuple(_vehicle(item) for item in fields.objects("vehicles")),
        shipments=tuple(_shipment(item) for item in fields.objects("shipments")),
        label=fields.text("label", ""),
        transfers=tuple(
            _transfer(item) for item in fields.objects("transfers", required=False)
        ),
    )


def matrix_content(matrix: Matrix) -> dict[str, Any]:
    """A matrix as plain lists."""
    return {
        "engine": matrix.engine,
        "place_ids": list(matrix.place_ids),
        "distances_m": [list(row) for row in matrix.distances_m],
        "durations_s": [list(row) for row in matrix.durations_s],
        "estimates": [list(pair) for pair in sorted(matrix.estimates)],
    }


def matrix_from(fields: Fields) -> Matrix:
    """A matrix; its digest is worked out again. Raises MatrixMismatch."""
    estimates = fields.rows("estimates") if "estimates" in fields.content else ()
    for i, pair in enumerate(estimates):
        if len(pair) != 2:
            raise MatrixMismatch(field=f"matrix.estimates[{i}]", value=str(pair))
    return Matrix(
        place_ids=fields.texts("place_ids"),
        distances_m=fields.rows("distances_m"),
        durations_s=fields.rows("durations_s"),
        engine=fields.text("engine", "given"),
        estimates=frozenset((pair[0], pair[1]) for pair in estimates),
    )


def _windows(fields: Fields, name: str) -> tuple[Window, ...]:
    return tuple(
        Window(item.integer("start_s"), item.integer("end_s"))
        for item in fields.objects(name, required=False)
    )


def _place(fields: Fields) -> Place:
    return Place(
        id=fields.text("id"),
        name=fields.text("name", ""),
        service_duration_s=fields.integer("service_duration_s", 0),
        windows=_windows(fields, "windows"),
    )


def _vehicle(fields: Fields) -> Vehicle:
    return Vehicle(
        id=fields.text("id"),
        name=fields.text("name", ""),
        home_place_id=fields.text("home_place_id"),
        end_place_id=fields.optional_text("end_place_id"),
        shift_start_s=fields.integer("shift_start_s"),
        shift_end_s=fields.integer("shift_end_s"),
        compartments=tuple(
            Compartment(
                temperature_class=item.text("temperature_class"),
                capacity_g=item.integer("capacity_g"),
                capacity_ml=item.integer("capacity_ml"),
            )
            for item in fields.objects("compartments")
        ),
        fixed_cents=fields.integer("fixed_cents", 0),
        per_km_cents=fields.integer("per_km_cents", 0),
        per_hour_cents=fields.integer("per_hour_cents", 0),
        max_distance_m=fields.optional_integer("max_distance_m"),
        max_duration_s=fields.optional_integer("max_duration_s"),
        overtime_s=fields.integer("overtime_s", 0),
        seams=fields.integers("seams"),
    )


def _shipment(fields: Fields) -> Shipment:
    return Shipment(
        id=fields.text("id"),
        pickup_place_id=fields.text("pickup_place_id"),
        delivery_place_id=fields.text("delivery_place_id"),
        amounts=tuple(
            Amount(
                temperature_class=item.text("temperature_class"),
                mass_g=item.integer("mass_g"),
                volume_ml=item.integer("volume_ml"),
            )
            for item in fields.objects("amounts")
        ),
        penalty_cents=fields.optional_integer("penalty_cents"),
        load_duration_s=fields.integer("load_duration_s", 0),
        unload_duration_s=fields.integer("unload_duration_s", 0),
        pickup_windows=_windows(fields, "pickup_windows"),
        delivery_windows=_windows(fields, "delivery_windows"),
        max_onboard_s=fields.optional_integer("max_onboard_s"),
        only_vehicle_ids=fields.texts("only_vehicle_ids", required=False),
        after=fields.texts("after", required=False),
        there_since_s=fields.integers("there_since_s"),
        late_s=fields.integer("late_s", 0),
        ride_late_s=fields.integer("ride_late_s", 0),
        is_missed=fields.content.get("is_missed") is True,
    )


def _transfer(fields: Fields) -> Transfer:
    return Transfer(
        place_id=fields.text("place_id"),
        num_docks=fields.optional_integer("num_docks"),
        handling_s=fields.integer("handling_s", 0),
        dwell_limit_s=fields.optional_integer("dwell_limit_s"),
        taken=_windows(fields, "taken"),
    )
