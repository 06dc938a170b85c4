"""Product families, on their pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from hub.models import Person, ProductFamily
from tests.factories.hub import make_family
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]
TYPED = {"name_fr": "Herbes", "name_en": "Herbs", "is_basic_grocery": "on"}


def test_a_family_is_added(cast: Cast, enter: Enter) -> None:
    enter(cast.ana).post("/families/new/", TYPED)

    assert ProductFamily.objects.get().code == "herbs"


def test_a_family_is_corrected(cast: Cast, enter: Enter) -> None:
    family = make_family("herbs")

    enter(cast.ana).post("/families/herbs/", {**TYPED, "name_fr": "Aromates"})

    family.refresh_from_db()
    assert family.name_fr == "Aromates"


def test_a_farm_does_not_change_families(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.lea).post("/families/new/", TYPED)

    assert (answer.status_code, ProductFamily.objects.count()) == (404, 0)
