"""A whole cycle as its coordination reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet, Sum

from hub import selectors as hub_selectors
from orders.core.errors import NotSharedOut
from orders.models import CycleClosing, LineSource, Order, OrderLine
from orders.models.invoice import FULL_PRICE
from orders.selectors.baskets import forgotten_baskets
from orders.selectors.default_orders import defaults_due
from orders.selectors.minimums import UnmetMinimum, unmet_minimums

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person

STANDING = (Order.Status.PLACED, Order.Status.ALLOCATED)


@dataclass(frozen=True, slots=True)
class BeforeClose:
    """What a close is about to share out, leave out, and stumble over."""

    num_orders: int
    num_baskets: int
    num_defaults: int
    minimums: list[UnmetMinimum]
    farms_without_place: list[str]


@dataclass(slots=True)
class ItemShares:
    """What the close gave of one item: to each line, from each farm, and why."""

    title: str
    ordered: int = 0
    allocated: int = 0
    lines: list[OrderLine] = field(default_factory=list)
    farms: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def public_id(self) -> str:
        """The public id of the offer or pooled offer."""
        return self.lines[0].item_public_id

    @property
    def is_short(self) -> bool:
        """Whether somebody gets less than ordered."""
        return self.allocated < self.ordered


def totals_by_tier(cycle: Cycle) -> list[dict[str, Any]]:
    """Orders, value at full price, payments and draws of each tier; one query."""
    lines = OrderLine.objects.filter(order__cycle=cycle, order__status__in=STANDING)
    rows = (
        lines.values(tier_code=F("order__tier_code"))
        .annotate(
            num_orders=Count("order", distinct=True),
            buyer_cents=Sum("buyer_cents"),
            drawn_cents=Sum("draw_cents", filter=Q(draw_cents__gt=0), default=0),
            given_cents=-Sum("draw_cents", filter=Q(draw_cents__lt=0), default=0),
            farm_cents=Sum("farm_cents"),
            transport_cents=Sum("transport_cents"),
            margin_cents=Sum("margin_cents"),
        )
        .order_by("tier_code")
    )
    return [dict(row) for row in rows]


def value_by_tier(hub: Organization, cycles: int = 8) -> dict[str, int]:
    """The value at full price that each tier bought in the hub's last cycles."""
    last = hub.cycles.filter(status="closed").order_by("-service_on")[:cycles]
    rows = (
        OrderLine.objects.filter(order__cycle__in=list(last))
        .values_list("order__tier_code")
        .annotate(cents=Sum(FULL_PRICE))
    )
    return dict(rows)


def before_close(cycle: Cycle) -> BeforeClose:
    """What to know before a cycle is closed; a fixed number of queries."""
    return BeforeClose(
        num_orders=Order.objects.filter(cycle=cycle, status__in=STANDING).count(),
        num_baskets=forgotten_baskets(cycle).count(),
        num_defaults=defaults_due(cycle).count(),
        minimums=unmet_minimums(cycle),
        farms_without_place=farms_without_place(cycle),
    )


def closing_of(cycle: Cycle) -> CycleClosing | None:
    """How the cycle was closed, once it was."""
    return CycleClosing.objects.filter(cycle=cycle).select_related("closed_by").first()


def require_closing(cycle: Cycle) -> CycleClosing:
    """How the cycle was closed. Raises NotSharedOut before it is."""
    closing = closing_of(cycle)
    if closing is None:
        raise NotSharedOut(cycle=cycle.name)
    return closing


def shares_of(cycle: Cycle) -> list[ItemShares]:
    """Every item of a closed cycle with who got what, short items first."""
    lines = (
        OrderLine.objects.filter(
            order__cycle=cycle, order__status=Order.Status.ALLOCATED
        )
        .select_related(
            "order__buyer",
            "order__drop_point",
            "offer__variant__product",
            "pooled_offer",
        )
        .prefetch_related("sources__availability__offer__variant__product__producer")
        .order_by("order__buyer__name", "pk")
    )
    items: dict[str, ItemShares] = {}
    for line in lines:
        item = items.setdefault(
            line.item_public_id, ItemShares(str(line.offer or line.pooled_offer))
        )
        item.ordered += line.ordered
        item.allocated += line.allocated or 0
        item.lines.append(line)
        for source in line.sources.all():
            _add_farm(item, source)
    return sorted(items.values(), key=lambda item: (not item.is_short, item.title))


def _add_farm(item: ItemShares, source: LineSource) -> None:
    farm = source.availability.offer.variant.product.producer
    given = item.farms.setdefault(
        farm.name,
        {
            "public_id": farm.public_id,
            "units": 0,
            "code": source.reason_code,
            "data": source.reason_data,
        },
    )
    given["units"] += source.allocated or 0


def farms_without_place(cycle: Cycle) -> list[str]:
    """Farms that sold goods in a cycle and have no place where a truck can load."""
    sold = dict(
        LineSource.objects.filter(
            line__order__cycle=cycle, line__order__status__in=STANDING, reserved__gt=0
        ).values_list(
            "availability__offer__variant__product__producer_id",
            "availability__offer__variant__product__producer__name",
        )
    )
    known = hub_selectors.loading_places(set(sold))
    return sorted(name for pk, name in sold.items() if pk not in known)


def short_lines_of(cycle: Cycle) -> QuerySet[OrderLine]:
    """Lines of a closed cycle that got less than they ordered."""
    return OrderLine.objects.filter(
        order__cycle=cycle,
        order__status=Order.Status.ALLOCATED,
        allocated__lt=F("ordered"),
    )


def missing_buyers(cycle: Cycle) -> list[Organization]:
    """Buyers of the hub's previous cycle that have no order in this one."""
    previous = (
        cycle.hub.cycles.filter(service_on__lt=cycle.service_on, status="closed")
        .order_by("-service_on", "-id")
        .first()
    )
    if previous is None:
        return []
    now = Order.objects.filter(cycle=cycle, status__in=STANDING).values("buyer")
    return list(
        cycle.hub.members.filter(
            orders__cycle=previous, orders__status__in=STANDING, is_active=True
        )
        .exclude(pk__in=now)
        .distinct()
    )


def buying_members(person: Person, cycle: Cycle) -> QuerySet[Organization]:
    """The members of the cycle's hub that may order, for who coordinates it."""
    return (
        hub_selectors.organizations_seen_by(person)
        .filter(
            hub=cycle.hub_id, kind__in=["buyer_group", "institution"], is_active=True
        )
        .order_by("name")
    )
