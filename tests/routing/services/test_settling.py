"""A settled day: what was driven is paid once, shared to the cent, and never twice."""

import re

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from hub.ledger import posting, statements
from hub.ledger.audit import audit
from hub.ledger.core.accounts import AccountRef, Move
from hub.models import IndicatorFact
from orders import services as order_services
from pricing import selectors as pricing_selectors
from routing import services
from routing.core.errors import (
    DayNotDispatched,
    DayNotOver,
    NothingToSettle,
    OrdersNotBilled,
)
from routing.indicators import settled_figures
from routing.models import (
    CostShare,
    DaySettlement,
    HubSettlement,
    PayerSettlement,
    Plan,
    SettlementRule,
    SharePart,
    StopAction,
)
from tests.factories import routing as trucks
from tests.factories.day import deliver, shipment_of
from tests.factories.settled import (
    NOW,
    bring_all,
    make_driven_day,
    send_out,
    settle,
)

pytestmark = pytest.mark.django_db


def balance(kind: str, organization) -> int:
    return statements.balance_cents(f"{kind}:{organization.public_id}")


def transport_of(hub) -> int:
    return statements.balance_cents(f"hub:{hub.public_id}:transport")


def test_shares_and_remainder_are_what_the_plan_said_the_day_would_cost():
    driven = make_driven_day()
    bring_all(driven)

    settlement = settle(driven)

    part = settlement.hubs.get()
    shares = CostShare.objects.aggregate(cents=Sum("share_cents"))["cents"]
    assert settlement.cost_cents == driven.plan.cost_cents
    assert part.shares_cents == shares
    assert shares + part.remainder_cents == driven.plan.cost_cents


def test_the_carrier_is_owed_what_was_driven_and_the_hub_keeps_the_difference():
    driven = make_driven_day()
    bring_all(driven)

    settle(driven)

    # 6 cases of the first farm and 3 of the second, 1 $ of transport each
    assert balance("carrier", driven.carrier) == driven.plan.cost_cents
    assert transport_of(driven.hub) == 900 - driven.plan.cost_cents
    assert audit().is_clean


def test_settling_twice_is_settling_once():
    driven = make_driven_day()
    bring_all(driven)
    first = settle(driven)
    before = statements.balances("")

    again = settle(driven)

    assert again == first
    assert DaySettlement.objects.count() == 1
    assert statements.balances("") == before


def test_a_day_with_goods_on_the_road_waits():
    driven = make_driven_day()

    with pytest.raises(DayNotOver) as refusal:
        settle(driven)

    assert refusal.value.data == {"count": len(driven.shipments)}
    assert not DaySettlement.objects.exists()
    assert balance("carrier", driven.carrier) == 0


def test_a_day_of_which_an_order_could_not_be_billed_is_not_settled():
    driven = make_driven_day(wants={"a": (4, 0), "b": (2, 3)}, tiers={"a": "solidaire"})
    first = shipment_of(driven.day, "a")
    deliver(driven.day, "a", units=0)
    order_services.bill_day(
        hub=driven.hub, service_on=driven.service_on, by=None, now=NOW
    )
    lot = AccountRef(pricing_selectors.account_code(driven.day.week.lot), floored=True)
    outside = AccountRef(f"funder:{driven.hub.public_id}", floored=False)
    moves = [Move(lot, -10_000), Move(outside, 10_000)]
    posting.post(key="spent", kind="x", moves=moves, effective_on=NOW.date())
    bring_all(driven)

    with pytest.raises(OrdersNotBilled) as refusal:
        settle(driven)

    buyer = driven.day.orders["a"].buyer
    assert refusal.value.data == {"count": 1, "buyers": buyer.name}
    assert not DaySettlement.objects.exists()
    assert balance("carrier", driven.carrier) == 0
    # what could be billed is: 2 cases at 12,50 $ and 3 at 24,00 $
    assert balance("buyer", driven.day.orders["b"].buyer) == -9_700
    assert first.cost_shares.count() == 0


def test_a_day_is_settled_when_the_last_order_is_billed():
    driven = make_driven_day(wants={"a": (4, 0), "b": (2, 3)}, tiers={"a": "solidaire"})
    bring_all(driven)
    order_services.bill_day(
        hub=driven.hub, service_on=driven.service_on, by=None, now=NOW
    )

    settlement = settle(driven)

    assert settlement.hubs.get().credited_cents == 900


def test_an_order_that_waits_for_another_truck_keeps_the_day_open():
    driven = make_driven_day()
    waiting = shipment_of(driven.day, "b", 1)
    StopAction.objects.filter(shipment=waiting).delete()
    deliver(driven.day, "a")
    deliver(driven.day, "b", 0)

    with pytest.raises(OrdersNotBilled) as refusal:
        settle(driven)

    buyer = driven.day.orders["b"].buyer
    assert refusal.value.data == {"count": 1, "buyers": buyer.name}
    assert not DaySettlement.objects.exists()


def test_a_day_without_a_published_plan_has_nothing_to_settle():
    day = trucks.make_day()

    with pytest.raises(NothingToSettle):
        services.settle_day(pool=day.pool, service_on=day.service_on, by=None, now=NOW)

    assert not DaySettlement.objects.exists()


def test_a_day_whose_trucks_were_not_sent_out_is_not_settled():
    driven = make_driven_day()
    bring_all(driven)
    Plan.objects.update(dispatched_at=None)

    with pytest.raises(DayNotDispatched):
        settle(driven)

    assert not DaySettlement.objects.exists()
    assert balance("carrier", driven.carrier) == 0


def test_goods_that_never_came_are_charged_to_nobody():
    driven = make_driven_day()
    bring_all(driven, short={0: 0})

    settlement = settle(driven)

    missed = CostShare.objects.get(shipment=driven.shipments[0])
    part = settlement.hubs.get()
    assert missed.share_cents == 0
    assert not missed.parts.exists()
    assert part.cost_cents == settlement.cost_cents
    assert part.remainder_cents >= missed.waived_cents


def test_transport_is_credited_on_delivered_quantities():
    driven = make_driven_day(wants={"a": (4, 0)})
    bring_all(driven, short={0: 1})

    settle(driven)

    assert CostShare.objects.get().credited_cents == 100


@pytest.mark.parametrize(
    ("difference", "given_back"),
    [("kept", 0), ("returned", 0), ("settled", -1)],
)
def test_a_shortfall_is_charged_only_where_the_rule_says_so(difference, given_back):
    driven = make_driven_day(wants={"a": (4, 0)})
    services.set_settlement_rule(
        hub=driven.hub, payer="buyer", policy="fixed_order", difference=difference
    )
    bring_all(driven)

    settlement = settle(driven)

    part = settlement.hubs.get()
    short = part.shares_cents - 400
    assert short > 0
    assert part.moved_cents == given_back * short
    buyer = driven.day.orders["a"].buyer
    # four cases at 12,50 $ are owed, and the shortfall where it is charged
    assert balance("buyer", buyer) == -5_000 + given_back * short
    assert transport_of(driven.hub) == part.left_cents


def test_a_surplus_is_given_back_to_the_farm_that_carries_the_cost():
    driven = make_driven_day(wants={"a": (4, 0)})
    driven.pool.vehicles.update(fixed_cents=0, per_km_cents=0, per_hour_cents=0)
    truck = driven.pool.vehicles.get()
    Plan.objects.update(dispatched_at=None)
    job = trucks.ask(trucks.PlanDay(driven.day.week, driven.pool, truck))
    plan = services.run_plan(job_id=job.pk)
    assert plan is not None
    services.publish_plan(plan=plan, by=None, now=NOW)
    send_out(plan)
    services.set_settlement_rule(
        hub=driven.hub, payer="farm", policy="equal", difference="returned"
    )
    bring_all(driven)

    settle(driven)

    # nothing was driven for money: the 4 $ collected go back to the farm
    assert balance("farm", driven.day.farms[0]) == 4_000 + 400
    assert transport_of(driven.hub) == 0
    assert PayerSettlement.objects.get().moved_cents == 400


def test_two_hubs_in_one_truck_pay_their_own_part_to_the_cent():
    driven = make_driven_day(num_hubs=2)
    bring_all(driven)
    services.set_settlement_rule(
        hub=driven.hub, payer="buyer", policy="per_unit", difference="kept"
    )

    settlement = settle(driven)

    parts = list(settlement.hubs.order_by("pk"))
    assert len(parts) == 2
    assert sum(part.cost_cents for part in parts) == settlement.cost_cents
    assert balance("carrier", driven.carrier) == settlement.cost_cents
    assert [transport_of(part.hub) for part in parts] == [
        part.left_cents for part in parts
    ]
    assert {part.policy for part in parts} == {"per_unit", "fixed_order"}


def test_members_carry_every_cent_of_the_shares():
    driven = make_driven_day()
    bring_all(driven)

    settlement = settle(driven)

    carried = SharePart.objects.aggregate(cents=Sum("share_cents"))["cents"]
    summed = PayerSettlement.objects.aggregate(cents=Sum("share_cents"))["cents"]
    assert carried == summed == settlement.hubs.get().shares_cents


def test_a_settled_day_leaves_its_figures():
    driven = make_driven_day()
    bring_all(driven)

    settlement = settle(driven)

    facts = dict(
        IndicatorFact.objects.filter(hub=driven.hub).values_list("measure", "value")
    )
    assert facts["transport_driven"] == settlement.cost_cents
    assert facts["distance_driven"] == driven.plan.distance_m
    assert facts["distance_alone"] >= driven.plan.distance_m
    # nine cases of 10 kg
    assert facts["mass_delivered"] == 90_000


def test_a_hub_that_said_nothing_keeps_the_default_rule():
    driven = make_driven_day()
    bring_all(driven)

    settle(driven)

    part = HubSettlement.objects.get()
    assert (part.payer, part.policy, part.difference) == (
        "buyer",
        "fixed_order",
        "kept",
    )
    assert not SettlementRule.objects.exists()


def test_the_figures_of_a_settled_day_add_up():
    driven = make_driven_day()
    bring_all(driven)
    settle(driven)

    figures = settled_figures(pool=driven.pool, service_on=driven.service_on)

    assert figures is not None
    assert figures["cost_shares_sum_cents"] == figures["driven_cost_cents"]
    assert figures["max_share_over_alone"] <= 1.0
    # 6 cases at 10 $ and 3 at 20 $ for the farms; 12,50 $ and 24 $ for the buyers
    assert figures["farm_payable_cents"] == 12_000
    assert figures["buyer_invoiced_cents"] == 14_700


def test_every_order_is_locked_before_a_seller_is():
    driven = make_driven_day()
    deliver(driven.day, "a")
    order_services.bill_day(
        hub=driven.hub, service_on=driven.service_on, by=None, now=NOW
    )
    deliver(driven.day, "b")
    deliver(driven.day, "b", farm=1)

    with CaptureQueriesContext(connection) as asked:
        settle(driven)

    locks = [row["sql"] for row in asked if "FOR UPDATE" in row["sql"]]
    seller = next(i for i, sql in enumerate(locks) if 'FROM "orders_seller"' in sql)
    before, after = map(locked_orders, (locks[:seller], locks[seller:]))
    assert before == {order.pk for order in driven.day.orders.values()}
    assert after <= before


def locked_orders(locks: list[str]) -> set[int]:
    return {
        int(pk)
        for sql in locks
        if 'FROM "orders_order"' in sql
        for found in re.findall(r'"orders_order"."id" IN \(([\d, ]+)\)', sql)
        for pk in found.split(",")
    }
