"""A whole week by programs alone: a farm's, a buyer's and a hub's, and one driver.

The truck stands at kilometre 0 of a straight road, the farm at 10, the door at 12. A
case of 10 kg is 10,00 $ of the farm + 1,00 $ of transport + 1,50 $ of margin; the
solidarity price is 10,00 $ and the fund pays 2,50 $. Twelve are ordered, ten are given,
nine come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from hub.ledger.audit import audit
from hub.models import Job, Person, Place
from orders import selectors as order_selectors
from pricing import selectors as pricing_selectors
from routing import selectors, services, tasks
from tests.factories import hub as ground
from tests.factories.one_road import Road, on_the_road
from tests.factories.producers import make_offer
from tests.factories.programs import Program, let_in
from tests.factories.routing import make_pool, make_vehicle
from tests.factories.week import make_pricing

pytestmark = pytest.mark.django_db
TUESDAY = "2026-06-16T10:00:00-04:00"
THURSDAY = date(2026, 6, 18)
CYCLE = {
    "name": "Semaine 25",
    "opens_at": "2026-06-15T08:00:00-04:00",
    "closes_at": "2026-06-17T12:00:00-04:00",
    "service_on": THURSDAY.isoformat(),
}


class AtTheSite(Program):
    """Somebody signed in, who calls the same operations without a key."""

    def __init__(self, person: Person) -> None:
        super().__init__("")
        self.headers = {"Accept-Language": "en"}
        self.client.force_login(person)


@dataclass
class Week:
    """Who asks, and what stands before the week begins."""

    hub: Program
    farm: Program
    buyer: Program
    driver: AtTheSite
    rows: dict[str, Any]


@pytest.fixture(autouse=True)
def _on_tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY):
        yield


@pytest.fixture
def week() -> Week:
    hub = ground.make_hub()
    farm, buyer = ground.make_farm(hub=hub), ground.make_buyer(hub=hub)
    ground.make_place(farm, kind=Place.Kind.FARM, point=on_the_road(10))
    ground.make_place(buyer, point=on_the_road(12))
    lot = make_pricing(hub)
    make_offer(farm, hub=hub, price_cents=1_000)
    pool, carrier = make_pool(hub), ground.make_carrier(hub=hub)
    truck = make_vehicle(
        pool,
        owner=carrier,
        home=ground.make_place(
            carrier, kind=Place.Kind.DEPOT, point=on_the_road(0), window_s=None
        ),
        fixed_cents=3_000,
        per_hour_cents=3_600,
    )
    driver = ground.make_driver(carrier)
    _put_papers_in_order(truck, driver)
    rows = {"hub": hub, "farm": farm, "buyer": buyer, "pool": pool, "lot": lot}
    return Week(
        hub=let_in(hub),
        farm=let_in(farm),
        buyer=let_in(buyer),
        driver=AtTheSite(driver),
        rows=rows,
    )


def _put_papers_in_order(truck: Any, driver: Person) -> None:
    until = THURSDAY + timedelta(days=365)
    for kind in ("insurance", "registration"):
        facts = services.PaperFacts(kind=kind, number="1", expires_on=until)
        services.keep_vehicle_paper(vehicle=truck, facts=facts)
    licence = services.PaperFacts(kind="licence", number="2", expires_on=until)
    services.keep_driver_paper(person=driver, facts=licence)


def posts(week: Week, quantity: int) -> Any:
    """The farm says how many cases it has."""
    (offer,) = week.farm.reads("/offers")["items"]
    return week.farm.does(
        "/availability",
        {
            "offer_id": offer["id"],
            "week_on": THURSDAY.isoformat(),
            "quantity": quantity,
        },
    )


def orders(week: Week, cycle: Any, quantity: int) -> Any:
    """The buyer orders what it finds, at its one door, at the solidarity price."""
    (open_one,) = week.buyer.reads("/cycles?status=open")["items"]
    assert open_one["id"] == cycle["id"]
    (item,) = week.buyer.reads(f"/cycles/{cycle['id']}/items")
    (door,) = week.buyer.reads(f"/cycles/{cycle['id']}/drop-points")
    return week.buyer.does(
        "/orders",
        {
            "cycle_id": cycle["id"],
            "drop_point_id": door["id"],
            "tier": "solidaire",
            "lines": [{"item_id": item["id"], "quantity": quantity}],
            "expected_cents": 1_000 * quantity,
        },
    )


def closes(week: Week, cycle: Any) -> Any:
    """The hub closes; a worker shares the goods out."""
    job = week.hub.does(f"/cycles/{cycle['id']}/close")
    tasks.close_cycle(Job.objects.get(public_id=job["id"]).pk)
    assert week.hub.reads(f"/jobs/{job['id']}")["state"] == "done"
    return week.hub.reads(f"/cycles/{cycle['id']}/allocation")


def sends_out(week: Week) -> str:
    """The hub asks for a plan, publishes it, names the driver, lets the truck leave."""
    pool = week.rows["pool"].public_id
    asked = {"pool_id": pool, "service_on": THURSDAY.isoformat(), "seconds": 1}
    job = week.hub.does("/plans", asked)
    services.run_plan(job_id=Job.objects.get(public_id=job["id"]).pk, travel=Road())
    plan = week.hub.reads(f"/jobs/{job['id']}")["plan_id"]
    week.hub.does(f"/plans/{plan}/publish")
    assert week.hub.refused(f"/plans/{plan}/dispatch") == (409, "papers_expired")
    (driver,) = week.hub.reads(f"/plans/{plan}/routes/1/drivers")
    week.hub.does(f"/plans/{plan}/routes/1/driver", {"driver_id": driver["id"]})
    week.hub.does(f"/plans/{plan}/dispatch")
    return str(plan)


def drives(week: Week, plan: str, *, came: int) -> Any:
    """The driver tells each stop of the route; so many cases come off."""
    sheet = week.driver.reads(f"/routes/{plan}/1")
    taps: list[dict[str, Any]] = []
    for stop in sheet["stops"]:
        (goods,) = stop["goods"]
        handled = {"load": "loaded", "unload": "delivered"}[goods["kind"]]
        units = goods["expected"] if handled == "loaded" else came
        for kind in ("arrived", handled, "departed"):
            tap = {
                "local_id": str(UUID(int=len(taps) + 1)),
                "device": "phone",
                "device_seq": len(taps) + 1,
                "stop": stop["id"],
                "kind": kind,
                "tapped_at": f"2026-06-18T09:{len(taps) * 5:02}:00-04:00",
            }
            if kind == handled:
                tap["quantities"] = {goods["line_id"]: units}
            taps.append(tap)
    sent = {"sent_at": "2026-06-18T10:00:00-04:00", "taps": taps}
    answers = week.driver.does(f"/routes/{plan}/1/taps", sent)["answers"]
    assert {answer["status"] for answer in answers} == {"applied"}
    return week.hub.reads(f"/plans/{plan}/progress")


def test_a_week_by_programs_alone(week: Week) -> None:
    cycle = week.hub.does("/cycles", CYCLE)
    week.hub.does(f"/cycles/{cycle['id']}/open")
    posts(week, 20)
    order = orders(week, cycle, 12)
    assert posts(week, 10)["short_quantity"] == 2

    (given,) = closes(week, cycle)["items"]
    assert (given["ordered"], given["allocated"], given["short"]) == (12, 10, 2)
    sold = week.farm.reads(f"/cycles/{cycle['id']}/sold")
    assert (sold["is_final"], sold["pay_cents"]) == (True, 10_000)

    with time_machine.travel("2026-06-18T07:30:00-04:00"):
        plan = sends_out(week)
    with time_machine.travel("2026-06-18T10:00:00-04:00"):
        (truck,) = drives(week, plan, came=9)["routes"]
    assert [(stop["status"], stop["short"]) for stop in truck["stops"]] == [
        ("left", 0),
        ("left", 1),
    ]

    with time_machine.travel("2026-06-18T18:00:00-04:00"):
        billed = week.hub.does(f"/billing/days/{THURSDAY}/bill")
        settled = settles(week)
        statements = [statement(week, name) for name in ("buyer", "farm")]
        fund = week.hub.reads("/fund")
        results = week.hub.reads("/results")
    assert [row["state"] for row in billed["orders"]] == ["billed"]
    (line,) = week.buyer.reads(f"/orders/{order['id']}")["lines"]
    quantities = [
        line[name] for name in ("ordered", "allocated", "delivered", "billed")
    ]
    assert quantities == [12, 10, 9, 9]

    # 24 km and 24 minutes, two doors of ten, 100 kg handled twice at a second each:
    # 30,00 + 24,00 + 28,40 $, all of it for one shipment, which alone costs the same.
    (part,) = settled["hubs"]
    assert (settled["cost_cents"], part["shares_cents"], part["remainder_cents"]) == (
        8_240,
        8_240,
        0,
    )
    assert statements == [9_000, 9_000]
    assert (fund["balance_cents"], fund["held_cents"]) == (10_000 - 2_250, 0)
    assert (results["farm_paid_cents"], results["fund_drawn_cents"]) == (9_000, 2_250)
    assert_pages_say_the_same(week, billed, settled, fund)
    assert audit().is_clean


def settles(week: Week) -> Any:
    pool = week.rows["pool"].public_id
    return week.hub.does(f"/pools/{pool}/days/{THURSDAY}/settle")


def statement(week: Week, name: str) -> int:
    """What a member's own program reads that it owes, or is owed, in the end."""
    program: Program = getattr(week, name)
    member = week.rows[name].public_id
    return int(program.reads(f"/accounts/{member}/statement")["closing_owed_cents"])


def assert_pages_say_the_same(week: Week, billed: Any, settled: Any, fund: Any) -> None:
    """The cents of the programs are those that pages show."""
    rows = week.rows
    day = order_selectors.day_totals(hub=rows["hub"], on=THURSDAY)
    shown = {name: billed["totals"][name] for name in day.parts.as_dict()}
    assert shown == day.parts.as_dict()
    assert order_selectors.balance_of(rows["buyer"]) == -9_000
    assert order_selectors.balance_of(rows["farm"]) == 9_000
    kept = selectors.settlement_of(rows["pool"], THURSDAY)
    assert kept is not None
    assert (kept.cost_cents, kept.hubs.get().left_cents) == (
        settled["cost_cents"],
        settled["hubs"][0]["left_cents"],
    )
    state = pricing_selectors.fund_state(fund=rows["lot"].fund, on=THURSDAY)
    assert state.balance_cents == fund["balance_cents"]
