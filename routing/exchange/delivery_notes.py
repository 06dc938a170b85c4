"""Delivery notes: what each buyer receives at a stop, apart from any invoice.

One note for each buyer and stop, with the purchase order numbers the buyer gave, and
a line to sign on; no price is on it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hub.exchange.sheet import Part, Sheet
from hub.templatetags.words import clock, count, day, mass
from orders.selectors import PaperLine
from routing.exchange.words import temperature, truck_of
from routing.selectors import Cargo, CargoStop

TO_THE_HUB = "inbound"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNote:
    """What one buyer receives at one stop."""

    stop: CargoStop
    buyer: str
    po_numbers: tuple[str, ...]
    lines: tuple[PaperLine, ...]

    @property
    def num_units(self) -> int:
        """All crates together."""
        return sum(line.units for line in self.lines)


def delivery_notes(cargo: Cargo) -> tuple[DeliveryNote, ...]:
    """In the order of the stops, buyers by name; nothing for what goes to the hub."""
    notes = []
    for stop in cargo.stops:
        buyers: dict[tuple[str, int], list[PaperLine]] = {}
        for line in (e for pk in stop.unloads for e in cargo.lines.get(pk, ())):
            if line.leg != TO_THE_HUB:
                buyers.setdefault((line.buyer, line.buyer_id), []).append(line)
        notes += [
            DeliveryNote(
                stop=stop,
                buyer=name,
                po_numbers=tuple(
                    dict.fromkeys(e.po_number for e in lines if e.po_number)
                ),
                lines=tuple(lines),
            )
            for (name, _pk), lines in sorted(buyers.items(), key=lambda each: each[0])
        ]
    return tuple(notes)


def sheets_of(cargo: Cargo) -> tuple[Sheet, ...]:
    """Every note of a route in the reader's words, each on a page of its own."""
    return tuple(_sheet(cargo, note) for note in delivery_notes(cargo))


def _sheet(cargo: Cargo, note: DeliveryNote) -> Sheet:
    place = note.stop.stop.place
    about = [
        f"{day(cargo.route.plan.service_on)} · {clock(note.stop.stop.arrival_s)}",
        f"{place.name} · {place.address}" if place.address else place.name,
        f"{note.stop.mark} · {truck_of(cargo)} · {cargo.route.vehicle.owner.name}",
    ]
    if note.po_numbers:
        numbers = ", ".join(note.po_numbers)
        about.append(_("Purchase order: %(numbers)s") % {"numbers": numbers})
    return Sheet(
        title=_("Delivery note — %(buyer)s") % {"buyer": note.buyer},
        about=tuple(about),
        parts=(_part(note),),
        blanks=(_("Received by"), _("Time"), _("Signature")),
    )


def _part(note: DeliveryNote) -> Part:
    mass_g = sum(line.mass_g for line in note.lines)
    return Part(
        heading=_("What was delivered"),
        columns=(
            _("Product"),
            _("Farm"),
            _("Lot"),
            _("Temperature"),
            _("Crates"),
            _("Received"),
        ),
        numbers=(4,),
        wide=(0, 1),
        rows=tuple(
            (
                line.goods,
                line.farm,
                line.lot,
                temperature(line.temperature_class),
                count(line.units),
                "",
            )
            for line in note.lines
        ),
        total=(_("Total"), "", "", mass(mass_g), count(note.num_units), ""),
    )
