"""The farm is paid the same whatever the tier: the real order, close, day and bill."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.ledger import statements
from orders import services
from orders.models import FarmSale
from pricing import services as pricing_services
from pricing.core.fees import LEGS, FeeFigures
from pricing.core.tiers import TierSetting
from tests.factories.day import NOW, deliver, make_day
from tests.factories.week import make_week

pytestmark = pytest.mark.django_db

TIERS = ("solidaire", "juste_prix", "soutien")
PLENTY_CENTS = 10**8
TODAY = NOW.date()


@dataclass(frozen=True)
class Hub:
    """What a hub charges, as Hypothesis draws it."""

    basis: str
    rate_bps: int
    multipliers: tuple[int, int, int]
    fee: FeeFigures
    is_transport_taxed: bool


hubs = st.builds(
    Hub,
    basis=st.sampled_from(["markup_on_cost", "commission_on_price"]),
    rate_bps=st.integers(0, 9_000),
    multipliers=st.tuples(
        st.integers(1, 10_000), st.integers(1, 20_000), st.integers(10_000, 20_000)
    ),
    fee=st.builds(
        FeeFigures,
        leg=st.sampled_from(LEGS),
        cents_per_unit=st.integers(0, 500),
        cents_per_kg=st.integers(0, 50),
        share_bps=st.integers(0, 2_000),
        is_taxed=st.booleans(),
    ),
    is_transport_taxed=st.booleans(),
)


def paid(hub: Hub, tier_code: str, price_cents: int, units: tuple[int, int]) -> object:
    """What the farm is owed and what its statement says; everything is undone after."""
    asked, brought = units
    with transaction.atomic():
        week = make_week(fund_cents=PLENTY_CENTS)
        pricing_services.set_margin(
            hub=week.hub,
            basis=hub.basis,  # type: ignore[arg-type] # one of the two
            rate_bps=hub.rate_bps,
            starts_on=TODAY,
        )
        pricing_services.set_tiers(
            hub=week.hub,
            settings=[
                TierSetting(code=code, multiplier_bps=bps, needs_agreement=False)
                for code, bps in zip(TIERS, hub.multipliers, strict=True)
            ],
            starts_on=TODAY,
        )
        pricing_services.set_fee(hub=week.hub, figures=hub.fee, starts_on=TODAY)
        pricing_services.set_transport(
            hub=week.hub,
            temperature_class="chilled",
            cents_per_kg=17,
            starts_on=TODAY,
            is_taxed=hub.is_transport_taxed,
        )
        day = make_day(
            wants={"a": (asked, 0)},
            tiers={"a": tier_code},
            prices=(price_cents, 2_000),
            week=week,
        )
        deliver(day, "a", units=brought)
        services.bill_day(
            hub=day.hub,
            service_on=week.cycle.service_on,
            by=day.coordinator,
            now=NOW,
        )
        farm = day.farms[0]
        owed = statements.balance_cents(f"farm:{farm.public_id}")
        told = sum(row.farm_cents for row in FarmSale.objects.filter(farm=farm))
        transaction.set_rollback(True)
    return owed, told


@given(
    hub=hubs,
    price_cents=st.integers(1, 50_000),
    asked=st.integers(1, 20),
    share=st.integers(0, 100),
)
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_farm_is_paid_the_same_whatever_the_tier(
    hub: Hub, price_cents: int, asked: int, share: int
) -> None:
    brought = asked * share // 100

    answers = {tier: paid(hub, tier, price_cents, (asked, brought)) for tier in TIERS}

    due = price_cents * brought
    assert answers == dict.fromkeys(TIERS, (due, due))
