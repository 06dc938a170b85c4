"""A settled day opened again: what it posted is reversed, its rows stay as history.

Invoices are never unmade: what was delivered otherwise is corrected on its invoice,
before the day is settled anew. Locks as for settling: the pool, its plan, the orders of
its shipments by ascending id, then the ledger's accounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from hub import selectors as hub_selectors
from hub.core.letters import Kind
from hub.core.trail import Kind as TraceKind
from hub.services import notices, trail
from orders import services as order_services
from orders.core.errors import RequestReused
from routing import selectors
from routing.core.errors import DayNotSettled
from routing.models import DaySettlement, FleetPool, PayerSettlement, Plan
from routing.services import settling, settling_facts, settling_money, settling_rows

if TYPE_CHECKING:
    from hub.models import Organization, Person
    from routing.services.reopening import WayBack


Credited = tuple[int, int | None]
"""Whom a day credits: an organization, by a hub; by none for the pay of its trucks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a day credits to one organization: as it was settled, and counted anew.

    A carrier is credited its pay; a member, what is given back to it (below zero, what
    it is charged) by the hub `hub_id`.
    """

    organization: Organization
    hub_id: int | None
    settled_cents: int
    counted_cents: int

    @property
    def is_carrier(self) -> bool:
        """Whether it is the pay of trucks, which no single hub credits."""
        return self.hub_id is None

    @property
    def difference_cents(self) -> int:
        """How much more the day would credit, were it settled now."""
        return self.counted_cents - self.settled_cents


@transaction.atomic
def reopen_day(
    *, pool: FleetPool, service_on: date, ask: WayBack, key: str
) -> DaySettlement:
    """Take the settlement of a day back, whole, so that it can be settled anew.

    Its postings are reversed on the day of `ask.now`, its figures leave the reports,
    and its rows stay as history. Carriers and members with a difference are told. The
    same `key` again gives the first answer. Raises DayNotSettled, RequestReused.
    """
    pool = FleetPool.objects.select_for_update().get(pk=pool.pk)
    earlier = DaySettlement.objects.filter(withdrawn_key=key).first()
    if earlier is not None:
        if (earlier.pool_id, earlier.service_on) != (pool.pk, service_on):
            raise RequestReused(key=key)
        return earlier
    settled = selectors.settlement_of(pool, service_on)
    if settled is None:
        raise DayNotSettled(pool=pool.name, on=service_on)
    Plan.objects.select_for_update(no_key=True).get(pk=settled.plan_id)
    order_services.lock_orders_of(selectors.shipments_of(settled.plan))
    settling_money.take_back(settled, on=localdate(ask.now))
    settling_facts.take_back(settled, now=ask.now)
    settled.withdrawn_key, settled.withdrawn_reason = key, ask.reason
    settled.withdrawn_by, settled.withdrawn_at = ask.by, ask.now
    settled.save(
        update_fields=[
            "withdrawn_key",
            "withdrawn_reason",
            "withdrawn_by",
            "withdrawn_at",
        ]
    )
    credited = _credited(settled)
    _trace(pool, settled, ask, credited)
    for number, telling in enumerate(tellings_of_day(pool, settled, ask.reason)):
        notices.leave(
            kind=telling.kind,
            key=f"day-reopened:{settled.public_id}:{number}",
            data=telling.data,
            hub=pool.coordinator,
            organization=telling.organization,
        )
    return settled


def look_at_day(
    pool: FleetPool, service_on: date, *, person: Person | None = None
) -> list[Line]:
    """What a driven day credits to whom: as last settled, and as counted now.

    A person reads the pay of the trucks and the members of the hubs they coordinate.

    Counted by the code that settles: what is shown is what settling gives, as long as
    nothing is corrected in between. Empty for a day that was never settled.
    """
    settled = selectors.last_settled(pool, service_on)
    if settled is None:
        return []
    found = settling.counted(pool, settled.plan)
    counted: Counter[Credited] = Counter()
    for route in found.routes:
        owner_id = route.driven.route.vehicle.owner_id
        counted[owner_id, None] += route.shared.cost_cents
    sums = settling_rows.sums_of(found.routes, found.came, found.rules)
    for hub_id, members in sums.items():
        for organization_id, mine in members.items():
            counted[organization_id, hub_id] += mine.moved_cents
    return _read_by(person, _lines(_credited(settled), counted))


def _read_by(person: Person | None, lines: list[Line]) -> list[Line]:
    if person is None:
        return lines
    mine = set(hub_selectors.hubs_coordinated_by(person).values_list("pk", flat=True))
    return [line for line in lines if line.hub_id is None or line.hub_id in mine]


def tellings_of_day(
    pool: FleetPool,
    settled: DaySettlement,
    reason: str,
    *,
    person: Person | None = None,
) -> list[selectors.Telling]:
    """Who is told that a day is reopened: those to whom it had credited something.

    A person reads only what is told to those whose lines they may read.
    """
    return [
        selectors.Telling(
            kind=Kind.DAY_REOPENED,
            data={
                "service_on": settled.service_on.isoformat(),
                "pool": pool.name,
                "amount_cents": line.settled_cents,
                "is_carrier": line.is_carrier,
                "reason": reason,
            },
            organization=line.organization,
        )
        for line in _read_by(person, _lines(_credited(settled), {}))
        if line.settled_cents
    ]


def _credited(settled: DaySettlement) -> Counter[Credited]:
    """What a settlement credited, to whom and by which hub."""
    credited: Counter[Credited] = Counter()
    for row in settled.routes.all():
        credited[row.carrier_id, None] += row.cost_cents
    payers = PayerSettlement.objects.filter(hub__settlement=settled)
    for payer in payers.select_related("hub"):
        credited[payer.organization_id, payer.hub.hub_id] += payer.moved_cents
    return credited


def _lines(before: Mapping[Credited, int], after: Mapping[Credited, int]) -> list[Line]:
    keys = sorted({*before, *after}, key=lambda key: (key[1] or 0, key[0]))
    names = hub_selectors.organizations_by_pk([pk for pk, _ in keys]).in_bulk()
    return [
        Line(
            organization=names[pk],
            hub_id=hub_id,
            settled_cents=before.get((pk, hub_id), 0),
            counted_cents=after.get((pk, hub_id), 0),
        )
        for pk, hub_id in keys
    ]


def _trace(
    pool: FleetPool,
    settled: DaySettlement,
    ask: WayBack,
    credited: Mapping[Credited, int],
) -> None:
    trail.record(
        trail.Fact(
            kind=TraceKind.DAY_REOPENED,
            subject=(settled.public_id, pool.name),
            concerns={
                pool.coordinator_id,
                *settled.hubs.values_list("hub_id", flat=True),
                *(pk for pk, _hub_id in credited),
            },
            before={"total_cents": settled.cost_cents},
            after={"service_on": settled.service_on.isoformat()},
            why=ask.reason,
        ),
        by=ask.by,
    )
