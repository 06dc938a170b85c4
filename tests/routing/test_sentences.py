"""Every reason of the planner is a sentence without holes, in both languages."""

import re

import pytest
from django.utils import translation

from hub.models import Job
from routing.core.check.violation import SENTENCES
from routing.core.errors import PlanBreaksRules
from routing.core.plan import REASON_CODES
from routing.sentences import (
    NO_ROOM,
    failure_sentence,
    reason_sentence,
    rule_sentence,
)

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
    "pinned": {"vehicle": "v1", "added_cents": 900},
    "taken_out": {},
    "inbound_left": {},
    "outbound_left": {},
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

    assert sentence.startswith(("The trucks ", "The docks "))
    assert "%(" not in sentence


def test_a_failure_is_told_in_the_reader_s_language_when_it_is_known():
    known = {"sentence": "No pool has the code “%(code)s”.", "data": {"code": "k"}}
    job = Job(progress={"refusal": known}, reason="in English")
    plain = Job(progress={}, reason="The work stopped answering.")

    assert (failure_sentence(job), failure_sentence(plain)) == (
        "No pool has the code “k”.",
        "The work stopped answering.",
    )


RULE_NAMES = {"v1": "Cube 1", "p1": "Marché Est", "s1": "Ferme A → CPE B"}
VALUES: dict[str, int | str] = {
    "route": "v1",
    "stop": 2,
    "shipment": "s1",
    "inbound": "s1",
    "num_trucks": 3,
    "num_docks": 2,
    "place": "p1",
    "temperature_class": "frozen",
    "reason": "bad luck",
    "figure": "distance_m",
    "value": 12_000,
    "expected": 13_000,
}


def every_value(sentence: str) -> dict[str, int | str | None]:
    """The values a sentence asks for; figures are 3 600 of whatever it is."""
    asked = re.findall(r"%\((\w+)\)s", sentence)
    return {name: VALUES.get(name, 3_600) for name in {*asked, "figure"}}


@pytest.mark.parametrize("language", ["fr-ca", "en"])
@pytest.mark.parametrize("code", SENTENCES)
def test_every_broken_rule_is_said_without_a_hole(code: str, language: str):
    with translation.override(language):
        values = every_value(SENTENCES[code])
        sentence = rule_sentence(code, values, RULE_NAMES)

    faults = ["%(", "  ", "v1", "p1", "s1", "_", "3600", "frozen" * (language != "en")]
    assert [fault for fault in faults if fault and fault in sentence] == []


def test_a_broken_rule_says_its_figures_in_french():
    values: dict[str, int | str | None] = {
        "route": "v1",
        "stop": 2,
        "temperature_class": "chilled",
    }
    loads = {"mass_g": 25_500, "capacity_g": 20_000}

    with translation.override("fr-ca"):
        said_load = rule_sentence("too_heavy", values | loads, RULE_NAMES)
        said_return = rule_sentence(
            "back_after_shift",
            {"route": "v1", "return_s": 61_200, "shift_end_s": 57_600},
            RULE_NAMES,
        )

    assert [said_load.replace("\u00a0", " "), said_return.replace("\u00a0", " ")] == [
        "Après l’arrêt 2, Cube 1 porte 25,5 kg (réfrigérées); il peut en porter 20 kg.",
        "Cube 1 revient à 17 h 00, après la fin de son quart à 16 h 00.",
    ]


def test_a_refused_plan_is_told_in_the_language_of_the_reader():
    data = {
        "count": 1,
        "first": "The truck v1 drives two routes.",
        "rule": "vehicle_used_twice",
        "values": {"route": "v1", "stop": None, "shipment": None},
        "names": {"v1": "Cube 1"},
    }
    words = {"sentence": PlanBreaksRules.sentence, "data": data}

    with translation.override("fr-ca"):
        sentence = failure_sentence(Job(progress={"refusal": words}))

    assert sentence.replace("\u00a0", " ").endswith(
        "Règles enfreintes : 1. La première : Le camion Cube 1 fait deux tournées."
    )
