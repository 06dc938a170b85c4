"""Amounts, a tier and its dates that only some may read, to be found where they leak.

Each side of the world has its own figures, told nowhere else. An amount is looked for
as every page, file, letter and program writes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one side plants: whole cents, basis points, a day."""

    farm_price_cents: int
    order_price_cents: int
    envelope_cents: int
    statement_cents: int
    multiplier_bps: int
    agreed_until: date
    support_cap_cents: int


FIGURES = {
    "Ondine": Figures(
        123_407, 987_601, 456_013, 310_457, 11_373, date(2087, 3, 19), 512_309
    ),
    "Zebulon": Figures(
        176_509, 801_943, 650_147, 410_963, 12_719, date(2091, 9, 23), 720_841
    ),
}
READ_BY = {
    "farm_price_cents": ("farm_a",),
    "order_price_cents": ("group", "distributor"),
    "envelope_cents": ("group", "distributor", "programme"),
    "statement_cents": ("farm_a",),
    "agreed_until": ("group", "distributor"),
    "support_cap_cents": ("group", "distributor"),
}
"""Who reads a figure of their own side, the coordination apart, which reads all. The
share of a tier is told to every member, on the page that explains prices."""


def amount_words(cents: int) -> Iterator[str]:
    """An amount as it may be written: 1 234,56, 1,234.56, 1234.56, 1234,56, 123456."""
    dollars, rest = divmod(cents, 100)
    for blank in (NO_BREAK, "\u202f", " ", "&nbsp;"):
        yield f"{dollars:,}".replace(",", blank) + f",{rest:02}"
    yield f"{dollars:,}.{rest:02}"
    yield f"{dollars}.{rest:02}"
    yield f"{dollars},{rest:02}"
    yield str(cents)


def rate_words(bps: int) -> Iterator[str]:
    """A share of the full price: 113,73, 113.73, 11373, 1.1373."""
    yield f"{bps // 100},{bps % 100:02}"
    yield f"{bps // 100}.{bps % 100:02}"
    yield str(bps)
    yield f"{bps / 10_000:.4f}"


def day_words(day: date) -> Iterator[str]:
    """A day: 2087-03-19, 19 mars 2087, March 19, 2087."""
    yield day.isoformat()
    months = {3: ("mars", "March"), 9: ("septembre", "September")}
    french, english = months[day.month]
    for blank in (" ", NO_BREAK):
        yield f"{day.day}{blank}{french}{blank}{day.year}"
        yield f"{english}{blank}{day.day},{blank}{day.year}"


def words_of(mark: str, name: str) -> list[str]:
    """Everything that would tell one figure of one side."""
    value = getattr(FIGURES[mark], name)
    if name.endswith("_cents"):
        return list(amount_words(value))
    return list(rate_words(value) if name.endswith("_bps") else day_words(value))


def all_words(mark: str) -> list[str]:
    """Everything that would tell any figure of one side."""
    return [
        word for name in (*READ_BY, "multiplier_bps") for word in words_of(mark, name)
    ]


def private_words(mark: str, role: str) -> list[str]:
    """What would tell this member of a side a figure that is somebody else's."""
    return [
        word
        for name, readers in READ_BY.items()
        if role not in readers
        for word in words_of(mark, name)
    ]


def plant_figures(mark: str, rows: dict[str, Any]) -> None:
    """Write the figures into the rows of one side, as services would have left them."""
    planted = FIGURES[mark]
    _set(rows["spare_offer"], price_cents=planted.farm_price_cents)
    line = rows["group_order"].lines.get(offer=rows["offer"])
    added = planted.order_price_cents - line.buyer_cents
    added_unit = planted.order_price_cents - line.price_unit_cents
    _set(
        line,
        price_unit_cents=planted.order_price_cents,
        full_unit_cents=F("full_unit_cents") + added_unit,
        margin_unit_cents=F("margin_unit_cents") + added_unit,
        buyer_cents=planted.order_price_cents,
        margin_cents=F("margin_cents") + added,
    )
    soutien = rows["hub"].price_tiers.get(code="soutien")
    _set(soutien, first_multiplier_bps=planted.multiplier_bps)
    _set(rows["agreement"], ends_on=planted.agreed_until)


def _set(row: Any, **values: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
