"""The public figures of a fund, read from the ledger and from the facts of its days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from hub import indicators as hub_indicators
from hub.core.indicators import Row
from hub.ledger import given
from pricing import accounts, selectors
from pricing.core.public import Helped, Months, helped, last_twelve_months, received
from pricing.core.runway import runway
from pricing.models import FundLot, SolidarityFund

_BUYERS = "buyer:"
_PROMISES = ("hold", "release")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFund:
    """What a fund shows to everybody: whole months, no name but the hub's.

    `received_cents` is None when too few gave. `weeks` is how long the free money of
    the last day would last: None when nothing was drawn, or when it is hidden.
    """

    months: Months
    received: tuple[Row, ...]
    received_cents: int | None
    helped: Helped
    weeks: int | None


def public_fund(*, fund: SolidarityFund, today: date) -> PublicFund:
    """Read a fund as anybody may; eight queries, whatever its history."""
    months = last_twelve_months(today)
    kinds = received(_by_kind(fund, months))
    is_whole = all(row.value is not None for row in kinds)
    paid = _helped(fund, months)
    return PublicFund(
        months=months,
        received=kinds,
        received_cents=sum(row.value or 0 for row in kinds) if is_whole else None,
        helped=paid,
        weeks=_weeks(fund, months) if paid.spent_cents is not None else None,
    )


def _by_kind(fund: SolidarityFund, months: Months) -> list[Row]:
    """What came by kind, and from how many: each source one, each buyer one."""
    prefix = accounts.fund_prefix(hub=fund.hub.public_id)
    lots = FundLot.objects.filter(fund=fund).select_related("fund__hub")
    kinds = {selectors.account_code(lot): lot.kind for lot in lots}
    cents: Counter[str] = Counter()
    givers: Counter[str] = Counter()
    came = given.moved_between(prefix, since=months.since, until=months.until)
    for row in came:
        if row.verb in _PROMISES or row.kind == selectors.RETURN_KIND:
            continue
        kind = kinds[row.code]
        cents[kind] += row.amount_cents
        if row.verb == "post" and kind != FundLot.Kind.CONTRIBUTION:
            givers[kind] += 1
    givers[FundLot.Kind.CONTRIBUTION] = given.num_beside(
        prefix,
        other=_BUYERS,
        verbs=("post", "capture"),
        since=months.since,
        until=months.until,
    )
    return [Row(kind, cents[kind], givers[kind]) for kind in sorted(cents)]


def _helped(fund: SolidarityFund, months: Months) -> Helped:
    days = {"since": months.since, "until": months.until}
    holds = accounts.fund_holds_prefix(hub=fund.hub.public_id)
    spent_cents = -sum(
        row.amount_cents
        for row in given.moved_between(holds, **days)
        if row.verb not in _PROMISES
    )
    totals = hub_indicators.totals_between(fund.hub, **days)
    drawn_cents = totals.value("fund_drawn") - totals.value("fund_given")
    return helped(
        spent_cents=spent_cents,
        num_groups=given.num_beside(holds, other=_BUYERS, verbs=("capture",), **days),
        num_households=sum(
            row.num_people or 0 for row in totals.rows.get("households", ())
        ),
        farm_cents=totals.value("farm_paid"),
        # What buyers and the fund paid together; a gift is no price of food.
        sales_cents=totals.value("buyer_invoiced") + drawn_cents,
    )


def _weeks(fund: SolidarityFund, months: Months) -> int | None:
    """How long the free money of the last day would last at the pace before it."""
    prefix = accounts.fund_prefix(hub=fund.hub.public_id)
    since = months.until - timedelta(weeks=selectors.RUNWAY_WEEKS) + timedelta(days=1)
    drawn_cents = -sum(
        row.amount_cents
        for row in given.moved_between(prefix, since=since, until=months.until)
        if row.kind == selectors.DRAW_KIND
    )
    free_cents = given.total_on(prefix, on=months.until)
    pace = [drawn_cents] + [0] * (selectors.RUNWAY_WEEKS - 1)
    return runway(free_cents, 0, pace).weeks
