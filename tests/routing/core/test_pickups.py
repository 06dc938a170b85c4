"""What picking up costs, on a straight road where 1 km takes a minute."""

from routing.core.pickups import pickup_cost_cents
from routing.core.problem import Place
from tests.routing.core.days import road, truck

ROAD = road(home=0, far=40, farm=10)


def test_the_way_there_and_back_and_the_door_are_paid_but_not_the_day():
    van = truck(fixed_cents=9_000, per_km_cents=100, per_hour_cents=3_600)

    cents = pickup_cost_cents([van], ROAD, place=Place("farm", "", 300))

    # 20 km at 1 $ = 2 000; 20 min and 5 min at 1 cent a second = 1 500
    assert cents == 3_500


def test_the_cheapest_truck_counts_wherever_it_sleeps():
    near = truck("near", per_km_cents=300)
    far = truck("far", home_place_id="far", per_km_cents=50)

    cents = pickup_cost_cents([near, far], ROAD, place=Place("farm"))

    # near: 20 km at 3 $ = 60 $; far: 60 km at 0.50 $ = 30 $
    assert cents == 3_000
