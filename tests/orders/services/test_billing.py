"""A day is settled once: what came is billed, what was held is paid or given back."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from hub.ledger import posting, statements
from hub.ledger.audit import audit
from hub.ledger.core.accounts import AccountRef, Move
from hub.models import Place
from orders import selectors, services
from orders.models import BillRefusal, FarmSale, Invoice, OrderLine, Shipment
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from pricing.core.errors import FundTooLow
from pricing.models import SolidarityFund
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.day import NOW, Day, deliver, make_day, shipment_of
from tests.factories.week import make_stock, make_week, order

pytestmark = pytest.mark.django_db


def bill(day: Day, days: int = 0) -> list[Invoice]:
    return services.bill_day(
        hub=day.hub,
        service_on=day.week.cycle.service_on + timedelta(days=days),
        by=day.coordinator,
        now=NOW,
    )


def books(day: Day) -> dict[str, int]:
    """Every balance that is not zero, by a short name."""
    names = {day.hub.public_id: "hub", day.week.lot.public_id: "lot"}
    names |= {order.buyer.public_id: name for name, order in day.orders.items()}
    names |= {farm.public_id: f"farm{n}" for n, farm in enumerate(day.farms)}
    names |= {order.public_id: name for name, order in day.orders.items()}
    found = {}
    for code, cents in statements.balances("").items():
        for public_id, name in names.items():
            code = code.replace(public_id, name)
        if cents:
            found[code] = cents
    return found


def test_a_whole_delivery_at_the_full_price_pays_farm_transport_and_hub():
    day = make_day(wants={"a": (4, 0)}, fund_cents=0)
    deliver(day, "a")

    bill(day)

    # four cases at 12,50 $: 10,00 farm + 1,00 transport + 1,50 hub
    assert books(day) == {
        "buyer:a": -5_000,
        "farm:farm0": 4_000,
        "hub:hub:transport": 400,
        "hub:hub:margin": 600,
    }


def test_transport_is_billed_on_what_was_delivered():
    day = make_day(wants={"a": (4, 0)}, fund_cents=0)
    deliver(day, "a", units=1)

    bill(day)

    assert books(day) == {
        "buyer:a": -1_250,
        "farm:farm0": 1_000,
        "hub:hub:transport": 100,
        "hub:hub:margin": 150,
    }


def test_the_fund_pays_its_part_and_gets_the_rest_of_the_hold_back():
    day = make_day(wants={"a": (4, 0)}, tiers={"a": "solidaire"})
    deliver(day, "a", units=3)

    bill(day)

    # 3 cases at 12,50 $: 10,00 $ by the buyer, 2,50 $ by the fund
    assert books(day) == {
        "funder:hub": -10_000,
        "fund:hub:lot": 10_000 - 750,
        "buyer:a": -3_000,
        "farm:farm0": 3_000,
        "hub:hub:transport": 300,
        "hub:hub:margin": 450,
    }


def test_what_support_pays_above_the_price_reaches_the_fund():
    day = make_day(wants={"a": (4, 0)}, tiers={"a": "soutien"}, fund_cents=0)
    deliver(day, "a")

    bill(day)

    # 12,50 $ x 115 % = 14,38 $, half up: 1,88 $ a case for the fund
    assert books(day) == {
        "buyer:a": -5_752,
        "farm:farm0": 4_000,
        "hub:hub:transport": 400,
        "hub:hub:margin": 600,
        "fund:hub:lot": 752,
    }


def test_what_support_pays_reaches_a_hub_that_had_no_fund_yet():
    day = make_day(wants={"a": (4, 0)}, tiers={"a": "soutien"}, fund_cents=0)
    day.week.lot.delete()
    SolidarityFund.objects.all().delete()
    deliver(day, "a")

    bill(day)

    assert statements.total_cents(f"fund:{day.hub.public_id}:") == 752


def test_an_order_waits_for_all_that_comes_that_day():
    day = make_day(wants={"a": (4, 1)})
    deliver(day, "a", 0)

    assert bill(day) == []

    deliver(day, "a", 1)
    (invoice,) = bill(day)
    assert invoice.buyer_cents == 5_000 + 2_400


def test_each_farm_is_paid_its_own_goods():
    day = make_day(wants={"a": (4, 1)}, fund_cents=0)
    for farm in (0, 1):
        deliver(day, "a", farm)

    bill(day)

    sales = FarmSale.objects.order_by("pk").values_list("farm", "quantity")
    assert list(sales) == [(day.farms[0].pk, 4), (day.farms[1].pk, 1)]
    assert (books(day)["farm:farm0"], books(day)["farm:farm1"]) == (4_000, 2_000)


def test_billing_again_bills_nothing_and_shows_the_same_invoices():
    day = make_day(wants={"a": (4, 0), "b": (1, 0)})
    for name in "ab":
        deliver(day, name)
    first = bill(day)
    before = books(day)

    second = bill(day)

    assert ([i.number for i in first], second) == ([1, 2], first)
    assert books(day) == before


def test_what_comes_another_day_is_billed_that_day():
    day = make_day(wants={"a": (4, 1)}, tiers={"a": "solidaire"})
    services.decide_shipment(
        shipment=shipment_of(day, "a", 1),
        decision="another_day",
        on=day.week.cycle.service_on + timedelta(days=1),
        by=None,
        now=NOW,
    )
    deliver(day, "a", 0)
    (first,) = bill(day)
    held_between = pricing_selectors.held_cents(day.orders["a"].hold_key)
    deliver(day, "a", 1)

    (second,) = bill(day, days=1)

    day.orders["a"].refresh_from_db()
    assert (first.buyer_cents, held_between, second.buyer_cents) == (4_000, 480, 1_920)
    assert pricing_selectors.held_cents(day.orders["a"].hold_key) == 0
    assert day.orders["a"].settled_at == NOW


def test_taxes_of_two_days_are_those_of_one():
    """A unit at 1,33 + 1,00 + 0,20 = 2,53 $ bears 13 ¢ of TPS alone; two bear 25 ¢."""
    week = make_week(fund_cents=0)
    pool = farms.make_pooled_offer(week.hub, price_cents=133)
    other = ground.make_farm(hub=week.hub)
    ground.make_place(other, kind=Place.Kind.FARM, point=ground.FARM_POINT)
    for farm in (week.farm, other):
        make_stock(week, farm=farm, pooled_offer=pool, quantity=1, price_cents=133)
    order(week, {pool.public_id: 2})
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    OrderLine.objects.update(tps_ppm=50_000)
    first_on = week.cycle.service_on
    second_on = first_on + timedelta(days=1)
    one, two = Shipment.objects.order_by("pk")
    services.decide_shipment(
        shipment=two, decision="another_day", on=second_on, by=None, now=NOW
    )
    for shipment in (one, two):
        services.record_delivery(
            shipment_id=shipment.pk, quantities={}, by=None, now=NOW
        )
    for on in (first_on, second_on):
        services.bill_day(hub=week.hub, service_on=on, by=None, now=NOW)

    taxes = list(Invoice.objects.order_by("number").values_list("tps_cents", flat=True))
    assert taxes == [13, 12]


def test_nothing_delivered_makes_no_invoice_and_empties_the_hold():
    day = make_day(wants={"a": (4, 0)}, tiers={"a": "solidaire"})
    deliver(day, "a", units=0)

    assert bill(day) == []

    day.orders["a"].refresh_from_db()
    assert books(day) == {"funder:hub": -10_000, "fund:hub:lot": 10_000}
    assert day.orders["a"].settled_at == NOW


def test_what_billed_nothing_by_mistake_can_still_be_delivered():
    day = make_day(wants={"a": (4, 0)}, tiers={"a": "solidaire"})
    deliver(day, "a", units=0)
    bill(day)
    deliver(day, "a", units=4)

    (invoice,) = bill(day)

    assert (invoice.number, invoice.buyer_cents) == (1, 4_000)
    assert books(day)["fund:hub:lot"] == 9_000


def test_two_billings_of_nothing_on_one_day_each_give_their_part_back():
    day = make_day(wants={"a": (4, 1)}, tiers={"a": "solidaire"})
    moved = services.decide_shipment(
        shipment=shipment_of(day, "a", 1),
        decision="another_day",
        on=day.week.cycle.service_on + timedelta(days=1),
        by=None,
        now=NOW,
    )
    deliver(day, "a", 0, units=0)
    bill(day)
    services.undo_decision(shipment=moved, by=None, now=NOW)
    deliver(day, "a", 1, units=0)

    assert bill(day) == []

    assert books(day) == {"funder:hub": -10_000, "fund:hub:lot": 10_000}


def test_an_invoice_is_never_changed_even_by_the_owner():
    day = make_day(wants={"a": (4, 0)})
    deliver(day, "a")
    (invoice,) = bill(day)

    for sql in (
        "UPDATE orders_invoice SET number = 7",
        "DELETE FROM orders_invoiceline",
        "UPDATE orders_farmsale SET farm_cents = 1",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    assert Invoice.objects.get().number == invoice.number


def test_a_number_that_leaves_a_gap_is_refused_by_the_database():
    day = make_day(wants={"a": (4, 0)})
    deliver(day, "a")
    (invoice,) = bill(day)
    invoice.pk, invoice.public_id, invoice.posting_key = None, "other", "other"
    invoice.number = 3

    with pytest.raises(DatabaseError, match="gap"), transaction.atomic():
        invoice.save(force_insert=True)

    assert Invoice.objects.count() == 1


def test_the_books_are_clean_after_a_day():
    day = make_day(
        wants={"a": (4, 1), "b": (2, 0), "c": (0, 3)},
        tiers={"a": "solidaire", "c": "soutien"},
    )
    for name, farm in [("a", 0), ("a", 1), ("b", 0), ("c", 1)]:
        deliver(day, name, farm)
    bill(day)

    report = audit()

    assert (report.is_clean, sum(statements.balances("").values())) == (True, 0)


def spend_the_fund(day: Day) -> None:
    """All that is free in the fund goes elsewhere."""
    code = pricing_selectors.account_code(day.week.lot)
    left_cents = statements.balance_cents(code)
    posting.post(
        key=f"spent:{left_cents}",
        kind="fund-deposit",
        moves=[
            Move(AccountRef(code, floored=True), -left_cents),
            Move(AccountRef(f"funder:{day.hub.public_id}", floored=False), left_cents),
        ],
        effective_on=NOW.date(),
    )


@pytest.fixture
def poor_day() -> Day:
    """The first order came after all, when the fund had given its part away."""
    day = make_day(
        wants={"a": (4, 0), "b": (2, 0), "c": (1, 0)},
        tiers={"a": "solidaire", "c": "solidaire"},
    )
    deliver(day, "a", units=0)
    bill(day)
    spend_the_fund(day)
    deliver(day, "a", units=4)
    deliver(day, "b")
    deliver(day, "c")
    return day


def test_an_order_that_the_fund_cannot_pay_leaves_the_others_billed(poor_day):
    found = bill(poor_day)

    assert [(i.number, i.order) for i in found] == [
        (1, poor_day.orders["b"]),
        (2, poor_day.orders["c"]),
    ]
    (seen,) = [
        row
        for row in selectors.orders_of_day(
            hub=poor_day.hub, on=poor_day.week.cycle.service_on
        )
        if row.refusal
    ]
    assert (seen.order, seen.is_ready) == (poor_day.orders["a"], True)
    refusal = seen.refusal
    assert isinstance(refusal, FundTooLow)
    assert refusal.data == {"missing_cents": 1_000}
    assert audit().is_clean


def test_an_order_that_is_refused_stays_whole_as_it_was(poor_day):
    refused = poor_day.orders["a"]
    refused.refresh_from_db()
    before = (refused.version, refused.hold_key, refused.settled_at)

    bill(poor_day)

    refused.refresh_from_db()
    line = refused.lines.get()
    assert (refused.version, refused.hold_key, refused.settled_at) == before
    assert (line.delivered, line.billed) == (4, None)
    assert books(poor_day).get("buyer:a", 0) == 0


def test_a_refused_order_is_billed_once_the_fund_can_pay_and_its_reason_goes(poor_day):
    bill(poor_day)
    pricing_services.deposit(
        lot=poor_day.week.lot, amount_cents=1_000, key="more", on=NOW.date()
    )

    found = bill(poor_day)

    assert [(i.number, i.buyer_cents) for i in found][-1] == (3, 4_000)
    assert not BillRefusal.objects.exists()
    assert audit().is_clean
