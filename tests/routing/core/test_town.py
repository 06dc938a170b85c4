"""The town of a day's map: where doors stand close together."""

from routing.core.town import Box, town_box

TOWN = [(45.50, -73.60), (45.51, -73.58), (45.52, -73.59), (45.53, -73.57)]
TOWN_BOX = Box(south=45.50, west=-73.60, north=45.53, east=-73.57)
FARM = (45.95, -73.10)


def test_the_town_is_the_box_of_its_doors_and_leaves_the_farms_out():
    assert town_box(TOWN, [FARM]) == TOWN_BOX


def test_a_door_far_away_does_not_stretch_the_town():
    assert town_box([*TOWN, (45.90, -73.20)]) == TOWN_BOX


def test_a_third_of_the_doors_far_away_do_not_move_the_town():
    far = [(46.30, -72.60), (46.34, -72.50)]

    assert town_box([*TOWN, *far]) == TOWN_BOX


def test_a_door_served_twice_counts_once():
    assert town_box([*TOWN[:3], TOWN[0], TOWN[1]], [FARM]) is None


def test_a_map_that_is_all_town_needs_no_closer_look():
    assert town_box(TOWN, [(45.505, -73.575)]) is None


def test_three_doors_are_no_town():
    assert town_box(TOWN[:3], [FARM]) is None


def test_the_order_of_the_doors_changes_nothing():
    doors = [*TOWN, (45.90, -73.20)]

    assert town_box(doors[::-1], [FARM]) == town_box(doors, [FARM])
