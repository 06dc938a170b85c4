"""The pool's own limit on how long goods of a class ride."""

import pytest

from routing import bridge
from tests.factories.routing import make_day

pytestmark = pytest.mark.django_db


def rides(day) -> list[int | None]:
    problem = bridge.problem_for(pool=day.pool, service_on=day.service_on).problem
    return [shipment.max_onboard_s for shipment in problem.shipments]


def test_without_a_limit_goods_ride_as_long_as_it_takes():
    assert rides(make_day()) == [None]


def test_the_limit_of_their_class_is_in_the_problem():
    day = make_day()
    day.pool.max_onboard_chilled_s = 7_200
    day.pool.max_onboard_frozen_s = 3_600

    assert rides(day) == [7_200]
