"""Setting a hub's prices: tiers, margin, transport part, agreements with buyers.

A rule holds from its date on; a new figure is a new row, and what was confirmed keeps
the price it was confirmed at.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet

from hub.core.quantities import TEMPERATURE_CLASSES
from hub.core.trail import Kind
from hub.services.trail import Fact, record, record_all
from pricing import selectors
from pricing.core.errors import (
    AgreementBackwards,
    AgreementOverlaps,
    MarginOutOfRange,
    NegativePrice,
    NotAMemberOfHub,
)
from pricing.core.margins import WHOLE_BPS, MarginBasis
from pricing.core.margins import MarginRule as Margin
from pricing.core.tiers import DEFAULT_TIERS, TierSetting
from pricing.models import (
    MarginRule,
    PriceTier,
    TierAgreement,
    TierMultiplier,
    TransportRule,
)
from pricing.services.limits import require_floor

if TYPE_CHECKING:
    from hub.models import Organization


@transaction.atomic
def start_pricing(*, hub: "Organization", on: date) -> None:
    """Give a new hub something to begin with: three tiers, a 15 % markup, no
    transport part. Safe to repeat: what the hub has set is left alone."""
    for tier in DEFAULT_TIERS:
        PriceTier.objects.get_or_create(
            hub=hub,
            code=tier.code,
            defaults={"first_multiplier_bps": tier.multiplier_bps},
        )
    if not MarginRule.objects.filter(hub=hub).exists():
        set_margin(hub=hub, basis="markup_on_cost", rate_bps=1_500, starts_on=on)


@transaction.atomic
def set_tiers(
    *, hub: "Organization", settings: Iterable[TierSetting], starts_on: date
) -> None:
    """Set what each tier multiplies the full price by from a day on, and who may use
    it, which holds at once.

    Orders confirmed before that day keep their price. Raises TierUnderFloor for a
    multiplier that the hub's own lowest price forbids.
    """
    _lock_tiers(hub.pk)
    standing = {
        tier.code: tier for tier in selectors.tiers_of(hub_id=hub.pk, on=starts_on)
    }
    facts = []
    for setting in settings:
        require_floor(hub=hub, setting=setting, on=starts_on)
        tier = standing.get(setting.code)
        before = _said_of_tier(tier) if tier else {}
        if tier is None:
            tier = PriceTier(hub=hub, code=setting.code)
            tier.first_multiplier_bps = setting.multiplier_bps
            tier.multiplier_bps = setting.multiplier_bps
        tier.needs_agreement = setting.needs_agreement
        tier.save()
        if tier.multiplier_bps != setting.multiplier_bps:
            TierMultiplier.objects.update_or_create(
                tier=tier,
                starts_on=starts_on,
                defaults={"multiplier_bps": setting.multiplier_bps},
            )
            tier.multiplier_bps = setting.multiplier_bps
        after = _said_of_tier(tier)
        if before != after:
            after |= {"starts_on": starts_on.isoformat()}
        facts.append(_fact(Kind.TIER_SET, hub, before, after, subject=tier.code))
    record_all(facts)


@transaction.atomic
def set_margin(
    *, hub: "Organization", basis: MarginBasis, rate_bps: int, starts_on: date
) -> MarginRule:
    """Set the hub's margin from a day on, under the whole price on both bases.

    Raises MarginOutOfRange.
    """
    if rate_bps >= WHOLE_BPS:
        raise MarginOutOfRange(basis=basis, rate_bps=rate_bps)
    Margin(basis=basis, rate_bps=rate_bps)
    earlier = MarginRule.objects.filter(hub=hub, starts_on__lte=starts_on).first()
    before: dict[str, Any] = {}
    if earlier is not None:
        before = {"basis": earlier.basis, "rate_bps": earlier.rate_bps}
    rule, _made = MarginRule.objects.update_or_create(
        hub=hub, starts_on=starts_on, defaults={"basis": basis, "rate_bps": rate_bps}
    )
    after: dict[str, Any] = {"basis": basis, "rate_bps": rate_bps}
    if before != after:
        after |= {"starts_on": starts_on.isoformat()}
    record(_fact(Kind.MARGIN_SET, hub, before, after))
    return rule


@transaction.atomic
def set_transport_table(
    *,
    hub: "Organization",
    cents_per_kg: Mapping[str, int],
    starts_on: date,
    is_taxed: bool = False,
) -> None:
    """Set the transport part of several temperature classes from one day on.

    All or none. Raises what `set_transport` does.
    """
    for temperature_class, cents in cents_per_kg.items():
        set_transport(
            hub=hub,
            temperature_class=temperature_class,
            cents_per_kg=cents,
            starts_on=starts_on,
            is_taxed=is_taxed,
        )


@transaction.atomic
def set_transport(
    *,
    hub: "Organization",
    temperature_class: str,
    cents_per_kg: int,
    starts_on: date,
    is_taxed: bool = False,
) -> TransportRule:
    """Set the agreed transport part of one temperature class from a day on.

    With `is_taxed` it bears the sales taxes, also beside goods that bear none.
    Raises NegativePrice; ValueError for an unknown class.
    """
    if temperature_class not in TEMPERATURE_CLASSES:
        raise ValueError(f"Unknown temperature class: {temperature_class}")
    if cents_per_kg < 0:
        raise NegativePrice(part="transport", price_cents=cents_per_kg)
    named = {"temperature_class": temperature_class}
    earlier = TransportRule.objects.filter(hub=hub, starts_on__lte=starts_on, **named)
    before = [_said_of_transport(row) | named for row in earlier[:1]]
    rule, _made = TransportRule.objects.update_or_create(
        hub=hub,
        temperature_class=temperature_class,
        starts_on=starts_on,
        defaults={"cents_per_kg": cents_per_kg, "is_taxed": is_taxed},
    )
    after = _said_of_transport(rule) | named
    if before != [after]:
        # The class is told each time: the sentence does not name it.
        for row in before:
            del row["temperature_class"]
        after |= {"starts_on": starts_on.isoformat()}
    record(_fact(Kind.TRANSPORT_SET, hub, (before or [{}])[0], after))
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

    A buyer has one agreement at a time. Granting the same tier from the same day
    again changes its end. Raises NotAMemberOfHub, AgreementBackwards,
    AgreementOverlaps.
    """
    if buyer.hub_id != tier.hub_id:
        raise NotAMemberOfHub
    if ends_on is not None and ends_on < starts_on:
        raise AgreementBackwards(starts_on=starts_on.isoformat())
    _lock_tiers(tier.hub_id)
    agreed = TierAgreement.objects.filter(buyer=buyer, tier__hub=tier.hub_id)
    _refuse_overlap(
        agreed.exclude(tier=tier, starts_on=starts_on).filter(starts_on__gte=starts_on),
        ends_on,
    )
    ended = agreed.filter(starts_on__lt=starts_on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    )
    facts = [
        _agreement_fact(
            Kind.AGREEMENT_ENDED,
            row,
            after={**_said_of(row), "ends_on": _day(starts_on - timedelta(days=1))},
            rule="next_agreement",
        )
        for row in ended.select_related("tier", "buyer")
    ]
    ended.update(ends_on=starts_on - timedelta(days=1))
    standing = agreed.filter(tier=tier, starts_on=starts_on).first()
    agreement, _made = TierAgreement.objects.update_or_create(
        tier=tier, buyer=buyer, starts_on=starts_on, defaults={"ends_on": ends_on}
    )
    before = _said_of(standing) if standing else {}
    made = _agreement_fact(Kind.AGREEMENT_MADE, agreement, before, _said_of(agreement))
    record_all([*facts, made])
    return agreement


def _lock_tiers(hub_id: int) -> None:
    """Two agreements of one buyer are never written at once."""
    list(PriceTier.objects.select_for_update().filter(hub=hub_id).order_by("pk"))


def _refuse_overlap(later: QuerySet[TierAgreement], ends_on: date | None) -> None:
    if ends_on is not None:
        later = later.filter(starts_on__lte=ends_on)
    in_the_way = later.order_by("starts_on").first()
    if in_the_way is not None:
        raise AgreementOverlaps(starts_on=in_the_way.starts_on.isoformat())


@transaction.atomic
def end_agreement(*, agreement: TierAgreement, ends_on: date) -> None:
    """Let an agreement end; orders confirmed until then keep their price.

    One that would only have begun later is withdrawn.
    """
    before = _said_of(agreement)
    if agreement.starts_on > ends_on:
        record(_agreement_fact(Kind.AGREEMENT_ENDED, agreement, before, {}))
        agreement.delete()
        return
    agreement.ends_on = ends_on
    agreement.save(update_fields=["ends_on"])
    after = _said_of(agreement)
    record(_agreement_fact(Kind.AGREEMENT_ENDED, agreement, before, after))


@transaction.atomic
def put_back_agreement(
    *,
    made: TierAgreement,
    ended: Sequence[tuple[TierAgreement, date | None]],
) -> None:
    """Undo an agreement as if it had never been made; those that it ended go on.

    `ended` holds each with the last day that it had before. Confirmed orders keep
    their price.
    """
    _lock_tiers(made.tier.hub_id)
    facts = [_agreement_fact(Kind.AGREEMENT_ENDED, made, _said_of(made), {})]
    made.delete()
    for row, ends_on in ended:
        before = _said_of(row)
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        facts.append(_agreement_fact(Kind.AGREEMENT_MADE, row, before, _said_of(row)))
    record_all(facts)


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _said_of_transport(rule: TransportRule) -> dict[str, Any]:
    said: dict[str, Any] = {"per_kg_cents": rule.cents_per_kg}
    return said | {"is_taxed": True} if rule.is_taxed else said


def _said_of_tier(tier: PriceTier) -> dict[str, Any]:
    return {
        "multiplier_bps": tier.multiplier_bps,
        "needs_agreement": tier.needs_agreement,
    }


def _said_of(agreement: TierAgreement) -> dict[str, Any]:
    return {
        "tier": agreement.tier.code,
        "starts_on": _day(agreement.starts_on),
        "ends_on": _day(agreement.ends_on),
    }


def _fact(
    kind: Kind,
    hub: "Organization",
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    subject: str = "",
) -> Fact:
    return Fact(
        kind=kind,
        subject=(hub.public_id, subject or hub.name),
        concerns=[hub.pk],
        before=before,
        after=after,
    )


def _agreement_fact(
    kind: Kind,
    agreement: TierAgreement,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    rule: str = "",
) -> Fact:
    """The hub and the buyer read what was agreed between them."""
    return Fact(
        kind=kind,
        subject=(agreement.buyer.public_id, agreement.buyer.name),
        concerns=[agreement.tier.hub_id, agreement.buyer_id],
        before=_said_of(agreement) if before is None else before,
        after=after or {},
        rule=rule,
    )
