"""Goods that change trucks: nothing leaves before it came, no dock is overfull."""

from routing.core.check.violation import Violation
from routing.core.plan import Plan, PlannedStop
from routing.core.problem import Problem, Shipment


def check_transfers(problem: Problem, plan: Plan) -> list[Violation]:
    """What comes after other shipments is loaded once all of them are unloaded and
    handled, and none of them waits longer than the place allows.

    At a stop, loading begins when everything to unload there is unloaded.
    """
    shipments, transfers = problem.shipments_by_id(), problem.transfers_by_place()
    brought_s = _there_since(shipments) | {
        name: _turn_s(stop, shipments)
        for route in plan.routes
        for stop in route.stops
        for name in stop.unloads
    }
    violations = []
    for route in plan.routes:
        for i, stop in enumerate(route.stops):
            transfer = transfers.get(stop.place_id)
            handling_s = transfer.handling_s if transfer else 0
            limit_s = transfer.dwell_limit_s if transfer else None
            loading_s = _turn_s(stop, shipments)
            for name, inbound in _pairs(stop, shipments):
                where = (route.vehicle_id, i, name)
                data: dict[str, int | str] = {"inbound": inbound}
                if inbound not in brought_s:
                    violations.append(Violation("leaves_without", *where, data))
                    continue
                ready_s = brought_s[inbound] + handling_s
                if loading_s < ready_s:
                    data |= {"loading_s": loading_s, "ready_s": ready_s}
                    violations.append(Violation("leaves_too_soon", *where, data))
                wait_s = loading_s - brought_s[inbound]
                if limit_s is not None and wait_s > limit_s:
                    data |= {"wait_s": wait_s, "dwell_limit_s": limit_s}
                    violations.append(Violation("waits_too_long", *where, data))
    return violations


def _there_since(shipments: dict[str, Shipment]) -> dict[str, int]:
    """Goods that lay at their transfer before the plan begins, by a name of theirs."""
    return {
        _part(shipment, i): moment_s
        for shipment in shipments.values()
        for i, moment_s in enumerate(shipment.there_since_s)
    }


def _part(shipment: Shipment, i: int) -> str:
    return f"{shipment.id} ({i + 1})"


def _pairs(stop: PlannedStop, shipments: dict[str, Shipment]) -> list[tuple[str, str]]:
    return [
        (name, earlier)
        for name in stop.loads
        for earlier in (
            *shipments[name].after,
            *(
                _part(shipments[name], i)
                for i in range(len(shipments[name].there_since_s))
            ),
        )
    ]


def _turn_s(stop: PlannedStop, shipments: dict[str, Shipment]) -> int:
    """When unloading is over and loading begins."""
    unloading_s = sum(shipments[name].unload_duration_s for name in stop.unloads)
    return stop.service_start_s + unloading_s


def check_docks(problem: Problem, plan: Plan) -> list[Violation]:
    """Never more trucks at work at a place than it has docks.

    A truck holds a dock from the beginning of service until it leaves; the next one
    may begin at that second. Trucks that wait do so beside the docks. Turns that are
    taken by trucks out of the problem count, and are nobody's fault.
    """
    violations = []
    for transfer in problem.transfers:
        if transfer.num_docks is None:
            continue
        busy = sorted(
            (stop.service_start_s, stop.departure_s, route.vehicle_id, i)
            for route in plan.routes
            for i, stop in enumerate(route.stops)
            if stop.place_id == transfer.place_id
        )
        moments = [(start_s, vehicle_id, i) for start_s, _end_s, vehicle_id, i in busy]
        moments += [
            (taken.start_s, vehicle_id, i)
            for taken in transfer.taken
            for start_s, end_s, vehicle_id, i in busy
            if start_s < taken.start_s < end_s
        ]
        for at_s, vehicle_id, i in moments:
            present = {v for s, end_s, v, _ in busy if s <= at_s < end_s}
            num_taken = sum(t.start_s <= at_s < t.end_s for t in transfer.taken)
            num_trucks = len(present) + num_taken
            if num_trucks > transfer.num_docks and vehicle_id in present:
                data: dict[str, int | str] = {
                    "at_s": at_s,
                    "num_trucks": num_trucks,
                    "num_docks": transfer.num_docks,
                }
                violations.append(Violation("dock_full", vehicle_id, i, data=data))
    return violations
