"""Clocks that jump, lag or are wrong change neither a closing hour nor a cent."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from hub import tasks as hub_tasks
from hub.core.errors import CycleClosed
from hub.core.periods import at_local, monday_of
from hub.ledger.audit import audit
from hub.ledger.sealing import seal
from hub.models import Cycle, Job, Notice
from orders import services as order_services
from orders.models import Invoice, Order, Shipment
from producers.models import Availability
from routing import tasks
from routing.models import StopRecord, TemperatureReading
from tests.factories import hub as ground
from tests.factories.driving import DOOR, EIGHT, FARM, Drive, make_drive
from tests.factories.week import Week, change, make_stock, make_week

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worker_at_once")]
HOUR_S = 3_600
JUMPS = [date(2026, 3, 8), date(2026, 11, 1)]
"""Sundays: the clocks of Quebec go on an hour, then back an hour."""
SECOND = timedelta(seconds=1)


def sunday_cycle(week: Week, sunday: date) -> Cycle:
    """A cycle typed on its page: from Friday 18 h to Sunday 18 h, brought on Monday."""
    friday, monday = sunday - timedelta(days=2), sunday + timedelta(days=1)
    browser = Client()
    browser.force_login(ground.make_coordinator(week.hub))
    with time_machine.travel(at_local(friday, 12 * HOUR_S)):
        browser.post(
            "/cycles/new/",
            {
                "name": "Fin de semaine",
                "opens_at": f"{friday}T18:00",
                "closes_at": f"{sunday}T18:00",
                "service_on": str(monday),
                "flow": "direct",
            },
        )
    return Cycle.objects.get(name="Fin de semaine")


def order_at(week: Week, wants: dict[str, int], *, when: datetime) -> Order:
    """Confirm an order when the clocks show that moment."""
    return order_services.place_order(
        cycle=week.cycle,
        buyer=week.buyer,
        drop_point=week.drop_point,
        change=replace(change(week, wants), now=when),
        key=f"at {when.isoformat()}",
    )


@pytest.mark.parametrize("sunday", JUMPS)
def test_a_cycle_opens_and_closes_by_the_clock_on_the_wall(sunday: date) -> None:
    week = make_week()
    week.cycle = sunday_cycle(week, sunday)
    stock = make_stock(week)
    Availability.objects.update(week_on=monday_of(week.cycle.service_on))
    opens, closes = (
        at_local(sunday - timedelta(days=2), 18 * HOUR_S),
        at_local(sunday, 18 * HOUR_S),
    )
    states = []

    for when in (opens - SECOND, opens + SECOND, closes - SECOND, closes + SECOND):
        with time_machine.travel(when, tick=False):
            hub_tasks.open_due_cycles()
            tasks.close_due_cycles()
            week.cycle.refresh_from_db()
            states.append(week.cycle.status)
            if when == closes - SECOND:
                order_at(week, {stock.offer.public_id: 4}, when=when)

    # Two days by the calendar; the night of the jump is an hour shorter, or longer.
    lasted_h = 47 if sunday.month == 3 else 49
    assert (closes - opens, states) == (
        timedelta(hours=lasted_h),
        ["draft", "open", "open", "closed"],
    )
    assert Shipment.objects.count() == 1
    with pytest.raises(CycleClosed):
        order_at(week, {stock.offer.public_id: 1}, when=closes + SECOND)


TWICE, NEVER = "2026-11-01T01:30", "2026-03-08T02:30"


@pytest.mark.parametrize("typed", [TWICE, NEVER])
def test_an_hour_that_clocks_show_twice_or_never_is_asked_again(typed: str) -> None:
    week = make_week()
    browser = Client()
    browser.force_login(ground.make_coordinator(week.hub))

    page = browser.post(
        "/cycles/new/",
        {
            "name": "Nuit blanche",
            "opens_at": "2026-01-05T08:00",
            "closes_at": typed,
            "service_on": "2026-11-02",
            "flow": "direct",
        },
    )

    said = "L’heure change cette nuit-là" in page.content.decode()
    assert (page.status_code, said) == (422, True)
    assert not Cycle.objects.filter(name="Nuit blanche").exists()


def test_a_server_set_back_an_hour_neither_reopens_nor_repeats_anything() -> None:
    week = make_week()
    stock = make_stock(week)
    closes = week.cycle.closes_at
    with time_machine.travel(closes - timedelta(minutes=5)):
        order_at(week, {stock.offer.public_id: 4}, when=timezone.now())
    with time_machine.travel(closes + SECOND):
        tasks.close_due_cycles()
        hub_tasks.send_notices()
        seal()
    before = _what_there_is()

    with time_machine.travel(closes - timedelta(minutes=59)):
        hub_tasks.open_due_cycles()
        hub_tasks.sweep_jobs()
        tasks.close_due_cycles()
        hub_tasks.send_notices()
        with pytest.raises(CycleClosed):
            order_at(week, {stock.offer.public_id: 1}, when=timezone.now())
        seal()
        after = _what_there_is()

    assert after == before
    assert audit().is_clean


def _what_there_is() -> dict[str, object]:
    return {
        "cycles": list(Cycle.objects.values_list("status", "revision")),
        "orders": list(Order.objects.values_list("status", "pk")),
        "shipments": list(Shipment.objects.values_list("pk", flat=True)),
        "stock": list(Availability.objects.values_list("quantity", "reserved")),
        "jobs": list(Job.objects.values_list("kind", "state", "num_attempts")),
        "notices": list(Notice.objects.order_by("pk").values_list("pk", "status")),
    }


@pytest.mark.parametrize("wrong_h", [-3, 3])
def test_a_phone_three_hours_wrong_is_set_right_across_a_server_set_back(
    wrong_h: int,
) -> None:
    """The server's clock goes back an hour between two sendings of one phone."""
    drive = make_drive()
    wrong = timedelta(hours=wrong_h)
    came, left = EIGHT, EIGHT + timedelta(minutes=10)
    drive.send(
        [drive.tap("arrived", FARM, at=came + wrong)],
        sent_at=came + wrong + SECOND,
        now=came + SECOND,
    )

    an_hour_back = left - timedelta(hours=1)
    drive.send(
        [
            drive.loaded(4, at=left + wrong),
            drive.tap("departed", FARM, at=left + wrong),
        ],
        sent_at=left + wrong + SECOND,
        now=an_hour_back + SECOND,
    )

    # The second hour is by the clock the server had then; the order is the phone's.
    record = StopRecord.objects.get(stop=drive.stop(FARM))
    assert (record.status, record.arrived_at, record.departed_at) == (
        "left",
        came,
        an_hour_back,
    )


@pytest.mark.parametrize("wrong_h", [-3, 3])
def test_a_late_delivery_without_network_by_a_phone_three_hours_wrong_keeps_its_hour(
    wrong_h: int,
) -> None:
    """At ten in the evening such a phone shows one in the morning of the next day."""
    drive = make_drive()
    wrong = timedelta(hours=wrong_h)
    evening, minute = EIGHT + timedelta(hours=14), timedelta(minutes=1)
    morning = EIGHT + timedelta(hours=23)
    hours = [evening + minute * number for number in range(6)]
    kept = [
        drive.tap("arrived", FARM, at=hours[0] + wrong),
        drive.loaded(4, at=hours[1] + wrong),
        drive.tap("departed", FARM, at=hours[2] + wrong),
        drive.tap("arrived", DOOR, at=hours[3] + wrong),
        drive.delivered(
            3, at=hours[4] + wrong, temperatures={"chilled": "3,5"}, reason="damaged"
        ),
        drive.tap("departed", DOOR, at=hours[5] + wrong),
    ]

    first = send_by_phone(drive, kept, clock=morning, wrong=wrong)
    again = send_by_phone(drive, kept, clock=morning + minute, wrong=wrong)

    fields = ("status", "arrived_at", "done_at", "departed_at")
    records = StopRecord.objects.order_by("stop__sequence")
    assert first == again == ["applied"] * 6
    assert list(records.values_list(*fields)) == [
        ("left", *hours[:3]),
        ("left", *hours[3:]),
    ]
    readings = TemperatureReading.objects.values_list("kind", "tenths_c")
    assert list(readings) == [("unload", 35)]
    assert (drive.line.delivered, drive.day.shipment.service_on) == (3, EIGHT.date())

    order_services.bill_day(
        hub=drive.day.week.hub, service_on=EIGHT.date(), by=None, now=morning
    )
    (billed,) = Invoice.objects.get().lines.all()
    assert billed.quantity == 3


def send_by_phone(
    drive: Drive, taps: list[Any], *, clock: datetime, wrong: timedelta
) -> list[str]:
    """What the site answers to a batch, when its own clock shows `clock`."""
    phone = Client()
    phone.force_login(drive.driver)
    with time_machine.travel(clock, tick=False):
        answer = phone.post(
            f"/routing/mine/{drive.route.plan.public_id}/1/drive/taps",
            {
                "person": drive.driver.public_id,
                "sent_at": (clock + wrong).isoformat(),
                "taps": taps,
            },
            content_type="application/json",
        )
    return [each["status"] for each in answer.json()["answers"]]
