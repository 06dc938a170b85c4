"""What a farm is paid for a day or a period, on screen and on paper."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.ledger.proving import Proof
from hub.ledger.statements import Statement
from hub.templatetags.words import count, day, money
from orders.exchange.words import entry_name
from orders.models import FarmSale


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleLine:
    """One product on one invoice, at the farm's own price."""

    on: date
    service_on: date
    paper: str
    title: str
    quantity: int
    farm_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLine:
    """What else moved the farm's account: a share of a route, a payment."""

    on: date
    name: str
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FarmStatement:
    """One farm, from `since` to `until`, both included.

    Always: opening + sales + others = closing, to the cent. `proof` is the root of the
    ledger by the last night, by which an outsider knows that nothing was changed.
    """

    farm: str
    hub: str
    since: date
    until: date
    opening_cents: int
    closing_cents: int
    sales: tuple[SaleLine, ...]
    others: tuple[OtherLine, ...]
    proof: Proof | None = None

    @property
    def sales_cents(self) -> int:
        """What the farm sold, what was taken back taken off."""
        return sum(sale.farm_cents for sale in self.sales)

    @property
    def num_units(self) -> int:
        """Units sold, those taken back taken off."""
        return sum(sale.quantity for sale in self.sales)


def farm_statement(
    *,
    farm: str,
    hub: str,
    book: Statement,
    until: date,
    sales: Iterable[FarmSale],
    proof: Proof | None = None,
) -> FarmStatement:
    """The statement of a farm's account of the ledger, with the sales behind it."""
    return FarmStatement(
        farm=farm,
        hub=hub,
        since=book.since,
        until=until,
        opening_cents=book.opening_cents,
        closing_cents=book.closing_cents,
        sales=tuple(_sale(sale) for sale in sales),
        others=tuple(
            OtherLine(
                on=line.effective_on,
                name=entry_name(line.kind, line.memo),
                amount_cents=line.amount_cents,
            )
            for line in book.lines
            if line.kind != "sale"
        ),
        proof=proof,
    )


def _sale(sale: FarmSale) -> SaleLine:
    invoice = sale.invoice_line.invoice
    return SaleLine(
        on=invoice.effective_on,
        service_on=invoice.service_on,
        paper=str(invoice),
        title=sale.title,
        quantity=sale.quantity,
        farm_cents=sale.farm_cents,
    )


def pdf(sheet: FarmStatement) -> bytes:
    """The statement on letter paper, tagged, in the reader's language."""
    words = {
        "language": "en" if (get_language() or "").startswith("en") else "fr",
        "title": _("Statement — %(farm)s") % {"farm": sheet.farm},
        "about": f"{sheet.hub} · {day(sheet.since)} – {day(sheet.until)}",
        "columns": [_("Delivered"), _("Product"), _("Quantity"), _("Amount")],
        "sales": [
            [
                day(sale.service_on),
                f"{sale.title} ({sale.paper})",
                count(sale.quantity),
                money(sale.farm_cents),
            ]
            for sale in sheet.sales
        ],
        "sums": [
            [_("Owed before"), money(sheet.opening_cents)],
            [_("Sales"), money(sheet.sales_cents)],
            *(
                [f"{line.name} ({day(line.on)})", money(line.amount_cents)]
                for line in sheet.others
            ),
            [_("Owed to the farm"), money(sheet.closing_cents)],
        ],
        "proof": _proved(sheet.proof),
    }
    made: bytes = typst.compile(
        TEMPLATE.encode(), format="pdf", sys_inputs={"sheet": json.dumps(words)}
    )
    return made


def _proved(proof: Proof | None) -> list[str]:
    if proof is None:
        return []
    told = _("Root of the ledger, %(day)s:") % {"day": day(proof.day)}
    return [told, proof.sha256]


TEMPLATE = """
#let sheet = json(bytes(sys.inputs.sheet))
#set document(title: sheet.title)
#set page(paper: "us-letter", margin: 16mm, numbering: "1 / 1")
#set text(
  font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 11pt, lang: sheet.language
)
#set table(stroke: 0.5pt + luma(60%), inset: 6pt)
= #sheet.title

#sheet.about

#table(
  columns: (auto, 1fr, auto, auto),
  align: (left, left, right, right),
  table.header(..sheet.columns.map(name => strong(name))),
  ..sheet.sales.flatten()
)

#align(right)[
  #table(columns: (auto, auto), align: (left, right), ..sheet.sums.flatten())
]

#if sheet.proof.len() > 0 [
  #text(size: 8pt)[#sheet.proof.at(0) #linebreak() #raw(sheet.proof.at(1))]
]
"""
