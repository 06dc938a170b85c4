"""Papers of the plan in force, counted crate by crate against the slips."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from orders import selectors as order_selectors
from orders.exchange.packing_list import packing_lists
from orders.selectors import PaperLine
from routing import selectors
from routing.exchange.delivery_notes import delivery_notes
from routing.exchange.loading import compartment_loads
from routing.exchange.manifest import manifest_of
from routing.models import Plan, StopAction
from tests.routing.truckday.oracle import Oracle
from tests.routing.truckday.world import World

Crates = Counter[int]
"""Cases by shipment."""


def crates(lines: Iterable[PaperLine]) -> Crates:
    found: Crates = Counter()
    for line in lines:
        found[line.shipment_id] += line.units
    return found


def on_slips(oracle: Oracle, shipments: Iterable[int]) -> Crates:
    """What rides in shipments, as often as each is named."""
    times = Counter(shipments)
    found: Crates = Counter()
    for slip in oracle.on(times):
        found[slip.shipment] += slip.cases * times[slip.shipment]
    return found


def prove_plan(plan: Plan, oracle: Oracle, on: date) -> None:
    """Every shipment of the day is put off once, or is said to stay behind."""
    actions = StopAction.objects.filter(stop__route__plan=plan)
    put_off = Counter(
        actions.filter(kind="unload").values_list("shipment_id", flat=True)
    )
    loaded = set(actions.filter(kind="load").values_list("shipment_id", flat=True))
    left = set(plan.unserved.values_list("shipment_id", flat=True))
    assert set(put_off.values()) <= {1}
    assert not left & set(put_off)
    assert set(put_off) <= loaded
    riding = {pk for pk, load in oracle.loads.items() if load.on == on}
    assert riding <= set(put_off) | left
    assert set(put_off) <= riding


def prove_papers(plan: Plan, oracle: Oracle) -> None:
    """Manifest, loading sheet and notes of each truck agree with its stops."""
    for route in plan.routes.order_by("number"):
        cargo = selectors.cargo_of(route)
        manifest = manifest_of(cargo)
        on = [pk for stop in cargo.stops for pk in stop.loads]
        off = [pk for stop in cargo.stops for pk in stop.unloads]
        actions = StopAction.objects.filter(stop__route=route)
        assert Counter(on) == Counter(
            actions.filter(kind="load").values_list("shipment_id", flat=True)
        )
        assert crates(e for s in manifest.stops for e in s.loaded) == on_slips(
            oracle, on
        )
        assert crates(e for s in manifest.stops for e in s.unloaded) == on_slips(
            oracle, off
        )
        assert manifest.num_loaded == sum(on_slips(oracle, on).values())
        notes = [line for note in delivery_notes(cargo) for line in note.lines]
        to_doors = [pk for pk in off if oracle.loads[pk].leg != "inbound"]
        assert crates(notes) == on_slips(oracle, to_doors)
        loads = compartment_loads(cargo)
        laid = [each for load in loads for each in load.laid]
        assert crates(each.line for each in laid) == on_slips(oracle, on)
        for load in loads:
            outs = [each.out_at.stop.sequence for each in load.laid if each.out_at]
            assert outs == sorted(outs, reverse=True)
            assert {e.line.temperature_class for e in load.laid} == {
                load.temperature_class
            }


def prove_packing(world: World, oracle: Oracle) -> None:
    """What is packed for the doors is all that is still to be carried to them."""
    lists = packing_lists("", order_selectors.lines_to_pack(world.week.cycle))
    packed = [line for each in lists for pack in each.packs for line in pack.lines]
    coming = [slip for slip in oracle.slips.values() if oracle.is_coming(slip)]
    wanted: Crates = Counter()
    for slip in coming:
        wanted[slip.shipment] += slip.cases
    assert crates(packed) == wanted
