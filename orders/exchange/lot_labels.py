"""Labels for the crates of a farm: one for each crate, with its lot as a code too.

The code holds plain text that any phone reads without a network: lot, farm, product,
day and temperature class, one below the other.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import segno
import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.exchange.sheet import door_of
from hub.templatetags.words import day
from orders.exchange.words import TEMPERATURES
from orders.selectors import PaperLine


@dataclass(frozen=True, slots=True, kw_only=True)
class LotLabel:
    """What stands on the crates of one lot for one drop point; one label a crate."""

    lot: str
    product: str
    packing: str
    farm: str
    service_on: date
    temperature_class: str
    drop_point: str
    buyer: str
    num_crates: int

    @property
    def code(self) -> str:
        """What a phone reads."""
        return "\n".join(
            [
                self.lot or "-",
                self.farm,
                f"{self.product}, {self.packing}",
                self.service_on.isoformat(),
                self.temperature_class,
            ]
        )

    @property
    def picture(self) -> str:
        """The code as a drawing."""
        made: str = segno.make(self.code, error="m", micro=False).svg_inline(border=2)
        return made


def lot_labels(lines: Iterable[PaperLine]) -> tuple[LotLabel, ...]:
    """The labels of a farm, by drop point, buyer and product."""
    ordered = sorted(lines, key=lambda each: (each.drop_point, each.buyer, each.goods))
    return tuple(
        LotLabel(
            lot=line.lot,
            product=line.product,
            packing=line.packing,
            farm=line.farm,
            service_on=line.service_on,
            temperature_class=line.temperature_class,
            drop_point=line.drop_point,
            buyer=line.buyer,
            num_crates=line.units,
        )
        for line in ordered
    )


def pdf(labels: Iterable[LotLabel]) -> bytes:
    """Ten labels on a letter page, four inches by two; one label for each crate."""
    told = [_told(label) for label in labels]
    inputs = {
        "labels": json.dumps(told),
        "title": _("Lot labels"),
        "lang": (get_language() or "fr")[:2],
    }
    made: bytes = typst.compile(TEMPLATE.encode(), format="pdf", sys_inputs=inputs)
    return made


def _told(label: LotLabel) -> dict[str, object]:
    return {
        "code": label.picture,
        "alt": label.code,
        "product": f"{label.product}, {label.packing}",
        "farm": label.farm,
        "lot": _("Lot %(lot)s") % {"lot": label.lot or "—"},
        "day": f"{day(label.service_on)}",
        "temperature": str(TEMPERATURES.get(label.temperature_class, "")),
        "to": door_of(label.drop_point, label.buyer),
        "crates": label.num_crates,
    }


TEMPLATE = """
#let labels = json(bytes(sys.inputs.labels))
#set document(title: sys.inputs.title)
#set page(paper: "us-letter", margin: (x: 0.16in, y: 0.5in))
#set text(font: ("Libertinus Serif",), size: 9.5pt, fill: black, lang: sys.inputs.lang)
#set par(leading: 0.45em, spacing: 0.5em)
#let one(label, number) = box(width: 4in, height: 2in, inset: 0.14in, clip: true, grid(
  columns: (1.15in, 1fr), gutter: 0.12in,
  image(bytes(label.code), format: "svg", width: 1.15in, alt: label.alt),
  [
    #text(size: 12.5pt, weight: "bold")[#label.product]

    #label.farm

    #strong(label.lot) · #label.temperature

    #label.day

    → #label.to

    #number / #label.crates
  ],
))
#grid(
  columns: (4in, 4in), column-gutter: 0.18in,
  ..labels.map(label => range(label.crates).map(n => one(label, n + 1))).flatten()
)
"""
