"""The loading sheet of a truck: by compartment, what leaves last goes in first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hub.core.quantities import TEMPERATURE_CLASSES
from hub.exchange.sheet import Part, Sheet
from hub.templatetags.words import count, mass
from orders.selectors import PaperLine
from routing.exchange.words import about_route, place_of, temperature
from routing.selectors import Cargo, CargoStop


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Crates laid into a compartment, and the stop where they come out.

    Those of a truck that broke down come out at none of its own.
    """

    line: PaperLine
    out_at: CargoStop | None

    @property
    def depth(self) -> tuple[bool, int]:
        """How deep they lie: what comes out last goes in first."""
        return self.out_at is None, self.out_at.stop.sequence if self.out_at else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentLoad:
    """What goes into one compartment at one stop, the deepest first."""

    stop: CargoStop
    temperature_class: str
    laid: tuple[Laid, ...]

    @property
    def num_units(self) -> int:
        """All crates together."""
        return sum(each.line.units for each in self.laid)


def compartment_loads(cargo: Cargo) -> tuple[CompartmentLoad, ...]:
    """Stop by stop, and the coldest compartment first."""
    found = []
    for stop in cargo.stops:
        laid = [
            Laid(line=line, out_at=cargo.unloaded_at(pk))
            for pk in stop.loads
            for line in cargo.lines.get(pk, ())
        ]
        laid.sort(key=lambda each: each.depth, reverse=True)
        for name in TEMPERATURE_CLASSES:
            held = tuple(e for e in laid if e.line.temperature_class == name)
            if held:
                found.append(
                    CompartmentLoad(stop=stop, temperature_class=name, laid=held)
                )
    return tuple(found)


def sheets_of(cargo: Cargo) -> tuple[Sheet, ...]:
    """The loading sheet in the reader's words."""
    return (
        Sheet(
            title=_("Loading sheet — %(truck)s") % {"truck": cargo.route.vehicle.name},
            about=(
                *about_route(cargo),
                _("Load in this order: what comes out last goes in first."),
            ),
            parts=tuple(_part(each) for each in compartment_loads(cargo)),
            blanks=(_("Loaded by"), _("Temperature")),
        ),
    )


def _part(load: CompartmentLoad) -> Part:
    mass_g = sum(each.line.mass_g for each in load.laid)
    return Part(
        heading=f"{place_of(load.stop)} — {temperature(load.temperature_class)}",
        columns=("#", _("Comes out at"), _("Product"), _("Lot"), _("Crates"), "✓"),
        numbers=(4,),
        wide=(1, 2),
        rows=tuple(
            (
                count(number),
                _place_out(each.out_at),
                each.line.goods,
                each.line.lot,
                count(each.line.units),
                "☐",
            )
            for number, each in enumerate(load.laid, 1)
        ),
        total=("", _("Total"), mass(mass_g), "", count(load.num_units), ""),
    )


def _place_out(stop: CargoStop | None) -> str:
    if stop is None:
        return _("The truck broke down")
    return f"{stop.mark} · {stop.stop.place.name}"
