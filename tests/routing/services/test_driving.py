"""Taps of a phone: kept once, in any order, and folded into the stops."""

import itertools
from datetime import timedelta
from uuid import UUID

import pytest

from orders.models import ShipmentLine
from routing.models import HandledLine, Plan, StopRecord, StopTap, TemperatureReading
from tests.factories.driving import DOOR, EIGHT, FARM, Drive, driven, make_drive

pytestmark = pytest.mark.django_db


@pytest.fixture
def drive() -> Drive:
    return make_drive()


def outcomes(answers) -> list[tuple[str, str]]:
    return [
        (each.status, each.refusal.code if each.refusal else "") for each in answers
    ]


def test_a_whole_day_is_written_stop_by_stop(drive):
    taps = drive.whole_day(temperatures={"chilled": "2"})

    answers = drive.send(taps)

    minutes = [EIGHT + timedelta(minutes=number) for number in (0, 5, 10, 30, 35, 40)]
    loaded, delivered = UUID(taps[1]["local_id"]), UUID(taps[4]["local_id"])
    assert outcomes(answers) == [("applied", "")] * 6
    assert driven(drive.route) == [
        [
            (1, "left", *minutes[:3], loaded, None, None),
            (2, "left", *minutes[3:], None, delivered, None),
        ],
        [(1, "load", drive.line.pk, 4), (2, "unload", drive.line.pk, 4)],
        [(1, "load", "chilled", 20), (2, "unload", "chilled", 35)],
    ]


def test_taps_one_by_one_in_any_order_and_twice_write_the_same_day(drive):
    taps = drive.whole_day()
    drive.send(taps)
    expected = driven(drive.route)

    for order in itertools.islice(itertools.permutations(taps), 0, 720, 101):
        TemperatureReading.objects.all().delete()
        HandledLine.objects.all().delete()
        StopRecord.objects.all().delete()
        StopTap.objects.all().delete()
        for each in order:
            drive.send([each, order[0]])
        assert driven(drive.route) == expected


def test_the_same_tap_again_gets_the_same_answer_and_changes_nothing(drive):
    taps = drive.whole_day()
    first = drive.send(taps)
    before = driven(drive.route)

    again = drive.send(taps, now=EIGHT + timedelta(hours=9))

    assert (again, driven(drive.route)) == (first, before)
    assert StopTap.objects.count() == 6


def test_a_name_used_again_for_something_else_is_refused_and_others_are_kept(drive):
    first = drive.loaded(4)
    drive.send([first])
    other = first | {"quantities": {str(drive.line.pk): 3}}
    departed = drive.tap("departed", FARM)

    answers = drive.send([other, departed])

    assert outcomes(answers) == [("refused", "tap_reused"), ("applied", "")]
    assert HandledLine.objects.get().units == 4
    assert StopRecord.objects.get().status == "left"


def test_a_name_used_on_another_route_is_refused(drive):
    tap = drive.tap("arrived", FARM)
    drive.send([tap])
    elsewhere = make_drive()

    answers = elsewhere.send([tap])

    assert outcomes(answers) == [("refused", "tap_reused")]
    assert elsewhere.route.taps.count() == 0


@pytest.mark.parametrize("text", ["400", "abc"])
def test_what_is_no_temperature_is_refused_and_the_rest_of_the_batch_kept(drive, text):
    wrong = drive.delivered(4, temperatures={"chilled": text})
    arrived = drive.tap("arrived", DOOR)

    answers = drive.send([wrong, arrived])

    assert outcomes(answers) == [("refused", "not_a_temperature"), ("applied", "")]
    assert answers[0].refusal.data == {"field": "chilled", "text": text}
    assert (TemperatureReading.objects.count(), HandledLine.objects.count()) == (0, 0)


def test_more_than_the_shipment_has_is_refused(drive):
    answers = drive.send([drive.delivered(5)])

    variant = drive.line.source.availability.offer.variant
    assert outcomes(answers) == [("refused", "quantity_above_shipment")]
    assert answers[0].refusal.data == {
        "line": drive.line.pk,
        "goods": f"{variant.product}, {variant.label}",
        "units": 5,
        "shipped": 4,
    }
    assert StopTap.objects.count() == 0


def test_goods_of_another_stop_and_stops_of_another_route_are_refused(drive):
    misplaced = drive.tap("delivered", FARM, quantities={str(drive.line.pk): 1})
    beyond = drive.tap("arrived", DOOR) | {"stop": "elsewhere"}

    answers = drive.send([misplaced, beyond])

    assert outcomes(answers) == [
        ("refused", "goods_not_here"),
        ("refused", "stop_unknown"),
    ]
    assert StopTap.objects.count() == 0


def test_a_clock_three_hours_ahead_is_set_right_and_kept_as_it_was(drive):
    ahead = EIGHT + timedelta(hours=3)

    drive.send(
        [drive.tap("arrived", FARM, at=ahead)],
        sent_at=ahead + timedelta(minutes=20),
        now=EIGHT + timedelta(minutes=20),
    )

    tap = StopTap.objects.get()
    assert (tap.tapped_at, tap.offset_s, tap.corrected_at) == (ahead, -10_800, EIGHT)
    assert StopRecord.objects.get().arrived_at == EIGHT


def test_no_tap_was_made_after_it_came(drive):
    """The clock was 3 h ahead at the tap and right again when the phone sent."""
    ahead, now = EIGHT + timedelta(hours=3), EIGHT + timedelta(minutes=20)

    drive.send([drive.tap("arrived", FARM, at=ahead)], sent_at=now, now=now)

    assert StopTap.objects.get().corrected_at == now


def test_what_was_short_on_board_is_short_at_the_door(drive):
    drive.send([drive.delivered(4)])
    drive.send([drive.loaded(3)])

    units = dict(HandledLine.objects.values_list("kind", "units"))
    assert units == {"load": 3, "unload": 3}


def test_a_tap_taken_back_leaves_no_trace_but_itself(drive):
    delivered = drive.delivered(2, temperatures={"chilled": "9"})
    drive.send([delivered])

    drive.send([drive.tap("withdrawn", DOOR, withdraws=delivered["local_id"])])

    assert driven(drive.route) == [
        [(2, "waiting", None, None, None, None, None, None)],
        [],
        [],
    ]
    assert StopTap.objects.count() == 2


def test_too_warm_goods_are_written_down_not_refused(drive):
    drive.send([drive.delivered(4, temperatures={"chilled": "4,1", "frozen": "-18"})])

    warm = TemperatureReading.objects.values_list("temperature_class", "is_too_warm")
    assert dict(warm) == {"chilled": True, "frozen": False}


def test_a_closed_door_brings_nothing(drive):
    drive.send(
        [
            drive.tap("arrived", DOOR),
            drive.tap("problem", DOOR, reason="closed", note="grille baissée"),
            drive.tap("departed", DOOR),
        ]
    )

    assert StopRecord.objects.get().status == "missed"
    assert HandledLine.objects.values_list("kind", "units").get() == ("unload", 0)


def test_a_tap_for_a_plan_that_was_replaced_is_kept_and_changes_nothing(drive):
    Plan.objects.update(status=Plan.Status.REPLACED)

    answers = drive.send(drive.whole_day())

    kept = list(StopTap.objects.values_list("status", "late_reason"))
    assert outcomes(answers) == [("late", "")] * 6
    assert (kept, StopRecord.objects.count()) == ([("late", "replaced")] * 6, 0)


def test_what_is_no_tap_is_refused_by_itself(drive):
    answers = drive.send(["arrived", {"local_id": 7}, drive.tap("arrived", FARM)])

    assert outcomes(answers) == [
        ("refused", "tap_unreadable"),
        ("refused", "tap_unreadable"),
        ("applied", ""),
    ]


def test_what_came_off_is_noted_in_the_order(drive):
    drive.send(drive.whole_day(), now=EIGHT + timedelta(hours=5))

    shipment, line = drive.day.shipment, drive.line
    assert (shipment.status, shipment.delivered_by) == ("delivered", drive.driver)
    assert shipment.delivered_at == EIGHT + timedelta(minutes=35)
    assert (line.delivered, line.shortage_note) == (4, "")
    assert line.source.line.delivered == 4


def test_a_short_delivery_flows_back_with_the_driver_s_words(drive):
    drive.send([drive.loaded(4), drive.delivered(3, note="une caisse écrasée")])

    line = drive.line
    assert (line.delivered, line.shortage_note) == (3, "une caisse écrasée")
    assert line.source.line.delivered == 3


def test_what_was_short_at_the_farm_is_noted_when_it_is_known(drive):
    drive.send([drive.delivered(4)])
    drive.send([drive.loaded(3)])

    assert drive.line.delivered == 3


def test_a_delivery_taken_back_is_to_come_again(drive):
    delivered = drive.delivered(4)
    drive.send([delivered])

    drive.send([drive.tap("withdrawn", DOOR, withdraws=delivered["local_id"])])

    line = drive.line
    assert (drive.day.shipment.status, line.delivered) == ("ready", None)
    assert line.source.line.delivered is None


def test_a_withdrawal_at_another_stop_takes_no_billed_delivery_back(drive):
    delivered = drive.delivered(4)
    drive.send([delivered])
    ShipmentLine.objects.update(billed=4)

    drive.send([drive.tap("withdrawn", FARM, withdraws=delivered["local_id"])])

    assert drive.line.delivered == 4
    assert StopRecord.objects.get(stop=drive.stop(DOOR)).status == "done"


def test_goods_that_nobody_took_are_noted_as_none_with_the_reason(drive):
    drive.send(
        [drive.tap("problem", DOOR, reason="refused"), drive.tap("departed", DOOR)]
    )

    line = drive.line
    assert (drive.day.shipment.status, line.delivered) == ("delivered", 0)
    assert line.shortage_note == str(StopTap.Reason.REFUSED.label)


def test_taps_for_goods_that_are_billed_are_kept_and_change_nothing(drive):
    drive.send([drive.loaded(4), drive.delivered(4)])
    ShipmentLine.objects.update(billed=4)
    before = driven(drive.route)

    answers = drive.send([drive.delivered(2), drive.tap("departed", DOOR)])

    assert outcomes(answers) == [("late", "")] * 2
    assert list(StopTap.objects.filter(status="late").values_list("late_reason")) == [
        ("settled",),
        ("settled",),
    ]
    assert (driven(drive.route), drive.line.delivered) == (before, 4)
