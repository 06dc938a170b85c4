"""The weekly grid as it is typed: each row keeps its text and its refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from hub.core.errors import DomainError, NotAnAmount
from hub.core.money import parse_cents
from hub.doors import sentence_of
from producers.core.availability import parse_cell
from producers.core.errors import UnknownQuantity
from producers.core.grid import Cell
from producers.selectors import GridRow
from producers.templatetags.typed import typed_price

PRICE_CODES = frozenset({"not_an_amount", "price_out_of_range", "price_is_agreed"})
LOT_CODES = frozenset({"lot_too_long"})


@dataclass(slots=True)
class RowEntry:
    """One row as it is shown in its fields; `errors` maps a field to its sentence."""

    row: GridRow
    quantity: str
    price: str
    lot: str
    errors: dict[str, str] = field(default_factory=dict)

    def read(self) -> Cell:
        """The figures typed; what cannot be read is noted in `errors`."""
        quantity: int | None = None
        price_cents: int | None = None
        try:
            quantity = parse_cell(self.quantity)
        except UnknownQuantity as error:
            self.refuse(error)
        try:
            price_cents = parse_cents(self.price) if self.price.strip() else None
        except NotAnAmount as error:
            self.refuse(error)
        return Cell(quantity=quantity, price_cents=price_cents, lot=self.lot)

    def refuse(self, error: DomainError) -> None:
        """Note a refusal under the field it speaks about."""
        self.errors[field_of(error)] = sentence_of(error)

    def refusals(self) -> list[str]:
        """Each refusal in one sentence that names the field and the row."""
        title = f"{self.row.name}, {self.row.label}"
        wheres = {
            "quantity": gettext("Quantity of %(title)s"),
            "price": gettext("Price of %(title)s"),
            "lot": gettext("Lot of %(title)s"),
        }
        return [
            gettext("%(where)s: %(sentence)s")
            % {"where": wheres[name] % {"title": title}, "sentence": sentence}
            for name, sentence in self.errors.items()
        ]


def field_of(error: DomainError) -> str:
    """The field of a row that a refusal speaks about."""
    if error.code in PRICE_CODES:
        return "price"
    return "lot" if error.code in LOT_CODES else "quantity"


def entries_of(rows: Sequence[GridRow]) -> list[RowEntry]:
    """The rows as saved."""
    return [
        RowEntry(
            row=row,
            quantity="" if row.quantity is None else str(row.quantity),
            price=typed_price(row.price_cents),
            lot=row.lot,
        )
        for row in rows
    ]


def entries_typed(
    data: Mapping[str, str], rows: Sequence[GridRow]
) -> tuple[list[RowEntry], list[RowEntry]]:
    """The rows as typed: all of them for the page, then those that were sent.

    A row that the page did not send (offered since) is shown as saved.
    """
    entries = entries_of(rows)
    sent = [entry for entry in entries if f"quantity-{entry.row.public_id}" in data]
    for entry in sent:
        name = entry.row.public_id
        entry.quantity = data[f"quantity-{name}"]
        entry.price = "" if entry.row.pool_name else data.get(f"price-{name}", "")
        entry.lot = data.get(f"lot-{name}", "")
    return entries, sent
