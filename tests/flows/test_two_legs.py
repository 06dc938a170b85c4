"""Story 2 of the domain: four farms come to the dock, ten groups are served from it.

Two dependent legs, driven to the end: what leaves the dock leaves it after what comes,
and every paper of both legs says, to the crate, what the orders were given.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import pytest

from hub.core.periods import at_local
from hub.ledger.audit import audit
from orders import selectors as order_selectors
from orders.exchange.packing_list import packing_lists
from orders.models import Invoice, OrderLine, Shipment, ShipmentLine
from orders.selectors import PaperLine
from routing import selectors, services
from routing.exchange.delivery_notes import delivery_notes
from routing.exchange.loading import compartment_loads
from routing.exchange.manifest import manifest_of
from routing.models import Plan, Route, Stop, StopAction
from routing.travel.straight_line import StraightLine
from tests.factories.crossing import Crossing, close, make_crossing, make_trucks
from tests.factories.phones import Phone
from tests.factories.routing import give_papers
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db
Crates = Counter[tuple[str, str]]


@pytest.fixture
def crossing() -> Crossing:
    made = make_crossing(transfer_duration_s=900)
    close(made)
    return made


def sent_out(crossing: Crossing) -> Plan:
    """The published plan of the day, its two trucks on the road."""
    job = services.propose_plan(
        pool=make_trucks(crossing, 2),
        service_on=crossing.cycle.service_on,
        by=None,
        seconds=60,
        seed=1,
        iterations=2,
        key="two legs",
    )
    plan = services.run_plan(job_id=job.pk, travel=StraightLine())
    job.refresh_from_db()
    assert plan is not None, job.reason
    services.publish_plan(plan=plan, by=None, now=NOW)
    give_papers(plan)
    return services.dispatch_plan(plan=plan, by=None, now=NOW)


def drive(plan: Plan) -> None:
    """Both phones tell every stop at its hour; nothing is missing."""
    phones = {route.pk: Phone(route=route) for route in plan.routes.all()}
    stops = Stop.objects.filter(route__plan=plan).order_by("service_start_s", "pk")
    for stop in stops:
        at = at_local(plan.service_on, stop.service_start_s)
        phone = phones[stop.route_id]
        answers = phone.send(phone.handles(stop, at=at), now=at + timedelta(minutes=1))
        assert {answer.status for answer in answers} == {"applied"}


def ordered(crossing: Crossing) -> Crates:
    """What each group ordered of each farm."""
    lines = OrderLine.objects.filter(order__in=crossing.orders).select_related(
        "order__buyer", "offer__variant__product__producer"
    )
    return Counter(
        {
            (line.order.buyer.name, line.offer.variant.product.producer.name): (
                line.ordered
            )
            for line in lines
            if line.offer
        }
    )


def crates(lines: Iterable[PaperLine]) -> Crates:
    found: Crates = Counter()
    for line in lines:
        found[line.buyer, line.farm] += line.units
    return found


def test_what_leaves_the_dock_leaves_it_after_what_comes(crossing: Crossing) -> None:
    plan = sent_out(crossing)

    unloaded_s: dict[int, int] = {}
    loading_s: dict[int, int] = {}
    for action in StopAction.objects.filter(
        stop__route__plan=plan, stop__place=crossing.dock
    ).select_related("stop", "shipment"):
        # A case of 10 kg takes ten seconds; a truck unloads before it loads.
        here = StopAction.objects.filter(stop=action.stop, kind="unload")
        kilograms = sum(each.amounts["chilled"][0] // 1_000 for each in here)
        at_s = action.stop.service_start_s + kilograms
        (unloaded_s if action.kind == "unload" else loading_s)[action.shipment_id] = (
            at_s
        )
    brought = {
        (line.shipment_id, line.inbound.shipment_id)
        for line in ShipmentLine.objects.select_related("inbound")
        if line.inbound is not None
    }
    waits = [loading_s[out] - unloaded_s[came] for out, came in brought]
    # four farms in ten groups' orders: 2, 2, 2, 2 and 4 of them, twice
    assert (len(unloaded_s), len(loading_s), len(waits)) == (4, 10, 24)
    assert min(waits) >= 900
    assert max(waits) <= 4 * 3_600


def test_the_papers_of_both_legs_say_what_was_ordered(crossing: Crossing) -> None:
    plan = sent_out(crossing)

    cargos = [selectors.cargo_of(route) for route in plan.routes.all()]
    manifests = [manifest_of(cargo) for cargo in cargos]
    stops = [stop for each in manifests for stop in each.stops]
    papers = {
        "loaded": [line for stop in stops for line in stop.loaded],
        "unloaded": [line for stop in stops for line in stop.unloaded],
        "laid": [
            each.line
            for cargo in cargos
            for load in compartment_loads(cargo)
            for each in load.laid
        ],
    }
    wanted = ordered(crossing)
    assert sum(wanted.values()) == 44
    for lines in papers.values():
        for leg in ("inbound", "outbound"):
            assert crates(line for line in lines if line.leg == leg) == wanted
    notes = [note for cargo in cargos for note in delivery_notes(cargo)]
    assert crates(line for note in notes for line in note.lines) == wanted
    packed = packing_lists("Pôle", order_selectors.lines_to_pack(crossing.cycle))
    assert len(notes) == len(packed) == 10
    assert (
        crates(line for each in packed for pack in each.packs for line in pack.lines)
        == wanted
    )


def test_both_legs_are_driven_and_billed_once(crossing: Crossing) -> None:
    plan = sent_out(crossing)
    drive(plan)

    settlement = services.settle_day(
        pool=plan.pool, service_on=plan.service_on, by=None, now=NOW
    )

    assert set(Shipment.objects.values_list("leg", "status")) == {
        ("inbound", "delivered"),
        ("outbound", "delivered"),
    }
    came = OrderLine.objects.values_list("ordered", "delivered", "billed")
    assert all(len(set(quantities)) == 1 for quantities in came)
    # 44 cases at 12,50 $ to ten groups, though each of them rode twice
    billed = Invoice.objects.values_list("buyer_cents", flat=True)
    assert (len(billed), sum(billed)) == (10, 44 * 1_250)
    part = settlement.hubs.get()
    assert part.credited_cents == 44 * 100
    assert part.shares_cents + part.remainder_cents == plan.cost_cents
    assert settlement.cost_cents == plan.cost_cents
    assert Route.objects.filter(plan=plan, settled__isnull=True).count() == 0
    assert audit().is_clean
