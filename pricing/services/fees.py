"""Setting what a hub asks for each leg of the way."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hub.core.trail import Kind
from hub.services.trail import Fact, record
from pricing.core.fees import FeeFigures
from pricing.models import FeeRule

if TYPE_CHECKING:
    from hub.models import Organization


@transaction.atomic
def set_fee(*, hub: "Organization", figures: FeeFigures, starts_on: date) -> FeeRule:
    """Set the fee of one leg from a day on; figures of nothing end it.

    Orders confirmed before that day keep their price.
    """
    earlier = FeeRule.objects.filter(
        hub=hub, leg=figures.leg, starts_on__lte=starts_on
    ).first()
    before = _said(earlier) if earlier else {}
    rule, _made = FeeRule.objects.update_or_create(
        hub=hub,
        leg=figures.leg,
        starts_on=starts_on,
        defaults={
            "cents_per_unit": figures.cents_per_unit,
            "cents_per_kg": figures.cents_per_kg,
            "share_bps": figures.share_bps,
            "is_taxed": figures.is_taxed,
        },
    )
    after = _said(rule)
    if before != after:
        # The leg is told each time: the sentence does not name it.
        before.pop("leg", None)
        after |= {"starts_on": starts_on.isoformat()}
    record(
        Fact(
            kind=Kind.FEE_SET,
            subject=(hub.public_id, hub.name),
            concerns=[hub.pk],
            before=before,
            after=after,
        )
    )
    return rule


def _said(rule: FeeRule) -> dict[str, Any]:
    return {
        "leg": rule.leg,
        "per_unit_cents": rule.cents_per_unit,
        "per_kg_cents": rule.cents_per_kg,
        "share_bps": rule.share_bps,
        "is_taxed": rule.is_taxed,
    }
