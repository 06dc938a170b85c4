"""A small hub with a history of money, and what programs may do there from today on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from hub.core.scopes import Scope
from hub.models import Organization, Person
from hub.services.api_keys import issue_key
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories import routing as trucks
from tests.factories.settled import bring_all, make_driven_day, settle
from tests.factories.vouchers import make_envelope, make_programme
from tests.factories.week import make_week

LEA = "lea@rang.example"
STOCK = 100_000


@dataclass(frozen=True)
class World:
    """Names and keys of what the tests ask for over HTTP."""

    plan_asked: dict[str, Any]
    plan_key: str
    order_asked: dict[str, Any]
    order_key: str
    envelope_id: str
    envelope_cents: int
    envelope_key: str


def make_world() -> World:
    """A driven and settled day, a day to plan, an open cycle, an envelope."""
    now = timezone.now()
    driven = make_driven_day()
    bring_all(driven)
    settle(driven)
    day = trucks.make_day()
    ground.make_producer(ground.make_farm(), person=ground.make_person(LEA))
    coordinator = ground.make_coordinator(day.week.hub)
    week = make_week()
    service_on = timezone.localdate() + timedelta(days=7)
    cycle = ground.make_cycle(
        week.hub,
        service_on=service_on,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=2),
    )
    offer = farms.make_offer(week.farm, hub=week.hub)
    monday = service_on - timedelta(days=service_on.weekday())
    farms.make_availability(offer, quantity=STOCK, week_on=monday)
    programme = make_programme(hub=week.hub)
    manager = ground.make_member(programme, "programme_manager")
    envelope = make_envelope(week.buyer, programme=programme, amount_cents=10_000)
    return World(
        plan_asked={
            "pool_id": day.pool.public_id,
            "service_on": str(day.service_on),
            "seconds": 1,
        },
        plan_key=key_of(day.week.hub, coordinator, now),
        order_asked={
            "cycle_id": cycle.public_id,
            "drop_point_id": week.drop_point.public_id,
            "tier": "juste_prix",
            "lines": [{"item_id": offer.public_id, "quantity": 1}],
        },
        order_key=key_of(week.buyer, week.person, now),
        envelope_id=envelope.public_id,
        envelope_cents=10_000,
        envelope_key=key_of(programme, manager, now),
    )


def key_of(organization: Organization, by: Person, now: datetime) -> str:
    """The text of a key that may do everything for an organization."""
    return issue_key(
        organization=organization,
        name="Essais",
        scopes=[scope.value for scope in Scope],
        days=1,
        by=by,
        now=now,
    )[1]
