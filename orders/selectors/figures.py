"""What the deliveries of one day came to, whenever they were billed or corrected."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hub.ledger import statements
from orders.core.billing import Parts, total_of
from orders.models import Invoice, Order
from orders.selectors.billing import delivered_shipments, is_drawn
from pricing import selectors as pricing_selectors
from vouchers import selectors as voucher_selectors

if TYPE_CHECKING:
    from hub.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A figure by whom it is of: a lot of the fund, a programme, a group.

    `value` is in cents, of a group in households. `num_households` is how many stand
    behind it, when their groups told.
    """

    public_id: str
    name: str
    value: int
    num_households: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """The figures of one day of deliveries of a hub; money in cents, mass in grams.

    `drawn` adds up to what the ledger captured of the fund for these deliveries, and
    `enveloped` to what it captured of envelopes.
    """

    parts: Parts
    given_cents: int
    drawn: tuple[Source, ...]
    enveloped: tuple[Source, ...]
    fed: tuple[Source, ...]
    mass_g: int
    num_shipments: int


def figures_of_day(*, hub: Organization, on: date) -> DayFigures:
    """Everything billed and taken back of a day's deliveries, until this moment."""
    papers = list(
        Invoice.objects.filter(hub=hub, service_on=on).select_related("order__buyer")
    )
    came = [
        found
        for found in delivered_shipments(hub_ids=[hub.pk], on=on)
        if found.mass_g and found.leg != "inbound"
    ]
    return DayFigures(
        parts=total_of(Parts.of(paper) for paper in papers),
        given_cents=-sum(p.draw_cents for p in papers if not is_drawn(p)),
        drawn=_drawn(hub, papers),
        enveloped=_enveloped(papers),
        fed=_fed(papers),
        mass_g=sum(found.mass_g for found in came),
        num_shipments=len(came),
    )


def _drawn(hub: Organization, papers: list[Invoice]) -> tuple[Source, ...]:
    """What each lot of the fund paid, by the row of the hold that paid."""
    drawn = [paper for paper in papers if is_drawn(paper)]
    uses = statements.uses_of_holds(paper.hold_key for paper in drawn)
    cents: Counter[str] = Counter()
    for paper in drawn:
        cents.update(uses[paper.posting_key])
    lots = {
        pricing_selectors.account_code(lot): lot
        for lot in pricing_selectors.lots_of(hub_id=hub.pk)
    }
    return tuple(
        Source(public_id=lots[code].public_id, name=lots[code].source, value=amount)
        for code, amount in sorted(cents.items())
        if amount
    )


def _enveloped(papers: list[Invoice]) -> tuple[Source, ...]:
    """What each programme paid, and the households of the groups it paid for."""
    paid = [paper for paper in papers if paper.envelope_cents]
    programmes = voucher_selectors.programmes_behind(
        paper.envelope_hold_key for paper in paid
    )
    cents: Counter[Organization] = Counter()
    orders: dict[Organization, set[Order]] = defaultdict(set)
    for paper in paid:
        programme = programmes[paper.envelope_hold_key]
        cents[programme] += paper.envelope_cents
        orders[programme].add(paper.order)
    return tuple(
        Source(
            public_id=programme.public_id,
            name=programme.name,
            value=cents[programme],
            num_households=_households(orders[programme]),
        )
        for programme in sorted(cents, key=lambda row: (row.name, row.pk))
        if cents[programme]
    )


def _fed(papers: list[Invoice]) -> tuple[Source, ...]:
    """The groups that told how many households their orders fed, if something came."""
    sold_cents: Counter[Order] = Counter()
    for paper in papers:
        sold_cents[paper.order] += paper.farm_cents
    orders: dict[Organization, set[Order]] = defaultdict(set)
    for order, cents in sold_cents.items():
        if cents > 0:
            orders[order.buyer].add(order)
    return tuple(
        Source(
            public_id=buyer.public_id, name=buyer.name, value=num, num_households=num
        )
        for buyer, mine in sorted(orders.items(), key=lambda item: item[0].name)
        if (num := _households(mine)) is not None
    )


def _households(orders: set[Order]) -> int | None:
    told = [row.num_households for row in orders if row.num_households is not None]
    return sum(told) if told else None
