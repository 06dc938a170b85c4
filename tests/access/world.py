"""Two complete hubs, twins in everything but their mark, and the people who ask.

Every text a person can type carries the mark of its side, so that an answer that shows
a row of the other side is found by reading it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from hub.core.ids import new_public_id
from hub.core.periods import monday_of
from hub.models import (
    Cycle,
    Job,
    Membership,
    Organization,
    Person,
    Place,
)
from hub.services.api_keys import issue_key
from orders import services as orders
from orders.models import CycleClosing, Shipment, ShipmentAmount
from routing.models import (
    Breakdown,
    Compartment,
    FleetPool,
    Plan,
    Route,
    Stop,
    StopAction,
    StopTap,
    UnservedShipment,
    Vehicle,
)
from tests.access.figures import FIGURES, all_words, plant_figures, private_words
from tests.access.letters import leave_a_notice
from tests.access.marks import mark_everything
from tests.access.priced import price
from tests.access.received import receive_money
from tests.access.settled import settle
from tests.access.sheets import bring_sheets
from tests.access.table import COLUMNS
from tests.access.webhooks import tell_a_program
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.factors import equip
from tests.factories.invoices import make_bare_invoice
from tests.factories.routing import empty_documents
from tests.factories.vouchers import make_envelope

WEEK_ON = monday_of(date.today())  # noqa: DTZ011 - the day of the pages asked
MARKS = ("Ondine", "Zebulon")
COLLEAGUES = ("group", "distributor")
"""People of one organization, who find each other on its page."""


@dataclass
class Side:
    """One hub with all its rows; `rows` are those that an address can name."""

    mark: str
    hub: Organization
    people: dict[str, Person] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """Both sides; the people of the table belong to the first, `other_hub` apart."""

    home: Side
    other: Side
    askers: dict[str, Person | None]


def make_world() -> World:
    """Two hubs with every row that an address or a form can name."""
    home, other = map(_make_side, MARKS)
    operator = Person.objects.create_superuser("exploitation@exemple.test")
    askers: dict[str, Person | None] = dict.fromkeys(COLUMNS)
    askers |= {role: home.people[role] for role in home.people if role in COLUMNS}
    askers |= {
        "stranger": ground.make_person(),
        "other_hub": other.people["coordination"],
        "operator": operator,
    }
    return World(home=home, other=other, askers=askers)


def hidden_words(role: str, world: World) -> list[str]:
    """What no answer to this person may show: the other hub, private words, figures."""
    sides = {"other_hub": [world.home], "anonymous": [world.home, world.other]}
    sides |= {"stranger": sides["anonymous"], "operator": sides["anonymous"]}
    strange = sides.get(role, [world.other])
    words = [side.mark for side in strange]
    words += [word for side in strange for word in all_words(side.mark)]
    if role in ("coordination", "other_hub"):
        return words
    rows, people = world.home.rows, world.home.people
    known = COLLEAGUES if role in COLLEAGUES else (role,)
    # Its own place for the group; a stop of the route for who drives it.
    if role not in ("group", "distributor", "driver"):
        words.append(rows["drop_point"].access_code)
    words += [person.email for name, person in people.items() if name not in known]
    if role not in COLLEAGUES:
        words += [rows["group_order"].note, rows["group_order"].po_number]
    return words + private_words(world.home.mark, role)


def _make_side(mark: str) -> Side:
    _welcome_members(side := Side(mark=mark, hub=ground.make_hub(f"Pôle {mark}")))
    leave_a_notice(side.mark, side.hub, rows=side.rows)
    side.rows |= equip(side.people["coordination"], side.mark)
    _let_a_program_in(side)
    bring_sheets(side.mark, side.hub, rows=side.rows, people=side.people)
    tell_a_program(side.mark, rows=side.rows)
    _fill_catalogue(side)
    price(side, week_on=WEEK_ON)
    _grant(side)
    _play_week(side)
    _plan(side)
    _publish(side)
    settle(side.hub, rows=side.rows)
    receive_money(side.mark, side.hub, rows=side.rows)
    _send_out(side)
    plant_figures(side.mark, rows=side.rows)
    mark_everything([*side.rows.values(), *side.people.values()], side.mark)
    return side


def _welcome_members(side: Side) -> None:
    hub, rows = side.hub, side.rows
    rows["hub"] = hub
    rows["farm"] = ground.make_farm(hub=hub)
    rows["farm_b"] = ground.make_farm(hub=hub)
    rows["group"] = ground.make_buyer(hub=hub)
    rows["institution"] = ground.make_buyer(hub=hub, kind=Organization.Kind.INSTITUTION)
    rows["carrier"] = ground.make_carrier(hub=hub)
    funder = ground.make_organization(Organization.Kind.FUNDER, hub=hub)
    side.people = {
        "coordination": ground.make_coordinator(hub),
        "farm_a": ground.make_producer(rows["farm"]),
        "farm_b": ground.make_producer(rows["farm_b"]),
        "group": ground.make_group_buyer(rows["group"]),
        "institution": ground.make_member(rows["institution"], "institutional_buyer"),
        "driver": ground.make_driver(rows["carrier"]),
        "funder": ground.make_member(funder, Membership.Role.FUNDER),
    }
    ground.make_coordinator(hub)  # a second one: the first can be let go
    rows["farmer"] = side.people["farm_a"]
    rows["trucker"] = side.people["driver"]
    for name, kind in [("farm", "farm"), ("farm_b", "farm"), ("carrier", "depot")]:
        rows[f"{name}_place"] = ground.make_place(
            rows[name], kind=kind, point=ground.FARM_POINT
        )
    rows["drop_point"] = ground.make_place(rows["group"])
    rows["dock"] = ground.make_place(rows["institution"])
    rows["hub_place"] = ground.make_place(hub, kind=Place.Kind.HUB)


def _let_a_program_in(side: Side) -> None:
    """A program that acts for the first farm."""
    side.rows["api_key"], _text = issue_key(
        organization=side.rows["farm"],
        name=side.mark,
        scopes=["availability:read"],
        days=30,
        by=side.people["farm_a"],
        now=timezone.now(),
    )


def _fill_catalogue(side: Side) -> None:
    rows = side.rows
    rows["product"] = farms.make_product(rows["farm"])
    rows["common_family"] = rows["product"].family
    rows["family"] = ground.make_family(hub=side.hub)
    rows["variant"] = farms.make_variant(rows["product"])
    rows["spare_variant"] = farms.make_variant(rows["product"])
    rows["pool"] = farms.make_pooled_offer(side.hub)
    rows["offer"] = farms.make_offer(variant=rows["variant"], hub=side.hub)
    rows["spare_offer"] = farms.make_offer(
        variant=farms.make_variant(rows["product"]), hub=side.hub
    )
    rows["pooled_line"] = farms.make_offer(
        rows["farm_b"], hub=side.hub, pooled_offer=rows["pool"]
    )
    for offer in (rows["offer"], rows["pooled_line"]):
        rows["availability"] = farms.make_availability(
            offer, week_on=WEEK_ON, lot=side.mark
        )


def _grant(side: Side) -> None:
    rows = side.rows
    rows["programme"] = ground.make_organization(
        Organization.Kind.PROGRAMME, hub=side.hub
    )
    rows["envelope"] = make_envelope(
        rows["group"],
        programme=rows["programme"],
        starts_on=WEEK_ON,
        amount_cents=FIGURES[side.mark].envelope_cents,
    )
    side.people |= {
        "programme": ground.make_member(rows["programme"], "programme_manager"),
        "distributor": ground.make_member(rows["group"], "distributor"),
    }


def _play_week(side: Side) -> None:
    rows, hub = side.rows, side.hub
    now = timezone.now()
    day = WEEK_ON + timedelta(days=6)
    around: dict[str, Any] = {
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=1),
    }
    rows["cycle"] = ground.make_cycle(hub, service_on=day, **around)
    rows["draft"] = ground.make_cycle(
        hub, service_on=day, status=Cycle.Status.DRAFT, **around
    )
    rows["closed"] = ground.make_cycle(
        hub, service_on=day, status=Cycle.Status.CLOSED, **around
    )
    CycleClosing.objects.create(cycle=rows["closed"], rule="proportional")
    for buyer, door in [("group", "drop_point"), ("institution", "dock")]:
        rows[f"{buyer}_order"] = orders.place_order(
            cycle=rows["cycle"],
            buyer=rows[buyer],
            drop_point=rows[door],
            change=orders.Change(
                wants={rows["offer"].public_id: 2, rows["pool"].public_id: 1},
                tier_code="juste_prix",
                by=side.people[buyer],
                now=now,
            ),
            key=f"{side.mark}-{buyer}",
        )
    rows["basket"] = orders.open_basket(
        cycle=rows["cycle"], buyer=rows["group"], by=side.people["group"], now=now
    )
    orders.fill_basket(
        basket=rows["basket"],
        quantities={rows["offer"].public_id: 1},
        by=side.people["group"],
        now=now,
    )


def _plan(side: Side) -> None:
    rows, hub = side.rows, side.hub
    day = WEEK_ON + timedelta(days=6)
    rows["shipment"] = Shipment.objects.create(
        cycle=rows["closed"],
        producer=rows["farm"],
        origin=rows["farm_place"],
        drop_point=rows["drop_point"],
        service_on=day,
    )
    ShipmentAmount.objects.create(
        shipment=rows["shipment"],
        temperature_class="chilled",
        mass_g=10_000,
        volume_ml=9_000,
    )
    rows["invoice"] = make_bare_invoice(rows["group_order"])
    rows["fleet"] = FleetPool.objects.create(coordinator=hub, name="Camions")
    rows["fleet"].hubs.add(hub)
    rows["fleet_b"] = FleetPool.objects.create(coordinator=hub, name="Camionnettes")
    rows["fleet_b"].hubs.add(hub)
    rows["vehicle"] = Vehicle.objects.create(
        pool=rows["fleet"],
        owner=rows["carrier"],
        name="Camion",
        home=rows["carrier_place"],
    )
    Compartment.objects.create(
        vehicle=rows["vehicle"],
        temperature_class="chilled",
        capacity_kg=900,
        capacity_l=4_000,
    )
    rows["job"] = Job.objects.create(
        kind="routing.plan",
        key=f"plan-{side.mark}",
        organization=hub,
        payload={"pool": rows["fleet"].pk, "service_on": day.isoformat()},
    )


def _publish(side: Side) -> None:
    rows = side.rows
    rows["plan"] = Plan.objects.create(
        pool=rows["fleet"],
        service_on=WEEK_ON + timedelta(days=6),
        status=Plan.Status.PUBLISHED,
        published_at=timezone.now(),
        engine="or-tools",
        cost_cents=1_000,
        distance_m=1_000,
        duration_s=600,
        **empty_documents(),
    )
    UnservedShipment.objects.create(
        plan=rows["plan"], shipment=rows["shipment"], reason_code="taken_out"
    )
    route = rows["planned_route"] = Route.objects.create(
        plan=rows["plan"],
        vehicle=rows["vehicle"],
        home=rows["carrier_place"],
        number=1,
        start_s=28_800,
        end_s=29_400,
        distance_m=1_000,
        cost_cents=1_000,
        return_distance_m=500,
    )
    Stop.objects.create(
        route=route,
        place=rows["drop_point"],
        sequence=1,
        arrival_s=28_800,
        service_start_s=28_800,
        departure_s=29_000,
        leg_distance_m=500,
    )


def _send_out(side: Side) -> None:
    """Another pool, whose truck is on the road with one stop told."""
    rows, now = side.rows, timezone.now()
    rows["road"] = FleetPool.objects.create(coordinator=side.hub, name="Sur la route")
    rows["road"].hubs.add(side.hub)
    rows["driven"] = Plan.objects.get(pk=rows["plan"].pk)
    rows["driven"].pk, rows["driven"].public_id = None, new_public_id()
    rows["driven"].pool, rows["driven"].dispatched_at = rows["road"], now
    rows["driven"].save()
    route = Route.objects.get(plan=rows["plan"])
    route.pk, route.plan = None, rows["driven"]
    route.save()
    stop = Stop.objects.create(
        route=route,
        place=rows["drop_point"],
        sequence=1,
        arrival_s=29_000,
        service_start_s=29_000,
        departure_s=29_300,
        leg_distance_m=500,
    )
    StopAction.objects.create(
        stop=stop, shipment=rows["shipment"], kind=StopAction.Kind.UNLOAD
    )
    rows["breakdown"] = Breakdown.objects.create(
        plan=rows["driven"],
        vehicle=rows["vehicle"],
        place=rows["drop_point"],
        at_s=34_800,
        job=Job.objects.create(
            kind="routing.rest_of_day", key=f"rest-{side.mark}", organization=side.hub
        ),
    )
    rows["tap"] = StopTap.objects.create(
        route=route,
        stop=stop,
        local_id=uuid4(),
        device="phone",
        device_seq=1,
        kind=StopTap.Kind.PROBLEM,
        reason=StopTap.Reason.CLOSED,
        tapped_at=now,
        offset_s=0,
        corrected_at=now,
        received_at=now,
        status=StopTap.Status.APPLIED,
        digest="",
    )
