"""The figures of the page of results, one a line, for a spreadsheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hub.core.results import Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One figure under its chapter; no value and a remark when it is not shown."""

    chapter: str
    figure: str
    value: Decimal | None
    unit: str
    remark: str = ""


def result_rows(
    measured: Mapping[str, int], shown: Mapping[str, Any]
) -> tuple[ResultRow, ...]:
    """Everything the page shows, in its order; what it hides stays hidden here.

    `measured` are whole cents, grams and counts by measure, `shown` the page's own
    figures, where small groups are already left out.
    """
    return (
        *_money(measured),
        *_solidarity(shown),
        *_households(shown),
        *_compared(shown["compared"]),
        *_quality(measured, shown),
    )


def _dollars(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def _money(measured: Mapping[str, int]) -> Iterator[ResultRow]:
    chapter = _("Money")
    for figure, measure in [
        (_("To the farms"), "farm_paid"),
        (_("Invoiced to buyers"), "buyer_invoiced"),
    ]:
        value = _dollars(measured.get(measure, 0))
        yield ResultRow(chapter=chapter, figure=figure, value=value, unit="$")
    yield ResultRow(
        chapter=chapter,
        figure=_("Goods delivered"),
        value=Decimal(measured.get("mass_delivered", 0)).scaleb(-3),
        unit="kg",
    )


def _solidarity(shown: Mapping[str, Any]) -> Iterator[ResultRow]:
    hidden = _("not shown: fewer than five households")
    for row in shown["drawn"]:
        yield ResultRow(
            chapter=_("Solidarity fund"),
            figure=_(row.detail) if row.detail else "",
            value=_dollars(row.value),
            unit="$",
        )
    for row in shown["envelopes"]:
        yield ResultRow(
            chapter=_("Voucher programmes"),
            figure=row.detail or _("Small groups together"),
            value=_dollars(row.value),
            unit="$",
            remark=hidden if row.value is None else "",
        )
    yield ResultRow(
        chapter=_("Solidarity fund"),
        figure=_("Given to the fund by buyers"),
        value=_dollars(shown["given"]),
        unit="$",
    )


def _households(shown: Mapping[str, Any]) -> Iterator[ResultRow]:
    for row in shown["households"]:
        is_hidden = row.num_people is None
        yield ResultRow(
            chapter=_("Households reached"),
            figure=row.detail or _("Small groups together"),
            value=None if is_hidden else Decimal(row.num_people),
            unit="",
            remark=_("fewer than five") if is_hidden else "",
        )


def _compared(compared: Mapping[str, Compared]) -> Iterator[ResultRow]:
    kinds = {
        "transport": (_("Cost of transport"), -2, "$"),
        "distance": (_("Distance"), -3, "km"),
        "co2e": (_("Greenhouse gases (CO₂e)"), -3, "kg"),
    }
    sides = {"driven": _("Driven"), "alone": _("Alone"), "saved": _("Saved")}
    for name, (chapter, places, unit) in kinds.items():
        for side, figure in sides.items():
            value = Decimal(getattr(compared[name], side)).scaleb(places)
            yield ResultRow(chapter=chapter, figure=figure, value=value, unit=unit)


def _quality(
    measured: Mapping[str, int], shown: Mapping[str, Any]
) -> Iterator[ResultRow]:
    chapter = _("Quality of the days")
    if shown["on_time_bps"] is not None:
        yield ResultRow(
            chapter=chapter,
            figure=_("On time"),
            value=Decimal(shown["on_time_bps"]).scaleb(-2),
            unit="%",
        )
    yield ResultRow(
        chapter=chapter,
        figure=_("Stops whose hour was noted"),
        value=Decimal(measured.get("stops_timed", 0)),
        unit="",
    )
    for row in shown["classes"]:
        for figure, value, unit in [
            (_("Trucks filled"), Decimal(row["filling_bps"]).scaleb(-2), "%"),
            (_("Readings"), Decimal(row["readings"]), ""),
            (_("Too warm"), Decimal(row["breaches"]), ""),
        ]:
            yield ResultRow(
                chapter=str(row["name"]), figure=figure, value=value, unit=unit
            )
