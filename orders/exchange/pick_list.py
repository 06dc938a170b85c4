"""The pick list of a farm: what to put on the dock for whom, black on white.

Numbers are those of the allocation, to the unit; no price and no tier is on it.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import typst
from django.utils.translation import gettext as _

from hub.templatetags.words import count, day, mass
from orders.exchange.words import TEMPERATURES
from orders.selectors.farms import SoldRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PickStop:
    """What one drop point gets from the farm."""

    drop_point: str
    rows: tuple[SoldRow, ...]
    mass_g: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PickList:
    """Everything one farm prepares for one day."""

    farm: str
    hub: str
    cycle: str
    service_on: date
    is_final: bool
    stops: tuple[PickStop, ...]
    totals: tuple[tuple[str, int], ...]

    @property
    def num_units(self) -> int:
        """All units together."""
        return sum(units for _, units in self.totals)


def pick_list(
    *, farm: str, hub: str, cycle: str, service_on: date, is_final: bool
) -> PickList:
    """An empty pick list, to be filled from rows."""
    return PickList(
        farm=farm,
        hub=hub,
        cycle=cycle,
        service_on=service_on,
        is_final=is_final,
        stops=(),
        totals=(),
    )


def filled(sheet: PickList, rows: Iterable[SoldRow]) -> PickList:
    """The same sheet with its rows, by drop point, and the sum of each product."""
    by_door: dict[int, list[SoldRow]] = {}
    totals: Counter[str] = Counter()
    for row in rows:
        by_door.setdefault(row.drop_point_id, []).append(row)
        totals[f"{row.product}, {row.packing}"] += row.units
    stops = tuple(
        PickStop(
            drop_point=members[0].drop_point,
            rows=tuple(members),
            mass_g=sum(row.mass_g for row in members),
        )
        for members in by_door.values()
    )
    return PickList(
        farm=sheet.farm,
        hub=sheet.hub,
        cycle=sheet.cycle,
        service_on=sheet.service_on,
        is_final=sheet.is_final,
        stops=stops,
        totals=tuple(sorted(totals.items())),
    )


def pdf(sheet: PickList) -> bytes:
    """The sheet on letter paper, in the reader's language."""
    words = {
        "title": _("Pick list"),
        "farm": sheet.farm,
        "about": f"{sheet.hub} · {day(sheet.service_on)}",
        "draft": "" if sheet.is_final else _("Before the close: figures may change."),
        "columns": [_("Product"), _("Lot"), _("Temperature"), _("Quantity"), "✓"],
        "all": _("All together"),
        "stops": [_stop(stop) for stop in sheet.stops],
        "totals": [[name, count(units)] for name, units in sheet.totals],
    }
    made: bytes = typst.compile(
        TEMPLATE.encode(), format="pdf", sys_inputs={"sheet": json.dumps(words)}
    )
    return made


def _stop(stop: PickStop) -> dict[str, object]:
    return {
        "name": f"{stop.drop_point} · {mass(stop.mass_g)}",
        "rows": [
            [
                f"{row.product}, {row.packing}",
                row.lot,
                str(TEMPERATURES.get(row.temperature_class, "")),
                count(row.units),
                "☐",
            ]
            for row in stop.rows
        ],
    }


TEMPLATE = """
#let sheet = json(bytes(sys.inputs.sheet))
#set page(paper: "us-letter", margin: 14mm, numbering: "1 / 1")
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 11pt, fill: black)
#set table(stroke: 0.5pt + black, inset: 5pt)
#text(size: 18pt, weight: "bold")[#sheet.title — #sheet.farm]

#sheet.about
#if sheet.draft != "" [ \\ *#sheet.draft* ]

#for stop in sheet.stops [
  #block(breakable: true)[
    == #stop.name
    #table(
      columns: (1fr, auto, auto, auto, auto),
      align: (left, left, left, right, center),
      table.header(..sheet.columns.map(name => strong(name))),
      ..stop.rows.flatten()
    )
  ]
]

== #sheet.all
#table(
  columns: (1fr, auto),
  align: (left, right),
  ..sheet.totals.flatten()
)
"""
