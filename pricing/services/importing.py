"""Price tiers of buyers from a hub's own sheet: judged, agreed, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.imports import Action, Known, Verdict, read_lines
from pricing import selectors
from pricing.core.tier_sheet import TIERS, Granted, judge_tiers
from pricing.models import PriceTier, TierAgreement
from pricing.services.rules import agree_tier, put_back_agreement

if TYPE_CHECKING:
    from hub.models import ImportBatch, Organization

Effect = dict[str, Any]


def preview_tiers(batch: ImportBatch, *, today: date) -> list[Verdict]:
    """What each row of a sheet of tiers would do now."""
    lines = read_lines(TIERS, batch.table, hub_selectors.header_mapping(batch))
    return judge_tiers(lines, _granted(batch.hub, today))


def _granted(hub: Organization, today: date) -> Granted:
    held: dict[int, str] = {}
    not_free = set()
    for row in selectors.agreements_of(hub_id=hub.pk).order_by("starts_on", "pk"):
        if row.ends_on is not None and row.ends_on < today:
            continue
        if row.starts_on >= today:
            not_free.add(row.buyer.public_id)
        if row.starts_on <= today:
            held[row.buyer_id] = row.tier.code
    return Granted(
        buyers=[
            Known(
                buyer.public_id, {"buyer": buyer.name, "tier": held.get(buyer.pk, "")}
            )
            for buyer in selectors.buyers_of(hub_id=hub.pk)
        ],
        tiers={tier.code for tier in selectors.tiers_of(hub_id=hub.pk, on=today)},
        not_free=not_free,
    )


def write_tiers(
    batch: ImportBatch, verdicts: Sequence[Verdict], *, today: date
) -> list[list[Effect]]:
    """Do what the preview said: each tier is agreed from today on, without end."""
    hub = batch.hub
    tiers = {tier.code: tier for tier in selectors.tiers_of(hub_id=hub.pk, on=today)}
    buyers = {row.public_id: row for row in selectors.buyers_of(hub_id=hub.pk)}
    return [
        [_agreed(tiers, buyers[verdict.target], verdict, today)]
        if verdict.action == Action.CHANGE
        else []
        for verdict in verdicts
    ]


def _agreed(
    tiers: Mapping[str, PriceTier],
    buyer: Organization,
    verdict: Verdict,
    today: date,
) -> Effect:
    running = selectors.agreements_of(hub_id=tiers[verdict.after["tier"]].hub_id)
    earlier = running.filter(buyer=buyer, starts_on__lt=today).exclude(
        ends_on__lt=today
    )
    ended = [[row.pk, _day(row.ends_on)] for row in earlier]
    made = agree_tier(tier=tiers[verdict.after["tier"]], buyer=buyer, starts_on=today)
    return {
        "table": "agreement",
        "id": str(made.pk),
        "before": {**verdict.before, "ended": ended},
        "after": {**verdict.after, "ends_on": None},
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def row_of_tiers(effect: Effect) -> TierAgreement | None:
    """The agreement that a row made, if it is still there."""
    rows = TierAgreement.objects.select_related("tier", "buyer")
    return rows.filter(pk=int(effect["id"])).first()


def facts_of_tiers(row: TierAgreement) -> dict[str, Any]:
    """An agreement in the words of the sheet, and its end."""
    return {"tier": row.tier.code, "ends_on": _day(row.ends_on)}


def take_back_tiers(effect: Effect) -> None:
    """Remove the agreement of a row; the one it ended goes on as it was."""
    made = row_of_tiers(effect)
    if made is None:
        return
    before = made.starts_on - timedelta(days=1)
    ended = {
        pk: date.fromisoformat(day) if day else None
        for pk, day in effect["before"]["ended"]
    }
    standing = TierAgreement.objects.filter(pk__in=ended, ends_on=before)
    put_back_agreement(made=made, ended=[(row, ended[row.pk]) for row in standing])
