"""How warm goods may be on the road, and reading what a thermometer says.

Limits are those of the *Règlement sur les aliments* (Quebec, P-29, r. 1, s. 1.4.1,
read 2024-02-26): goods that heat spoils at 4 °C or less, frozen goods at −18 °C or
less, inside and around them, until they are delivered. Fresh whole fruit and
vegetables are exempt by that section: a breach is therefore told, never a refusal.
"""

import re
from dataclasses import dataclass

from routing.core.errors import NotATemperature

COLDEST_TENTHS_C = -600
WARMEST_TENTHS_C = 600
"""Beyond these no truck of ours can be, so the figure was mistyped."""

_READING = re.compile(r"([-+]?)([0-9]{1,3})(?:[.,]([0-9]))?(?:°?c)?", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")
_MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-"})


@dataclass(frozen=True, slots=True)
class ColdLimit:
    """The warmest that a class of goods may be, in tenths of a degree, and who says."""

    warmest_tenths_c: int
    source: str


COLD_LIMITS = {
    "chilled": ColdLimit(40, "P-29, r. 1, s. 1.4.1"),
    "frozen": ColdLimit(-180, "P-29, r. 1, s. 1.4.1"),
}


def parse_temperature(text: str, *, field: str) -> int:
    """Read degrees Celsius as people type them ("3,5", "-18", "−18 °C"), in tenths.

    Raises NotATemperature for anything else, and beyond ±60 °C.
    """
    match = _READING.fullmatch(_SPACES.sub("", text).translate(_MINUSES))
    if match is None:
        raise NotATemperature(field=field, text=text)
    sign, degrees, tenth = match.groups()
    tenths_c = int(degrees) * 10 + int(tenth or 0)
    tenths_c = -tenths_c if sign == "-" else tenths_c
    if not COLDEST_TENTHS_C <= tenths_c <= WARMEST_TENTHS_C:
        raise NotATemperature(field=field, text=text)
    return tenths_c


def is_too_warm(temperature_class: str, tenths_c: int) -> bool:
    """Whether goods of a class are warmer than the rule allows; ambient never are."""
    limit = COLD_LIMITS.get(temperature_class)
    return limit is not None and tenths_c > limit.warmest_tenths_c
