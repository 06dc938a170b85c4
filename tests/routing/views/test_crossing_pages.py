"""What passes through the hub, on the pages of who coordinates it."""

import pytest
import time_machine
from django.test import Client

from orders import services as order_services
from orders.models import Shipment
from routing import services
from routing.models import Plan, UnservedShipment
from routing.travel.straight_line import StraightLine
from tests.access.exports import files_of
from tests.factories import hub as ground
from tests.factories.crossing import Crossing, close, make_crossing, make_trucks
from tests.factories.routing import give_papers
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def crossing() -> Crossing:
    """The first farm sends 12 cases to the dock, for six of the ten groups."""
    made = make_crossing()
    close(made)
    return made


@pytest.fixture
def plan(crossing: Crossing) -> Plan:
    job = services.propose_plan(
        pool=make_trucks(crossing),
        service_on=crossing.cycle.service_on,
        by=None,
        seconds=60,
        seed=1,
        iterations=0,
        key="a plan",
    )
    made = services.run_plan(job_id=job.pk, travel=StraightLine())
    assert made is not None
    return made


@pytest.fixture
def coordinator(crossing: Crossing) -> Client:
    client = Client()
    client.force_login(ground.make_coordinator(crossing.hub))
    return client


def page(client: Client, address: str) -> str:
    with time_machine.travel(NOW, tick=False):
        answer = client.get(address)
    return answer.content.decode().replace("\u00a0", " ")


def first_inbound(crossing: Crossing) -> Shipment:
    return Shipment.objects.get(leg="inbound", producer=crossing.week.farm)


def test_what_changes_trucks_at_the_dock_is_a_file(crossing, plan, coordinator):
    found = files_of(coordinator, f"/routing/plans/{plan.public_id}/")

    dock = found["dock_turns"][0][0]
    assert {row[0] for row in found["dock_turns"]} == {dock}
    assert any(row[5] for row in found["dock_turns"])


def test_what_came_short_to_the_dock_is_read_where_it_leaves(
    crossing, plan, coordinator
):
    services.publish_plan(plan=plan, by=None, now=NOW)
    give_papers(plan)
    services.dispatch_plan(plan=plan, by=None, now=NOW)
    row = first_inbound(crossing)
    line = row.lines.get(source__line__order=crossing.orders[0])
    road = f"/routing/days/{plan.pool.public_id}/{plan.service_on}/road/"
    before = page(coordinator, road)

    order_services.record_delivery(
        shipment_id=row.pk, quantities={line.pk: 1}, by=None, now=NOW
    )

    goods = str(crossing.stocks[0].offer.variant)
    said = f"2 unités de « {goods} » ({crossing.week.farm.name}) de moins"
    assert (said in before, page(coordinator, road).count(said)) == (False, 2)


def test_who_decides_of_goods_on_their_way_to_the_hub_reads_where_they_go_on(
    crossing, plan, coordinator
):
    row = first_inbound(crossing)
    UnservedShipment.objects.create(
        plan=plan, shipment=row, reason_code="taken_out", reason_data={}
    )

    shown = page(coordinator, f"/routing/plans/{plan.public_id}/unserved/")

    fed = [crossing.orders[n].drop_point.name for n in (0, 3, 4, 5, 8, 9)]
    assert "Ces marchandises repartent du pôle vers :" in shown
    left = files_of(coordinator, f"/routing/plans/{plan.public_id}/unserved/")
    assert [row[:3] for row in left["unserved"]] == [
        [crossing.week.farm.name, row.drop_point.name, "Vers le pôle"]
    ]
    assert [name for name in fed if f"<li>{name}, " not in shown] == []
    assert "elles quittent aussi le pôle ce jour-là" in shown
