"""Setting a hub's prices: tiers, margin, transport part, agreements with buyers.

A rule holds from its date on; a new figure is a new row, and what was confirmed keeps
the price it was confirmed at.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.quantities import TEMPERATURE_CLASSES
from pricing.core.errors import MultiplierOutOfRange, NegativePrice, NotAMemberOfHub
from pricing.core.margins import MarginBasis
from pricing.core.margins import MarginRule as Margin
from pricing.core.tiers import DEFAULT_TIERS
from pricing.models import MarginRule, PriceTier, TierAgreement, TransportRule

if TYPE_CHECKING:
    from hub.models import Organization

MULTIPLIER_MAX_BPS = 20_000
"""Twice the full price: above it the figure is a typing mistake."""


@transaction.atomic
def start_pricing(*, hub: "Organization", on: date) -> None:
    """Give a new hub something to begin with: three tiers, a 15 % markup, no
    transport part. Safe to repeat: what the hub has set is left alone."""
    for tier in DEFAULT_TIERS:
        PriceTier.objects.get_or_create(
            hub=hub,
            code=tier.code,
            defaults={"multiplier_bps": tier.multiplier_bps},
        )
    if not MarginRule.objects.filter(hub=hub).exists():
        set_margin(hub=hub, basis="markup_on_cost", rate_bps=1_500, starts_on=on)


@transaction.atomic
def set_tier(
    *, hub: "Organization", code: str, multiplier_bps: int, needs_agreement: bool
) -> PriceTier:
    """Set what a tier multiplies the full price by. Raises MultiplierOutOfRange."""
    if not 0 < multiplier_bps <= MULTIPLIER_MAX_BPS:
        raise MultiplierOutOfRange(multiplier_bps=multiplier_bps)
    tier, _made = PriceTier.objects.update_or_create(
        hub=hub,
        code=code,
        defaults={
            "multiplier_bps": multiplier_bps,
            "needs_agreement": needs_agreement,
        },
    )
    return tier


@transaction.atomic
def set_margin(
    *, hub: "Organization", basis: MarginBasis, rate_bps: int, starts_on: date
) -> MarginRule:
    """Set the hub's margin from a day on. Raises MarginOutOfRange."""
    Margin(basis=basis, rate_bps=rate_bps)
    rule, _made = MarginRule.objects.update_or_create(
        hub=hub, starts_on=starts_on, defaults={"basis": basis, "rate_bps": rate_bps}
    )
    return rule


@transaction.atomic
def set_transport(
    *, hub: "Organization", temperature_class: str, cents_per_kg: int, starts_on: date
) -> TransportRule:
    """Set the agreed transport part of one temperature class from a day on.

    Raises NegativePrice; ValueError for an unknown class.
    """
    if temperature_class not in TEMPERATURE_CLASSES:
        raise ValueError(f"Unknown temperature class: {temperature_class}")
    if cents_per_kg < 0:
        raise NegativePrice(part="transport", price_cents=cents_per_kg)
    rule, _made = TransportRule.objects.update_or_create(
        hub=hub,
        temperature_class=temperature_class,
        starts_on=starts_on,
        defaults={"cents_per_kg": cents_per_kg},
    )
    return rule


@transaction.atomic
def agree_tier(
    *,
    tier: PriceTier,
    buyer: "Organization",
    starts_on: date,
    ends_on: date | None = None,
) -> TierAgreement:
    """Grant a tier to a buyer of the hub; an earlier agreement ends the day before.

    Raises NotAMemberOfHub.
    """
    if buyer.hub_id != tier.hub_id:
        raise NotAMemberOfHub
    TierAgreement.objects.filter(
        buyer=buyer,
        tier__hub=tier.hub_id,
        ends_on__isnull=True,
        starts_on__lt=starts_on,
    ).update(ends_on=starts_on - timedelta(days=1))
    agreement, _made = TierAgreement.objects.update_or_create(
        tier=tier, buyer=buyer, starts_on=starts_on, defaults={"ends_on": ends_on}
    )
    return agreement


@transaction.atomic
def end_agreement(*, agreement: TierAgreement, ends_on: date) -> TierAgreement:
    """Let an agreement end; orders confirmed until then keep their price."""
    agreement.ends_on = max(ends_on, agreement.starts_on)
    agreement.save(update_fields=["ends_on"])
    return agreement
