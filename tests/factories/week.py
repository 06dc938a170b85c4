"""A small priced hub with a week to order in, for tests of orders and routing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hub.models import Cycle, Organization, Person, Place
from orders import services as order_services
from orders.models import Order
from pricing import services as pricing_services
from pricing.models import (
    FundLot,
    MarginRule,
    PriceTier,
    SolidarityFund,
    TaxRate,
    TransportRule,
)
from producers.models import Availability, PooledOffer
from tests.factories import hub as ground
from tests.factories import producers as farms

NOW = datetime(2026, 6, 16, 14, 0, tzinfo=UTC)
"""A Tuesday morning while the cycle of `make_week` is open."""


@dataclass
class Week:
    """A hub with a priced cycle, a farm, a buyer and a fund of 100 $."""

    hub: Organization
    cycle: Cycle
    farm: Organization
    buyer: Organization
    person: Person
    drop_point: Place
    lot: FundLot


def make_pricing(hub: Organization, *, fund_cents: int = 10_000) -> FundLot:
    """Tiers of 80, 100 and 115 %, a 15 % markup, 10 cents a kilogram, a fund."""
    long_ago = date(2020, 1, 1)
    for code, multiplier in [
        ("solidaire", 8_000),
        ("juste_prix", 10_000),
        ("soutien", 11_500),
    ]:
        PriceTier.objects.create(hub=hub, code=code, first_multiplier_bps=multiplier)
    MarginRule.objects.create(
        hub=hub, basis="markup_on_cost", rate_bps=1_500, starts_on=long_ago
    )
    for name in ("frozen", "chilled", "ambient"):
        TransportRule.objects.create(
            hub=hub, temperature_class=name, cents_per_kg=10, starts_on=long_ago
        )
    for code, rate in [("tps", 50_000), ("tvq", 99_750)]:
        for goods_class in ("taxable", "service"):
            TaxRate.objects.get_or_create(
                code=code,
                goods_class=goods_class,
                starts_on=long_ago,
                defaults={"rate_ppm": rate},
            )
    fund = SolidarityFund.objects.create(hub=hub, warn_weeks=0, stop_weeks=0)
    lot = FundLot.objects.create(fund=fund, source="Dons", is_general=True)
    if fund_cents:
        pricing_services.deposit(
            lot=lot, amount_cents=fund_cents, key=lot.public_id, on=NOW.date()
        )
    return lot


def make_grant(fund: SolidarityFund, *, on: date) -> FundLot:
    """Fifty dollars of a city, to be spent by a day far away."""
    lot = FundLot.objects.create(
        fund=fund, source="Ville", kind="grant", ends_on=date(2090, 1, 1)
    )
    pricing_services.deposit(lot=lot, amount_cents=5_000, key=lot.public_id, on=on)
    return lot


def make_week(*, fund_cents: int = 10_000) -> Week:
    """An open cycle delivered on Thursday; the farm has a gate, the buyer a door."""
    hub = ground.make_hub()
    farm = ground.make_farm(hub=hub)
    buyer = ground.make_buyer(hub=hub)
    ground.make_place(farm, kind=Place.Kind.FARM, point=ground.FARM_POINT)
    lot = make_pricing(hub, fund_cents=fund_cents)
    return Week(
        hub=hub,
        cycle=ground.make_cycle(
            hub,
            opens_at=NOW - timedelta(days=1),
            closes_at=NOW + timedelta(hours=6),
        ),
        farm=farm,
        buyer=buyer,
        person=ground.make_group_buyer(buyer),
        drop_point=ground.make_place(buyer),
        lot=lot,
    )


def make_stock(
    week: Week,
    *,
    quantity: int = 50,
    price_cents: int = 1_000,
    farm: Organization | None = None,
    pooled_offer: PooledOffer | None = None,
) -> Availability:
    """What a farm of the hub has in the week of the cycle: 10 kg chilled cases."""
    offer = farms.make_offer(
        farm or week.farm,
        hub=week.hub,
        pooled_offer=pooled_offer,
        price_cents=price_cents,
    )
    return farms.make_availability(offer, quantity=quantity)


def order(
    week: Week,
    wants: dict[str, int],
    *,
    tier_code: str = "juste_prix",
    key: str = "",
    buyer: Organization | None = None,
    drop_point: Place | None = None,
) -> Order:
    """Confirm an order of the week's buyer; the key is the wants unless given."""
    return order_services.place_order(
        cycle=week.cycle,
        buyer=buyer or week.buyer,
        drop_point=drop_point or week.drop_point,
        change=change(week, wants, tier_code=tier_code),
        key=key or f"{tier_code}-{wants}-{(buyer or week.buyer).pk}",
    )


def change(
    week: Week, wants: dict[str, int], *, tier_code: str = "juste_prix"
) -> order_services.Change:
    """What the week's buyer asks, at the usual moment."""
    return order_services.Change(
        wants=wants, tier_code=tier_code, by=week.person, now=NOW
    )
