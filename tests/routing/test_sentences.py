"""Every reason of the planner is a sentence without holes, in both languages."""

import pytest
from django.utils import translation

from hub.models import Job
from routing.core.plan import REASON_CODES
from routing.sentences import NO_ROOM, failure_sentence, reason_sentence

DATA: dict[str, dict[str, int | str]] = {
    "no_compartment": {"temperature_class": "frozen"},
    "too_heavy": {"temperature_class": "chilled", "short_by_g": 12_500},
    "too_big": {"temperature_class": "ambient", "short_by_ml": 30_000},
    "window_unreachable": {"vehicle": "v1", "short_by_s": 1_500},
    "time_on_board": {"vehicle": "v1", "short_by_s": 1_500},
    "shift_too_short": {"vehicle": "v1", "short_by_s": 1_500},
    "too_far": {"vehicle": "v1", "short_by_m": 2_300},
    "no_room_left": {"vehicle": "v1", "rule": "window", "short_by": 1_500},
    "cheaper_to_leave": {"vehicle": "v1", "added_cents": 900, "penalty_cents": 800},
    "left_out": {"vehicle": "v1", "added_cents": 900},
}
NAMES = {"v1": "Cube 1"}


def said(code: str, data: dict[str, int | str]) -> str:
    return reason_sentence(code, data, NAMES).replace("\u00a0", " ")


def test_every_reason_has_its_data_here():
    assert set(DATA) == set(REASON_CODES)


@pytest.mark.parametrize("language", ["fr-ca", "en"])
@pytest.mark.parametrize("code", REASON_CODES)
def test_no_reason_has_a_hole_or_a_name_of_the_machine(code: str, language: str):
    with translation.override(language):
        sentence = said(code, DATA[code])

    faults = ["%(", "  ", "( ", " :  ", "v1", "frozen goods: %", code]
    assert [fault for fault in faults if fault in sentence] == []


def test_a_reason_says_its_figures():
    with translation.override("en"):
        sentences = [
            said("too_heavy", DATA["too_heavy"]),
            said("window_unreachable", DATA["window_unreachable"]),
            said("cheaper_to_leave", DATA["cheaper_to_leave"]),
        ]

    assert sentences == [
        "Too heavy for every truck: 12.5 kg over the largest compartment for chilled "
        "goods.",
        "Even with nothing else to do, Cube 1 would come 25 min after the opening "
        "hours.",
        "Fetching it would add $9.00 to the day (Cube 1), more than the $8.00 set for "
        "leaving it behind.",
    ]


@pytest.mark.parametrize(
    "rule", [*NO_ROOM, "time_on_board", "duration", "something new"]
)
def test_trucks_without_room_left_say_so_for_every_rule(rule: str):
    data: dict[str, int | str] = {"vehicle": "v1", "rule": rule, "short_by": 600}

    with translation.override("en"):
        sentence = said("no_room_left", data)

    assert sentence.startswith("The trucks ")
    assert "%(" not in sentence


def test_a_failure_is_told_in_the_reader_s_language_when_it_is_known():
    known = {"sentence": "No pool has the code “%(code)s”.", "data": {"code": "k"}}
    job = Job(progress={"refusal": known}, reason="in English")
    plain = Job(progress={}, reason="The work stopped answering.")

    assert (failure_sentence(job), failure_sentence(plain)) == (
        "No pool has the code “k”.",
        "The work stopped answering.",
    )
