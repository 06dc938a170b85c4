"""Reasons and refusals of the planner as sentences in the reader's language."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from hub.core.errors import N_
from hub.templatetags.words import (
    clock,
    day,
    distance,
    duration,
    mass,
    money,
    volume,
)
from routing.core.check.violation import SENTENCES
from routing.core.papers import (
    ENDING,
    EXPIRED,
    INSURANCE,
    LICENCE,
    MISSING,
    NO_DRIVER,
    REGISTRATION,
    PaperFault,
)

if TYPE_CHECKING:
    from hub.models import Job

CLASS_WORDS = {
    "frozen": N_("frozen"),
    "chilled": N_("chilled"),
    "ambient": N_("ambient"),
}
REASONS = {
    "no_compartment": N_("No truck of the day has a compartment for %(class)s goods."),
    "too_heavy": N_(
        "Too heavy for every truck: %(over)s over the largest compartment for "
        "%(class)s goods."
    ),
    "too_big": N_(
        "Too bulky for every truck: %(over)s over the largest compartment for "
        "%(class)s goods."
    ),
    "window_unreachable": N_(
        "Even with nothing else to do, %(vehicle)s would come %(late)s after the "
        "opening hours."
    ),
    "time_on_board": N_("The ride would last %(late)s longer than these goods may."),
    "shift_too_short": N_(
        "Even with nothing else to do, %(vehicle)s would be back %(late)s after the "
        "end of its shift."
    ),
    "too_far": N_("%(vehicle)s would drive %(far)s more than it may."),
    "cheaper_to_leave": N_(
        "Fetching it would add %(added)s to the day (%(vehicle)s), more than the "
        "%(penalty)s set for leaving it behind."
    ),
    "pinned": N_(
        "It is kept on a truck that cannot take it; %(vehicle)s could for %(added)s "
        "more."
    ),
    "taken_out": N_("Taken off its truck by hand."),
    "left_out": N_(
        "%(vehicle)s could still take it for %(added)s more. Plan again with a longer "
        "search."
    ),
    "inbound_left": N_("Goods that belong to it do not reach the hub that day."),
    "outbound_left": N_(
        "It could reach the hub, but no truck could take its goods on from there."
    ),
}
NO_ROOM = {
    "load": N_("The trucks that could take it are full."),
    "window": N_(
        "The trucks have no time left: %(vehicle)s would come %(late)s after the "
        "opening hours."
    ),
    "shift": N_(
        "The trucks have no time left: %(vehicle)s would be back %(late)s after the "
        "end of its shift."
    ),
    "distance": N_("The trucks would have to drive farther than they may."),
    "transfer": N_("The docks of the hub are taken, or its goods would wait too long."),
}
FIGURE_WORDS = {
    "cost_cents": N_("cost"),
    "distance_m": N_("distance"),
    "duration_s": N_("duration"),
}
TIMES_OF_DAY = frozenset(
    f"{name}_s"
    for name in (
        "service_start",
        "departure",
        "arrival",
        "return",
        "expected",
        "loading",
        "ready",
        "at",
        "shift_start",
        "shift_end",
    )
)
AS_PEOPLE_WRITE: dict[str, Callable[[int], str]] = {
    "g": mass,
    "ml": volume,
    "m": distance,
    "s": duration,
    "clock": clock,
    "cents": money,
}
"""How a figure is written, by the unit that its name ends with."""
ANY_REASON = N_("The trucks of the day could not take it.")

PAPERS = {
    INSURANCE: N_("Insurance"),
    REGISTRATION: N_("Registration"),
    LICENCE: N_("Driver’s licence"),
}
PAPER_FAULTS = {
    MISSING: N_("%(paper)s of %(holder)s: missing."),
    EXPIRED: N_("%(paper)s of %(holder)s: over since %(day)s."),
    ENDING: N_("%(paper)s of %(holder)s: ends %(day)s."),
    NO_DRIVER: N_("Nobody is named to drive %(holder)s."),
}


def paper_sentence(fault: PaperFault) -> str:
    """What is wrong with a paper, and whose it is."""
    return gettext(PAPER_FAULTS[fault.code]) % {
        "paper": gettext(PAPERS[fault.paper]) if fault.paper else "",
        "holder": fault.holder,
        "day": day(fault.expires_on),
    }


def reason_sentence(
    code: str, data: Mapping[str, int | str], vehicle_names: Mapping[str, str]
) -> str:
    """Why a shipment stays behind, with its figures; trucks are named as people do."""
    if code == "no_room_left":
        sentence = NO_ROOM.get(str(data.get("rule")), NO_ROOM["shift"])
    else:
        sentence = REASONS.get(code, ANY_REASON)
    return gettext(sentence) % _figures(data, vehicle_names)


def _figures(
    data: Mapping[str, int | str], vehicle_names: Mapping[str, str]
) -> dict[str, str]:
    named = str(data.get("vehicle", ""))
    temperature_class = str(data.get("temperature_class", ""))
    late = data.get("short_by_s", data.get("short_by"))
    return {
        "vehicle": vehicle_names.get(named, named),
        "class": gettext(CLASS_WORDS.get(temperature_class, temperature_class)),
        "over": mass(_whole(data.get("short_by_g")))
        or volume(_whole(data.get("short_by_ml"))),
        "late": duration(_at_least_a_minute(late)),
        "far": distance(_whole(data.get("short_by_m"))),
        "added": money(_whole(data.get("added_cents"))),
        "penalty": money(_whole(data.get("penalty_cents"))),
    }


def rule_sentence(
    code: str, values: Mapping[str, int | str | None], names: Mapping[str, str]
) -> str:
    """What a plan does against a rule, with its figures as people write them.

    `names` maps the ids of the problem to what people call trucks, places and goods.
    """
    figures = {name: _said(name, value, names) for name, value in values.items()}
    if code == "wrong_total":
        figure = str(values["figure"])
        figures |= {
            name: _said(figure, values[name], names) for name in ("value", "expected")
        }
    return gettext(SENTENCES[code]) % figures


def _said(name: str, value: int | str | None, names: Mapping[str, str]) -> str:
    if value in CLASS_WORDS or value in FIGURE_WORDS:
        return gettext((CLASS_WORDS | FIGURE_WORDS)[str(value)])
    if not isinstance(value, int):
        return names.get(str(value), str(value))
    unit = "clock" if name in TIMES_OF_DAY else name.rpartition("_")[2]
    return AS_PEOPLE_WRITE.get(unit, str)(value)


def _whole(value: int | str | None) -> int | None:
    return value if isinstance(value, int) else None


def _at_least_a_minute(value: int | str | None) -> int | None:
    return max(value, 60) if isinstance(value, int) else None


def failure_sentence(job: "Job") -> str:
    """Why a job failed, in the reader's language where the refusal is known."""
    refusal = job.progress.get("refusal")
    if not refusal:
        return job.reason
    sentence: str = refusal["sentence"]
    data: dict[str, Any] = {**refusal["data"]}
    if rule := data.get("rule"):
        data |= {"first": rule_sentence(rule, data["values"], data["names"])}
    return gettext(sentence) % data
