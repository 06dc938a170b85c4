"""Trucks before doors."""

from dataclasses import dataclass

import pytest

from routing.core.fitting import fits, misfits


@dataclass(frozen=True)
class Truck:
    height_cm: int | None
    has_tailgate: bool


@dataclass(frozen=True)
class Door:
    max_height_cm: int | None
    needs_tailgate: bool


@pytest.mark.parametrize(
    ("height_cm", "limit_cm", "reasons"),
    [(280, 280, []), (281, 280, ["height"]), (281, None, []), (None, 280, [])],
)
def test_a_truck_passes_under_its_own_height(height_cm, limit_cm, reasons):
    truck, door = Truck(height_cm, False), Door(limit_cm, False)

    assert misfits(truck, door) == reasons


@pytest.mark.parametrize(
    ("has_tailgate", "needs_tailgate", "fitting"),
    [(True, True, True), (False, True, False), (False, False, True)],
)
def test_a_door_may_need_a_tailgate(has_tailgate, needs_tailgate, fitting):
    assert fits(Truck(None, has_tailgate), Door(None, needs_tailgate)) == fitting
