"""Where each role can go from any page: one line per destination, in reading order.

Pages of the floors above are named by their URL name, which this floor does not
import; a name that does not exist is left out.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.selectors import Acting


@dataclass(frozen=True, slots=True)
class Destination:
    """A page of the main menu; `claim` is the property of Acting that opens it."""

    claim: str
    url_name: str
    label: str | Promise


DESTINATIONS: tuple[Destination, ...] = (
    Destination("is_anyone", "hub:today", _("Today")),
    Destination("is_producer", "producers:week", _("My week")),
    Destination("is_producer", "producers:products", _("My products")),
    Destination("is_buyer", "orders:basket", _("Order")),
    Destination("is_buyer", "orders:orders", _("My orders")),
    Destination("is_coordinator", "hub:cycles", _("Cycles")),
    Destination("is_coordinator", "orders:price_lists", _("Price lists")),
    Destination("is_coordinator", "routing:plans", _("Routes")),
    Destination("is_coordinator", "routing:pools", _("Trucks")),
    Destination("is_coordinator", "pricing:prices", _("Prices and fund")),
    Destination("is_coordinator", "hub:organizations", _("Members")),
    Destination("is_driver", "routing:my_routes", _("My routes")),
    Destination("is_anyone", "hub:places", _("Places")),
    Destination("is_anyone", "hub:my_organization", _("My organization")),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the menu as shown on one page."""

    url: str
    label: str
    is_here: bool


def menu_of(acting: Acting, path: str) -> list[Link]:
    """The entries open to this role; the longest address that leads here is marked."""
    entries = [
        (url, str(destination.label))
        for destination in DESTINATIONS
        if _is_open(destination, acting) and (url := address_of(destination.url_name))
    ]
    leading = [url for url, _label in entries if path.startswith(url)]
    here = max(leading, key=len, default="")
    return [Link(url=url, label=label, is_here=url == here) for url, label in entries]


def address_of(url_name: str) -> str:
    """The address of a page, or nothing while no floor offers it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _is_open(destination: Destination, acting: Acting) -> bool:
    return destination.claim == "is_anyone" or bool(getattr(acting, destination.claim))
