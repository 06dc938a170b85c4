"""A broken rule is told with the names that people use, also after a breakdown."""

import pytest

from routing import bridge
from routing.core.check import Violation
from tests.factories.routing import make_wide_day

pytestmark = pytest.mark.django_db


def test_the_names_of_a_broken_rule_are_those_of_its_truck_place_and_goods():
    made = make_wide_day()
    day = bridge.problem_for(pool=made.pool, service_on=made.service_on)
    truck, goods = made.vehicles[0], made.shipments[0]

    broken = Violation(
        "loaded_elsewhere", route=truck.public_id, stop=1, shipment=goods.public_id
    )

    assert bridge.names_in(day, broken) == {
        truck.public_id: truck.name,
        goods.public_id: str(goods),
    }
