"""Indicator facts: what each day leaves behind, added up for a report.

A fact is one figure of one measure on one day of one hub. Figures of one measure and
detail add up over days; a rate is kept as its two figures, so that rates of several
days are the rate of all of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

SMALLEST_GROUP = 5
"""Fewer people than this are not shown apart: they could be recognized."""

MEASURES: Mapping[str, str] = {
    "farm_paid": "cents",
    "buyer_invoiced": "cents",
    "fund_drawn": "cents",
    "fund_given": "cents",
    "envelope_paid": "cents",
    "households": "people",
    "mass_delivered": "g",
    "shipments_delivered": "count",
    "transport_driven": "cents",
    "transport_alone": "cents",
    "distance_driven": "m",
    "distance_alone": "m",
    "co2e_driven": "g",
    "co2e_alone": "g",
    "stops_timed": "count",
    "stops_on_time": "count",
    "trucks_filled": "count",
    "filling": "bps",
    "temperature_readings": "count",
    "temperature_breaches": "count",
}
"""Every measure a report knows, with its unit. `filling` is the sum over trucks of
the fullest moment of a class, `trucks_filled` the number of trucks summed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure. `key` names it once and for all; `detail` says of what or of whom.

    `num_people` is how many households stand behind it, when that is known.
    """

    key: str
    on: date
    measure: str
    value: int
    detail: str = ""
    num_people: int | None = None

    def __post_init__(self) -> None:
        assert self.measure in MEASURES, self.measure

    @property
    def unit(self) -> str:
        """The unit of its measure."""
        return MEASURES[self.measure]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one detail added up; None hides a figure."""

    detail: str
    value: int | None
    num_people: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Facts of a period added up by measure, and by measure and detail."""

    by_measure: Mapping[str, int]
    rows: Mapping[str, tuple[Row, ...]]
    num_days: int

    def value(self, measure: str, detail: str | None = None) -> int:
        """The sum of a measure, or of one of its details; 0 when nothing was left."""
        if detail is None:
            return self.by_measure.get(measure, 0)
        return next(
            (r.value or 0 for r in self.rows.get(measure, ()) if r.detail == detail), 0
        )

    def rate_bps(self, part: str, whole: str, detail: str | None = None) -> int | None:
        """One measure in ten-thousandths of another; None when that is nothing."""
        divisor = self.value(whole, detail)
        if not divisor:
            return None
        return 10_000 * self.value(part, detail) // divisor


def totals_of(facts: Iterable[Fact]) -> Totals:
    """Add up facts; people are counted once, on the day that had most of them."""
    by_measure: dict[str, int] = {}
    values: dict[str, dict[str, int]] = {}
    people: dict[tuple[str, str], int] = {}
    days = set()
    for fact in facts:
        days.add(fact.on)
        by_measure[fact.measure] = by_measure.get(fact.measure, 0) + fact.value
        details = values.setdefault(fact.measure, {})
        details[fact.detail] = details.get(fact.detail, 0) + fact.value
        if fact.num_people is not None:
            at = (fact.measure, fact.detail)
            people[at] = max(people.get(at, 0), fact.num_people)
    return Totals(
        by_measure=by_measure,
        rows={
            measure: tuple(
                Row(detail, value, people.get((measure, detail)))
                for detail, value in sorted(details.items())
            )
            for measure, details in values.items()
        },
        num_days=len(days),
    )


def without_small_groups(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows as anybody may read them: groups under five people are put together.

    While those put together are fewer than five, the next smallest group joins them,
    so that no figure can be found by subtraction; when all of them together are too
    few, the figure is hidden. A row without a number of people is shown as it is.
    """
    all_rows = list(rows)
    counted = sorted(
        (row for row in all_rows if row.num_people is not None),
        key=lambda row: (row.num_people or 0, row.detail),
    )
    open_rows = [row for row in all_rows if row.num_people is None]
    together: list[Row] = []
    while counted and (
        (counted[0].num_people or 0) < SMALLEST_GROUP
        or (together and _people(together) < SMALLEST_GROUP)
    ):
        together.append(counted.pop(0))
    shown = sorted([*open_rows, *counted], key=lambda row: row.detail)
    if not together:
        return tuple(shown)
    num_people = _people(together)
    if num_people < SMALLEST_GROUP:
        return (*shown, Row("", None, None))
    whole = sum(row.value or 0 for row in together)
    return (*shown, Row("", whole, num_people))


def _people(rows: Iterable[Row]) -> int:
    return sum(row.num_people or 0 for row in rows)
