"""One small real day: two farms, four orders, three doors, two trucks.

Straight from farm to door, or through the hub's dock. The first group is helped by the
fund and by an envelope; the last two share a door of the hub, so that one shipment
holds goods of two orders. One product of both farms falls short by a case.
"""

from dataclasses import dataclass, replace

from hub.models import Cycle, Organization, Place
from orders import services as order_services
from orders.models import Order
from producers import services as producer_services
from producers.models import Availability
from routing import services
from routing.core.edit import MoveShipment
from routing.models import FleetPool, Plan, Vehicle
from routing.travel.straight_line import StraightLine
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.crossing import make_dock
from tests.factories.routing import give_papers, make_pool, make_vehicle
from tests.factories.vouchers import make_envelope
from tests.factories.week import NOW, Week, change, make_stock, make_week
from vouchers.models import Envelope

FUND_CENTS = 4_000
ENVELOPE_CENTS = 9_000
PROMISED_CENTS = 2_000
"""What the first group asks its envelope to pay."""

GATES = ((45.60, -73.60), (45.62, -73.64))
DOORS = ((45.53, -73.61), (45.54, -73.59), (45.55, -73.62))
OWN_CENTS, FROZEN_CENTS, POOL_CENTS = 1_233, 777, 1_001
TIERS = {"solidaire": 80, "juste_prix": 100, "soutien": 115}
"""Percent of the full price."""

WANTS = (
    ("solidaire", 0, {"own": 2, "pool": 3}),
    ("juste_prix", 1, {"frozen": 2, "pool": 2}),
    ("soutien", 2, {"own": 1, "frozen": 1, "pool": 1}),
    ("solidaire", 2, {"frozen": 2, "own": 1}),
)
"""Each order: its tier, its door, and its cases."""


@dataclass
class World:
    """The rows, and a sound plan that both trucks drive by; nobody has published it."""

    week: Week
    flow: str
    farms: list[Organization]
    stocks: list[Availability]
    buyers: list[Organization]
    orders: list[Order]
    envelope: Envelope
    pool: FleetPool
    trucks: list[Vehicle]
    plan: Plan

    @property
    def hub(self) -> Organization:
        return self.week.hub

    @property
    def service_on(self):
        return self.week.cycle.service_on


def make_world(flow: str) -> World:
    """A day of a flow, planned; several seconds, for the planner is asked."""
    week = make_week(fund_cents=FUND_CENTS)
    hub = week.hub
    Cycle.objects.filter(pk=week.cycle.pk).update(flow=flow)
    week.cycle.refresh_from_db()
    dock = make_dock(hub)
    members = [week.farm, ground.make_farm(hub=hub)]
    ground.make_place(members[1], kind=Place.Kind.FARM, point=GATES[1])
    week.farm.places.update(latitude=GATES[0][0], longitude=GATES[0][1])
    items, stocks = _products(week, members)
    buyers = [week.buyer, *(ground.make_buyer(hub=hub) for _ in WANTS[1:])]
    doors = [
        ground.make_place(owner, point=point)
        for owner, point in zip([*buyers[:2], hub], DOORS, strict=True)
    ]
    envelope = make_envelope(buyers[0], amount_cents=ENVELOPE_CENTS)
    orders = []
    for number, (tier_code, door, wants) in enumerate(WANTS):
        named = {items[name]: cases for name, cases in wants.items()}
        asked = change(week, named, tier_code=tier_code)
        if number == 0:
            asked = replace(asked, envelope=envelope, envelope_cents=PROMISED_CENTS)
        orders.append(
            order_services.place_order(
                cycle=week.cycle,
                buyer=buyers[number],
                drop_point=doors[door],
                change=asked,
                key=f"order {number}",
            )
        )
    producer_services.post_availability(
        offer=stocks[-1].offer,
        week_on=stocks[-1].week_on,
        quantity=3,
        price_cents=None,
        lot="L-1",
        by=week.person,
        now=NOW,
    )
    order_services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    pool = make_pool(hub)
    trucks = _trucks(pool, dock)
    plan = _plan(pool, week, trucks)
    return World(
        week=week,
        flow=flow,
        farms=members,
        stocks=stocks,
        buyers=buyers,
        orders=orders,
        envelope=envelope,
        pool=pool,
        trucks=trucks,
        plan=plan,
    )


def _products(
    week: Week, members: list[Organization]
) -> tuple[dict[str, str], list[Availability]]:
    """What can be ordered by name, and the rows behind it; the frozen one is taxed."""
    pool = farms.make_pooled_offer(week.hub, price_cents=POOL_CENTS)
    own = make_stock(week, quantity=4, price_cents=OWN_CENTS)
    product = farms.make_product(members[1])
    product.taxability = "taxable"
    product.save()
    variant = farms.make_variant(
        product, mass_g=3_333, volume_ml=4_321, temperature_class="frozen"
    )
    offer = farms.make_offer(members[1], variant=variant, price_cents=FROZEN_CENTS)
    frozen = farms.make_availability(offer, quantity=9)
    shared = [
        make_stock(
            week,
            quantity=quantity,
            price_cents=POOL_CENTS,
            farm=farm,
            pooled_offer=pool,
        )
        for farm, quantity in zip(members, (2, 4), strict=True)
    ]
    items = {
        "own": own.offer.public_id,
        "frozen": offer.public_id,
        "pool": pool.public_id,
    }
    return items, [own, frozen, *shared]


def _trucks(pool: FleetPool, home: Place) -> list[Vehicle]:
    """Two trucks of two carriers that stand at the dock overnight."""
    return [
        make_vehicle(
            pool,
            owner=ground.make_carrier(hub=pool.coordinator),
            home=home,
            holds={"chilled": (400, 1_000), "frozen": (100, 300)},
            shift_start_s=6 * 3_600,
            per_km_cents=100 + 7 * number,
        )
        for number in range(2)
    ]


def _plan(pool: FleetPool, week: Week, trucks: list[Vehicle]) -> Plan:
    """The planner's plan, of which a hand gives the idle truck something to do."""
    job = services.propose_plan(
        pool=pool,
        service_on=week.cycle.service_on,
        by=None,
        seconds=30,
        seed=1,
        iterations=2,
        key=f"truck day {pool.pk}",
    )
    plan = services.run_plan(job_id=job.pk, travel=StraightLine())
    job.refresh_from_db()
    assert plan is not None, job.reason
    assert plan.unserved.count() == 0
    plan = services.adjust_plan(plan=plan, now=NOW)
    used = set(plan.routes.values_list("vehicle__public_id", flat=True))
    idle = [truck.public_id for truck in trucks if truck.public_id not in used]
    names = list(
        plan.routes.filter(stops__actions__kind="unload")
        .order_by("-stops__sequence")
        .values_list("stops__actions__shipment__public_id", flat=True)
    )
    for name, truck in zip(names, idle, strict=False):
        plan = services.edit_plan(
            plan=plan,
            version=plan.edit_version,
            move=MoveShipment(name, truck),
            by=None,
            now=NOW,
        )
    assert (plan.num_broken, plan.routes.count()) == (0, 2)
    give_papers(plan)
    return plan
