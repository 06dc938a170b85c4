"""What farms and buyers are told of a close and of a decision."""

from datetime import timedelta

import pytest

from hub.models import Notice
from orders.models import Shipment
from orders.services import (
    Reopening,
    bill_day,
    close_cycle,
    decide_shipment,
    reopen_cycle,
    undo_decision,
)
from tests.factories import hub as ground
from tests.factories.day import deliver, make_day
from tests.factories.week import NOW, Week, make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> Week:
    """A week in which the farm has a producer who answers for it."""
    week = make_week()
    ground.make_producer(week.farm)
    return week


def close(week: Week) -> None:
    close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.values_list("kind", "organization__name")
    return sorted((kind, name) for kind, name in rows)


def test_a_close_tells_each_farm_what_to_prepare_to_the_unit(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 4})
    order(week, {stock.offer.public_id: 3}, key="other")

    close(week)
    close(week)

    notice = Notice.objects.get()
    [item] = notice.data["items"]
    assert (notice.organization, notice.hub) == (week.farm, week.hub)
    assert (notice.data["cycle"], item["units"]) == (week.cycle.name, 7)
    assert item["title"]["fr"] == str(stock.offer.variant)


def test_a_farm_that_sold_nothing_is_told_nothing(week):
    make_stock(week)

    close(week)

    assert told() == []


def test_a_close_that_stops_tells_nobody(week):
    order(week, {make_stock(week).offer.public_id: 4})
    farm = ground.make_farm(hub=week.hub)
    order(week, {make_stock(week, farm=farm).offer.public_id: 1}, key="no place")

    with pytest.raises(Exception, match="no place where a truck can load"):
        close(week)

    assert told() == []


def test_a_decision_tells_farm_and_buyer_once(week):
    order(week, {make_stock(week).offer.public_id: 4})
    close(week)
    Notice.objects.all().delete()
    shipment = Shipment.objects.get()

    for _ in range(2):
        decide_shipment(
            shipment=shipment, decision="cancelled", by=None, now=NOW, note="Pluie"
        )

    notice = Notice.objects.filter(organization=week.buyer).get()
    assert told() == sorted(
        [
            ("shipment_decided", week.buyer.name),
            ("shipment_decided", week.farm.name),
        ]
    )
    assert notice.data == {
        "service_on": shipment.service_on.isoformat(),
        "decision": "cancelled",
        "moved_on": None,
        "farm": week.farm.name,
        "drop_point": week.drop_point.name,
        "note": "Pluie",
    }


def test_a_settled_day_tells_the_buyer_its_invoice_and_the_farm_its_statement():
    day = make_day(wants={"a": (4, 0)}, fund_cents=0)
    ground.make_group_buyer(day.orders["a"].buyer)
    for farm in day.farms:
        ground.make_producer(farm)
    deliver(day, "a")
    Notice.objects.all().delete()

    for _ in range(2):
        bill_day(
            hub=day.hub,
            service_on=day.week.cycle.service_on,
            by=day.coordinator,
            now=NOW,
        )

    # four cases: 50.00 to pay, of which 40.00 are the farm's
    facts = {
        (notice.kind, notice.organization): notice.data["total_cents"]
        for notice in Notice.objects.select_related("organization")
    }
    assert facts == {
        ("invoice_issued", day.orders["a"].buyer): 5_000,
        ("statement_ready", day.farms[0]): 4_000,
    }


def standing() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("kind", "status"))


def test_letters_of_a_close_that_is_undone_do_not_leave_nor_those_of_the_undoing(week):
    order(week, {make_stock(week).offer.public_id: 4})
    close(week)
    week.cycle.refresh_from_db()
    later = NOW + timedelta(hours=8)
    ask = Reopening(closes_at=later, reason="Une ferme manquait.", by=None, now=NOW)

    reopen_cycle(cycle=week.cycle, ask=ask, key="again")
    reopened = standing()
    close(week)

    assert sorted(reopened) == [
        ("cycle_closed", "overtaken"),
        ("cycle_reopened", "waiting"),
        ("cycle_reopened", "waiting"),
    ]
    assert sorted(standing()) == [
        ("cycle_closed", "overtaken"),
        ("cycle_closed", "waiting"),
        ("cycle_reopened", "overtaken"),
        ("cycle_reopened", "overtaken"),
    ]


def test_letters_of_a_decision_that_is_taken_back_do_not_leave(week):
    order(week, {make_stock(week).offer.public_id: 4})
    close(week)
    Notice.objects.all().delete()
    shipment = Shipment.objects.get()
    told = decide_shipment(shipment=shipment, decision="cancelled", by=None, now=NOW)

    undo_decision(shipment=told, by=None, now=NOW)

    assert standing() == [("shipment_decided", "overtaken")] * 2
