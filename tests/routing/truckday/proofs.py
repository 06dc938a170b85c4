"""What holds after every step: books, stock, shipments and lines against the oracle."""

from collections import Counter

from hub.ledger import statements
from orders.models import (
    FarmSale,
    Invoice,
    InvoiceLine,
    LineSource,
    Order,
    OrderLine,
    Shipment,
    ShipmentAmount,
    ShipmentLine,
)
from producers.models import Availability
from routing.models import CostShare, DaySettlement, PayerSettlement, SharePart
from tests.orders.fortnight.proofs import prove_ledger
from tests.routing.truckday.oracle import Load, Oracle, Slip, price_of
from tests.routing.truckday.world import (
    ENVELOPE_CENTS,
    FUND_CENTS,
    PROMISED_CENTS,
    WANTS,
    World,
)

PARTS = ("farm", "transport", "margin", "draw", "tps", "tvq", "buyer")


def make_oracle(world: World) -> Oracle:
    """The slips of the morning, with the prices of the wants, by hand."""
    prices, slips = {}, {}
    tiers = {order.pk: want[0] for order, want in zip(world.orders, WANTS, strict=True)}
    for line in OrderLine.objects.select_related("offer__variant__product"):
        is_frozen = line.offer is not None and line.offer.variant.mass_g == 3_333
        farm_cents = 1_001 if line.offer is None else 777 if is_frozen else 1_233
        prices[line.pk] = price_of(
            farm_cents,
            3_333 if is_frozen else 10_000,
            tiers[line.order_id],
            is_taxed=is_frozen,
        )
    for row in ShipmentLine.objects.select_related(
        "source__line", "source__availability__offer__variant__product"
    ):
        slips[row.pk] = Slip(
            pk=row.pk,
            shipment=row.shipment_id,
            order=row.source.line.order_id,
            line=row.source.line_id,
            farm=row.source.availability.offer.variant.product.producer_id,
            cases=row.quantity,
            mass_g=row.quantity * row.source.availability.offer.variant.mass_g,
            brought=row.inbound_id,
        )
    loads = {
        row.pk: Load(row.pk, row.leg, row.service_on) for row in Shipment.objects.all()
    }
    return Oracle(prices=prices, slips=slips, loads=loads)


def prove_all(world: World, oracle: Oracle, moved: Counter[str]) -> None:
    """Everything but the papers; `moved` are payments by account."""
    prove_ledger()
    prove_lines(oracle)
    prove_stock(oracle)
    prove_invoices(oracle)
    prove_money(world, oracle, moved)
    prove_holds(world, oracle)
    prove_settlement(world)


def prove_lines(oracle: Oracle) -> None:
    """Every case allocated is on one slip a leg; what came and was billed is its."""
    found = {
        row.pk: (row.quantity, row.delivered, row.billed)
        for row in ShipmentLine.objects.all()
    }
    assert found == {
        slip.pk: (slip.cases, slip.came, slip.billed) for slip in oracle.slips.values()
    }
    loads = Shipment.objects.values_list("pk", "status", "decision", "service_on")
    assert set(loads) == {
        (load.pk, load.status, load.decision, load.on) for load in oracle.loads.values()
    }
    corrected = set(
        InvoiceLine.objects.filter(invoice__kind="credit_note").values_list(
            "order_line", flat=True
        )
    )
    prove_weights(oracle)
    for line in OrderLine.objects.prefetch_related("sources__shipment_lines"):
        rows = [row for s in line.sources.all() for row in s.shipment_lines.all()]
        last = [row for row in rows if oracle.is_last_leg(oracle.slips[row.pk])]
        assert sum(row.quantity for row in last) == line.allocated
        assert {row.source_id for row in last} == {
            source.pk for source in line.sources.all() if source.allocated
        }
        came = sum(row.delivered or 0 for row in last)
        billed = sum(row.billed or 0 for row in last)
        assert (line.delivered or 0, line.billed or 0) == (came, billed)
        assert billed <= came <= (line.allocated or 0) <= line.ordered
        # What is billed is what came, unless a correction said otherwise.
        is_settled = all(row.billed is not None for row in last)
        assert billed == came or not is_settled or line.pk in corrected


def prove_weights(oracle: Oracle) -> None:
    """A shipment weighs what rides in it, while it is to be carried."""
    found: Counter[int] = Counter()
    for amount in ShipmentAmount.objects.all():
        found[amount.shipment_id] += amount.mass_g
    for load in oracle.loads.values():
        if load.status == "ready":
            assert found[load.pk] == sum(slip.mass_g for slip in oracle.on([load.pk]))


def prove_stock(oracle: Oracle) -> None:
    """A farm's goods are promised once: what was called off is for sale again."""
    promised: Counter[int] = Counter()
    for source in LineSource.objects.prefetch_related("shipment_lines__shipment"):
        first = [row for row in source.shipment_lines.all() if row.inbound_id is None]
        load = oracle.loads[first[0].shipment_id] if first else None
        is_back = load is not None and load.decision == "cancelled"
        kept = 0 if is_back else source.allocated or 0
        assert source.reserved == kept
        promised[source.availability_id] += kept
    for row in Availability.objects.all():
        assert (row.reserved, row.short_quantity) == (promised[row.pk], 0)
        assert row.reserved <= row.quantity


def prove_invoices(oracle: Oracle) -> None:
    """Numbers have no gap; invoices less credit notes are the bills by hand."""
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    owed = oracle.owed()
    found: dict[int, Counter[str]] = {pk: Counter() for pk in owed}
    for row in Invoice.objects.all():
        for part in PARTS:
            found[row.order_id][part] += getattr(row, f"{part}_cents")
        assert row.rounding_cents == 0
    assert found == owed
    for parts in owed.values():
        uses = ("farm", "transport", "margin", "tps", "tvq")
        assert parts["buyer"] + parts["draw"] == sum(parts[name] for name in uses)
    cases: Counter[int] = Counter()
    for line in InvoiceLine.objects.all():
        cases[line.order_line_id] += line.quantity
    assert cases == oracle.billed_cases()
    sold: Counter[int] = Counter()
    for sale in FarmSale.objects.all():
        sold[sale.farm_id] += sale.farm_cents
    assert sold == oracle.paid_to_farms()


def prove_money(world: World, oracle: Oracle, moved: Counter[str]) -> None:
    """Every account says what bills, payments and the settlement say."""
    books: Counter[str] = Counter(statements.balances(""))
    hub, owed = world.hub.public_id, oracle.owed()
    spent: Counter[int] = Counter()
    for row in Invoice.objects.all():
        spent[row.order_id] += row.envelope_cents
    settled: Counter[int] = Counter()
    for payer in PayerSettlement.objects.all():
        settled[payer.organization_id] += payer.moved_cents
    for order in world.orders:
        code = f"buyer:{order.buyer.public_id}"
        cents = spent[order.pk] - owed[order.pk]["buyer"]
        assert books[code] == cents + moved[code] + settled[order.buyer_id]
    for farm in world.farms:
        code = f"farm:{farm.public_id}"
        cents = oracle.paid_to_farms()[farm.pk]
        assert books[code] == cents + moved[code] + settled[farm.pk]
    total: Counter[str] = Counter()
    for parts in owed.values():
        total.update(parts)
    assert books[f"hub:{hub}:margin"] == total["margin"]
    assert books[f"tax:{hub}:tps"] == total["tps"]
    assert books[f"tax:{hub}:tvq"] == total["tvq"]
    driven = sum(DaySettlement.objects.values_list("cost_cents", flat=True))
    kept = total["transport"] - driven - sum(settled.values())
    assert books[f"hub:{hub}:transport"] == kept
    carried = sum(books[f"carrier:{truck.owner.public_id}"] for truck in world.trucks)
    assert carried == driven
    assert _under(books, f"fund:{hub}:") + _under(books, f"hold:fund:{hub}:") == (
        FUND_CENTS - total["draw"]
    )
    helped = world.orders[0]
    left = books[f"envelope:{world.envelope.public_id}"]
    held = _under(books, f"hold:envelope:{world.envelope.public_id}:")
    assert left + held == ENVELOPE_CENTS - spent[helped.pk]
    assert set(spent) <= {order.pk for order in world.orders}
    assert sum(spent.values()) == spent[helped.pk]
    assert 0 <= spent[helped.pk] <= min(PROMISED_CENTS, owed[helped.pk]["buyer"])


def _under(books: Counter[str], prefix: str) -> int:
    return sum(cents for code, cents in books.items() if code.startswith(prefix))


def prove_holds(world: World, oracle: Oracle) -> None:
    """No more is held than is open; an order that is over holds nothing."""
    books: Counter[str] = Counter(statements.balances("hold:"))
    under = f"hold:fund:{world.hub.public_id}:"
    for order in Order.objects.all():
        held = _under(books, f"{under}{order.public_id}:")
        assert held <= oracle.still_open_draw(order.pk)
        is_over = not any(
            slip.order == order.pk and slip.billed is None and oracle.is_coming(slip)
            for slip in oracle.slips.values()
        )
        assert (order.settled_at is not None) == is_over
        if is_over:
            assert sum(n for code, n in books.items() if order.public_id in code) == 0


def prove_settlement(world: World) -> None:
    """Shares and what is left to the hub are the cost; nobody pays more than alone."""
    settlement = DaySettlement.objects.filter(pool=world.pool).first()
    if settlement is None:
        return
    part = settlement.hubs.first()
    if part is None:
        assert settlement.cost_cents == 0
        return
    shares = list(CostShare.objects.all())
    by_shipment: Counter[int] = Counter()
    alone: dict[int, int] = {}
    for share in shares:
        by_shipment[share.shipment_id] += share.share_cents
        alone[share.shipment_id] = share.alone_cents
    assert sum(by_shipment.values()) == part.shares_cents
    assert part.shares_cents + part.remainder_cents == settlement.cost_cents
    assert settlement.cost_cents == sum(
        settlement.routes.values_list("cost_cents", flat=True)
    )
    assert all(cents <= alone[pk] for pk, cents in by_shipment.items())
    carried = sum(SharePart.objects.values_list("share_cents", flat=True))
    assert carried == part.shares_cents
