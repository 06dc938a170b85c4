"""One small hub for two weeks: three cycles, three farms, three buyers, three lots."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from hub.ledger.models import Account, Balance, Entry, Posting, Refusal
from hub.models import Cycle, Organization, Person, Place
from orders.models import (
    CycleClosing,
    CycleReopening,
    LineSource,
    Order,
    OrderKey,
    OrderLine,
    Shipment,
    ShipmentAmount,
    ShipmentLine,
)
from pricing import services as pricing_services
from pricing.models import FundLot, PriceTier, SolidarityFund, TierAgreement
from producers.models import Availability, EmptyWeek, Offer, PooledOffer
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.hub import MONDAY
from tests.factories.week import NOW, make_week

TODAY = NOW.date()
WEEKS = (MONDAY, MONDAY + timedelta(days=7))
POOL_CENTS = 1_000
FUND_CENTS = 1_500
GRANT_CENTS = 600
# Two buyers may order at the lowest tier, one of them for two days only.
AGREED_UNTIL: tuple[date | None, ...] = (None, TODAY + timedelta(days=2))


@dataclass(frozen=True, slots=True)
class Pack:
    """What an offer is, in plain figures: per unit, with the farm that has it."""

    farm: int
    is_pooled: bool
    usual_cents: int
    mass_g: int = 10_000
    volume_ml: int = 20_000
    temperature_class: str = "chilled"
    is_taxable: bool = False


# The second farm has two packings of the pooled product; one pack weighs odd grams.
PACKS = (
    Pack(farm=0, is_pooled=False, usual_cents=1_000),
    Pack(0, False, 777, 3_333, 4_321, "frozen", is_taxable=True),
    Pack(farm=1, is_pooled=False, usual_cents=1, temperature_class="ambient"),
    Pack(farm=0, is_pooled=True, usual_cents=POOL_CENTS),
    Pack(farm=1, is_pooled=True, usual_cents=POOL_CENTS),
    Pack(farm=1, is_pooled=True, usual_cents=POOL_CENTS, volume_ml=30_000),
    Pack(farm=2, is_pooled=True, usual_cents=POOL_CENTS),
)
POOLED = tuple(index for index, pack in enumerate(PACKS) if pack.is_pooled)
PLAIN = tuple(index for index, pack in enumerate(PACKS) if not pack.is_pooled)


@dataclass
class Hub:
    """The rows. The third farm has no gate yet: no truck can load there."""

    hub: Organization
    person: Person
    cycles: list[Cycle]
    farms: list[Organization]
    pool: PooledOffer
    offers: list[Offer]
    buyers: list[Organization]
    doors: list[Place]
    fund: SolidarityFund
    lots: list[FundLot]

    @property
    def items(self) -> dict[str, tuple[int, ...]]:
        """What can be ordered: the offers behind each public id."""
        plain = {self.offers[index].public_id: (index,) for index in PLAIN}
        return {**plain, self.pool.public_id: POOLED}

    def open_gate(self) -> None:
        """Let trucks load at the third farm."""
        ground.make_place(self.farms[2], kind=Place.Kind.FARM, point=ground.FARM_POINT)


def make_fortnight() -> Hub:
    """A Tuesday morning: all three cycles are open, nothing is posted."""
    week = make_week(fund_cents=FUND_CENTS)
    hub = week.hub
    cycles = [week.cycle]
    for days, service_in_days in [(1, 3), (6, 9)]:
        cycles.append(
            ground.make_cycle(
                hub,
                opens_at=week.cycle.opens_at,
                closes_at=NOW + timedelta(days=days),
                service_on=TODAY + timedelta(days=service_in_days),
            )
        )
    members = [week.farm, ground.make_farm(hub=hub), ground.make_farm(hub=hub)]
    ground.make_place(members[1], kind=Place.Kind.FARM, point=ground.FARM_POINT)
    pool = farms.make_pooled_offer(hub, price_cents=POOL_CENTS)
    buyers = [week.buyer, *(ground.make_buyer(hub=hub) for _ in range(2))]
    doors = [week.drop_point, *(ground.make_place(buyer) for buyer in buyers[1:])]
    _agree_on_the_lowest_tier(hub, buyers)
    fund = week.lot.fund
    return Hub(
        hub=hub,
        person=week.person,
        cycles=cycles,
        farms=members,
        pool=pool,
        offers=[_make_offer(members[pack.farm], pool, pack) for pack in PACKS],
        buyers=buyers,
        doors=doors,
        fund=fund,
        lots=[week.lot, *_make_grants(fund, buyers)],
    )


def _make_offer(farm: Organization, pool: PooledOffer, pack: Pack) -> Offer:
    product = farms.make_product(farm)
    product.taxability = "taxable" if pack.is_taxable else "zero_rated"
    product.save()
    variant = farms.make_variant(
        product,
        mass_g=pack.mass_g,
        volume_ml=pack.volume_ml,
        temperature_class=pack.temperature_class,
    )
    return farms.make_offer(
        farm,
        variant=variant,
        pooled_offer=pool if pack.is_pooled else None,
        price_cents=pack.usual_cents,
    )


def _agree_on_the_lowest_tier(hub: Organization, buyers: list[Organization]) -> None:
    tier = PriceTier.objects.get(hub=hub, code="solidaire")
    tier.needs_agreement = True
    tier.save()
    for buyer, ends_on in zip(buyers, AGREED_UNTIL, strict=False):
        TierAgreement.objects.create(
            tier=tier, buyer=buyer, starts_on=TODAY, ends_on=ends_on
        )


def _make_grants(fund: SolidarityFund, buyers: list[Organization]) -> list[FundLot]:
    """Money for the first buyer that ends tomorrow, and for the first two later."""
    grants = []
    for num_groups, days in [(1, 1), (2, 5)]:
        lot = pricing_services.add_lot(
            fund=fund,
            source=f"Subvention {days}",
            on=TODAY,
            ends_on=TODAY + timedelta(days=days),
            eligible=buyers[:num_groups],
        )
        pricing_services.deposit(
            lot=lot, amount_cents=GRANT_CENTS, key=lot.public_id, on=TODAY
        )
        grants.append(lot)
    return grants


_KEPT: tuple[type[Model], ...] = (
    Account,
    Availability,
    Balance,
    Cycle,
    CycleClosing,
    CycleReopening,
    EmptyWeek,
    Entry,
    LineSource,
    Order,
    OrderKey,
    OrderLine,
    Posting,
    Refusal,
    Shipment,
    ShipmentAmount,
    ShipmentLine,
)


def snapshot() -> dict[str, list[Any]]:
    """Every row that a service of these weeks may write."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in _KEPT
    }
