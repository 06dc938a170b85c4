"""A closed week with its shipments, ready to be carried, delivered and billed."""

from dataclasses import dataclass

from hub.models import Organization, Person, Place
from orders import services
from orders.models import Order, Shipment, ShipmentLine
from producers.models import Availability
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, make_stock, make_week, order

__all__ = ["NOW", "Day", "deliver", "make_day", "shipment_of"]


@dataclass
class Day:
    """A day whose goods are shared out; two farms, orders by the letter of a buyer."""

    week: Week
    rows: list[Availability]
    farms: list[Organization]
    orders: dict[str, Order]
    coordinator: Person

    @property
    def hub(self) -> Organization:
        """The hub that sells."""
        return self.week.hub


def make_day(
    *,
    wants: dict[str, tuple[int, int]],
    tiers: dict[str, str] | None = None,
    prices: tuple[int, int] = (1_000, 2_000),
    fund_cents: int = 10_000,
    week: Week | None = None,
) -> Day:
    """Close a week in which each named buyer wants so much of each farm's cases.

    One unit at the full price: 1 000 + 100 + 150 = 12,50 $ and 2 000 + 100 + 300 =
    24,00 $; at 80 % the fund adds 2,50 $ and 4,80 $.
    """
    week = week or make_week(fund_cents=fund_cents)
    second = ground.make_farm(hub=week.hub)
    ground.make_place(second, kind=Place.Kind.FARM, point=ground.FARM_POINT)
    rows = [
        make_stock(week, price_cents=prices[0]),
        make_stock(week, price_cents=prices[1], farm=second),
    ]
    orders = {
        name: _order(week, rows, units, (tiers or {}).get(name, "juste_prix"))
        for name, units in wants.items()
    }
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    for placed in orders.values():
        placed.refresh_from_db()
    return Day(
        week=week,
        rows=rows,
        farms=[week.farm, second],
        orders=orders,
        coordinator=ground.make_coordinator(week.hub),
    )


def _order(
    week: Week, rows: list[Availability], units: tuple[int, int], tier_code: str
) -> Order:
    buyer = ground.make_buyer(hub=week.hub)
    wants = {
        row.offer.public_id: quantity
        for row, quantity in zip(rows, units, strict=True)
        if quantity
    }
    return order(
        week,
        wants,
        tier_code=tier_code,
        buyer=buyer,
        drop_point=ground.make_place(buyer),
    )


def shipment_of(day: Day, name: str, farm: int = 0) -> Shipment:
    """What one farm sends to one buyer."""
    return Shipment.objects.get(
        producer=day.farms[farm], drop_point=day.orders[name].drop_point
    )


def deliver(day: Day, name: str, farm: int = 0, units: int | None = None) -> Shipment:
    """Bring a shipment of one line, whole unless told otherwise."""
    shipment = shipment_of(day, name, farm)
    line = ShipmentLine.objects.get(shipment=shipment)
    return services.record_delivery(
        shipment_id=shipment.pk,
        quantities={line.pk: line.quantity if units is None else units},
        by=day.coordinator,
        now=NOW,
    )
