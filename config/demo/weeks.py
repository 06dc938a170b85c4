"""Playing the demo's weeks: farms post, buyers order, some crops fail, cycles close."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from babel.dates import format_date

from config.demo.build import DemoHub, Member
from hub.core.periods import at_local, monday_of
from hub.services import cycles
from hub.services.cycles import CycleFacts
from orders import selectors as order_selectors
from orders import services as order_services
from orders.core.basket import Item
from producers import selectors as producer_selectors
from producers import services as producer_services

if TYPE_CHECKING:
    from hub.models import Cycle

NUM_PAST_WEEKS = 4
OPENS, CLOSES = -9, -3
"""Days before the delivery: a cycle opens at 8:00 and closes at 18:00."""
SUNDAY = 6
HOUR_S = 3_600
NUM_LOST_CROPS = 2
TIERS = {
    "buyer_group": (("solidaire", 5), ("juste_prix", 4), ("soutien", 1)),
    "institution": (("juste_prix", 4), ("soutien", 1)),
}


@dataclass(frozen=True, slots=True)
class Played:
    """The weeks behind, the week to plan and the week still open."""

    past: tuple["Cycle", ...]
    last_closed: "Cycle"
    current: "Cycle"


def play(demo: DemoHub, *, seed: int, today: date) -> Played:
    """Play the past weeks to their close, and open the current one."""
    chance = Random(seed + 1)  # noqa: S311 - a fictional world, no secret
    next_on = next_delivery(today)
    closed: list[Cycle] = []
    for back in range(NUM_PAST_WEEKS - 1, -1, -1):
        service_on = next_on - timedelta(weeks=back)
        cycle = _open_week(demo, service_on, chance)
        _order(demo, cycle, chance, share=1.0)
        _lose_crops(demo, cycle, chance)
        order_services.close_cycle(
            cycle_id=cycle.pk, by=demo.coordinator, now=_moment(service_on, CLOSES, 18)
        )
        closed.append(cycle)
    current = _open_week(demo, next_on + timedelta(weeks=1), chance)
    _order(demo, current, chance, share=0.4, until=at_local(today, 10 * HOUR_S))
    return Played(past=tuple(closed[:-1]), last_closed=closed[-1], current=current)


def next_delivery(today: date) -> date:
    """Tomorrow, or Monday when tomorrow is a Sunday: its orders are closed already."""
    tomorrow = today + timedelta(days=1)
    if tomorrow.weekday() == SUNDAY:
        return tomorrow + timedelta(days=1)
    return tomorrow


def _moment(service_on: date, days: int, hour: int, minute: int = 0) -> datetime:
    return at_local(service_on + timedelta(days=days), hour * HOUR_S + minute * 60)


def _week_name(service_on: date) -> str:
    """A cycle as a coordination in Quebec would call it: Semaine du 30 novembre."""
    pattern = "d'er' MMMM" if service_on.day == 1 else "d MMMM"
    return f"Semaine du {format_date(service_on, pattern, locale='fr_CA')}"


def _open_week(demo: DemoHub, service_on: date, chance: Random) -> "Cycle":
    """Farms post what they have; the coordination opens the cycle."""
    posted_at = _moment(service_on, OPENS, 7)
    for farm in demo.farms:
        _post(farm, service_on, posted_at, chance)
    cycle = cycles.create_cycle(
        hub=demo.hub,
        facts=CycleFacts(
            name=_week_name(service_on),
            opens_at=_moment(service_on, OPENS, 8),
            closes_at=_moment(service_on, CLOSES, 18),
            service_on=service_on,
        ),
    )
    return cycles.open_cycle(cycle_id=cycle.pk, now=_moment(service_on, OPENS, 8))


def _post(farm: Member, service_on: date, now: datetime, chance: Random) -> None:
    for good, offer in farm.offers:
        quantity = chance.randint(12, 48)
        if service_on.month not in good.months:
            continue
        producer_services.post_availability(
            offer=offer,
            week_on=monday_of(service_on),
            quantity=quantity,
            price_cents=None if good.pool else offer.price_cents,
            lot=f"{service_on:%y%j}-{good.fr[:3].upper()}",
            by=farm.person,
            now=now,
        )


def _order(
    demo: DemoHub,
    cycle: "Cycle",
    chance: Random,
    *,
    share: float,
    until: datetime | None = None,
) -> None:
    """A share of the buyers order, one after the other, as far as stock goes."""
    first_at = _moment(cycle.service_on, OPENS, 9)
    latest = until or _moment(cycle.service_on, CLOSES, 15)
    step = max((latest - first_at) / (len(demo.buyers) + 1), timedelta(seconds=1))
    for number, buyer in enumerate(demo.buyers):
        draws = (chance.random(), chance.random())
        if draws[0] > share * 0.95:
            continue
        wants = _wants(order_selectors.items_of(cycle), buyer, chance)
        tier_code = _tier(buyer.organization.kind, draws[1])
        if not wants:
            continue
        order_services.place_order(
            cycle=cycle,
            buyer=buyer.organization,
            drop_point=buyer.place,
            change=order_services.Change(
                wants=wants,
                tier_code=tier_code,
                by=buyer.person,
                now=first_at + step * number,
                envelope=demo.envelopes.get(buyer.organization.pk),
            ),
            key=f"demo:{cycle.public_id}:{buyer.organization.public_id}",
        )


def _wants(items: dict[str, Item], buyer: Member, chance: Random) -> dict[str, int]:
    """A plausible basket: a handful of products, none above what is left."""
    is_large = buyer.organization.kind == "institution"
    named = sorted(items.values(), key=lambda item: (item.name, item.pk))
    chosen = chance.sample(named, k=min(len(named), chance.randint(3, 6)))
    wants = {}
    for item in chosen:
        quantity = min(chance.randint(1, 4 if is_large else 3), item.left)
        if quantity:
            wants[item.public_id] = quantity
    return wants


def _tier(kind: str, draw: float) -> str:
    weights = TIERS[kind]
    point = draw * sum(weight for _code, weight in weights)
    for code, weight in weights:
        point -= weight
        if point < 0:
            return code
    return weights[-1][0]


def _lose_crops(demo: DemoHub, cycle: "Cycle", chance: Random) -> None:
    """On the last day some farms find less in the field than they promised."""
    week_on = monday_of(cycle.service_on)
    farms = {offer.pk: (farm, offer) for farm in demo.farms for _, offer in farm.offers}
    promised = [
        row
        for row in producer_selectors.offers_for(demo.hub, week_on)
        if row.offer_id is not None and row.reserved > 2
    ]
    promised.sort(key=lambda row: (row.name, row.farm_names))
    for row in chance.sample(promised, k=min(len(promised), NUM_LOST_CROPS)):
        farm, offer = farms[row.offer_id or 0]
        producer_services.post_availability(
            offer=offer,
            week_on=week_on,
            quantity=row.reserved * 2 // 3,
            price_cents=offer.price_cents,
            lot=row.lot,
            by=farm.person,
            now=_moment(cycle.service_on, CLOSES, 16),
        )
