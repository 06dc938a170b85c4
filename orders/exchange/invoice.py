"""An invoice or a credit note on paper, from what was kept of it on its day.

The page and the PDF read the same object, built from `Invoice.document` alone: what
is printed in ten years is what was sent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.templatetags.words import count, day, money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One product: what it is, whose it is, how much, for how much."""

    title: str
    farms: str
    quantity: int
    unit_cents: int
    price_cents: int
    is_taxed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaper:
    """All that is printed; `owed_cents` is what the buyer has to pay of it."""

    is_credit: bool
    number: int
    issued_on: date
    service_on: date
    due_on: date | None
    corrects: int | None
    reason: str
    seller: Mapping[str, str]
    buyer: Mapping[str, str]
    po_number: str
    lines: tuple[PaperLine, ...]
    price_cents: int
    tps_cents: int
    tvq_cents: int
    total_cents: int
    draw_cents: int
    gift_cents: int
    envelope_cents: int

    @property
    def owed_cents(self) -> int:
        """The total without what a programme's envelope has paid."""
        return self.total_cents - self.envelope_cents

    @property
    def title(self) -> str:
        """What the paper is, with its number."""
        words = (
            _("Credit note %(number)s") if self.is_credit else _("Invoice %(number)s")
        )
        return words % {"number": self.number}


def invoice_paper(document: Mapping[str, Any]) -> InvoicePaper:
    """The paper of a kept document, its titles in the reader's language."""
    draw_cents = document["draw_cents"]
    is_credit = document["kind"] == "credit_note"
    sign = -1 if is_credit else 1
    return InvoicePaper(
        is_credit=is_credit,
        number=document["number"],
        issued_on=date.fromisoformat(document["issued_on"]),
        service_on=date.fromisoformat(document["service_on"]),
        due_on=_day(document.get("due_on")),
        corrects=document["corrects"],
        reason=document["reason"],
        seller=document["seller"],
        buyer=document["buyer"],
        po_number=document["po_number"],
        lines=tuple(_line(line) for line in document["lines"]),
        price_cents=document["price_cents"],
        tps_cents=document["tps_cents"],
        tvq_cents=document["tvq_cents"],
        total_cents=document["total_cents"],
        draw_cents=sign * max(sign * draw_cents, 0),
        gift_cents=sign * max(-sign * draw_cents, 0),
        envelope_cents=document["envelope_cents"],
    )


def _day(text: str | None) -> date | None:
    """A day of the document; what was sent before terms were kept has none."""
    return date.fromisoformat(text) if text else None


def _line(line: Mapping[str, Any]) -> PaperLine:
    language = "en" if (get_language() or "").startswith("en") else "fr"
    return PaperLine(
        title=line["title"][language],
        farms=", ".join(line["farms"]),
        quantity=line["quantity"],
        unit_cents=line["unit_cents"],
        price_cents=line["price_cents"],
        is_taxed=bool(line["tps_cents"] or line["tvq_cents"]),
    )


def pdf(paper: InvoicePaper) -> bytes:
    """The paper on letter format, tagged for those who listen to it."""
    language = "en" if (get_language() or "").startswith("en") else "fr"
    words = {
        "language": language,
        "title": paper.title,
        "seller": _seller_lines(paper),
        "buyer": [
            _("Billed to"),
            paper.buyer["name"],
            f"{paper.buyer['drop_point']} · {paper.buyer['address']}",
        ],
        "facts": _facts(paper),
        "columns": [_("Product"), _("Quantity"), _("Price of one"), _("Amount")],
        "lines": [
            [
                f"{line.title}{' *' if line.is_taxed else ''}",
                line.farms,
                count(line.quantity),
                money(line.unit_cents),
                money(line.price_cents),
            ]
            for line in paper.lines
        ],
        "sums": [[name, money(cents)] for name, cents in _sums(paper)],
        "notes": _notes(paper),
    }
    made: bytes = typst.compile(
        TEMPLATE.encode(), format="pdf", sys_inputs={"sheet": json.dumps(words)}
    )
    return made


def _seller_lines(paper: InvoicePaper) -> list[str]:
    seller = paper.seller
    numbers = [
        f"TPS {seller['tps_number']}" if seller["tps_number"] else "",
        f"TVQ {seller['tvq_number']}" if seller["tvq_number"] else "",
    ]
    lines = [seller["name"], seller["seat"], seller["email"], seller["phone"]]
    return [line for line in (*lines, *numbers) if line]


def _facts(paper: InvoicePaper) -> list[str]:
    facts = [
        _("Issued on %(day)s") % {"day": day(paper.issued_on)},
        _("Delivered on %(day)s") % {"day": day(paper.service_on)},
    ]
    if paper.due_on:
        facts.append(_("Payable by %(day)s") % {"day": day(paper.due_on)})
    if paper.po_number:
        facts.append(_("Purchase order %(number)s") % {"number": paper.po_number})
    if paper.corrects:
        words = (
            _("Takes back invoice %(number)s")
            if paper.is_credit
            else _("In place of invoice %(number)s")
        )
        facts.append(words % {"number": paper.corrects})
    if paper.reason:
        facts.append(paper.reason)
    return facts


def _sums(paper: InvoicePaper) -> list[tuple[str, int]]:
    sums = [
        (_("Before taxes"), paper.price_cents),
        ("TPS", paper.tps_cents),
        ("TVQ", paper.tvq_cents),
        (_("Total"), paper.total_cents),
    ]
    if paper.envelope_cents:
        sums.append((_("Paid by a programme's envelope"), -paper.envelope_cents))
        sums.append((_("To be paid"), paper.owed_cents))
    return sums


def _notes(paper: InvoicePaper) -> list[str]:
    notes = []
    if any(line.is_taxed for line in paper.lines):
        notes.append(_("* Taxable."))
    if paper.draw_cents > 0:
        notes.append(
            _("The solidarity fund pays %(amount)s besides.")
            % {"amount": money(paper.draw_cents)}
        )
    if paper.gift_cents > 0:
        notes.append(
            _("Of it, %(amount)s goes to the solidarity fund. Thank you!")
            % {"amount": money(paper.gift_cents)}
        )
    if paper.seller["terms"]:
        notes.append(paper.seller["terms"])
    return notes


TEMPLATE = """
#let sheet = json(bytes(sys.inputs.sheet))
#set document(title: sheet.title)
#set page(paper: "us-letter", margin: 16mm, numbering: "1 / 1")
#set text(
  font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 11pt, lang: sheet.language
)
#set table(stroke: 0.5pt + luma(60%), inset: 6pt)
#grid(
  columns: (1fr, 1fr),
  gutter: 8mm,
  [
    #text(weight: "bold", size: 13pt)[#sheet.seller.at(0)]
    #for line in sheet.seller.slice(1) [ \\ #line ]
  ],
  [
    #text(size: 9pt)[#sheet.buyer.at(0)] \\
    #text(weight: "bold")[#sheet.buyer.at(1)] \\
    #sheet.buyer.at(2)
  ],
)

= #sheet.title

#for fact in sheet.facts [ #fact \\ ]

#table(
  columns: (1fr, auto, auto, auto),
  align: (left, right, right, right),
  table.header(..sheet.columns.map(name => strong(name))),
  ..sheet.lines.map(line => (
    [#line.at(0) #if line.at(1) != "" [ \\ #text(size: 9pt)[#line.at(1)] ]],
    line.at(2), line.at(3), line.at(4),
  )).flatten()
)

#align(right)[
  #table(
    columns: (auto, auto),
    align: (left, right),
    ..sheet.sums.flatten()
  )
]

#for note in sheet.notes [ #note \\ ]
"""
