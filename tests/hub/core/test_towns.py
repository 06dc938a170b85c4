"""The names written on maps stand where the territory says."""

import pytest

from hub.core.places import is_in_quebec
from hub.core.towns import TOWNS, Town


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.name)
def test_every_town_stands_in_quebec(town: Town):
    assert is_in_quebec(town.latitude, town.longitude) is True


def test_no_two_towns_share_a_name_or_a_spot():
    names = {town.name for town in TOWNS}
    spots = {(town.latitude, town.longitude) for town in TOWNS}

    assert (len(names), len(spots)) == (len(TOWNS), len(TOWNS))
