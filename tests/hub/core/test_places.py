"""Is a point in Quebec? Towns on both sides of each border say so."""

import pytest

from hub.core.errors import (
    CoordinatesSwapped,
    LongitudeWithoutMinus,
    PlaceOutsideTerritory,
)
from hub.core.places import is_in_quebec, require_in_quebec

IN_QUEBEC = {
    "Montréal": (45.5088, -73.5540),
    "Laval": (45.6066, -73.7124),
    "Québec": (46.8139, -71.2080),
    "Gatineau, Hull": (45.4287, -75.7133),
    "Gatineau, Aylmer": (45.3960, -75.8440),
    "Gatineau, Buckingham": (45.5870, -75.4150),
    "Montebello": (45.6500, -74.9430),
    "Chelsea": (45.5010, -75.7830),
    "Rigaud": (45.4790, -74.3030),
    "Vaudreuil-Dorion": (45.4000, -74.0300),
    "Hudson": (45.4480, -74.1480),
    "Salaberry-de-Valleyfield": (45.2500, -74.1300),
    "Saint-Anicet": (45.1200, -74.3600),
    "Huntingdon": (45.0870, -74.1750),
    "Hemmingford": (45.0490, -73.5870),
    "Frelighsburg": (45.0550, -72.8370),
    "Stanstead": (45.0180, -72.0970),
    "Sherbrooke": (45.4040, -71.8930),
    "Lac-Mégantic": (45.5780, -70.8840),
    "Saint-Georges": (46.1210, -70.6650),
    "Pohénégamook": (47.4700, -69.2170),
    "Dégelis": (47.5480, -68.6440),
    "Rimouski": (48.4490, -68.5240),
    "Matapédia": (47.9740, -66.9440),
    "Carleton-sur-Mer": (48.1060, -66.1280),
    "Gaspé": (48.8310, -64.4870),
    "Cap-aux-Meules": (47.3780, -61.8590),
    "Sept-Îles": (50.2170, -66.3820),
    "Fermont": (52.7830, -67.0830),
    "Val-d'Or": (48.0970, -77.7820),
    "Rouyn-Noranda": (48.2390, -79.0160),
    "Ville-Marie": (47.3330, -79.4330),
    "Fort-Coulonge": (45.8460, -76.7360),
    "Kuujjuaq": (58.1030, -68.4190),
    "Inukjuak": (58.4530, -78.1030),
}
ELSEWHERE = {
    "Toronto": (43.6532, -79.3832),
    "Ottawa, city hall": (45.4208, -75.6900),
    "Ottawa, Kanata": (45.3080, -75.8990),
    "Ottawa, Orléans": (45.4660, -75.5150),
    "Hawkesbury": (45.6070, -74.6040),
    "Cornwall": (45.0210, -74.7300),
    "Alexandria": (45.3110, -74.6340),
    "Pembroke": (45.8270, -77.1110),
    "Kirkland Lake": (48.1500, -80.0330),
    "Burlington": (44.4760, -73.2120),
    "Plattsburgh": (44.6990, -73.4530),
    "Jackman": (45.6240, -70.2540),
    "Edmundston": (47.3730, -68.3250),
    "Bathurst": (47.6180, -65.6510),
    "Moncton": (46.0880, -64.7780),
    "Charlottetown": (46.2380, -63.1310),
    "Labrador City": (52.9420, -66.9110),
    "Halifax": (44.6490, -63.5750),
    "Winnipeg": (49.8950, -97.1380),
    "Paris": (48.8560, 2.3520),
}


@pytest.mark.parametrize("town", IN_QUEBEC)
def test_a_town_of_quebec_is_accepted(town):
    assert is_in_quebec(*IN_QUEBEC[town])


@pytest.mark.parametrize("town", ELSEWHERE)
def test_a_town_elsewhere_is_refused(town):
    assert not is_in_quebec(*ELSEWHERE[town])


def test_a_point_in_quebec_passes():
    require_in_quebec(45.5088, -73.5540)

    assert is_in_quebec(45.5088, -73.5540)


@pytest.mark.parametrize(
    ("latitude", "longitude", "error", "field"),
    [
        (43.6532, -79.3832, PlaceOutsideTerritory, "latitude"),
        (49.8950, -97.1380, PlaceOutsideTerritory, "longitude"),
        (-73.5540, 45.5088, CoordinatesSwapped, "latitude"),
        (45.5088, 73.5540, LongitudeWithoutMinus, "longitude"),
        (91.0, -73.5540, PlaceOutsideTerritory, "latitude"),
    ],
)
def test_a_refusal_names_the_coordinate_to_correct(latitude, longitude, error, field):
    with pytest.raises(PlaceOutsideTerritory) as refusal:
        require_in_quebec(latitude, longitude)

    assert type(refusal.value) is error
    assert refusal.value.data == {
        "field": field,
        "latitude": latitude,
        "longitude": longitude,
    }


@pytest.mark.parametrize("broken", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_no_place(broken):
    with pytest.raises(PlaceOutsideTerritory) as refusal:
        require_in_quebec(broken, -73.5540)

    assert refusal.value.data["field"] == "latitude"


def test_a_longitude_without_its_minus_is_told_how_to_write_it():
    with pytest.raises(LongitudeWithoutMinus) as refusal:
        require_in_quebec(45.5, 73.5)

    assert str(refusal.value) == (
        "Longitudes in Quebec are negative: write -73.5 instead of 73.5."
    )
