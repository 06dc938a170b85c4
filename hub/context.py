"""What every page shows around its content: the menu of the roles held here.

Pages of the floors above are named by their URL name, which this floor does not
import; a name that does not exist is left out. A new page of the main menu is one
more line of DESTINATIONS, in reading order.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from hub.exchange.guides import NAMES
from hub.models import Organization
from hub.selectors import Acting


@dataclass(frozen=True, slots=True)
class Destination:
    """A page of the main menu; `claim` is the property of Acting that opens it.

    `beside` names a page of another address that is reached from this one.
    """

    claim: str
    url_name: str
    label: str | Promise
    beside: str = ""


DESTINATIONS: tuple[Destination, ...] = (
    Destination("is_anyone", "hub:today", _("Today"), "routing:first_steps"),
    Destination("is_producer", "producers:week", _("My week")),
    Destination("is_producer", "producers:products", _("My products")),
    Destination("is_producer", "orders:sold", _("What was ordered")),
    Destination("is_producer", "orders:statements", _("My statements")),
    Destination("is_buyer", "orders:basket", _("Order")),
    Destination("is_buyer", "orders:orders", _("My orders")),
    Destination("is_buyer", "orders:my_invoices", _("My invoices")),
    Destination("is_buyer", "pricing:explained", _("How prices are made")),
    Destination("has_envelopes", "vouchers:envelopes", _("My envelopes")),
    Destination("is_programme", "vouchers:envelopes", _("Envelopes")),
    Destination("is_coordinator", "hub:cycles", _("Cycles")),
    Destination("is_coordinator", "producers:farms", _("Farms")),
    Destination("is_coordinator", "producers:pooled_offers", _("Pooled offers")),
    Destination("is_coordinator", "orders:price_lists", _("Price lists")),
    Destination("is_coordinator", "routing:plans", _("Routes")),
    Destination("is_coordinator", "routing:pools", _("Trucks")),
    Destination("is_coordinator", "orders:invoices", _("Invoices")),
    Destination("is_coordinator", "pricing:prices", _("Prices and fund")),
    Destination("is_coordinator", "vouchers:programmes", _("Programmes")),
    Destination("is_coordinator", "hub:organizations", _("Members"), "routing:imports"),
    Destination("is_coordinator", "hub:notices", _("Notices")),
    Destination("reads_results", "hub:impact", _("Results")),
    Destination("reads_results", "hub:books", _("Books")),
    Destination("reads_trail", "hub:trail", _("Journal")),
    Destination("is_driver", "routing:my_routes", _("My routes")),
    Destination("is_driver", "routing:my_pay", _("Routes paid")),
    Destination("is_producer", "routing:my_shares", _("Transport")),
    Destination("is_buyer", "routing:my_shares", _("Transport")),
    Destination("is_driver", "routing:lending", _("My trucks")),
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
        (url, destination)
        for destination in DESTINATIONS
        if _is_open(destination, acting) and (url := address_of(destination.url_name))
    ]
    leading = {
        address: url
        for url, destination in entries
        for address in (url, destination.beside and address_of(destination.beside))
        if address and path.startswith(address)
    }
    here = leading[max(leading, key=len)] if leading else ""
    return [
        Link(url=url, label=str(destination.label), is_here=url == here)
        for url, destination in entries
    ]


def address_of(url_name: str) -> str:
    """The address of a page, or nothing while no floor offers it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _is_open(destination: Destination, acting: Acting) -> bool:
    return destination.claim == "is_anyone" or bool(getattr(acting, destination.claim))


def page(request: HttpRequest) -> dict[str, Any]:
    """The organization acted for, the menu of its roles, the others to switch to.

    Both lists are read only when a template shows them.
    """
    return {
        "acting": getattr(request, "acting", None),
        "is_demo": settings.DEMO,
        "guide_url": SimpleLazyObject(lambda: _guide(request)),
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "my_organizations": SimpleLazyObject(lambda: _organizations(request)),
    }


def _menu(request: HttpRequest) -> list[Link]:
    acting = getattr(request, "acting", None)
    return menu_of(acting.now, request.path) if acting else []


def _guide(request: HttpRequest) -> str:
    """The guide of the first role held here; all guides to who holds none."""
    acting = getattr(request, "acting", None)
    roles = acting.now.roles if acting else frozenset()
    mine = next((name for name in NAMES if name in roles), None)
    return reverse("hub:guide", args=[mine]) if mine else reverse("hub:guides")


def _organizations(request: HttpRequest) -> tuple[Organization, ...]:
    acting = getattr(request, "acting", None)
    return acting.now.organizations if acting else ()
