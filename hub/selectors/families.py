"""Product families."""

from __future__ import annotations

from django.db.models import QuerySet

from hub.models import Person, ProductFamily
from hub.selectors.organizations import hubs_coordinated_by


def families() -> QuerySet[ProductFamily]:
    """Product families of the whole installation: everybody may use each of them."""
    return ProductFamily.objects.select_related("hub")


def families_editable_by(person: Person) -> QuerySet[ProductFamily]:
    """The families added by the hubs this person coordinates; no common one."""
    return families().filter(hub__in=hubs_coordinated_by(person))
