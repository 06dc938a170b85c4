"""The manifest of a truck: stop by stop what is loaded and unloaded, to the crate."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hub.exchange.sheet import Part, Sheet, door_of
from hub.templatetags.words import count, mass
from orders.selectors import PaperLine
from routing.exchange.words import about_route, place_of, temperature
from routing.selectors import Cargo, CargoStop


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestStop:
    """What is handled at one stop."""

    stop: CargoStop
    loaded: tuple[PaperLine, ...]
    unloaded: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything that one truck carries on one day."""

    cargo: Cargo
    stops: tuple[ManifestStop, ...]

    @property
    def num_loaded(self) -> int:
        """Crates that come on board."""
        return sum(line.units for stop in self.stops for line in stop.loaded)

    @property
    def num_unloaded(self) -> int:
        """Crates that leave the truck."""
        return sum(line.units for stop in self.stops for line in stop.unloaded)


def manifest_of(cargo: Cargo) -> Manifest:
    """The manifest of a route."""
    return Manifest(
        cargo=cargo,
        stops=tuple(
            ManifestStop(
                stop=stop,
                loaded=tuple(e for pk in stop.loads for e in cargo.lines.get(pk, ())),
                unloaded=tuple(
                    e for pk in stop.unloads for e in cargo.lines.get(pk, ())
                ),
            )
            for stop in cargo.stops
        ),
    )


def sheets_of(cargo: Cargo) -> tuple[Sheet, ...]:
    """The manifest in the reader's words."""
    manifest = manifest_of(cargo)
    return (
        Sheet(
            title=_("Manifest — %(truck)s") % {"truck": cargo.route.vehicle.name},
            about=(
                *about_route(cargo),
                _("Crates on board: %(num)s") % {"num": count(manifest.num_loaded)},
            ),
            parts=tuple(_part(each) for each in manifest.stops),
            blanks=(_("Driver"), _("Time of departure"), _("Temperature")),
        ),
    )


def _part(each: ManifestStop) -> Part:
    handled = [(_("Unload"), line) for line in each.unloaded]
    handled += [(_("Load"), line) for line in each.loaded]
    return Part(
        heading=place_of(each.stop),
        columns=(
            _("Product"),
            _("Farm"),
            _("For"),
            _("Do"),
            _("Temperature"),
            _("Mass"),
            _("Crates"),
        ),
        numbers=(5, 6),
        wide=(0, 1, 2),
        rows=tuple(
            (
                line.goods,
                line.farm,
                door_of(line.drop_point, line.buyer),
                what,
                temperature(line.temperature_class),
                mass(line.mass_g),
                count(line.units),
            )
            for what, line in handled
        ),
    )
