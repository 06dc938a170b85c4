"""The prices of a hub: every rule that a page or an address can name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pricing.models import (
    FeeRule,
    MarginRule,
    SupportLimit,
    TierAgreement,
    TierMultiplier,
    TransportRule,
)
from tests.access.figures import FIGURES
from tests.factories.week import make_grant, make_pricing

if TYPE_CHECKING:
    from tests.access.world import Side


LATER_ON = date(2031, 1, 1)


def price(side: Side, *, week_on: date) -> None:
    """Rules, tiers, an agreement, a limit and the fund of one side."""
    rows = side.rows
    rows["lot"] = make_pricing(side.hub)
    rows["fund"] = rows["lot"].fund
    rows["grant"] = make_grant(rows["fund"], on=week_on)
    rows["tier"] = side.hub.price_tiers.get(code="solidaire")
    rows["margin"] = MarginRule.objects.get(hub=side.hub)
    rows["transport"] = TransportRule.objects.filter(hub=side.hub).first()
    rows["agreement"] = TierAgreement.objects.create(
        tier=rows["tier"], buyer=rows["group"], starts_on=week_on
    )
    rows["limit"] = SupportLimit.objects.create(
        hub=side.hub,
        buyer=rows["group"],
        cap_cents=FIGURES[side.mark].support_cap_cents,
        starts_on=week_on,
    )
    # Of a day to come: the world's prices stay easy to count by hand.
    rows["fee"] = FeeRule.objects.create(
        hub=side.hub, leg="dock", cents_per_unit=25, starts_on=LATER_ON
    )
    rows["multiplier"] = TierMultiplier.objects.create(
        tier=rows["tier"], multiplier_bps=7_900, starts_on=LATER_ON
    )
