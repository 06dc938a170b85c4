"""What the papers of one truck begin with."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.templatetags.words import clock, day
from routing.selectors import Cargo, CargoStop

TEMPERATURES = {
    "frozen": gettext_lazy("Frozen"),
    "chilled": gettext_lazy("Chilled"),
    "ambient": gettext_lazy("Ambient"),
}
"""The three classes as the reader calls them, the coldest first."""


def truck_of(cargo: Cargo) -> str:
    """The truck and its plate."""
    vehicle = cargo.route.vehicle
    return f"{vehicle.name} · {vehicle.plate}" if vehicle.plate else vehicle.name


def about_route(cargo: Cargo) -> tuple[str, ...]:
    """The day, the truck, the hours, the pool and who drives."""
    route = cargo.route
    driver = str(route.driver) if route.driver else _("Nobody named to drive")
    return (
        f"{day(route.plan.service_on)} · {route.plan.pool.name}",
        f"{truck_of(cargo)} · {route.vehicle.owner.name} · {driver}",
        f"{clock(route.start_s)} – {clock(route.end_s)} · {route.home.name}",
    )


def place_of(stop: CargoStop) -> str:
    """A stop as it is called on every paper: its mark, its hour and its name."""
    return f"{stop.mark} · {clock(stop.stop.arrival_s)} · {stop.stop.place.name}"


def temperature(name: str) -> str:
    """A class as the reader calls it."""
    return str(TEMPERATURES.get(name, ""))
