"""On the road: phones, refusals, trucks that break down."""

from datetime import timedelta
from typing import Any

from django.conf import settings as site
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from hub.services import jobs
from orders.models import ShipmentLine
from routing import selectors, services
from routing.core import formats
from routing.core.solve.search import search
from routing.models import Breakdown, Route, Stop, StopRecord
from routing.services import breakdown as rests
from routing.travel.straight_line import StraightLine
from tests.routing.truckday.player import Player

some = st.integers(0, 1_000)
few = st.integers(0, 3)
cases = st.sampled_from([0, 1, 2, 99, 99, 99])
minutes = st.sampled_from([1, 5, 20, 90])
hours_off = st.sampled_from([0, 0, -7, 5])


class Road(Player):
    """What drivers and their phones do."""

    @rule(minutes=minutes)
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def routes(self) -> list[Route]:
        plan = self.driven()
        return list(plan.routes.order_by("number")) if plan else []

    @precondition(lambda self: self.driven())
    @rule(number=few, hours=hours_off)
    def a_clock_goes_wrong(self, number: int, hours: int) -> None:
        routes = self.routes()
        talker = self.talker(routes[number % len(routes)])
        talker.ahead = timedelta(hours=hours)

    @precondition(lambda self: self.driven())
    @rule(number=few, num_stops=st.integers(1, 3), units=cases, is_sent=st.booleans())
    def a_truck_goes_on(
        self, number: int, num_stops: int, units: int, is_sent: bool
    ) -> None:
        """The next stops are handled, each line up to `units` cases."""
        routes = self.routes()
        route = routes[number % len(routes)]
        told = {tap["stop"] for tap in self.talker(route).queue}
        stops = [
            stop
            for stop in route.stops.order_by("sequence")
            if stop.public_id not in told
            and not StopRecord.objects.filter(stop=stop).exists()
        ]
        for stop in stops[:num_stops]:
            self.now += timedelta(minutes=5)
            self.handle(route, stop, units)
        if is_sent:
            self.send(route, list(self.talker(route).queue))

    def handle(self, route: Route, stop: Stop, units: int) -> None:
        """There, unloaded, loaded, gone."""
        self.say(route, stop, "arrived")
        stops = self.stops_of(route)
        for kind, name in (("unload", "delivered"), ("load", "loaded")):
            shipments = stops.at.get((stop.pk, kind), [])
            lines = ShipmentLine.objects.filter(shipment__in=shipments)
            told = {
                str(line.pk): min(units, line.quantity)
                for line in lines.order_by("pk")
                if any(slip.pk == line.pk for slip in self.oracle.on(shipments))
            }
            if told:
                self.say(route, stop, name, quantities=told)
        self.say(route, stop, "departed")

    @precondition(lambda self: self.driven())
    @rule(
        number=few,
        where=some,
        kind=st.sampled_from(["arrived", "departed", "problem", "delivered", "loaded"]),
        units=cases,
        reason=st.sampled_from(["refused", "closed", "late", "damaged"]),
    )
    def a_driver_taps(
        self, number: int, where: int, kind: str, units: int, reason: str
    ) -> None:
        """One tap at any stop; 99 cases are more than there are."""
        routes = self.routes()
        route = routes[number % len(routes)]
        stops = list(Stop.all_rows.filter(route=route).order_by("sequence"))
        stop = stops[where % len(stops)]
        said: dict[str, Any] = {"reason": reason} if kind == "problem" else {}
        handling = {"loaded": "load", "delivered": "unload"}.get(kind)
        if handling:
            shipments = self.stops_of(route).at.get((stop.pk, handling), [])
            slips = self.oracle.on(shipments)
            said["quantities"] = {
                str(slip.pk): min(units, slip.cases + (where % 7 == 0))
                for slip in slips
            }
        self.say(route, stop, kind, **said)

    @precondition(lambda self: any(t.answers for t in self.talkers.values()))
    @rule(number=some)
    def a_tap_is_taken_back(self, number: int) -> None:
        sent = [
            (route, tap)
            for route in self.routes()
            for tap, _status in self.talker(route).answers.values()
            if tap["kind"] != "withdrawn"
        ]
        if sent:
            route, tap = sent[number % len(sent)]
            stop = Stop.all_rows.get(public_id=tap["stop"])
            self.say(route, stop, "withdrawn", withdraws=tap["local_id"])

    @precondition(lambda self: any(t.queue for t in self.talkers.values()))
    @rule(data=st.data())
    def a_phone_sends(self, data: st.DataObject) -> None:
        """Some of what waits in any order, with some of what was sent before."""
        routes = [r for r in self.routes() if self.talker(r).queue]
        if not routes:
            return
        route = data.draw(st.sampled_from(routes))
        talker = self.talker(route)
        before = [tap for tap, _status in talker.answers.values()]
        num_sent = data.draw(st.integers(1, len(talker.queue)))
        again = (
            data.draw(st.lists(st.sampled_from(before), max_size=2)) if before else []
        )
        taps = data.draw(st.permutations(talker.queue))[:num_sent]
        self.send(route, [*again, *taps, *taps[:1]])

    @precondition(lambda self: self.driven())
    @rule(units=cases)
    def the_rest_of_the_day_is_driven(self, units: int) -> None:
        self.drive_all(units)

    def drive_all(self, units: int) -> None:
        """Every stop that nobody told of is handled, in the order of the day."""
        told = {tap["stop"] for t in self.talkers.values() for tap in t.queue}
        stops = Stop.objects.filter(
            route__in=self.routes(), record=None, sequence__lt=Stop.CUT_FROM
        ).select_related("route")
        for stop in stops.order_by("service_start_s", "pk"):
            if stop.public_id not in told:
                self.at_clock(stop.service_start_s)
                self.handle(stop.route, stop, units)
                self.send(stop.route, list(self.talker(stop.route).queue))

    @precondition(lambda self: self.driven())
    @rule(truck=few, place=some, is_again=st.booleans())
    def a_truck_breaks_down(self, truck: int, place: int, is_again: bool) -> None:
        plan = self.driven()
        assert plan is not None
        vehicle = self.world.trucks[truck % 2]
        route = plan.routes.filter(vehicle=vehicle).first()
        places = selectors.places_on_route(route) if route else [vehicle.home]
        report = services.Report(
            vehicle=vehicle, place=places[place % len(places)], key=self.key()
        )
        faults = {"truck_not_out", "other_truck_first", "plan_not_driven"}
        row = self.ask(
            services.report_breakdown,
            faults,
            plan=plan,
            report=report,
            by=None,
            now=self.now,
        )
        if row is not None:
            self.plan_rest(row)
        if row is not None and is_again:
            self.approve(row)

    def plan_rest(self, row: Breakdown) -> None:
        """What the worker does, with a short search and no process of its own."""
        job = jobs.claim_job(
            job_id=row.job_id,
            claim="worker",
            now=self.now,
            heartbeat_limit_s=site.JOB_HEARTBEAT_LIMIT_S,
        )
        assert job is not None
        asked, begun = rests.rest_to_plan(job)
        found = search(
            *formats.read_problem(asked),
            seed=1,
            iterations=2,
            time_limit_s=20,
            start=formats.read_plan(begun),
        )
        document = formats.plan_document(list(found)[-1])
        with transaction.atomic():
            result = rests.propose_rest(job, document, travel=StraightLine())
            jobs.finish_job(job_id=job.pk, claim="worker", now=self.now, result=result)

    @precondition(lambda _: Breakdown.objects.filter(status="proposed").exists())
    @rule()
    def the_rest_is_approved(self) -> None:
        self.approve(Breakdown.objects.get(status="proposed"))

    def approve(self, row: Breakdown) -> None:
        """The day goes on; what drivers told of stays to the row."""
        before = self.told()
        faults = {"done_meanwhile", "day_settled", "plan_not_driven"}
        faults |= {"driver_busy", "papers_expired", "truck_not_free"}
        self.ask(services.approve_rest, faults, breakdown=row, by=None, now=self.now)
        assert self.told() == before

    def told(self) -> list[Any]:
        """Stops that are over, with their rows and what is handled there."""
        over = StopRecord.objects.filter(status__in=["done", "left", "missed"])
        return [
            (
                record.stop_id,
                record.stop.sequence,
                record.stop.place_id,
                sorted(record.stop.actions.values_list("kind", "shipment")),
            )
            for record in over.select_related("stop").order_by("pk")
        ]
