"""The value of a way of fixed order is exact, whoever shares whatever stop."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.core.shares import stop_values
from tests.routing.core.shares.games import counted_values, way_of, ways


@settings(deadline=None, max_examples=300)
@given(ways())
def test_the_sum_over_stretches_is_the_value_counted_over_every_coalition(way):
    num_players, stops, legs = way

    values = stop_values(stops, num_players, legs)

    assert values == counted_values(num_players, lambda some: way_of(stops, legs, some))


@settings(deadline=None)
@given(ways(max_players=30, max_stops=30))
def test_the_values_sum_to_the_whole_way(way):
    num_players, stops, legs = way

    values = stop_values(stops, num_players, legs)

    assert sum(values) == way_of(stops, legs, frozenset(range(num_players)))


@settings(deadline=None)
@given(ways(), st.randoms(use_true_random=False))
def test_players_named_anew_keep_their_values(way, chance):
    num_players, stops, legs = way
    renamed = list(range(num_players))
    chance.shuffle(renamed)
    others = [frozenset(renamed[player] for player in people) for people in stops]

    values = stop_values(others, num_players, legs)

    before = stop_values(stops, num_players, legs)
    assert [values[renamed[player]] for player in range(num_players)] == before


@given(ways(), st.integers(2, 9))
def test_a_way_so_many_times_longer_costs_everybody_so_many_times_more(way, times):
    num_players, stops, legs = way
    longer = [[leg * times for leg in row] for row in legs]

    values = stop_values(stops, num_players, longer)

    before = stop_values(stops, num_players, legs)
    assert values == [value * times for value in before]


def test_a_player_who_adds_nothing_pays_nothing():
    # home and the first stop are one place, kilometre 0; the other is at kilometre 7
    ends = [0, 0, 7, 0]
    legs = [[abs(a - b) for b in ends] for a in ends]

    values = stop_values([frozenset({0}), frozenset({1})], 2, legs)

    assert values == [0, 14]


def test_players_of_the_same_stops_pay_the_same():
    ends = [0, 3, 8, 5, 0]
    legs = [[abs(a - b) for b in ends] for a in ends]
    stops = [frozenset({0, 1, 2}), frozenset({0, 1}), frozenset({2})]

    values = stop_values(stops, 3, legs)

    # Player 2 alone drives 0-3-5-0 = 10 and adds nothing to 0-3-8-5-0 = 16 = 0-3-8-0:
    # it pays 10 when it joins first, one time in three. The others halve the rest.
    assert values == [Fraction(19, 3), Fraction(19, 3), Fraction(10, 3)]


def test_sixty_shipments_and_a_hundred_and_twenty_stops_take_a_moment():
    ends = [(at * 37) % 101 for at in range(122)]
    legs = [[abs(a - b) for b in ends] for a in ends]
    stops = [frozenset({at % 60}) for at in range(120)]

    values = stop_values(stops, 60, legs)

    assert sum(values) == way_of(stops, legs, frozenset(range(60)))
