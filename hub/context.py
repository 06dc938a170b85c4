"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hub import selectors
from hub.navigation import Link, menu_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The organization acted for, the menu of its roles, the others to switch to.

    Both lists are read only when a template shows them.
    """
    return {
        "acting": getattr(request, "acting", None),
        "is_demo": settings.DEMO,
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "my_organizations": SimpleLazyObject(lambda: _organizations(request)),
    }


def _menu(request: HttpRequest) -> list[Link]:
    acting = getattr(request, "acting", None)
    return menu_of(acting.now, request.path) if acting else []


def _organizations(request: HttpRequest) -> list[Any]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    seen = {
        membership.organization_id: membership.organization
        for membership in selectors.memberships_of(person)
    }
    return list(seen.values())
