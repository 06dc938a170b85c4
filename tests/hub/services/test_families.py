"""Product families."""

import pytest

from hub.core.errors import NameTaken
from hub.models import ProductFamily
from hub.services.families import FIRST_FAMILIES, plant_first_families, save_family

pytestmark = pytest.mark.django_db


def test_the_first_families_are_planted_once() -> None:
    counts = (plant_first_families(), plant_first_families())

    assert counts == (len(FIRST_FAMILIES), 0)


def test_a_family_gets_its_code_from_its_english_name() -> None:
    family = save_family(
        name_fr="Fines herbes", name_en="Fresh herbs", is_basic_grocery=True
    )

    assert ProductFamily.objects.get().code == family.code == "fresh-herbs"


def test_a_correction_keeps_the_code() -> None:
    family = save_family(name_fr="Herbes", name_en="Herbs", is_basic_grocery=True)

    save_family(
        name_fr="Aromates", name_en="Aromatics", is_basic_grocery=False, family=family
    )

    kept = ProductFamily.objects.get()
    assert (kept.code, kept.name_fr, kept.is_basic_grocery) == (
        "herbs",
        "Aromates",
        False,
    )


def test_two_families_do_not_share_a_code() -> None:
    save_family(name_fr="Herbes", name_en="Herbs", is_basic_grocery=True)

    with pytest.raises(NameTaken):
        save_family(name_fr="Autres", name_en="Herbs", is_basic_grocery=True)

    assert ProductFamily.objects.count() == 1
