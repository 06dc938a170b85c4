"""Orders and their lines, reached through the person asking."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import (
    Count,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from hub import selectors as hub_selectors
from hub.selectors import Blank, Prepared, one_of
from orders.models import LineSource, Order, OrderLine

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person


def lines_of(order: Order) -> list[OrderLine]:
    """The lines of an order with what they name; one query."""
    lines: list[OrderLine] = _lines().models(order=order.pk)
    for line in lines:
        line.order = order
    return lines


@cache
def _lines() -> Prepared:
    lines = OrderLine.objects.filter(order=Blank("order"))
    return Prepared(lines.select_related("offer__variant__product", "pooled_offer"))


def families_of_lines(pks: Iterable[int]) -> dict[int, int]:
    """The product family of each of these lines, by their ids; one query."""
    family = Coalesce("offer__variant__product__family_id", "pooled_offer__family_id")
    rows = OrderLine.objects.filter(pk__in=list(pks)).annotate(family=family)
    return dict(rows.values_list("pk", "family"))


def lines_with_farms(order: Order) -> list[OrderLine]:
    """The same, with the farms that stand behind each."""
    lines = lines_of(order)
    sources = LineSource.objects.select_related(
        "availability__offer__variant__product__producer"
    )
    prefetch_related_objects(lines, Prefetch("sources", queryset=sources))
    return lines


def farms_behind(line: OrderLine) -> list[str]:
    """The names of the farms that a line's goods come from, when it was read so."""
    return sorted(
        {
            source.availability.offer.variant.product.producer.name
            for source in line.sources.all()
            if source.reserved or source.allocated
        }
    )


def orders_editable_by(person: Person) -> QuerySet[Order]:
    """Orders of the person's own buyers, and of the hubs they coordinate.

    The coordination may correct a member's order, on the phone with its buyer; the
    order then names who changed it last.
    """
    return orders_seen_by(person)


def order_seen_by(person: Person, public_id: str) -> Order | None:
    """The order of that public id, if it is one of `orders_seen_by`."""
    buyers, hubs = buyers_and_hubs_of(person)
    found: list[Order] = _order().models(
        public_id=public_id, buyers=keys_of(buyers), hubs=keys_of(hubs)
    )
    prefetch_related_objects(found, "envelope__programme")
    return next(iter(found), None)


@cache
def _order() -> Prepared:
    coordinated = Q(one_of("cycle__hub_id", "hubs")) & ~Q(status=Order.Status.DRAFT)
    mine = Q(one_of("buyer_id", "buyers")) | coordinated
    found = Order.objects.filter(mine, public_id=Blank("public_id"))
    return Prepared(
        _with_names(found)
        .prefetch_related(None)
        .select_related(
            "buyer__default_order__order__cycle", "buyer__default_order__agreed_by"
        )
    )


def orders_seen_by(person: Person) -> QuerySet[Order]:
    """Orders of the person's own buyers, and confirmed ones of hubs they coordinate."""
    buyers, hubs = buyers_and_hubs_of(person)
    coordinated = Q(cycle__hub__in=hubs) & ~Q(status=Order.Status.DRAFT)
    return _with_names(Order.objects.filter(Q(buyer__in=buyers) | coordinated))


def orders_of(buyer: Organization) -> QuerySet[Order]:
    """The orders of one buyer with their totals, the latest delivery first."""
    confirmed = buyer.orders.exclude(status=Order.Status.DRAFT)
    return _with_totals(confirmed).order_by("-cycle__service_on", "-placed_at", "-id")


def orders_in(cycle: Cycle) -> QuerySet[Order]:
    """The confirmed orders of a cycle with their totals, by buyer."""
    standing = cycle.orders.filter(
        status__in=[Order.Status.PLACED, Order.Status.ALLOCATED]
    )
    return _with_totals(standing).order_by("buyer__name", "id")


def last_order_of(buyer: Organization, *, before: Cycle) -> Order | None:
    """What the buyer last ordered of this hub in another cycle."""
    found = _last().models(buyer=buyer.pk, hub=before.hub_id, cycle=before.pk)
    return next(iter(found), None)


@cache
def _last() -> Prepared:
    standing = Order.objects.filter(
        buyer=Blank("buyer"),
        cycle__hub=Blank("hub"),
        status__in=[Order.Status.PLACED, Order.Status.ALLOCATED],
    ).exclude(cycle=Blank("cycle"))
    return Prepared(standing.order_by("-cycle__service_on", "-id")[:1])


def buyers_of(person: Person) -> QuerySet[Organization]:
    """The organizations a person orders for."""
    return hub_selectors.organizations_with_role(
        person, "group_buyer", "institutional_buyer"
    )


Organizations: TypeAlias = "QuerySet[Organization] | list[int]"
"""Organizations as a query, or by their keys where these are known."""


def buyers_and_hubs_of(person: Person) -> tuple[Organizations, Organizations]:
    """Whom a person orders for, and the hubs they coordinate.

    The roles that this request read with the person are not asked for again.
    """
    roles = person.roles_read
    if roles is None:
        return buyers_of(person), hub_selectors.hubs_coordinated_by(person)
    buyers = {"group_buyer", "institutional_buyer"}
    return (
        [role.organization_id for role in roles if role.role in buyers],
        [
            role.organization_id
            for role in roles
            if role.role == "coordinator" and role.organization.kind == "hub"
        ],
    )


def keys_of(organizations: Organizations) -> list[int]:
    """The keys of organizations, read if they are not known yet."""
    if isinstance(organizations, list):
        return organizations
    return list(organizations.values_list("pk", flat=True))


def buyers_served_by(person: Person) -> QuerySet[Organization]:
    """Those a person orders for, and the buying members of hubs they coordinate."""
    return hub_selectors.organizations_seen_by(person).filter(
        Q(pk__in=buyers_of(person))
        | Q(hub__in=hub_selectors.hubs_coordinated_by(person)),
        kind__in=["buyer_group", "institution"],
        is_active=True,
    )


def _with_names(orders: QuerySet[Order]) -> QuerySet[Order]:
    """What is said of an order beside its lines.

    The envelope, which most orders do not have, is read apart: two more joins took the
    database longer to plan than two more queries.
    """
    return orders.select_related(
        "cycle__hub", "buyer", "drop_point", "changed_by"
    ).prefetch_related("envelope__programme")


def _with_totals(orders: QuerySet[Order]) -> QuerySet[Order]:
    return _with_names(orders).annotate(
        num_lines=Count("lines"),
        total_cents=Sum("lines__buyer_cents", default=0),
        drawn_cents=Sum("lines__draw_cents", default=0),
    )
