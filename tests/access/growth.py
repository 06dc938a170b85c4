"""Many more rows of everything that a list shows, added to one side of the world."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from hub.core.ids import new_public_id
from hub.models import Cycle, IndicatorFact, PlaceWindow
from orders.models import (
    FarmSale,
    Invoice,
    InvoiceLine,
    LineSource,
    OrderLine,
    ShipmentLine,
)
from orders.models.order import Order
from pricing.models import TaxRate
from pricing.services import deposit
from routing.models import (
    Compartment,
    DaySettlement,
    PayerSettlement,
    RouteSettlement,
    SharePart,
    Stop,
    StopAction,
    UnservedShipment,
    VehicleLoan,
)
from tests.access.copied import copies, named
from tests.access.growth_of_payments import SOLD, grow_payments
from tests.access.priced import LATER_ON
from tests.access.world import WEEK_ON, Side
from vouchers.models import ProgrammeHub
from vouchers.services import top_up

MOST_STOPS = 900
"""Stops numbered from 1,000 are those that a breakdown took out."""


def grow(side: Side, num: int) -> None:
    """Add `num` rows to every list that a page of this side can show."""
    farms, buyers = _grow_members(side, num)
    _grow_goods(side, num)
    _grow_orders(side, num, buyers)
    _grow_money(side, num, farms, buyers)
    _grow_routes(side, num)
    _grow_settled_days(side, num)


def _grow_members(side: Side, num: int) -> tuple[list[Any], list[Any]]:
    rows, people = side.rows, side.people
    farms = copies(rows["farm"], num, name=named("Ferme", num))
    buyers = copies(rows["group"], num, name=named("Groupe", num))
    for key, members in [("farm_place", farms), ("drop_point", buyers)]:
        places = copies(rows[key], num, organization=members, name=named("Quai", num))
        PlaceWindow.objects.bulk_create(
            PlaceWindow(place=place, start_s=28_800, end_s=61_200) for place in places
        )
    persons = copies(
        people["group"],
        num,
        email=_emails(num),
    )
    copies(people["group"].memberships.get(), num, person=persons)
    copies(
        rows["family"],
        num,
        code=[new_public_id().lower() for _ in range(num)],
        name_fr=named("Famille", num),
        name_en=named("Family", num),
    )
    copies(rows["notice"], num, key=named("notice", num))
    programs = copies(
        rows["api_key"].machine,
        num,
        email=_emails(num),
    )
    prefixes = [new_public_id()[:8] for _ in range(num)]
    copies(rows["api_key"], num, prefix=prefixes, machine=programs)
    drivers = copies(people["driver"], num, email=_emails(num))
    copies(people["driver"].memberships.get(), num, person=drivers)
    programmes = copies(rows["programme"], num, name=named("Programme", num))
    ProgrammeHub.objects.bulk_create(
        ProgrammeHub(programme=each, hub=side.hub, since_on=WEEK_ON)
        for each in programmes
    )
    return farms, buyers


def _emails(num: int) -> list[str]:
    return [f"{new_public_id().lower()}@exemple.test" for _ in range(num)]


def _grow_goods(side: Side, num: int) -> None:
    rows = side.rows
    for source, key in [("offer", "product"), ("pooled_line", "")]:
        offer = rows[source]
        variant = offer.variant
        products = copies(variant.product, num, name_fr=named("Produit", num))
        variants = copies(variant, num, product=products)
        pools: Any = offer.pooled_offer
        if not key:
            pools = copies(offer.pooled_offer, num, name_fr=named("Panier", num))
        offers = copies(offer, num, variant=variants, pooled_offer=pools)
        stock = offer.availabilities.get(week_on=WEEK_ON)
        rows[f"more_{source}"] = copies(stock, num, offer=offers, reserved=1)


def _grow_orders(side: Side, num: int, buyers: list[Any]) -> None:
    rows, now = side.rows, timezone.now()
    line = rows["group_order"].lines.filter(offer__isnull=False).earliest("pk")
    source = line.sources.earliest("pk")
    orders = copies(rows["group_order"], num, buyer=buyers)
    _with_lines(orders, line, source, num)
    days = [WEEK_ON - timedelta(days=n + 1) for n in range(num)]
    cycles = copies(rows["closed"], num, name=named("Cycle", num), service_on=days)
    copies(
        rows["cycle"],
        num,
        name=named("Ouvert", num),
        status=Cycle.Status.OPEN,
        closes_at=now + timedelta(days=1),
    )
    mine = copies(rows["group_order"], num, cycle=cycles, status="allocated")
    _with_lines(mine, line, source, num)
    stock = rows["more_offer"]
    offers = [each.offer for each in stock]
    long = copies(line, num, offer=offers)
    copies(source, num, line=long, availability=stock)
    copies(rows["basket"].lines.earliest("pk"), num, offer=offers)
    given = copies(rows["group_order"], num, cycle=rows["closed"], buyer=buyers)
    Order.objects.filter(pk__in=[each.pk for each in given]).update(status="allocated")
    shared = copies(
        line, num, order=given, offer=offers, allocated=line.ordered, delivered=1
    )
    sources = copies(source, num, line=shared, availability=stock, allocated=1)
    ShipmentLine.objects.bulk_create(
        ShipmentLine(
            shipment=rows["shipment"], source=each, quantity=1, delivered=1, billed=1
        )
        for each in sources
    )


def _with_lines(orders: list[Any], line: OrderLine, source: LineSource, n: int) -> None:
    copies(source, n, line=copies(line, n, order=orders))


def _grow_money(side: Side, num: int, farms: list[Any], buyers: list[Any]) -> None:
    rows = side.rows
    last = Invoice.objects.filter(hub=side.hub).latest("number").number
    numbers = list(range(last + 1, last + 2 * num + 1))
    mine = copies(
        rows["invoice"],
        num,
        number=numbers[:num],
        posting_key=[f"sale:{new_public_id()}" for _ in range(num)],
        effective_on=[WEEK_ON - timedelta(days=n) for n in range(num)],
        due_on=(to_come := [WEEK_ON + timedelta(days=10 + n % 60) for n in range(num)]),
        **SOLD,
    )
    theirs = copies(
        rows["invoice"],
        num,
        number=numbers[num:],
        posting_key=[f"sale:{new_public_id()}" for _ in range(num)],
        buyer=buyers,
        due_on=WEEK_ON - timedelta(days=1),
        **SOLD,
    )
    _sell(rows, mine, [rows["farm"]] * num, due=to_come)
    _sell(rows, theirs, farms, due=[WEEK_ON] * num)
    sold = [(each, rows["farm"]) for each in mine]
    grow_payments(side, num, sold=[*sold, *zip(theirs, farms, strict=True)])
    copies(rows["agreement"], num, buyer=buyers)
    copies(
        rows["margin"],
        num,
        starts_on=_days_before(side.hub.margin_rules.earliest("starts_on"), num),
    )
    copies(
        rows["transport"],
        num,
        starts_on=_days_before(side.hub.transport_rules.earliest("starts_on"), num),
    )
    copies(rows["limit"], num, buyer=buyers)
    for rule in (rows["fee"], rows["multiplier"], TaxRate.objects.earliest("pk")):
        last_on = max(LATER_ON, type(rule).objects.latest("starts_on").starts_on)
        later = [last_on + timedelta(days=turn + 1) for turn in range(num)]
        copies(rule, num, starts_on=later)
    copies(rows["envelope"], num, grant_key=named("grant", num))
    copies(rows["lot"], num, is_general=False)
    for key in [new_public_id() for _ in range(num)]:
        deposit(lot=rows["lot"], amount_cents=100, key=key, on=WEEK_ON)
        top_up(envelope=rows["envelope"], amount_cents=100, key=key, on=WEEK_ON)


def _days_before(first: Any, num: int) -> list[Any]:
    return [first.starts_on - timedelta(days=n + 1) for n in range(num)]


def _sell(
    rows: dict[str, Any], invoices: list[Any], farms: list[Any], *, due: list[date]
) -> None:
    """Each invoice bills one line of its farm."""
    order_line = rows["group_order"].lines.first()
    goods = ShipmentLine.objects.filter(shipment=rows["shipment"]).first()
    nothing = dict.fromkeys(
        f"{name}_cents"
        for name in (
            ["farm", "transport", "margin", "draw", "rounding", "tps", "tvq", "buyer"]
        )
    )
    amounts = dict.fromkeys(nothing, 0)
    lines = InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=each, order_line=order_line, title="Miel", quantity=1, **amounts
        )
        for each in invoices
    )
    FarmSale.objects.bulk_create(
        FarmSale(
            invoice_line=line,
            shipment_line=goods,
            farm=farm,
            title="Miel",
            quantity=1,
            farm_cents=SOLD["farm_cents"],
            due_on=on,
        )
        for line, farm, on in zip(lines, farms, due, strict=True)
    )


def _grow_routes(side: Side, num: int) -> None:
    rows = side.rows
    trucks = copies(rows["vehicle"], num, name=named("Camion", num))
    Compartment.objects.bulk_create(
        Compartment(
            vehicle=truck, temperature_class="chilled", capacity_kg=9, capacity_l=9
        )
        for truck in trucks
    )
    VehicleLoan.objects.bulk_create(
        VehicleLoan(
            vehicle=truck,
            pool=rows["fleet_b"],
            service_on=timezone.localdate() + timedelta(days=1),
            shift_start_s=28_800,
            shift_end_s=61_200,
        )
        for truck in trucks
    )
    plan, day = rows["plan"], rows["plan"].service_on
    copies(plan, num, status="proposed", published_at=None)
    for key, moved in [("plan", "planned_route"), ("driven", "")]:
        route = rows[moved] if moved else rows[key].routes.earliest("pk")
        first = 1 + rows[key].routes.count()
        routes = copies(
            route, num, vehicle=trucks, number=list(range(first, first + num))
        )
        stop = route.stops.first()
        copies(stop, num, route=routes, sequence=1)
        last = 1 + Stop.all_rows.filter(route=route).latest("sequence").sequence
        fit = min(num, MOST_STOPS)
        stops = copies(stop, fit, sequence=list(range(last, last + fit)))
        StopAction.objects.bulk_create(
            StopAction(
                stop=each, shipment=rows["shipment"], kind=StopAction.Kind.UNLOAD
            )
            for each in stops
        )
    doors = copies(rows["drop_point"], num, name=named("Porte", num))
    shipments = copies(rows["shipment"], num, drop_point=doors, service_on=day)
    copies(rows["shipment"].amounts.get(), num, shipment=shipments)
    UnservedShipment.objects.bulk_create(
        UnservedShipment(plan=plan, shipment=each, reason_code="taken_out")
        for each in shipments
    )
    rows["more_shipments"] = shipments


def _grow_settled_days(side: Side, num: int) -> None:
    rows = side.rows
    share = rows["share"]
    shares = copies(share, num, shipment=rows["more_shipments"])
    part = share.parts.get()
    copies(part, num, share=shares)
    settled = share.hub.settlement
    first = DaySettlement.objects.filter(pool=settled.pool).earliest("service_on")
    days = [first.service_on - timedelta(days=n + 1) for n in range(num)]
    plans = copies(rows["plan"], num, service_on=days, status="replaced")
    past = copies(settled, num, service_on=days, plan=plans)
    hubs = copies(share.hub, num, settlement=past)
    copies(PayerSettlement.objects.get(hub=share.hub), num, hub=hubs)
    routes = copies(rows["planned_route"], num, plan=plans)
    copies(
        RouteSettlement.objects.get(pk=share.route_id),
        num,
        settlement=past,
        route=routes,
    )
    IndicatorFact.objects.bulk_create(
        IndicatorFact(
            key=new_public_id(),
            hub=side.hub,
            service_on=WEEK_ON,
            measure="households",
            detail=f"Groupe {n}",
            value=9,
            unit="count",
            num_people=9,
        )
        for n in range(num)
    )
    assert SharePart.objects.filter(share__in=shares).count() == num
