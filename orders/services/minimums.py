"""Farms below their minimum at a close: the hub's rule, its reasons, who is told.

With the rule "cancel" a farm gives nothing in the cycle: its own lines get nothing,
and the other farms of a shared line give what they can. Stock, draws and holds go back
as for any other shortage.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hub.core.letters import Kind
from hub.core.trail import Kind as Kinds
from hub.services import notices
from hub.services.trail import Fact, record
from orders import selectors
from orders.core.reasons import Reason
from orders.core.shortage import MinimumOutcome, MinimumRule
from orders.models import CloseRule
from orders.selectors import UnmetMinimum

if TYPE_CHECKING:
    from hub.models import Cycle, Organization
    from producers.core.catalogue import Goods


@transaction.atomic
def state_minimum_rule(*, hub: "Organization", rule: MinimumRule) -> None:
    """State what the hub's next closes do with a farm below its minimum."""
    standing = CloseRule.objects.select_for_update(of=("self",)).filter(hub=hub)
    before = {"rule": standing[0].minimum} if standing else {}
    CloseRule.objects.update_or_create(hub=hub, defaults={"minimum": rule})
    fact = Fact(
        kind=Kinds.MINIMUM_RULE,
        subject=(hub.public_id, hub.name),
        concerns=[hub.pk],
        before=before,
        after={"rule": rule},
    )
    record(fact)


def is_left_out(outcome: MinimumOutcome | None) -> bool:
    """Whether a farm gives nothing in this cycle."""
    return outcome is not None and not outcome.keeps_lines


def own_line_reason(
    key: tuple[int | None, int | None],
    members: Collection[int],
    goods: Mapping[int, "Goods"],
    unmet: Mapping[int, MinimumOutcome],
) -> Reason | None:
    """Why a farm's own line is cancelled, if it is; a shared line never is."""
    if key[0] is None:
        return None
    outcomes = (unmet.get(goods[pk].farm_id) for pk in members)
    return next((o.reason for o in outcomes if o is not None and is_left_out(o)), None)


def reasons_for(
    key: tuple[int | None, int | None],
    farm_ids: Iterable[int],
    unmet: Mapping[int, MinimumOutcome],
) -> dict[int, Reason]:
    """Why farms below their minimum give what they give of an item.

    In a line of several farms, one whose orders stand keeps the reason of its share.
    """
    return {
        farm_id: unmet[farm_id].reason
        for farm_id in farm_ids
        if farm_id in unmet and (key[0] is not None or is_left_out(unmet[farm_id]))
    }


def as_written(found: UnmetMinimum) -> dict[str, Any]:
    """A farm below its minimum as the close writes it down."""
    reason = found.outcome.reason
    return {
        "farm": found.farm.public_id,
        "name": found.farm.name,
        "code": reason.code,
        "data": dict(reason.data),
    }


def tell(cycle: "Cycle", unmet: Iterable[UnmetMinimum]) -> None:
    """Tell the farm and the coordination; buyers too when lines are cancelled."""
    unmet = list(unmet)
    close = selectors.name_of_close(cycle)
    buyers = selectors.buyers_of_farms(cycle, [found.farm.pk for found in unmet])
    parcels = []
    for found in unmet:
        concerned = [found.farm, cycle.hub]
        if is_left_out(found.outcome):
            concerned += buyers.get(found.farm.pk, [])
        parcels += [
            notices.Parcel(
                key=f"minimum:{close}:{found.farm.public_id}:{organization.public_id}",
                data=_facts(cycle, found),
                organization=organization,
            )
            for organization in concerned
        ]
    notices.leave_all(kind=Kind.MINIMUM_NOT_REACHED, hub=cycle.hub, parcels=parcels)


def _facts(cycle: "Cycle", found: UnmetMinimum) -> dict[str, Any]:
    return {
        "cycle": cycle.name,
        "service_on": cycle.service_on.isoformat(),
        "farm": found.farm.name,
        "missing_cents": found.outcome.missing_cents,
        "is_cancelled": is_left_out(found.outcome),
    }
