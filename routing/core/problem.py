"""What the planner is asked: places, vehicles and shipments of one service date.

Whole numbers only: grams, millilitres, seconds from midnight, cents. Every object is
checked on creation, so nothing further down has to doubt it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from routing.core.errors import (
    BackwardsWindow,
    BroughtElsewhere,
    DuplicateName,
    EmptyShipment,
    NegativeValue,
    NothingToMove,
    UnknownClass,
    UnknownName,
)

TEMPERATURE_CLASSES = ("frozen", "chilled", "ambient")


def _require_not_negative(owner: str, **values: int | None) -> None:
    for field, value in values.items():
        if value is not None and value < 0:
            raise NegativeValue(field=f"{owner}.{field}", value=value)


def _require_distinct(field: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise DuplicateName(field=field, value=value)
        seen.add(value)


def _require_class(field: str, temperature_class: str) -> None:
    if temperature_class not in TEMPERATURE_CLASSES:
        raise UnknownClass(field=field, value=temperature_class)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of the day in which service may begin, both ends included."""

    start_s: int
    end_s: int

    def __post_init__(self) -> None:
        _require_not_negative("window", start_s=self.start_s)
        if self.end_s < self.start_s:
            raise BackwardsWindow(
                field="window", start_s=self.start_s, end_s=self.end_s
            )


@dataclass(frozen=True, slots=True)
class Place:
    """A farm, a drop point or a truck's home.

    `service_duration_s` is the fixed part of a stop (door, papers), paid once however
    many shipments are handled there. No windows means any time of day. Windows bind
    the beginning of service, not a truck leaving home or coming back to it.
    """

    id: str
    name: str = ""
    service_duration_s: int = 0
    windows: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        _require_not_negative(
            f"place {self.id}", service_duration_s=self.service_duration_s
        )


@dataclass(frozen=True, slots=True)
class Compartment:
    """What one temperature class of a truck can hold at once."""

    temperature_class: str
    capacity_g: int
    capacity_ml: int

    def __post_init__(self) -> None:
        _require_class("compartment.temperature_class", self.temperature_class)
        _require_not_negative(
            "compartment", capacity_g=self.capacity_g, capacity_ml=self.capacity_ml
        )


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A truck, its shift, its compartments (one per class) and what it costs.

    Cost of a route: `fixed_cents` once, `per_km_cents` on the distance driven,
    `per_hour_cents` on the paid duration, from leaving home to being back: waiting is
    paid, and a truck may leave later than its shift begins. `end_place_id` defaults
    to the home place.

    After a breakdown, `overtime_s` is how much of its shift and of its longest day
    comes from running late already: both limits include it. `seams` are the stops,
    counted from 0, after which its route was planned anew: there the fixed part of
    the place may be paid or not.
    """

    id: str
    home_place_id: str
    shift_start_s: int
    shift_end_s: int
    compartments: tuple[Compartment, ...]
    fixed_cents: int = 0
    per_km_cents: int = 0
    per_hour_cents: int = 0
    end_place_id: str | None = None
    max_distance_m: int | None = None
    max_duration_s: int | None = None
    name: str = ""
    overtime_s: int = 0
    seams: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        owner = f"vehicle {self.id}"
        _require_not_negative(
            owner,
            shift_start_s=self.shift_start_s,
            fixed_cents=self.fixed_cents,
            per_km_cents=self.per_km_cents,
            per_hour_cents=self.per_hour_cents,
            max_distance_m=self.max_distance_m,
            max_duration_s=self.max_duration_s,
            overtime_s=self.overtime_s,
        )
        if self.shift_end_s < self.shift_start_s:
            raise BackwardsWindow(
                field=f"{owner}.shift",
                start_s=self.shift_start_s,
                end_s=self.shift_end_s,
            )
        _require_distinct(
            f"{owner}.compartments", [c.temperature_class for c in self.compartments]
        )

    @property
    def last_place_id(self) -> str:
        """Where the route ends."""
        return self.home_place_id if self.end_place_id is None else self.end_place_id

    def compartment(self, temperature_class: str) -> Compartment | None:
        """The compartment of a class, or None when the truck has none."""
        for compartment in self.compartments:
            if compartment.temperature_class == temperature_class:
                return compartment
        return None


@dataclass(frozen=True, slots=True)
class Amount:
    """What a shipment carries in one temperature class."""

    temperature_class: str
    mass_g: int
    volume_ml: int

    def __post_init__(self) -> None:
        _require_class("amount.temperature_class", self.temperature_class)
        _require_not_negative("amount", mass_g=self.mass_g, volume_ml=self.volume_ml)


@dataclass(frozen=True, slots=True)
class Shipment:
    """Goods from one place to another, in one truck, all of them or none.

    `penalty_cents` is the price of leaving it behind; None means it must be carried.
    Its own windows, when given, bind besides those of the place. `max_onboard_s`
    limits the ride: from leaving the pickup stop to the beginning of service at the
    delivery stop. `only_vehicle_ids` pins it to some trucks; none named means any.
    `after` names the shipments that bring its goods to the pickup place: it leaves
    with all of them or not at all; those that are there already came at the moments of
    `there_since_s`.

    On board of a truck that runs late, its delivery windows end `late_s` later than
    agreed, the place's own hours are contained in them and bind no more, and
    `ride_late_s` is how much of its longest ride comes from running late. One that
    `is_missed` was to be loaded and is not on board: the loading stands, nothing rides.
    """

    id: str
    pickup_place_id: str
    delivery_place_id: str
    amounts: tuple[Amount, ...]
    penalty_cents: int | None = None
    load_duration_s: int = 0
    unload_duration_s: int = 0
    pickup_windows: tuple[Window, ...] = ()
    delivery_windows: tuple[Window, ...] = ()
    max_onboard_s: int | None = None
    only_vehicle_ids: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    there_since_s: tuple[int, ...] = ()
    late_s: int = 0
    ride_late_s: int = 0
    is_missed: bool = False

    def __post_init__(self) -> None:
        owner = f"shipment {self.id}"
        _require_not_negative(
            owner,
            penalty_cents=self.penalty_cents,
            load_duration_s=self.load_duration_s,
            unload_duration_s=self.unload_duration_s,
            max_onboard_s=self.max_onboard_s,
            late_s=self.late_s,
            ride_late_s=self.ride_late_s,
        )
        if not any(amount.mass_g or amount.volume_ml for amount in self.amounts):
            raise EmptyShipment(field=owner)
        _require_distinct(
            f"{owner}.amounts", [amount.temperature_class for amount in self.amounts]
        )
        if self.pickup_place_id == self.delivery_place_id:
            raise NothingToMove(field=owner, value=self.pickup_place_id)
        _require_distinct(f"{owner}.only_vehicle_ids", self.only_vehicle_ids)
        _require_distinct(f"{owner}.after", self.after)

    def may_ride(self, vehicle_id: str) -> bool:
        """Whether no pin keeps it off this truck."""
        return not self.only_vehicle_ids or vehicle_id in self.only_vehicle_ids


@dataclass(frozen=True, slots=True)
class Transfer:
    """A place where goods change trucks.

    At most `num_docks` trucks load or unload there at once, whatever the goods. Goods
    that arrive are recombined for `handling_s` before a shipment that comes `after`
    them is loaded, and wait no longer than `dwell_limit_s`, the handling included.
    `taken` are turns of trucks that are not in the problem: each holds a dock from its
    start until its end.
    """

    place_id: str
    num_docks: int | None = None
    handling_s: int = 0
    dwell_limit_s: int | None = None
    taken: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        owner = f"transfer {self.place_id}"
        _require_not_negative(owner, handling_s=self.handling_s)
        if self.num_docks is not None and self.num_docks < 1:
            raise NegativeValue(field=f"{owner}.num_docks", value=self.num_docks)
        if self.dwell_limit_s is not None and self.dwell_limit_s < self.handling_s:
            raise NegativeValue(
                field=f"{owner}.dwell_limit_s", value=self.dwell_limit_s
            )


@dataclass(frozen=True, slots=True)
class Problem:
    """One fleet pool on one service date. Ids are unique within their kind."""

    places: tuple[Place, ...]
    vehicles: tuple[Vehicle, ...]
    shipments: tuple[Shipment, ...]
    label: str = ""
    transfers: tuple[Transfer, ...] = ()

    def __post_init__(self) -> None:
        _require_distinct("places", [place.id for place in self.places])
        _require_distinct("vehicles", [vehicle.id for vehicle in self.vehicles])
        _require_distinct("shipments", [shipment.id for shipment in self.shipments])
        known = {place.id for place in self.places}
        for field, place_id in self._place_references():
            if place_id not in known:
                raise UnknownName(field=field, value=place_id)
        _require_distinct("transfers", [t.place_id for t in self.transfers])
        self._require_pins()
        self._require_handovers()

    def _require_pins(self) -> None:
        trucks = {vehicle.id for vehicle in self.vehicles}
        for shipment in self.shipments:
            for name in shipment.only_vehicle_ids:
                if name not in trucks:
                    field = f"shipment {shipment.id}.only_vehicle_ids"
                    raise UnknownName(field=field, value=name)

    def _require_handovers(self) -> None:
        """What a shipment comes after must be brought to where it is loaded."""
        brought_to = {s.id: s.delivery_place_id for s in self.shipments}
        for shipment in self.shipments:
            field = f"shipment {shipment.id}.after"
            for earlier in shipment.after:
                if earlier not in brought_to:
                    raise UnknownName(field=field, value=earlier)
                if brought_to[earlier] != shipment.pickup_place_id:
                    raise BroughtElsewhere(field=field, value=earlier)

    def _place_references(self) -> list[tuple[str, str]]:
        references = []
        for vehicle in self.vehicles:
            owner = f"vehicle {vehicle.id}"
            references.append((f"{owner}.home_place_id", vehicle.home_place_id))
            references.append((f"{owner}.end_place_id", vehicle.last_place_id))
        for shipment in self.shipments:
            owner = f"shipment {shipment.id}"
            references.append((f"{owner}.pickup_place_id", shipment.pickup_place_id))
            references.append(
                (f"{owner}.delivery_place_id", shipment.delivery_place_id)
            )
        references += [(f"transfer {t.place_id}", t.place_id) for t in self.transfers]
        return references

    def places_by_id(self) -> dict[str, Place]:
        """Every place under its id."""
        return {place.id: place for place in self.places}

    def vehicles_by_id(self) -> dict[str, Vehicle]:
        """Every vehicle under its id."""
        return {vehicle.id: vehicle for vehicle in self.vehicles}

    def shipments_by_id(self) -> dict[str, Shipment]:
        """Every shipment under its id."""
        return {shipment.id: shipment for shipment in self.shipments}

    def transfers_by_place(self) -> dict[str, Transfer]:
        """Every transfer under the id of its place."""
        return {transfer.place_id: transfer for transfer in self.transfers}
