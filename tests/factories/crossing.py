"""A week whose goods pass through the hub: four farms, ten groups, one dock.

Story 2 of the domain: ten orders of several farms' goods come to the dock in four
loads and leave it in ten.
"""

from dataclasses import dataclass, field

from hub.models import Cycle, Organization, Place
from hub.services.places import DockFacts, PlaceFacts, Window, save_place
from orders import services as order_services
from orders.models import Order
from producers.models import Availability
from routing.models import FleetPool
from tests.factories import hub as ground
from tests.factories.routing import make_pool, make_vehicle
from tests.factories.week import NOW, Week, make_stock, make_week, order

GATES = ((45.6800, -73.4200), (45.7100, -73.4600), (45.6500, -73.5000), (45.70, -73.52))
"""Four farms on the north shore, 15 to 25 km from the dock."""

WANTS = ((3, 1, 0, 0), (0, 2, 2, 0), (0, 0, 4, 1), (2, 0, 0, 3), (1, 1, 1, 1))
"""Cases of each farm that the groups order, in turns: ten groups make two rounds."""


@dataclass
class Crossing:
    """A week with its dock, and what each farm sends."""

    week: Week
    dock: Place
    stocks: list[Availability]
    orders: list[Order] = field(default_factory=list)

    @property
    def hub(self) -> Organization:
        return self.week.hub

    @property
    def cycle(self) -> Cycle:
        return self.week.cycle


def make_dock(
    hub: Organization,
    *,
    num_docks: int = 2,
    dwell_limit_s: int = 4 * 3_600,
    transfer_duration_s: int = 900,
) -> Place:
    """The dock of a hub, open from five to six."""
    return save_place(
        organization=hub,
        facts=PlaceFacts(
            kind=Place.Kind.HUB,
            name="Quai",
            latitude=ground.HUB_POINT[0],
            longitude=ground.HUB_POINT[1],
        ),
        windows=[Window(start_s=5 * 3_600, end_s=18 * 3_600)],
        dock=DockFacts(
            num_docks=num_docks,
            dwell_limit_s=dwell_limit_s,
            transfer_duration_s=transfer_duration_s,
        ),
    )


def make_crossing(**dock) -> Crossing:
    """Ten orders in an open cycle whose goods go through the hub.

    Each farm gives chilled cases of 10 kg at 10 $; group 1 orders 3 cases of farm 1
    and 1 of farm 2, and so on: 12 cases of farm 1, 8 of farm 2, 14 of farm 3, 10 of
    farm 4, 44 in all.
    """
    week = make_week(fund_cents=0)
    week.cycle.flow = Cycle.Flow.CROSS_DOCK
    week.cycle.save(update_fields=["flow"])
    farms = [week.farm, *(ground.make_farm(hub=week.hub) for _ in GATES[1:])]
    for farm, point in list(zip(farms, GATES, strict=True))[1:]:
        ground.make_place(farm, kind=Place.Kind.FARM, point=point)
    crossing = Crossing(
        week=week,
        dock=make_dock(week.hub, **dock),
        stocks=[make_stock(week, farm=farm) for farm in farms],
    )
    for number in range(10):
        crossing.orders.append(_order(crossing, number))
    return crossing


def _order(crossing: Crossing, number: int) -> Order:
    buyer = ground.make_buyer(hub=crossing.hub)
    lat, lon = ground.HUB_POINT
    door = ground.make_place(buyer, point=(lat + 0.004 * number, lon + 0.006 * number))
    wants = WANTS[number % len(WANTS)]
    return order(
        crossing.week,
        {
            stock.offer.public_id: cases
            for stock, cases in zip(crossing.stocks, wants, strict=True)
            if cases
        },
        buyer=buyer,
        drop_point=door,
        key=f"group-{number}",
    )


def close(crossing: Crossing) -> None:
    """Close the cycle, which makes the shipments of both legs."""
    order_services.close_cycle(cycle_id=crossing.cycle.pk, by=None, now=NOW)
    crossing.cycle.refresh_from_db()


def make_trucks(crossing: Crossing, num_trucks: int = 2) -> FleetPool:
    """A pool of the hub with trucks that stand at its dock overnight."""
    pool = make_pool(crossing.hub)
    for _ in range(num_trucks):
        make_vehicle(pool, owner=crossing.hub, home=crossing.dock)
    return pool
