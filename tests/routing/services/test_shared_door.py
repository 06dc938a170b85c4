"""Taps at a door that two orders share: what is billed stands, the rest may be told."""

import pytest

from orders import services as order_services
from orders.models import Shipment, ShipmentLine
from routing.models import StopRecord, StopTap
from routing.selectors.under_way import late_taps
from tests.factories.driving import DOOR, EIGHT, FARM, Drive, driven, make_shared_drive

pytestmark = pytest.mark.django_db


@pytest.fixture
def drive() -> Drive:
    """Four cases for one buyer, of which two are billed, and three for another."""
    drive = make_shared_drive(4, 3)
    drive.send([counted(drive, 2, 3)])
    lines(drive)[0].source.line.order.lines.update(billed=2)
    ShipmentLine.objects.filter(pk=lines(drive)[0].pk).update(billed=2)
    return drive


def lines(drive: Drive) -> list[ShipmentLine]:
    return list(drive.day.shipment.lines.order_by("pk"))


def counted(
    drive: Drive, *units: int | None, kind: str = "delivered", stop: int = DOOR
):
    named = {
        str(line.pk): number
        for line, number in zip(lines(drive), units, strict=True)
        if number is not None
    }
    return drive.tap(kind, stop, quantities=named)


def came(drive: Drive) -> list[int | None]:
    return [line.delivered for line in lines(drive)]


def statuses(answers) -> list[str]:
    return [answer.status for answer in answers]


def kept(drive: Drive) -> tuple[str, str]:
    tap = StopTap.objects.order_by("pk").last()
    assert tap is not None
    return tap.status, tap.late_reason


def test_a_tap_for_the_goods_that_are_not_billed_counts(drive):
    answers = drive.send([counted(drive, None, 1)])

    assert (statuses(answers), came(drive)) == (["applied"], [2, 1])
    assert kept(drive) == ("applied", "")


def test_a_tap_for_billed_goods_alone_is_late_and_changes_nothing(drive):
    before = driven(drive.route)

    answers = drive.send([counted(drive, 4, None)])

    assert (statuses(answers), came(drive)) == (["late"], [2, 3])
    assert (kept(drive), driven(drive.route)) == (("late", "settled"), before)


def test_a_tap_for_both_counts_for_what_is_not_billed_and_says_so(drive):
    answers = drive.send([counted(drive, 4, 1)])

    assert (statuses(answers), came(drive)) == (["applied"], [2, 1])
    assert kept(drive) == ("applied", "settled")
    plan = drive.route.plan
    assert late_taps(plan.pool, plan.service_on).count() == 1


def test_a_tap_that_repeats_what_is_billed_is_not_late_at_all(drive):
    drive.send([counted(drive, 2, 0)])

    assert (kept(drive), came(drive)) == (("applied", ""), [2, 0])


def test_leaving_the_door_is_noted_while_something_is_not_billed(drive):
    answers = drive.send([drive.tap("departed", DOOR)])

    assert statuses(answers) == ["applied"]
    assert StopRecord.objects.get(stop=drive.stop(DOOR)).status == "left"


def test_a_count_at_the_farm_shortens_only_what_is_not_billed(drive):
    drive.send([counted(drive, 1, 1, kind="loaded", stop=FARM)])

    assert came(drive) == [2, 1]


def test_a_delivery_of_which_something_is_billed_is_not_taken_back(drive):
    delivered = StopTap.objects.get(kind="delivered")

    answers = drive.send(
        [drive.tap("withdrawn", DOOR, withdraws=str(delivered.local_id))]
    )

    assert (statuses(answers), came(drive)) == (["late"], [2, 3])
    assert drive.day.shipment.status == Shipment.Status.DELIVERED


def test_a_closed_door_takes_nothing_back_that_is_billed(drive):
    """The hub had noted it by hand, and billed one order, before the phone spoke."""
    StopRecord.objects.all().delete()
    StopTap.objects.all().delete()

    drive.send(
        [drive.tap("problem", DOOR, reason="closed"), drive.tap("departed", DOOR)]
    )

    assert came(drive) == [2, 0]


def test_the_hub_notes_the_goods_beside_those_that_are_billed(drive):
    first, second = lines(drive)

    order_services.record_delivery(
        shipment_id=first.shipment_id,
        quantities={first.pk: 2, second.pk: 1},
        by=None,
        now=EIGHT,
    )

    assert came(drive) == [2, 1]
