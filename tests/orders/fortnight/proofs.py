"""What must hold after every step, computed from the rows of the database."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import connection

from hub.ledger import statements
from hub.ledger.audit import books
from orders.models import LineSource, Order, OrderLine, Shipment
from pricing import accounts
from pricing import selectors as pricing_selectors
from pricing.core.quote import quote
from pricing.core.terms import TermsBook
from producers.models import Availability
from tests.orders.fortnight.hub import PACKS, TODAY, WEEKS, Hub
from tests.orders.fortnight.oracle import (
    TIERS,
    Oracle,
    Promise,
    price_of,
    taxes_of,
)

Units = Counter[int]


def prove_ledger() -> None:
    """What waits for the commit holds now, and the sums are right."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert books.lopsided_postings() == []
    assert books.lopsided_ledger() == []
    assert books.wrong_balances() == []
    assert books.overdrawn_accounts() == []


def prove_fund(hub: Hub, oracle: Oracle) -> None:
    """Each lot holds what its purse does; nothing that was given is lost."""
    free = [
        statements.balance_cents(pricing_selectors.account_code(lot))
        for lot in hub.lots
    ]
    held = statements.balances(accounts.fund_holds_prefix(hub=hub.hub.public_id))
    live = Order.objects.exclude(status="cancelled").exclude(hold_key="")
    found = {
        order.pk: held.pop(f"hold:{order.hold_key}")
        for order in live.order_by("pk")
        if oracle.promises[order.pk].held
    }

    assert free == [purse.free for purse in oracle.purses]
    assert found == {p.number: p.held for p in oracle.live() if p.held}
    assert set(held.values()) <= {0}
    assert min(free) >= 0
    assert sum(free) + sum(found.values()) == oracle.deposited


def prove_stock(hub: Hub, oracle: Oracle) -> None:
    """What is reserved of a row is what live orders keep of it, and no more is sold."""
    kept = reserved_by_row()
    for row in Availability.objects.all():
        assert row.reserved == kept.pop(row.pk, 0)
        assert row.reserved <= row.quantity + row.short_quantity
        assert row.short_quantity == max(0, row.reserved - row.quantity)
    assert set(kept.values()) <= {0}
    found = {
        (row.offer_id, row.week_on): (row.quantity, row.price_cents)
        for row in Availability.objects.all()
    }
    assert found == {
        (hub.offers[offer].pk, WEEKS[week]): figures
        for (offer, week), figures in oracle.posted.items()
    }


def reserved_by_row(
    *, leaving_out: int | None = None, leaving_out_cycle: int | None = None
) -> Units:
    """Units that live orders keep of each row, one order or cycle apart if asked."""
    sources = LineSource.objects.exclude(line__order__status="cancelled")
    kept = Units()
    for source in sources.select_related("line__order"):
        order = source.line.order
        if leaving_out != order.pk and leaving_out_cycle != order.cycle_id:
            kept[source.availability_id] += source.reserved
    return kept


def prove_lines(hub: Hub, oracle: Oracle) -> None:
    """Every line adds up to the cent by hand, and every tier pays the farm the same."""
    lines = OrderLine.objects.select_related("order", "offer", "pooled_offer")
    found: dict[int, dict[str, int]] = {p.number: {} for p in oracle.promises.values()}
    book = pricing_selectors.terms_book(hub_id=hub.hub.pk, on=TODAY)
    for line in lines.prefetch_related("sources"):
        promise = oracle.promises[line.order_id]
        offer = oracle.items[line.item_public_id][0]
        found[line.order_id][line.item_public_id] = line.ordered
        farm_cents = promise.farm_cents[line.item_public_id]
        quantity = line.ordered if line.allocated is None else line.allocated
        _prove_line(line, offer, farm_cents, quantity, promise.tier)
        _prove_twins(book, offer, farm_cents, quantity)
        _prove_sources(line, promise)
    assert found == {p.number: p.units for p in oracle.promises.values()}
    states = dict(Order.objects.values_list("pk", "status"))
    assert states == {p.number: p.state for p in oracle.promises.values()}


def _prove_line(
    line: OrderLine, offer: int, farm_cents: int, quantity: int, tier: str
) -> None:
    unit = price_of(offer, farm_cents, tier)
    tps_cents, tvq_cents = taxes_of(offer, unit.buyer * quantity)
    parts = {
        "farm_cents": farm_cents * quantity,
        "transport_cents": unit.transport * quantity,
        "margin_cents": unit.margin * quantity,
        "draw_cents": unit.draw * quantity,
        "rounding_cents": 0,
        "tps_cents": tps_cents,
        "tvq_cents": tvq_cents,
        "buyer_cents": unit.buyer * quantity + tps_cents + tvq_cents,
    }
    uses = ("farm", "transport", "margin", "tps", "tvq")
    sources = ("buyer", "draw", "rounding")

    assert {name: getattr(line, name) for name in parts} == parts
    assert sum(getattr(line, f"{part}_cents") for part in sources) == sum(
        getattr(line, f"{part}_cents") for part in uses
    )


def _prove_sources(line: OrderLine, promise: Promise) -> None:
    sources = list(line.sources.all())
    if promise.state == "allocated":
        assert (line.allocated or 0) <= line.ordered
        assert sum(source.allocated or 0 for source in sources) == line.allocated
        assert sum(source.reserved for source in sources) == line.allocated
        return
    kept = 0 if promise.state == "cancelled" else line.ordered
    assert line.allocated is None
    reserved = sum(source.reserved for source in sources)
    # What others took since its close is not held again for an order opened again.
    assert reserved == kept or (promise.is_again and reserved < kept)


def _prove_twins(book: TermsBook, offer: int, farm_cents: int, quantity: int) -> None:
    """The farm's part never depends on who buys; the line adds up at each tier."""
    for tier in TIERS:
        terms = book.terms(
            tier_code=tier,
            mass_g=PACKS[offer].mass_g,
            temperature_class=PACKS[offer].temperature_class,
            taxability="taxable" if PACKS[offer].is_taxable else "zero_rated",
        )
        twin = quote(farm_price_cents=farm_cents, quantity=quantity, terms=terms).line
        assert twin.farm_cents == farm_cents * quantity
        assert twin.buyer_cents + twin.draw_cents + twin.rounding_cents == (
            twin.farm_cents
            + twin.transport_cents
            + twin.margin_cents
            + twin.tps_cents
            + twin.tvq_cents
        )


def prove_shipments(hub: Hub) -> None:
    """Every allocated unit rides once, from its farm to its door, weighed by hand."""
    packs = dict(zip((offer.pk for offer in hub.offers), PACKS, strict=True))
    rows = LineSource.objects.filter(allocated__gt=0).select_related(
        "line__order", "availability"
    )
    loads: dict[tuple[int, int, int], Counter[Any]] = {}
    for source in rows:
        order = source.line.order
        pack = packs[source.availability.offer_id]
        units = source.allocated or 0
        trip = (order.cycle_id, hub.farms[pack.farm].pk, order.drop_point_id)
        load = loads.setdefault(trip, Counter())
        load["lines", source.pk] += units
        load["mass", pack.temperature_class] += units * pack.mass_g
        load["volume", pack.temperature_class] += units * pack.volume_ml
        load["goods"] += units * source.line.farm_unit_cents
    assert _loads_written() == loads


def _loads_written() -> dict[tuple[int, int, int], Counter[Any]]:
    written = {}
    standing = Shipment.objects.exclude(status="taken_back")
    for shipment in standing.prefetch_related("lines", "amounts"):
        load: Counter[Any] = Counter(goods=shipment.goods_cents)
        for carried in shipment.lines.all():
            load["lines", carried.source_id] += carried.quantity
        for amount in shipment.amounts.all():
            load["mass", amount.temperature_class] += amount.mass_g
            load["volume", amount.temperature_class] += amount.volume_ml
        key = (shipment.cycle_id, shipment.producer_id, shipment.drop_point_id)
        assert key not in written
        written[key] = load
    return written


def prove_close(cycle_id: int, promised_elsewhere: Mapping[int, int]) -> None:
    """Shares are fair in the least sense: no farm gives more than it has, nobody
    lacks what a farm still had, nobody gets more than ordered.

    `promised_elsewhere` is what other cycles kept of each row before the close.
    """
    asked: Counter[tuple[int | None, int | None]] = Counter()
    given: Counter[tuple[int | None, int | None]] = Counter()
    lines = OrderLine.objects.filter(order__cycle_id=cycle_id)
    for line in lines.filter(order__status="allocated"):
        asked[line.offer_id, line.pooled_offer_id] += line.ordered
        given[line.offer_id, line.pooled_offer_id] += line.allocated or 0
    taken = Units()
    sources = LineSource.objects.filter(line__order__cycle_id=cycle_id)
    for source in sources.filter(line__order__status="allocated"):
        taken[source.availability_id] += source.allocated or 0
    week_on = Availability.objects.filter(pk__in=taken).values("week_on")[:1]
    had: Counter[tuple[int | None, int | None]] = Counter()
    for row in Availability.objects.filter(week_on=week_on).select_related("offer"):
        supply = max(0, row.quantity - promised_elsewhere.get(row.pk, 0))
        assert taken[row.pk] <= supply
        pool_id = row.offer.pooled_offer_id
        had[None if pool_id else row.offer_id, pool_id] += supply
    assert given == {item: min(asked[item], had[item]) for item in asked}
