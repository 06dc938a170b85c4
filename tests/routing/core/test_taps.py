"""A tap as a phone sends it, and what of it nobody can keep."""

from datetime import UTC, datetime

import pytest

from routing.core.errors import NotATemperature, TapUnreadable
from routing.core.taps import Tap, TapContent, read_tap
from tests.routing.core.taps import name

SENT = {
    "local_id": name(1),
    "device": "phone",
    "device_seq": 1,
    "stop": "2",
    "kind": "delivered",
    "tapped_at": "2026-06-18T12:00:00+00:00",
    "quantities": {"7": 5, "3": "4"},
    "temperatures": {"frozen": "-18", "chilled": "3,5", "ambient": " "},
    "receiver": " Mireille ",
    "note": "",
}


def test_a_tap_is_read_whole():
    read = read_tap(SENT, offset_s=-60)

    assert read == Tap(
        local_id=name(1),
        device="phone",
        device_seq=1,
        stop="2",
        kind="delivered",
        tapped_at=datetime(2026, 6, 18, 12, 0, tzinfo=UTC),
        offset_s=-60,
        content=TapContent(
            quantities={3: 4, 7: 5},
            temperatures={"frozen": -180, "chilled": 35},
            receiver="Mireille",
        ),
    )


def test_a_kind_keeps_only_what_it_can_say():
    read = read_tap(SENT | {"kind": "arrived"}, offset_s=0)

    assert read.content == TapContent()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"local_id": "1"}, "local_id"),
        ({"device": ""}, "device"),
        ({"device_seq": -1}, "device_seq"),
        ({"device_seq": True}, "device_seq"),
        ({"stop": None}, "stop"),
        ({"kind": "flown"}, "kind"),
        ({"tapped_at": "yesterday"}, "tapped_at"),
        ({"tapped_at": "2026-06-18T12:00:00"}, "tapped_at"),
        ({"quantities": {"7": -1}}, "quantities"),
        ({"quantities": {"7": 1.5}}, "quantities"),
        ({"quantities": [7]}, "quantities"),
        ({"quantities": {"x": 1}}, "quantities"),
        ({"temperatures": {"warm": "4"}}, "temperatures"),
        ({"receiver": "x" * 81}, "receiver"),
        ({"note": "a\x00b"}, "note"),
        ({"kind": "problem", "reason": "bored"}, "reason"),
        ({"kind": "withdrawn", "withdraws": "that one"}, "withdraws"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(wrong, field):
    with pytest.raises(TapUnreadable) as refused:
        read_tap(SENT | wrong, offset_s=0)

    assert refused.value.data == {"field": field}


def test_what_is_no_tap_at_all_is_refused():
    with pytest.raises(TapUnreadable):
        read_tap(["arrived"], offset_s=0)


def test_four_hundred_degrees_are_refused_with_their_class():
    wrong = {"temperatures": {"chilled": "400"}}

    with pytest.raises(NotATemperature) as refused:
        read_tap(SENT | wrong, offset_s=0)

    assert refused.value.data == {"field": "chilled", "text": "400"}
