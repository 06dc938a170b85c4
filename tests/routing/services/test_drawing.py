"""The lines of an adjusted plan follow the streets while nobody waits for them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routing import services
from routing.core.edit import MoveStop
from routing.models import Plan
from routing.travel.straight_line import StraightLine
from tests.factories.routing import make_wide_day, make_wide_plan
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db
BEND = (45.5, -73.6)


class Streets(StraightLine):
    """Ways with a bend; `on_way` happens while they are read."""

    def __init__(self, on_way: Callable[[], object]) -> None:
        self.on_way = on_way

    def leg_geometry(self, origin: Any, destination: Any) -> list[tuple[float, float]]:
        self.on_way()
        first, last = super().leg_geometry(origin, destination)
        return [first, BEND, last]


@pytest.fixture
def edited() -> Plan:
    """A stop of the first truck was given to the second."""
    day = make_wide_day()
    version = services.adjust_plan(plan=make_wide_plan(day), now=NOW)
    first, second = (vehicle.public_id for vehicle in day.vehicles[:2])
    return services.edit_plan(
        plan=version, version=0, move=MoveStop(first, 1, second), by=None, now=NOW
    )


def straight(plan: Plan) -> int:
    return sum(
        leg.get("is_straight", False)
        for route in plan.routes.all()
        for leg in route.legs
    )


def test_straight_lines_follow_the_streets(edited: Plan) -> None:
    num_straight = straight(edited)

    num_drawn = services.draw_plan(plan_id=edited.pk, travel=Streets(lambda: None))

    bent = [
        leg
        for route in edited.routes.all()
        for leg in route.legs
        if list(BEND) in leg["points"]
    ]
    assert num_straight > 0
    assert (num_drawn, len(bent), straight(edited)) == (num_straight, num_straight, 0)


def test_nothing_is_locked_while_the_streets_are_read(edited: Plan) -> None:
    seen: list[int] = []
    with CaptureQueriesContext(connection) as asked:
        services.draw_plan(
            plan_id=edited.pk,
            travel=Streets(
                lambda: seen.append(
                    sum("FOR UPDATE" in each["sql"] for each in asked.captured_queries)
                )
            ),
        )

    assert set(seen) == {0}


def test_a_plan_changed_meanwhile_keeps_its_lines(edited: Plan) -> None:
    num_straight = straight(edited)
    changed = Plan.objects.filter(pk=edited.pk)

    num_drawn = services.draw_plan(
        plan_id=edited.pk, travel=Streets(lambda: changed.update(edit_version=9))
    )

    assert (num_drawn, straight(edited)) == (0, num_straight)
