"""Fictional addresses stand on real streets, spread and repeatable."""

from itertools import combinations

from geopy.distance import great_circle

from routing.travel.addresses import SampleAddress, sample_addresses
from routing.travel.base import Point


def test_the_same_seed_gives_the_same_addresses(montreal):
    chosen = sample_addresses(montreal.network, 3, seed=1)

    assert chosen == [
        SampleAddress(Point(45.583113, -73.586442), "Rue Antonio-Dagenais"),
        SampleAddress(Point(45.666825, -73.50922), "Rue François Harel"),
        SampleAddress(Point(45.599697, -73.522117), "Avenue Lebrun"),
    ]


def test_another_seed_gives_other_addresses(montreal):
    assert sample_addresses(montreal.network, 3, seed=1) != sample_addresses(
        montreal.network, 3, seed=2
    )


def test_a_larger_number_begins_with_the_same_addresses(montreal):
    few = sample_addresses(montreal.network, 5, seed=7)
    many = sample_addresses(montreal.network, 25, seed=7)

    assert many[:5] == few


def test_addresses_are_spread_and_each_street_serves_once(montreal):
    chosen = sample_addresses(montreal.network, 25, seed=3)

    gaps_m = [
        great_circle((a.point.lat, a.point.lon), (b.point.lat, b.point.lon)).meters
        for a, b in combinations(chosen, 2)
    ]
    assert min(gaps_m) > 800
    assert max(gaps_m) > 10_000
    assert len({address.street for address in chosen}) == 25


def test_every_address_is_on_the_graph(montreal):
    chosen = sample_addresses(montreal.network, 120, seed=4)

    matrix = montreal.matrix_for(
        {str(number): address.point for number, address in enumerate(chosen)}
    )

    assert len(matrix.place_ids) == 120
    assert matrix.estimates == frozenset()


def test_a_small_network_gives_what_it_has(tiny_network):
    # Its streets are all longer than what an address may stand on.
    assert sample_addresses(tiny_network, 3, seed=1) == []
