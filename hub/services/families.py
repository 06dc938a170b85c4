"""Product families: the common ones, and those that a hub adds beside them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from hub.core.errors import NameTaken
from hub.core.trail import Kind
from hub.models import Organization, ProductFamily
from hub.services.trail import Fact, record

FIRST_FAMILIES: tuple[tuple[str, str, str, bool], ...] = (
    ("vegetables", "Légumes", "Vegetables", True),
    ("fruit", "Fruits", "Fruit", True),
    ("dairy", "Produits laitiers", "Dairy", True),
    ("eggs", "Œufs", "Eggs", True),
    ("meat", "Viandes", "Meat", True),
    ("fish", "Poissons", "Fish", True),
    ("bread", "Pains", "Bread", True),
    ("grains", "Grains et légumineuses", "Grains and legumes", True),
    ("preserves", "Conserves et miels", "Preserves and honey", True),
    ("ready-meals", "Plats cuisinés", "Ready meals", True),
    ("plants", "Plants et fleurs", "Plants and flowers", False),
)
"""What a hub begins with: code, French, English, zero-rated or not."""


@transaction.atomic
def plant_first_families() -> int:
    """Give a new installation its first families; gives how many were missing."""
    made = [
        ProductFamily.objects.get_or_create(
            code=code,
            defaults={
                "name_fr": name_fr,
                "name_en": name_en,
                "is_basic_grocery": is_basic,
            },
        )[1]
        for code, name_fr, name_en, is_basic in FIRST_FAMILIES
    ]
    return sum(made)


@transaction.atomic
def save_family(
    *,
    name_fr: str,
    name_en: str,
    is_basic_grocery: bool,
    hub: Organization | None = None,
    family: ProductFamily | None = None,
) -> ProductFamily:
    """Add a family of `hub`, or correct one; its code is made once from the English.

    Raises NameTaken when that code exists.
    """
    kept = family or ProductFamily(code=slugify(name_en)[:50], hub=hub)
    before = _said(family) if family else {}
    kept.name_fr, kept.name_en = name_fr.strip(), name_en.strip()
    kept.is_basic_grocery = is_basic_grocery
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise NameTaken(name=kept.name_en) from error
    fact = Fact(
        kind=Kind.FAMILY_CHANGED,
        subject=(kept.code, kept.name_fr),
        concerns=[kept.hub_id],
        before=before,
        after=_said(kept),
    )
    record(fact)
    return kept


def _said(family: ProductFamily) -> dict[str, Any]:
    return {"name": family.name_fr, "is_basic_grocery": family.is_basic_grocery}
