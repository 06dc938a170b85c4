"""The packing list of a cycle: at each drop point, what each buyer gets.

Numbers are those of the allocation, to the crate; no price and no tier is on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hub.exchange.sheet import Part, Sheet
from hub.templatetags.words import count, day, mass
from orders.exchange.words import TEMPERATURES
from orders.selectors import PaperLine


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerPack:
    """What one buyer gets at one drop point."""

    buyer: str
    po_numbers: tuple[str, ...]
    lines: tuple[PaperLine, ...]

    @property
    def num_units(self) -> int:
        """All crates together."""
        return sum(line.units for line in self.lines)

    @property
    def mass_g(self) -> int:
        """All crates together, in grams."""
        return sum(line.mass_g for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingList:
    """What goes to one drop point on one day, buyer by buyer."""

    drop_point: str
    service_on: date
    hub: str
    packs: tuple[BuyerPack, ...]

    @property
    def num_units(self) -> int:
        """All crates together."""
        return sum(pack.num_units for pack in self.packs)


def packing_lists(hub: str, lines: Iterable[PaperLine]) -> tuple[PackingList, ...]:
    """One list for each drop point and day, by name; buyers by name."""
    doors: dict[tuple[str, int, date], dict[tuple[str, int], list[PaperLine]]] = {}
    for line in lines:
        door = (line.drop_point, line.drop_point_id, line.service_on)
        buyers = doors.setdefault(door, {})
        buyers.setdefault((line.buyer, line.buyer_id), []).append(line)
    return tuple(
        PackingList(
            drop_point=door[0],
            service_on=door[2],
            hub=hub,
            packs=tuple(
                BuyerPack(
                    buyer=buyer[0],
                    po_numbers=tuple(
                        dict.fromkeys(e.po_number for e in rows if e.po_number)
                    ),
                    lines=tuple(rows),
                )
                for buyer, rows in sorted(buyers.items(), key=lambda each: each[0])
            ),
        )
        for door, buyers in sorted(doors.items(), key=lambda each: each[0])
    )


def sheet_of(packing: PackingList) -> Sheet:
    """The list in the reader's words."""
    return Sheet(
        title=_("Packing list — %(place)s") % {"place": packing.drop_point},
        about=(
            f"{packing.hub} · {day(packing.service_on)}",
            _("Crates: %(num)s") % {"num": count(packing.num_units)},
        ),
        parts=tuple(_part(pack) for pack in packing.packs),
        blanks=(_("Packed by"), _("Checked by")),
    )


def _part(pack: BuyerPack) -> Part:
    asked = _("Purchase order: %(numbers)s") % {"numbers": ", ".join(pack.po_numbers)}
    return Part(
        heading=pack.buyer,
        notes=(asked,) if pack.po_numbers else (),
        columns=(_("Product"), _("Farm"), _("Lot"), _("Temperature"), _("Crates"), "✓"),
        numbers=(4,),
        wide=(0, 1),
        rows=tuple(
            (
                line.goods,
                line.farm,
                line.lot,
                str(TEMPERATURES.get(line.temperature_class, "")),
                count(line.units),
                "☐",
            )
            for line in pack.lines
        ),
        total=(_("Total"), "", "", mass(pack.mass_g), count(pack.num_units), ""),
    )
