"""The day of the trucks, through services: each story can be read aloud.

The money of `one_road` is checked by hand. One truck drives 28 km in 28 minutes, stops
at three doors of ten minutes and handles 600 kg twice at a second each: 4 680 seconds.
30 $ for the day + 28 $ for the way + 46,80 $ for the time are 104,80 $.
"""

from collections import Counter

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from orders import services as order_services
from orders.models import FarmSale, Invoice, OrderLine
from routing import services
from routing.core.edit import MoveStop
from routing.indicators import settled_figures
from routing.models import CostShare, Plan, Stop
from tests.factories.day import deliver, make_day
from tests.factories.one_road import OneRoad, make_one_road
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def road() -> OneRoad:
    return make_one_road()


def cents(code: str) -> int:
    return statements.balance_cents(code)


def doors(plan: Plan) -> list[list[int]]:
    """The kilometres where each truck stops, in its order."""
    return [
        [
            round(((stop.place.latitude or 0) - 45.50) * 100)
            for stop in route.stops.all()
        ]
        for route in plan.routes.prefetch_related("stops__place").order_by("number")
    ]


def _from_the_city(stop: Stop) -> float:
    return abs((stop.place.latitude or 0) - 45.50)


def with_the_farthest_door_first(plan: Plan) -> Plan:
    """Ana lets each truck drive to its farthest door first, looks, and keeps it."""
    version = services.adjust_plan(plan=plan, now=NOW)
    for route in plan.routes.select_related("vehicle"):
        truck = route.vehicle.public_id
        farthest = max(route.stops.all(), key=_from_the_city)
        version = services.edit_plan(
            plan=version,
            version=version.edit_version,
            move=MoveStop(truck, farthest.sequence - 1, truck, 1),
            by=None,
            now=NOW,
        )
    return version


def refuses(road: OneRoad, phone, name: str) -> None:
    """The truck goes to all its doors; one of them sends everything back."""
    at = road.at("9:30")
    for stop in phone.route.stops.order_by("sequence"):
        if stop.place != road.orders[name].drop_point:
            phone.send(phone.handles(stop, at=at), now=at)
            continue
        phone.send(
            [
                phone.tap(stop, "arrived", at=at),
                phone.tap(stop, "problem", at=at, reason="refused", note="gelé"),
                phone.tap(stop, "departed", at=at),
            ],
            now=at,
        )


def test_a_day_from_the_plan_to_the_last_cent(road: OneRoad) -> None:
    plan = with_the_farthest_door_first(road.plan())
    assert sorted(doors(plan)) == [[-10, -14, -12], [10, 14, 12]]
    assert (plan.num_broken, plan.cost_cents, plan.unserved.count()) == (0, 20_960, 0)

    phones = road.send_out(plan)
    road.drive(phones["east"], came={"near east": 28})
    refuses(road, phones["west"], "far west")
    settlement = road.settle()

    shares = {
        name: (share.share_cents, share.alone_cents, share.credited_cents)
        for name in road.orders
        for share in CostShare.objects.filter(shipment=road.shipment(name))
    }
    # Near door: half the truck 15,00 + 12 km of the 28 + 1 620 s of ways and doors +
    # 600 s of handling = 49,20 $; alone 30,00 + 24 km + 2 640 s + 600 s = 86,40 $.
    # Far door: 15,00 + 16 km + 1 860 s + 600 s = 55,60 $; alone, 28 km, 92,80 $.
    assert shares == {
        "near east": (4_920, 8_640, 2_800),
        "far east": (5_560, 9_280, 3_000),
        "near west": (4_920, 8_640, 3_000),
        "far west": (0, 9_280, 0),
    }
    part = settlement.hubs.get()
    assert (settlement.cost_cents, part.shares_cents, part.remainder_cents) == (
        20_960,
        4_920 + 5_560 + 4_920,
        5_560,
    )
    assert money(road) == {
        # 28 cases at 10,00 $ less 100 $ of the envelope; 30 at 12,50 $ and at 14,38 $
        "near east": -(28_000 - 10_000),
        "far east": -37_500,
        "near west": -43_140,
        "far west": 0,
        "farm east": 58_000,
        "farm west": 30_000,
        "margin": 150 * 88,
        "transport": 100 * 88 - 20_960,
        "carrier": 20_960,
        # 28 times 2,50 $ drawn of the 30 held, 30 times 1,88 $ given
        "fund": 20_000 - 7_000 + 5_640,
        "held": 0,
        "envelope": 15_000 - 10_000,
    }
    assert invoices() == [(1, 28_000, 10_000), (2, 37_500, 0), (3, 43_140, 0)]
    assert (sum(statements.balances("").values()), audit().is_clean) == (0, True)


def test_the_figures_of_the_day_are_those_of_its_books(road: OneRoad) -> None:
    phones = road.send_out(road.plan())
    road.drive(phones["east"], came={"near east": 28})
    refuses(road, phones["west"], "far west")
    road.settle()

    figures = settled_figures(pool=road.pool, service_on=road.week.cycle.service_on)

    assert figures is not None
    assert {**figures, "indicators": None, "max_share_over_alone": None} == {
        "driven_cost_cents": 20_960,
        "cost_shares_sum_cents": 20_960,
        "hub_remainder_cents": 5_560,
        "stand_alone_cost_cents": 2 * (8_640 + 9_280),
        "max_share_over_alone": None,
        "farm_payable_cents": 88_000,
        "buyer_invoiced_cents": 28_000 + 37_500 + 43_140,
        "envelope_captured_cents": 10_000,
        "fund_drawn_cents": 7_000,
        "fund_contributed_cents": 5_640,
        "indicators": None,
    }
    # buyer + draw - gift = farm + transport + margin
    assert 108_640 + 7_000 - 5_640 == 88_000 + 8_800 + 13_200
    assert figures["max_share_over_alone"] == 5_560 / 9_280


def test_transport_is_shared_on_what_came_not_on_what_was_ordered(
    road: OneRoad,
) -> None:
    services.set_settlement_rule(
        hub=road.hub, payer="buyer", policy="per_unit", difference="settled"
    )
    phones = road.send_out(road.plan())
    road.drive(phones["east"], came={"near east": 15})
    road.drive(phones["west"])

    road.settle()

    shares = {
        name: (share.mass_g // 1_000, share.share_cents, share.credited_cents)
        for name in road.orders
        for share in CostShare.objects.filter(shipment=road.shipment(name))
    }
    # 104,80 $ for 150 and 300 kg east, though each had ordered 300 kg; 1 $ a case
    assert shares == {
        "near east": (150, 3_493, 1_500),
        "far east": (300, 6_987, 3_000),
        "near west": (300, 5_240, 3_000),
        "far west": (300, 5_240, 3_000),
    }
    # 15 cases at 10,00 $ of which the envelope pays 100 $, then 34,93 - 15,00 $ more
    buyer = road.orders["near east"].buyer.public_id
    assert cents(f"buyer:{buyer}") == -(15_000 - 10_000) - (3_493 - 1_500)
    assert cents(f"hub:{road.hub.public_id}:transport") == 0


def test_an_invoiced_order_is_edited_and_the_numbers_stay_whole() -> None:
    day = make_day(wants={"a": (5, 0), "b": (3, 0)})
    deliver(day, "a")
    (first,) = bill(day)
    printed = dict(first.document)

    order_services.correct_invoice(
        invoice=first,
        quantities={day.orders["a"].lines.get().pk: 2},
        reason="trois caisses gelées",
        by=None,
        now=NOW,
        key="once",
    )
    deliver(day, "b")
    bill(day)

    # five cases at 12,50 $, taken back whole, two in their place; then b's three
    assert [
        (each.number, each.kind, each.buyer_cents, each.corrects_id)
        for each in Invoice.objects.order_by("number")
    ] == [
        (1, "invoice", 6_250, None),
        (2, "credit_note", -6_250, first.pk),
        (3, "invoice", 2_500, first.pk),
        (4, "invoice", 3_750, None),
    ]
    first.refresh_from_db()
    assert first.document == printed
    quantities = OrderLine.objects.filter(order=day.orders["a"])
    assert list(quantities.values_list("ordered", "delivered", "billed")) == [(5, 5, 2)]
    sold = FarmSale.objects.values_list("farm", "farm_cents")
    paid: Counter[int] = Counter()
    for farm, amount_cents in sold:
        paid[farm] += amount_cents
    assert paid == {day.farms[0].pk: 5_000}
    assert cents(f"farm:{day.farms[0].public_id}") == 5_000
    assert cents(f"buyer:{day.orders['a'].buyer.public_id}") == -2_500
    assert audit().is_clean


def bill(day) -> list[Invoice]:
    return order_services.bill_day(
        hub=day.hub, service_on=day.week.cycle.service_on, by=None, now=NOW
    )


def invoices() -> list[tuple[int, int, int]]:
    rows = Invoice.objects.order_by("number")
    return list(rows.values_list("number", "buyer_cents", "envelope_cents"))


def money(road: OneRoad) -> dict[str, int]:
    """What everybody has, or owes, when the day is over."""
    hub = road.hub.public_id
    fund = statements.balances(f"fund:{hub}:")
    held = statements.balances("hold:")
    return {
        **{
            name: cents(f"buyer:{order.buyer.public_id}")
            for name, order in road.orders.items()
        },
        **{
            f"farm {side}": cents(f"farm:{farm.public_id}")
            for side, farm in road.farms.items()
        },
        "margin": cents(f"hub:{hub}:margin"),
        "transport": cents(f"hub:{hub}:transport"),
        "carrier": cents(f"carrier:{road.trucks[0].owner.public_id}"),
        "fund": sum(fund.values()),
        "held": sum(held.values()),
        "envelope": cents(f"envelope:{road.envelope.public_id}"),
    }
