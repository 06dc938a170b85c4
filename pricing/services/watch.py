"""Telling a coordination, once, that its fund has come under a level."""

from datetime import date

from django.db import transaction

from hub.core.letters import Kind
from hub.services import notices
from pricing import selectors
from pricing.models import SolidarityFund
from pricing.services.fund import lock_fund

_WORSE = {"ok": 0, "warn": 1, "stop": 2}


def watch_funds(*, on: date) -> int:
    """Look at every fund; gives how many have crossed a level since the last look."""
    hubs = SolidarityFund.objects.order_by("pk").values_list("hub_id", flat=True)
    return sum(_watch(hub_id, on) for hub_id in hubs)


@transaction.atomic
def _watch(hub_id: int, on: date) -> bool:
    """Keep the state of a fund; who coordinates is told when it has become worse.

    Behind the fund's lock: two looks at once tell once. A fund that goes up and down
    in one day is told once of each level.
    """
    fund = lock_fund(hub_id)
    if fund is None:
        return False
    state = selectors.fund_state(fund=fund, on=on)
    before, fund.told_guard = fund.told_guard, state.guard
    if before == state.guard:
        return False
    fund.save(update_fields=["told_guard"])
    is_empty_from_the_start = state.balance_cents == 0 and state.weekly_draw_cents == 0
    if _WORSE[state.guard] > _WORSE[before] and not is_empty_from_the_start:
        notices.leave(
            kind=Kind.FUND_GUARD,
            key=f"fund-guard:{fund.hub.public_id}:{on}:{state.guard}",
            data={
                "is_stopped": state.guard == "stop",
                "free_cents": state.free_cents,
                "warn_weeks": fund.warn_weeks,
                "stop_weeks": fund.stop_weeks,
            },
            hub=fund.hub,
            organization=fund.hub,
        )
    return True
