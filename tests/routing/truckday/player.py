"""What is asked on such a day, and what the oracle writes down of it."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection

from hub.core.errors import DomainError
from hub.core.periods import at_local
from orders.models import BillRefusal, Shipment, ShipmentLine
from routing.models import DaySettlement, Plan, Route, Stop, StopAction
from tests.factories.phones import Phone, Tapped
from tests.factories.week import NOW
from tests.routing.truckday import papers, proofs
from tests.routing.truckday.oracle import Kept, Load, Stops
from tests.routing.truckday.world import World
from tests.soak.figures import count, count_answer

_OURS = ("hub", "ledger", "producers", "pricing", "vouchers", "orders", "routing")
_keys = itertools.count(1)


def snapshot() -> dict[str, str]:
    """A fingerprint of every row of every table of ours, by table."""
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in _OURS
    )
    asked = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(row::text, '' ORDER BY row::text)) "
        f'FROM "{table}" row'
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return dict(cursor.fetchall())


@dataclass
class Talker:
    """A phone with what waits in it, and what became of each tap it sent."""

    phone: Phone
    ahead: timedelta = timedelta()
    queue: list[Tapped] = field(default_factory=list)
    answers: dict[str, tuple[Tapped, str]] = field(default_factory=dict)


class Player:
    """The day at a moment, with the oracle beside it."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.oracle = proofs.make_oracle(world)
        self.now = NOW
        self.moved = Counter[str]()
        self.talkers: dict[int, Talker] = {}

    def key(self) -> str:
        return f"truckday{next(_keys)}"

    def ask(self, service: Callable[..., Any], faults: set[str], **asked: Any) -> Any:
        """Ask for something: done, or refused for one of `faults`, moving nothing."""
        before = snapshot()
        done, refused = None, ""
        try:
            done = service(**asked)
        except DomainError as refusal:
            refused = refusal.code
        assert not refused or refused in faults, refused
        count_answer(f"truck days, {service.__name__}", refused)
        assert not refused or snapshot() == before
        return done

    def must(self, service: Callable[..., Any], faults: set[str], **asked: Any) -> Any:
        """The same where one of `faults` is known to stand in the way, or none does."""
        done = self.ask(service, faults, **asked)
        assert (done is None) == bool(faults), faults
        return done

    def published(self) -> Plan | None:
        """The plan that everybody drives by."""
        return Plan.objects.filter(status="published").first()

    def driven(self) -> Plan | None:
        """The plan whose trucks have left."""
        return Plan.objects.filter(
            status="published", dispatched_at__isnull=False
        ).first()

    def is_settled(self) -> bool:
        return DaySettlement.objects.exists()

    def at_clock(self, seconds: int) -> None:
        """Put the clock of the day forward, never back."""
        self.now = max(self.now, at_local(self.world.service_on, seconds))

    def talker(self, route: Route) -> Talker:
        return self.talkers.setdefault(route.pk, Talker(Phone(route)))

    def say(self, route: Route, stop: Stop, kind: str, **said: Any) -> None:
        """A driver taps; the phone keeps it, with the hour of its own clock."""
        talker = self.talker(route)
        at = self.now + talker.ahead
        talker.queue.append(talker.phone.tap(stop, kind, at=at, **said))

    def stops_of(self, route: Route) -> Stops:
        """What a route handles now, as its rows say."""
        found: dict[tuple[int, str], list[int]] = {}
        for action in StopAction.objects.filter(stop__route=route).order_by("pk"):
            found.setdefault((action.stop_id, action.kind), []).append(
                action.shipment_id
            )
        return Stops(found)

    def send(self, route: Route, taps: Iterable[Tapped]) -> None:
        """A phone sends; each tap ends as the oracle says, each once."""
        talker, taps = self.talker(route), list(taps)
        stops = self.stops_of(route)
        known = {name: answer for name, (_tap, answer) in talker.answers.items()}
        expected, fresh = [], []
        for tap in taps:
            name = tap["local_id"]
            if known.get(name, "refused") == "refused":
                known[name] = self.judged(stops, tap)
                if known[name] != "refused":
                    fresh.append(tap)
            expected.append(known[name])
        answers = talker.phone.send(taps, now=self.now, sent_at=self.now + talker.ahead)
        assert [answer.status for answer in answers] == expected
        for answered in expected:
            count(f"taps on phones: {answered}")
        assert [answer.local_id for answer in answers] == [t["local_id"] for t in taps]
        for tap in taps:
            talker.answers[tap["local_id"]] = (tap, known[tap["local_id"]])
            if tap in talker.queue:
                talker.queue.remove(tap)
        for tap in fresh:
            if known[tap["local_id"]] == "applied":
                kept = self.oracle.taps.setdefault(route.pk, [])
                kept.append(self.kept(tap))
        if fresh:
            self.oracle.fold(route.pk, stops)

    def judged(self, stops: Stops, tap: Tapped) -> str:
        """What must become of a tap that nobody knows yet."""
        stop = Stop.all_rows.get(public_id=tap["stop"])
        if stop.sequence >= Stop.CUT_FROM:
            return "late"
        here = {
            kind: {
                slip.pk: slip
                for slip in self.oracle.on(stops.at.get((stop.pk, kind), []))
                if self.oracle.loads[slip.shipment].status != "cancelled"
            }
            for kind in ("load", "unload")
        }
        slips = [slip for kind in here.values() for slip in kind.values()]
        handling = {"loaded": "load", "delivered": "unload"}.get(tap["kind"])
        if handling:
            told = {int(pk): units for pk, units in tap.get("quantities", {}).items()}
            known = here[handling]
            if any(
                n > known[pk].cases if pk in known else True for pk, n in told.items()
            ):
                return "refused"
            slips = [known[pk] for pk in told] or list(known.values())
        billed = [bool(slip.billed) for slip in slips]
        is_late = any(billed) if tap["kind"] == "withdrawn" else all(billed)
        return "late" if billed and is_late else "applied"

    def kept(self, tap: Tapped) -> Kept:
        told = {int(pk): units for pk, units in tap.get("quantities", {}).items()}
        return Kept(
            number=tap["device_seq"],
            stop=Stop.all_rows.get(public_id=tap["stop"]).pk,
            kind=tap["kind"],
            cases=told,
            reason=tap.get("reason", ""),
            name=tap["local_id"],
            takes_back=tap.get("withdraws", ""),
        )

    def read_decisions(self) -> None:
        """What a decision or its undoing made of every shipment."""
        for row in Shipment.objects.all():
            load = self.oracle.loads.setdefault(
                row.pk, Load(row.pk, row.leg, row.service_on)
            )
            load.status, load.decision = row.status, row.decision
            load.on = row.service_on
        for line in ShipmentLine.objects.all():
            self.oracle.slips[line.pk].shipment = line.shipment_id

    def bill(self, on: date) -> None:
        """A day was billed; who could not be is named with the reason."""
        rows = BillRefusal.objects.filter(service_on=on)
        assert set(rows.values_list("code", flat=True)) <= {"fund_too_low"}
        refused = set(rows.values_list("order_id", flat=True))
        assert refused <= set(self.oracle.orders_to_bill(on))
        self.oracle.bill(on, refused=refused)

    def prove(self) -> None:
        proofs.prove_all(self.world, self.oracle, self.moved)
        papers.prove_packing(self.world, self.oracle)
        if plan := self.driven():
            papers.prove_plan(plan, self.oracle, self.world.service_on)
            papers.prove_papers(plan, self.oracle)
