"""A sheet of paper: the page and the PDF are both made from this one object.

What is on it was put in words by whoever made it; here it is only laid out, black on
white, on letter paper. The PDF is tagged, so that a screen reader finds its headings
and the heads of its tables.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import typst
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table under its heading; `numbers` are the columns set to the right.

    `wide` are the columns that share the room the others leave. `total` is a last row
    that stands out; `notes` are lines above the table.
    """

    heading: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    wide: tuple[int, ...] = (0,)
    total: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def told_rows(self) -> list[list[tuple[str, str]]]:
        """Each cell beside the name of its column, as a narrow screen shows it."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def told_total(self) -> list[tuple[str, str]]:
        """The same for the last row."""
        return list(zip(self.columns, self.total, strict=True))


def door_of(place: str, receiver: str) -> str:
    """A door and who receives there, said once where both bear one name."""
    return place if place == receiver else f"{place} · {receiver}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One paper, on pages of its own; `blanks` are lines to fill by hand."""

    title: str
    about: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    blanks: tuple[str, ...] = ()


def pdf(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one tagged PDF, in the reader's language."""
    inputs = {
        "sheets": json.dumps([asdict(sheet) for sheet in sheets]),
        "title": sheets[0].title if sheets else "",
        "lang": (get_language() or "fr")[:2],
    }
    made: bytes = typst.compile(TEMPLATE.encode(), format="pdf", sys_inputs=inputs)
    return made


TEMPLATE = """
#let sheets = json(bytes(sys.inputs.sheets))
#set document(title: sys.inputs.title)
#set page(paper: "us-letter", margin: (x: 14mm, y: 16mm), numbering: "1 / 1")
#set text(
  font: ("Libertinus Serif", "DejaVu Sans Mono"),
  size: 10.5pt, fill: black, lang: sys.inputs.lang,
)
#set table(stroke: 0.5pt + black, inset: 5pt)
#show heading.where(level: 1): it => block(below: 3mm, text(size: 18pt, it.body))
#show heading.where(level: 2): it => block(above: 5mm, below: 2.5mm,
  text(size: 12.5pt, it.body))

#let laid(part) = {
  heading(level: 2, part.heading)
  for note in part.notes { par(note) }
  if part.columns.len() > 0 {
    let side = range(part.columns.len()).map(n =>
      if n in part.numbers { right } else { left })
    let wide = range(part.columns.len()).map(n =>
      if n in part.wide { 1fr } else { auto })
    table(
      columns: wide,
      align: side,
      table.header(..part.columns.map(name => strong(name))),
      ..part.rows.flatten(),
      ..part.total.map(cell => strong(cell))
    )
  }
}

#for (number, sheet) in sheets.enumerate() {
  if number > 0 { pagebreak() }
  heading(level: 1, sheet.title)
  for line in sheet.about { par(spacing: 0.65em, line) }
  for part in sheet.parts { laid(part) }
  if sheet.blanks.len() > 0 {
    v(12mm)
    grid(
      columns: (1fr,) * sheet.blanks.len(),
      gutter: 8mm,
      ..sheet.blanks.map(name => [#line(length: 100%, stroke: 0.5pt) #name])
    )
  }
}
"""
