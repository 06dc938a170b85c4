"""The sheet of trucks: what each holds, where it sleeps, what it costs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from hub.core.errors import N_, PlaceWaitsForPin
from hub.core.imports import (
    Action,
    Column,
    Facts,
    Known,
    Line,
    Rule,
    Shape,
    Sheet,
    Verdict,
    judge,
    normalised,
    refuse,
    refused,
)
from hub.core.quantities import TEMPERATURE_CLASSES

LARGEST_ROOM = 40_000
_NO_OWNER = N_("“%(name)s” is no member of the hub. Add it first, or write its name.")
_NO_HOME = N_("“%(name)s” is no place of the hub. Add it first, or write its name.")
_TWO_HOMES = N_("Several places are called “%(name)s”. Give them different names.")
_HOLDS_NOTHING = N_("Write what the truck holds, both in kilograms and in litres.")
_SHIFT = N_("The shift must end after it begins.")


def _room(code: str, label: str, *names: str) -> Column:
    return Column(
        code=code,
        label=label,
        shape=Shape.COUNT,
        highest=LARGEST_ROOM,
        names=names,
    )


def _cost(code: str, label: str, *names: str) -> Column:
    return Column(
        code=code, label=label, shape=Shape.AMOUNT, highest=1_000_000, names=names
    )


TRUCKS = Sheet(
    code="trucks",
    columns=(
        Column(
            code="name",
            label=N_("Name of the truck"),
            help=N_("As everybody calls it."),
            is_required=True,
            longest=60,
            names=("camion", "véhicule", "nom", "nom du camion", "truck", "vehicle",
                   "name"),
        ),
        Column(
            code="plate",
            label=N_("Plate"),
            longest=12,
            names=("plaque", "immatriculation", "licence plate", "license plate"),
        ),
        Column(
            code="owner",
            label=N_("Lent by"),
            help=N_("A member of the hub; empty: the hub itself."),
            names=("propriétaire", "prêté par", "owner", "à qui"),
        ),
        Column(
            code="home",
            label=N_("Starts from and comes back to"),
            help=N_("The name of a place that is on the map."),
            is_required=True,
            names=("port d'attache", "dépôt", "départ", "home", "lieu", "garage",
                   "depot", "base"),
        ),
        _room("chilled_kg", N_("Chilled, kg"), "réfrigéré kg", "froid kg", "frais kg"),
        _room("chilled_l", N_("Chilled, litres"), "réfrigéré litres", "réfrigéré L",
              "froid litres"),
        _room("frozen_kg", N_("Frozen, kg"), "congelé kg", "surgelé kg"),
        _room("frozen_l", N_("Frozen, litres"), "congelé litres", "congelé L"),
        _room("ambient_kg", N_("Ambient, kg"), "ambiant kg", "sec kg", "charge kg",
              "capacité kg", "payload kg"),
        _room("ambient_l", N_("Ambient, litres"), "ambiant litres", "ambiant L",
              "sec litres", "volume L", "capacité litres"),
        Column(
            code="shift_start",
            label=N_("Out from"),
            help=N_("Empty: 6:00."),
            shape=Shape.CLOCK,
            names=("début", "sort à", "départ à", "shift start", "heure de début"),
        ),
        Column(
            code="shift_end",
            label=N_("Back before"),
            help=N_("Empty: 17:00."),
            shape=Shape.CLOCK,
            names=("fin", "retour", "retour à", "shift end", "heure de fin"),
        ),
        _cost("fixed_cents", N_("Cost of a day out ($)"), "coût par jour",
              "coût fixe", "cost per day"),
        _cost("per_km_cents", N_("Cost of a kilometre ($)"), "coût par km",
              "cost per km", "$/km"),
        _cost("per_hour_cents", N_("Cost of an hour ($)"), "coût par heure",
              "cost per hour", "$/h"),
        Column(
            code="height_cm",
            label=N_("Height of the truck (centimetres)"),
            shape=Shape.COUNT,
            lowest=100,
            highest=600,
            names=("hauteur", "hauteur cm", "height", "height cm"),
        ),
        Column(
            code="has_tailgate",
            label=N_("It has a tailgate"),
            help=N_("Yes or no."),
            shape=Shape.YES_NO,
            names=("hayon", "tailgate"),
        ),
    ),
    rules=(Rule("name", ("name",)), Rule("plate", ("plate",))),
    defaults={
        "plate": "",
        "chilled_kg": 0,
        "chilled_l": 0,
        "frozen_kg": 0,
        "frozen_l": 0,
        "ambient_kg": 0,
        "ambient_l": 0,
        "shift_start": 6 * 3_600,
        "shift_end": 17 * 3_600,
        "fixed_cents": 0,
        "per_km_cents": 0,
        "per_hour_cents": 0,
        "height_cm": None,
        "has_tailgate": False,
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Yard:
    """What the house knows around a sheet of trucks.

    `members` are the hub and its members, the hub first; `homes` gives for each place
    whether it is on the map.
    """

    members: Sequence[str]
    homes: Sequence[tuple[str, bool]]
    trucks: Collection[Known]


def judge_trucks(lines: Sequence[Line], yard: Yard) -> list[Verdict]:
    """What each row does; a truck holds something and comes home after it left."""
    ready = [_known_words(line, yard) for line in lines]
    known = {row.id: row.facts for row in yard.trucks}
    return [
        _sound(verdict, known.get(verdict.target, {}), yard)
        for verdict in judge(TRUCKS, ready, yard.trucks)
    ]


def _known_words(line: Line, yard: Yard) -> Line:
    facts = dict(line.facts)
    if "owner" in facts:
        spelled = {normalised(name): name for name in yard.members}
        owner = spelled.get(normalised(facts["owner"]))
        if owner is None:
            line = refuse(line, "owner", _NO_OWNER, name=facts["owner"])
        facts["owner"] = owner or facts["owner"]
    if "home" in facts:
        asked = facts["home"]
        found = [h for h in yard.homes if normalised(h[0]) == normalised(asked)]
        if len(found) != 1:
            sentence = _TWO_HOMES if found else _NO_HOME
            line = refuse(line, "home", sentence, name=asked)
        elif not found[0][1]:
            line = refuse(line, "home", PlaceWaitsForPin.sentence, place=found[0][0])
        facts["home"] = found[0][0] if found else asked
    return replace(line, facts=facts)


def _sound(verdict: Verdict, known: Mapping[str, object], yard: Yard) -> Verdict:
    if verdict.action not in (Action.CREATE, Action.CHANGE):
        return verdict
    after: Facts = dict(verdict.after)
    if verdict.action == Action.CREATE:
        after.setdefault("owner", yard.members[0])
    truck: Facts = dict(known) | after
    rooms = [(truck[f"{name}_kg"], truck[f"{name}_l"]) for name in TEMPERATURE_CLASSES]
    if any(bool(kg) != bool(litres) for kg, litres in rooms) or not any(
        kg for kg, _litres in rooms
    ):
        return refused(verdict, "chilled_kg", _HOLDS_NOTHING)
    if truck["shift_start"] >= truck["shift_end"]:
        return refused(verdict, "shift_end", _SHIFT)
    return replace(verdict, after=after)
