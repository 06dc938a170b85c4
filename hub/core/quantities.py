"""Whole quantities, the units goods are sold in, and the three temperatures."""

import re
from dataclasses import dataclass
from typing import Literal

from hub.core.errors import N_, NotACount

TemperatureClass = Literal["frozen", "chilled", "ambient"]
TEMPERATURE_CLASSES: tuple[TemperatureClass, ...] = ("frozen", "chilled", "ambient")

UnitKind = Literal["mass", "volume", "count", "package"]

LARGEST_COUNT = 1_000_000
"""More of one product in one week than any hub moves."""

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")
_WHOLE = re.compile(r"([0-9]{1,9})(?:[.,]0{1,2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of sale: what one of it is, and its name in standard code lists.

    `standard_code` is UNECE Recommendation 20 for measures and counts, and
    Recommendation 21 for packages. `pieces` is set where the word says how many.
    """

    code: str
    label: str
    kind: UnitKind
    standard_code: str
    pieces: int | None = None


UNITS: dict[str, Unit] = {
    unit.code: unit
    for unit in (
        Unit(code="kg", label=N_("kilogram"), kind="mass", standard_code="KGM"),
        Unit(code="litre", label=N_("litre"), kind="volume", standard_code="LTR"),
        Unit(
            code="unit", label=N_("unit"), kind="count", standard_code="H87", pieces=1
        ),
        Unit(
            code="dozen",
            label=N_("dozen"),
            kind="count",
            standard_code="DZN",
            pieces=12,
        ),
        Unit(code="bunch", label=N_("bunch"), kind="package", standard_code="BH"),
        Unit(code="case", label=N_("case"), kind="package", standard_code="CS"),
        Unit(code="bag", label=N_("bag"), kind="package", standard_code="BG"),
        Unit(code="box", label=N_("box"), kind="package", standard_code="BX"),
        Unit(code="basket", label=N_("basket"), kind="package", standard_code="BK"),
        Unit(code="jar", label=N_("jar"), kind="package", standard_code="JR"),
        Unit(code="bottle", label=N_("bottle"), kind="package", standard_code="BO"),
        Unit(code="tray", label=N_("tray"), kind="package", standard_code="PU"),
    )
}


def parse_count(text: str) -> int:
    """Read a whole number as people type it: "12", "12,0", "1 200".

    "1,000" is refused, since it is one in French and a thousand in English.
    Raises NotACount for anything else: a fraction, a negative, a blank, or more
    than a hub could move.
    """
    match = _WHOLE.fullmatch(_SPACES.sub("", text))
    if match is None or int(match.group(1)) > LARGEST_COUNT:
        raise NotACount(text=text)
    return int(match.group(1))
