"""Product families, on their pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from hub.models import Person, ProductFamily
from tests.factories.hub import make_family, make_hub
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]
TYPED = {"name_fr": "Herbes", "name_en": "Herbs", "is_basic_grocery": "on"}


def test_a_family_is_added(cast: Cast, enter: Enter) -> None:
    enter(cast.ana).post("/families/new/", TYPED)

    family = ProductFamily.objects.get()
    assert (family.code, family.hub) == ("herbs", cast.hub)


def test_a_family_is_corrected(cast: Cast, enter: Enter) -> None:
    family = make_family("herbs", hub=cast.hub)

    enter(cast.ana).post("/families/herbs/", {**TYPED, "name_fr": "Aromates"})

    family.refresh_from_db()
    assert family.name_fr == "Aromates"


def test_a_farm_does_not_change_families(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.lea).post("/families/new/", TYPED)

    assert (answer.status_code, ProductFamily.objects.count()) == (404, 0)


@pytest.mark.parametrize("whose", ["another hub", "common"])
def test_a_family_is_corrected_by_the_hub_that_added_it_alone(
    cast: Cast, enter: Enter, whose: str
) -> None:
    hub = make_hub() if whose == "another hub" else None
    family = make_family("herbs", hub=hub)

    answer = enter(cast.ana).post("/families/herbs/", {**TYPED, "name_fr": "Aromates"})
    listed = enter(cast.ana).get("/families/").content.decode()

    family.refresh_from_db()
    assert (answer.status_code, family.name_fr) == (404, "Famille herbs")
    assert ("Famille herbs" in listed, "/families/herbs/" in listed) == (True, False)
