"""Every paper of a day, added up crate by crate, says what the orders were given.

The same day twice: goods that ride straight from farm to door, and goods that pass
through the hub's dock on two legs.
"""

from collections import Counter
from collections.abc import Iterable

import pytest
from django.utils import translation

from orders import selectors as order_selectors
from orders import services as orders
from orders.exchange.lot_labels import lot_labels
from orders.exchange.packing_list import packing_lists
from orders.models import LineSource
from orders.selectors import PaperLine
from routing import selectors, services
from routing.exchange import loading
from routing.exchange.delivery_notes import delivery_notes
from routing.exchange.loading import compartment_loads
from routing.exchange.manifest import manifest_of
from routing.models import Plan
from routing.selectors import Cargo
from routing.travel.straight_line import StraightLine
from tests.factories.crossing import close, make_crossing, make_trucks
from tests.factories.hub import make_buyer, make_place
from tests.factories.road import make_road
from tests.factories.routing import make_pool, make_vehicle
from tests.factories.week import NOW, make_stock, make_week, order

pytestmark = pytest.mark.django_db
Crates = Counter[tuple[str, str]]


def planned(pool, cycle) -> Plan:
    job = services.propose_plan(
        pool=pool,
        service_on=cycle.service_on,
        by=None,
        seconds=60,
        seed=1,
        iterations=2,
        key="papers",
    )
    plan = services.run_plan(job_id=job.pk, travel=StraightLine())
    assert plan is not None
    return plan


def straight_day() -> Plan:
    """Two buyers of one farm; the second gives a purchase order and is cut short."""
    week = make_week(fund_cents=100_000)
    stocks = [make_stock(week, quantity=20), make_stock(week, quantity=9)]
    beside = make_buyer(hub=week.hub)
    first, second = [stock.offer.public_id for stock in stocks]
    order(week, {first: 12, second: 4})
    door = make_place(beside)
    order(week, {first: 8, second: 5}, buyer=beside, drop_point=door)
    orders.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    pool = make_pool(week.hub)
    make_vehicle(pool)
    return planned(pool, week.cycle)


def crossed_day() -> Plan:
    """Ten orders of four farms, by the dock of the hub."""
    crossing = make_crossing()
    close(crossing)
    return planned(make_trucks(crossing, 2), crossing.cycle)


@pytest.fixture(params=[straight_day, crossed_day], ids=["straight", "by the hub"])
def plan(request) -> Plan:
    made: Plan = request.param()
    assert made.unserved.count() == 0
    return made


def given() -> Crates:
    """What the allocation gave each buyer of each product."""
    found: Crates = Counter()
    for source in LineSource.objects.filter(allocated__gt=0):
        variant = source.availability.offer.variant
        buyer = source.line.order.buyer.name
        found[buyer, f"{variant.product}, {variant.label}"] += source.allocated or 0
    return found


def crates(lines: Iterable[PaperLine]) -> Crates:
    found: Crates = Counter()
    for line in lines:
        found[line.buyer, line.goods] += line.units
    return found


def cargos(plan: Plan) -> list[Cargo]:
    return [selectors.cargo_of(route) for route in plan.routes.all()]


def cycle_of(plan: Plan):
    return plan.cycles.get().cycle


def test_delivery_notes_agree_with_the_orders(plan):
    notes = [note for cargo in cargos(plan) for note in delivery_notes(cargo)]

    assert crates(line for note in notes for line in note.lines) == given()


def test_manifests_agree_with_the_orders_on_each_leg(plan):
    manifests = [manifest_of(cargo) for cargo in cargos(plan)]
    off = [e for each in manifests for stop in each.stops for e in stop.unloaded]
    on = [e for each in manifests for stop in each.stops for e in stop.loaded]
    legs = {line.leg for line in off}

    for lines in (on, off):
        last = [line for line in lines if line.leg != "inbound"]
        assert crates(last) == given()
        if "inbound" in legs:
            first = [line for line in lines if line.leg == "inbound"]
            assert crates(first) == given()
    assert [m.num_loaded for m in manifests] == [m.num_unloaded for m in manifests]


def test_loading_sheets_agree_with_the_orders_and_lay_the_last_out_first(plan):
    loads = [load for cargo in cargos(plan) for load in compartment_loads(cargo)]
    laid = [each for load in loads for each in load.laid]
    outs = [[e.out_at.stop.sequence for e in o.laid if e.out_at] for o in loads]

    last = [each.line for each in laid if each.line.leg != "inbound"]
    assert crates(last) == given()
    assert outs == [sorted(out, reverse=True) for out in outs]
    held = {
        (o.temperature_class, e.line.temperature_class) for o in loads for e in o.laid
    }
    assert all(compartment == goods for compartment, goods in held)


def test_packing_lists_agree_with_the_orders(plan):
    lines = order_selectors.lines_to_pack(cycle_of(plan))
    packs = [p for each in packing_lists("Pôle", lines) for p in each.packs]

    assert crates(line for pack in packs for line in pack.lines) == given()


def test_there_is_one_label_for_each_crate(plan):
    cycle = cycle_of(plan)
    found: Crates = Counter()
    for farm in order_selectors.farms_that_sold(cycle):
        for label in lot_labels(order_selectors.lines_to_label(cycle, farm)):
            goods = f"{label.product}, {label.packing}"
            found[label.buyer, goods] += label.num_crates

    assert found == given()


def test_the_sheets_of_a_truck_that_broke_down_still_say_what_it_loaded():
    road = make_road()
    for stop in range(3):
        road.tap(0, stop)
    road.approve(road.proposed())

    cargo = selectors.cargo_of(road.route(0))
    (load,) = compartment_loads(cargo)

    # two cases for each of seven doors; doors 0 and 1 were done, five are taken over
    assert load.num_units == 14
    outs = [each.out_at and each.out_at.stop.sequence for each in load.laid]
    assert outs == [None] * 5 + [3, 2]
    with translation.override("fr-ca"):
        (sheet,) = loading.sheets_of(cargo)
    assert [row[1] for row in sheet.parts[0].rows][:5] == [
        "Le camion est tombé en panne"
    ] * 5
