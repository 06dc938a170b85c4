"""Setting how low prices may go, and how much support one buyer may get in a month."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from hub.core.trail import Kind
from hub.services.trail import Fact, record
from pricing.core.errors import (
    GrantNotForBuyer,
    LimitBackwards,
    NegativePrice,
    NotAMemberOfHub,
    TierUnderFloor,
)
from pricing.core.limits import least_multiplier_bps
from pricing.core.margins import MarginRule as Margin
from pricing.core.tiers import MULTIPLIER_MAX_BPS, TierSetting, require_multiplier
from pricing.models import FundLot, MarginRule, SupportLimit

if TYPE_CHECKING:
    from hub.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFigures:
    """The two limits, of which either may be left open, and what lifts the floor.

    `floor_bps` is of the farm's price, `cap_cents` of one calendar month of deliveries.
    """

    floor_bps: int | None = None
    cap_cents: int | None = None
    grant: FundLot | None = None


@transaction.atomic
def set_limit(
    *,
    hub: "Organization",
    buyer: "Organization | None",
    figures: LimitFigures,
    starts_on: date,
    ends_on: date | None = None,
) -> SupportLimit:
    """Limit the support of one buyer, or of all who have no limit of their own.

    Of the limits of one buyer the latest that has begun holds; set again from the same
    day, it is replaced. Confirmed orders keep their price. Raises NotAMemberOfHub,
    LimitBackwards, MultiplierOutOfRange for a floor above twice the farm's price,
    NegativePrice, GrantNotForBuyer.
    """
    _require_sane(figures)
    if buyer is not None and buyer.hub_id != hub.pk:
        raise NotAMemberOfHub
    if ends_on is not None and ends_on < starts_on:
        raise LimitBackwards(starts_on=starts_on.isoformat())
    _require_grant(hub, buyer, figures.grant, starts_on)
    earlier = _standing(hub, buyer, starts_on)
    limit, _made = SupportLimit.objects.update_or_create(
        hub=hub,
        buyer=buyer,
        starts_on=starts_on,
        defaults={
            "floor_bps": figures.floor_bps,
            "cap_cents": figures.cap_cents,
            "grant": figures.grant,
            "ends_on": ends_on,
        },
    )
    record(_fact(limit, _said(earlier) if earlier else {}, _said(limit)))
    return limit


@transaction.atomic
def end_limit(*, limit: SupportLimit, ends_on: date) -> None:
    """Let a limit end; one that would only have begun later is withdrawn."""
    before = _said(limit)
    if limit.starts_on > ends_on:
        record(_fact(limit, before, {}))
        limit.delete()
        return
    limit.ends_on = ends_on
    limit.save(update_fields=["ends_on"])
    record(_fact(limit, before, _said(limit)))


def require_floor(*, hub: "Organization", setting: TierSetting, on: date) -> None:
    """Let pass a multiplier that keeps to the lowest price the hub gives to everybody.

    Whom a limit of their own binds meets it when they order. Raises TierUnderFloor.
    """
    limit = _standing(hub, None, on)
    margin = MarginRule.objects.filter(hub=hub, starts_on__lte=on).first()
    if limit is None or margin is None or not limit.floor_bps or limit.grant_id:
        return
    basis: Any = margin.basis
    rule = Margin(basis=basis, rate_bps=margin.rate_bps)
    least_bps = least_multiplier_bps(limit.floor_bps, rule)
    if setting.multiplier_bps < least_bps:
        raise TierUnderFloor(tier=setting.code, least_bps=least_bps)


def _require_sane(figures: LimitFigures) -> None:
    if figures.floor_bps is not None and figures.floor_bps > MULTIPLIER_MAX_BPS:
        require_multiplier(figures.floor_bps)
    for cents in (figures.floor_bps, figures.cap_cents):
        if cents is not None and cents < 0:
            raise NegativePrice(part="limit", price_cents=cents)


def _require_grant(
    hub: "Organization",
    buyer: "Organization | None",
    grant: FundLot | None,
    on: date,
) -> None:
    if grant is None:
        return
    is_of_hub = grant.fund.hub_id == hub.pk
    is_open = grant.ends_on is None or grant.ends_on >= on
    groups = set(grant.eligible_groups.values_list("pk", flat=True))
    may_pay = not groups or buyer is None or buyer.pk in groups
    if not (is_of_hub and is_open and may_pay):
        raise GrantNotForBuyer(lot=grant.source)


def _standing(
    hub: "Organization", buyer: "Organization | None", on: date
) -> SupportLimit | None:
    in_force = SupportLimit.objects.filter(hub=hub, buyer=buyer, starts_on__lte=on)
    return in_force.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).first()


def _said(limit: SupportLimit) -> dict[str, Any]:
    return {
        "floor_bps": limit.floor_bps,
        "cap_cents": limit.cap_cents,
        "lot": limit.grant.source if limit.grant else None,
        "starts_on": limit.starts_on.isoformat(),
        "ends_on": limit.ends_on.isoformat() if limit.ends_on else None,
    }


def _fact(limit: SupportLimit, before: dict[str, Any], after: dict[str, Any]) -> Fact:
    """The hub reads every limit, a buyer its own."""
    about = limit.buyer or limit.hub
    return Fact(
        kind=Kind.LIMIT_SET,
        subject=(about.public_id, about.name),
        concerns=[limit.hub_id, limit.buyer_id],
        before=before,
        after=after,
    )
