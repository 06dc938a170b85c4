"""What the days of a period achieved, worked out from their facts.

Money behind fewer than five households is hidden, and with it every sum that would
give it away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hub.core.indicators import Row, Totals, without_small_groups
from hub.core.quantities import TEMPERATURE_CLASSES

COMPARED = ("transport", "distance", "co2e")
"""Measures with a driven side and a side alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Driving together beside everyone alone."""

    driven: int
    alone: int

    @property
    def saved(self) -> int:
        """What driving together saves."""
        return self.alone - self.driven

    @property
    def saved_bps(self) -> int | None:
        """The same in ten-thousandths of alone; None when that is nothing."""
        return 10_000 * self.saved // self.alone if self.alone else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassQuality:
    """One temperature class: how full the trucks were, how warm."""

    code: str
    filling_bps: int
    readings: int
    breaches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The figures of a period; None hides one."""

    drawn: tuple[Row, ...]
    drawn_cents: int | None
    envelopes: tuple[Row, ...]
    given_cents: int
    solidarity_cents: int | None
    households: tuple[Row, ...]
    num_households: int | None
    compared: Mapping[str, Compared]
    factors: tuple[str, ...]
    on_time_bps: int | None
    classes: tuple[ClassQuality, ...]


def results_of(totals: Totals) -> Results:
    """The results that the totals of a period come to."""
    drawn, envelopes = (
        without_small_groups(row for row in totals.rows.get(name, ()) if row.value)
        for name in ("fund_drawn", "envelope_paid")
    )
    households = without_small_groups(totals.rows.get("households", ()))
    solidarity_cents = totals.value("fund_drawn") + totals.value("envelope_paid")
    is_whole = _is_whole((*drawn, *envelopes))
    is_counted = all(row.num_people is not None for row in households)
    return Results(
        drawn=drawn,
        drawn_cents=totals.value("fund_drawn") if _is_whole(drawn) else None,
        envelopes=envelopes,
        given_cents=totals.value("fund_given"),
        solidarity_cents=solidarity_cents if is_whole else None,
        households=households,
        num_households=sum(row.num_people or 0 for row in households)
        if is_counted
        else None,
        compared={
            name: Compared(
                driven=totals.value(f"{name}_driven"),
                alone=totals.value(f"{name}_alone"),
            )
            for name in COMPARED
        },
        factors=tuple(row.detail for row in totals.rows.get("co2e_driven", ())),
        on_time_bps=totals.rate_bps("stops_on_time", "stops_timed"),
        classes=tuple(
            ClassQuality(
                code=name,
                filling_bps=totals.value("filling", name)
                // totals.value("trucks_filled", name),
                readings=totals.value("temperature_readings", name),
                breaches=totals.value("temperature_breaches", name),
            )
            for name in TEMPERATURE_CLASSES
            if totals.value("trucks_filled", name)
        ),
    )


def _is_whole(rows: Iterable[Row]) -> bool:
    """Whether no figure of these is hidden, so that their sum gives none away."""
    return all(row.value is not None for row in rows)
