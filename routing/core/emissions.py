"""Greenhouse gases of driving: kilometres × fuel × carbon, from a dated table.

Tank to wheel, in grams of CO₂ equivalent. Every figure says where it comes from; what
we assume ourselves is called an assumption. A report names the version it used, so
that a figure can be computed again after the table has changed. The fuel of a truck is
the same on both sides of a comparison, so the percentage saved does not depend on it.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hub.core.money import scale_half_up


@dataclass(frozen=True, slots=True)
class Factors:
    """What one kilometre of a refrigerated truck emits, from a date on."""

    version: str
    starts_on: date
    grams_per_litre: int
    millilitres_per_km: int
    cold_unit_percent: int
    sources: tuple[str, ...]


TABLE: tuple[Factors, ...] = (
    Factors(
        version="2026-11",
        starts_on=date(2020, 1, 1),
        grams_per_litre=2_790,
        millilitres_per_km=200,
        cold_unit_percent=11,
        sources=(
            "diesel 2.79 kg CO2e/L: table quoting Natural Resources Canada and "
            "Transition énergétique Québec",
            "cold unit +11 %: Zemo Partnership, 2024",
            "20 L/100 km: assumption of ours for a light refrigerated truck",
        ),
    ),
)
"""Newest last. A correction is a new row with a new version, never an edit."""


def factors_on(on: date) -> Factors:
    """The row in force on a day; the first one for days before it."""
    found = [row for row in TABLE if row.starts_on <= on]
    return found[-1] if found else TABLE[0]


def co2e_g(distance_m: int, factors: Factors) -> int:
    """Grams of CO₂ equivalent of so many metres, rounded once, half up."""
    per_metre = Fraction(
        factors.millilitres_per_km
        * factors.grams_per_litre
        * (100 + factors.cold_unit_percent),
        1_000 * 1_000 * 100,
    )
    return scale_half_up(distance_m, per_metre.numerator, per_metre.denominator)
