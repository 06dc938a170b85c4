"""The same batch from a phone many times at once: one effect, the same answers."""

import threading

import pytest
from django.db import transaction

from orders import services as order_services
from orders.models import ShipmentLine
from routing.models import HandledLine, Plan, StopTap
from routing.selectors import driving as selectors
from routing.services import driving
from tests.factories.driving import Drive, driven, make_drive
from tests.factories.week import NOW
from tests.races.crowd import all_at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_SENDINGS = 20


def sender(drive: Drive, taps):
    def send() -> list[str]:
        return [answer.status for answer in drive.send(taps)]

    return send


def test_the_same_batch_sent_at_once_is_kept_once():
    drive = make_drive()
    taps = drive.whole_day()

    answers = all_at_once([sender(drive, taps)] * NUM_SENDINGS)

    assert answers == [["applied"] * 6] * NUM_SENDINGS
    assert (StopTap.objects.count(), HandledLine.objects.count()) == (6, 2)
    assert ShipmentLine.objects.get().delivered == 4


def test_taps_one_by_one_at_once_write_the_day_as_one_batch_does():
    drive, twin = make_drive(), make_drive()
    twin.send(twin.whole_day())

    answers = all_at_once([sender(drive, [tap]) for tap in drive.whole_day()])

    statuses = [row[1] for row in driven(drive.route)[0]]
    assert answers == [["applied"]] * 6
    assert statuses == [row[1] for row in driven(twin.route)[0]]
    assert [row[3] for row in driven(drive.route)[1]] == [4, 4]


def test_without_the_lock_only_the_table_keeps_one(monkeypatch: pytest.MonkeyPatch):
    """The negative control: the lock orders the phones, the name guards the tap."""
    drive = make_drive()
    taps = [drive.tap("arrived", 1)]
    together = threading.Barrier(4)

    def look_without_locking(route: object) -> Plan:
        together.wait(timeout=30)
        return Plan.objects.get(pk=drive.route.plan_id)

    known = selectors.taps_named

    def know_together(names):
        found = known(names)
        together.wait(timeout=30)
        return found

    monkeypatch.setattr(driving, "_lock_plan", look_without_locking)
    monkeypatch.setattr(selectors, "shipments_on", lambda _route: set())
    monkeypatch.setattr(selectors, "taps_named", know_together)
    answers = all_at_once([sender(drive, taps)] * 4)

    assert answers.count("stopped by the table") == 3
    assert StopTap.objects.count() == 1


def billed_in_between(drive: Drive) -> list[object]:
    """A phone sends a correction while the bill of its goods is being written."""
    drive.send(drive.whole_day())
    correction = [drive.delivered(1)]
    is_billing = threading.Event()

    def bill() -> int:
        with transaction.atomic():
            (invoice,) = order_services.bill_day(
                hub=drive.day.week.hub,
                service_on=drive.day.service_on,
                by=None,
                now=NOW,
            )
            is_billing.set()
            wait_until_somebody_waits()
        return invoice.number

    def send() -> list[str]:
        is_billing.wait(30)
        return [answer.status for answer in drive.send(correction)]

    return all_at_once([bill, send])


def test_a_tap_waits_for_the_bill_of_its_goods_and_comes_late():
    drive = make_drive()

    assert billed_in_between(drive) == [1, ["late"]]
    assert ShipmentLine.objects.get().delivered == 4


def test_without_the_orders_locked_the_whole_batch_is_refused(monkeypatch):
    """The control: the tap found nothing billed, and the bill was written meanwhile."""
    drive = make_drive()
    monkeypatch.setattr(selectors, "shipments_on", lambda _route: set())

    assert billed_in_between(drive) == [1, "already_billed"]
    assert ShipmentLine.objects.get().delivered == 4
