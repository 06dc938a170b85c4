"""What the tables of trucks, plans and routes hold as files."""

from django.utils.translation import gettext_lazy as _

from hub.exchange.table import Column, Table, column

STATUS = {
    "waiting": _("To come"),
    "arrived": _("There"),
    "done": _("Done"),
    "left": _("Done and left"),
    "missed": _("Left undone"),
}
"""How a stop of the day under way stands."""
PLAN_STATUS = {
    "proposed": _("Proposed"),
    "published": _("Published"),
    "replaced": _("Replaced"),
    "settled": _("Settled"),
}
"""How a plan stands, as the badges of its pages say."""
_SHARED: tuple[Column, ...] = (
    column(_("Share"), "share_cents", "cents"),
    column(_("Collected"), "credited_cents", "cents"),
)

VEHICLES = Table(
    name="vehicles",
    title=_("Trucks"),
    columns=(
        column(_("Pool"), "vehicle.pool.name"),
        column(_("Truck"), "vehicle.name"),
        column(_("Lent by"), "vehicle.owner.name"),
        column(_("Starts from"), "vehicle.home.name"),
        column(_("Shift from"), "vehicle.shift_start_s", "clock"),
        column(_("Shift until"), "vehicle.shift_end_s", "clock"),
        column(_("Holds"), "holds"),
        column(_("Day out"), "vehicle.fixed_cents", "cents"),
        column(_("Per km"), "vehicle.per_km_cents", "cents"),
        column(_("Per hour"), "vehicle.per_hour_cents", "cents"),
        column(_("Active"), "vehicle.is_active", "yes"),
    ),
)
MY_TRUCKS = Table(
    name="my_trucks",
    title=_("My trucks"),
    columns=(
        column(_("Truck"), "name"),
        column(_("Lent by"), "owner.name"),
        column(_("Pool"), "pool.name"),
        column(_("Active"), "is_active", "yes"),
    ),
)
LOANS = Table(
    name="loans",
    title=_("Days lent"),
    columns=(
        column(_("Truck"), "vehicle.name"),
        column(_("Lent by"), "vehicle.owner.name"),
        column(_("Pool"), "pool.name"),
        column(_("Day"), "service_on", "day"),
        column(_("Shift from"), "shift_start_s", "clock"),
        column(_("Shift until"), "shift_end_s", "clock"),
        column(_("Day out"), "fixed_cents", "cents"),
        column(_("Per km"), "per_km_cents", "cents"),
        column(_("Per hour"), "per_hour_cents", "cents"),
        column(_("Status"), "get_status_display"),
    ),
)
TRUCK_WEEK = Table(
    name="truck_week",
    title=_("The week of the trucks"),
    columns=(
        column(_("Truck"), "truck"),
        column(_("Lent by"), "owner"),
        column(_("Day"), "on", "day"),
        column(_("In its pool"), "is_in_pool", "yes"),
        column(_("Loans"), "loans"),
    ),
)
TRUCK_PAPERS = Table(
    name="truck_papers",
    title=_("Papers of trucks"),
    columns=(
        column(_("Truck"), "0.row"),
        column(_("To put in order"), "1"),
    ),
)
DRIVER_PAPERS = Table(
    name="driver_papers",
    title=_("Papers of drivers"),
    is_personal=True,
    columns=(
        column(_("Driver"), "0.row"),
        column(_("To put in order"), "1"),
    ),
)
DAYS = Table(
    name="route_days",
    title=_("Routes"),
    columns=(
        column(_("Day"), "service_on", "day"),
        column(_("Pool"), "pool.name"),
        column(_("Cycles"), "cycle_names"),
        column(_("Plan"), "best.status", words=PLAN_STATUS),
        column(_("Cost"), "best.plan.cost_cents", "cents"),
        column(_("Left behind"), "best.num_unserved", "count"),
    ),
)
SHIPMENTS = Table(
    name="shipments",
    title=_("Shipments to carry"),
    columns=(
        column(_("Farm"), "shipment.producer.name"),
        column(_("Drop point"), "shipment.drop_point.name"),
        column(_("Leg"), "shipment.get_leg_display"),
        column(_("Frozen"), "masses_g.frozen", "grams"),
        column(_("Chilled"), "masses_g.chilled", "grams"),
        column(_("Ambient"), "masses_g.ambient", "grams"),
        column(_("Volume"), "volume_ml", "millilitres"),
    ),
)
PROPOSALS = Table(
    name="plans",
    title=_("Plans of this day"),
    columns=(
        column(_("Proposed"), "plan.proposed_at", "moment"),
        column(_("Status"), "status", words=PLAN_STATUS),
        column(_("Cost"), "plan.cost_cents", "cents"),
        column(_("Distance"), "plan.distance_m", "metres"),
        column(_("Duration"), "plan.duration_s", "duration"),
        column(_("Routes"), "num_routes", "count"),
        column(_("Left behind"), "num_unserved", "count"),
    ),
)
ROUTES = Table(
    name="routes",
    title=_("Routes"),
    is_personal=True,
    columns=(
        column(_("Route"), "letter"),
        column(_("Truck"), "route.vehicle.name"),
        column(_("Plate"), "route.vehicle.plate"),
        column(_("Lent by"), "route.vehicle.owner.name"),
        column(_("Driver"), "route.driver"),
        column(_("Leaves"), "route.start_s", "clock"),
        column(_("Is back"), "route.end_s", "clock"),
        column(_("Duration"), "duration_s", "duration"),
        column(_("Distance"), "route.distance_m", "metres"),
        column(_("Cost"), "route.cost_cents", "cents"),
    ),
)
STOPS = Table(
    name="stops",
    title=_("Stops"),
    is_personal=True,
    columns=(
        column(_("Truck"), "stop.route.vehicle.name"),
        column(_("Stop"), "mark"),
        column(_("Place"), "stop.place.name"),
        column(_("Address"), "stop.place.address"),
        column(_("How to get in"), "stop.place.access_note"),
        column(_("Distance"), "stop.leg_distance_m", "metres"),
        column(_("Arrives"), "stop.arrival_s", "clock"),
        column(_("Leaves"), "stop.departure_s", "clock"),
        column(_("Unloads"), "unloaded_g", "grams"),
        column(_("Loads"), "loaded_g", "grams"),
    ),
)
DOCK_TURNS = Table(
    name="dock_turns",
    title=_("Docks"),
    columns=(
        column(_("Dock"), "dock.place.name"),
        column(_("Stop"), "turn.at.mark"),
        column(_("Truck"), "turn.sheet.route.vehicle.name"),
        column(_("From"), "turn.at.stop.service_start_s", "clock"),
        column(_("Until"), "turn.at.stop.departure_s", "clock"),
        column(_("Brings"), "brings"),
        column(_("Takes on"), "takes"),
    ),
)
UNSERVED = Table(
    name="unserved",
    title=_("Goods left behind"),
    columns=(
        column(_("Farm"), "row.shipment.producer.name"),
        column(_("Drop point"), "row.shipment.drop_point.name"),
        column(_("Leg"), "row.shipment.get_leg_display"),
        column(_("Why"), "reason"),
        column(_("Decision"), "row.shipment.get_decision_display"),
    ),
)
CHANGES = Table(
    name="stops_changed",
    title=_("Stops that changed"),
    columns=(
        column(_("Place"), "0"),
        column(_("Truck before"), "2"),
        column(_("Hour before"), "1.before.start_s", "clock"),
        column(_("Truck now"), "3"),
        column(_("Hour now"), "1.after.start_s", "clock"),
        column(_("Shipments"), "1.shipment_ids.__len__", "count"),
    ),
)
MOVED = Table(
    name="deliveries_moved",
    title=_("What changes"),
    columns=(
        column(_("Farm"), "shipment.producer.name"),
        column(_("Drop point"), "shipment.drop_point.name"),
        column(_("Truck before"), "was_vehicle"),
        column(_("Hour before"), "was_s", "clock"),
        column(_("Truck now"), "vehicle"),
        column(_("Hour now"), "at_s", "clock"),
    ),
)
ROAD = Table(
    name="road_stops",
    title=_("Day under way"),
    is_personal=True,
    columns=(
        column(_("Truck"), "road.vehicle"),
        column(_("Driver"), "road.driver"),
        column(_("Stop"), "at.mark"),
        column(_("Place"), "at.stop.place.name"),
        column(_("Status"), "at.status", words=STATUS),
        column(_("Planned at"), "at.stop.arrival_s", "clock"),
        column(_("There at"), "at.record.arrived_at", "moment"),
        column(_("Left at"), "at.record.departed_at", "moment"),
        column(_("Received by"), "at.record.delivery.receiver"),
        column(_("Units short"), "at.short", "count"),
        column(_("Notes"), "at.notes"),
    ),
)
MY_ROUTES = Table(
    name="my_routes",
    title=_("My routes"),
    columns=(
        column(_("Day"), "plan.service_on", "day"),
        column(_("Leaves"), "start_s", "clock"),
        column(_("Truck"), "vehicle.name"),
        column(_("Stops"), "num_stops", "count"),
        column(_("Distance"), "distance_m", "metres"),
    ),
)
ROUTES_PAID = Table(
    name="routes_paid",
    title=_("Routes paid"),
    is_personal=True,
    columns=(
        column(_("Day"), "settlement.service_on", "day"),
        column(_("Truck"), "route.vehicle.name"),
        column(_("Lent by"), "carrier.name"),
        column(_("Distance"), "distance_m", "metres"),
        column(_("Duration"), "duration_s", "duration"),
        column(_("Amount"), "cost_cents", "cents"),
    ),
)
HUB_PARTS = Table(
    name="hub_parts",
    title=_("What each hub pays"),
    columns=(
        column(_("Hub"), "hub.name"),
        column(_("Shares"), "shares_cents", "cents"),
        column(_("Left to the hub"), "remainder_cents", "cents"),
        column(_("Cost"), "cost_cents", "cents"),
    ),
)
CORRECTIONS = Table(
    name="corrections",
    title=_("Corrections since"),
    is_personal=True,
    columns=(
        column(_("Hub"), "hub"),
        column(_("Buyer"), "row.buyer.name"),
        column(_("Papers"), "row.papers"),
        column(_("Day in the books"), "row.effective_on", "day"),
        column(_("Transport"), "row.transport_cents", "cents"),
    ),
)
SHARES = Table(
    name="shares",
    title=_("Shares of our hub"),
    columns=(
        column(_("Farm"), "shipment.producer.name"),
        column(_("Drop point"), "shipment.drop_point.name"),
        column(_("Truck"), "route.route.vehicle.name"),
        column(_("Goods"), "mass_g", "grams"),
        column(_("Alone"), "alone_cents", "cents"),
        *_SHARED,
        column(_("Difference"), "difference_cents", "cents"),
        column(_("Capped"), "is_capped", "yes"),
        column(_("Not charged"), "waived_cents", "cents"),
    ),
)
CARRIED_BY = Table(
    name="share_parts",
    title=_("Who carries it"),
    is_personal=True,
    columns=(
        column(_("Member"), "organization.name"),
        column(_("Goods"), "mass_g", "grams"),
        *_SHARED,
    ),
)
SETTLED_DAYS = Table(
    name="settled_days",
    title=_("Settled days"),
    columns=(
        column(_("Day"), "hub.settlement.service_on", "day"),
        *_SHARED,
        column(_("Given back"), "moved_cents", "cents"),
    ),
)
MY_PARTS = Table(
    name="my_parts",
    title=_("Shipments, with the computation of each"),
    columns=(
        column(_("Day"), "share.hub.settlement.service_on", "day"),
        column(_("Farm"), "share.shipment.producer.name"),
        column(_("Drop point"), "share.shipment.drop_point.name"),
        column(_("Goods"), "mass_g", "grams"),
        *_SHARED,
    ),
)
TABLES = (
    VEHICLES,
    MY_TRUCKS,
    LOANS,
    TRUCK_WEEK,
    TRUCK_PAPERS,
    DRIVER_PAPERS,
    DAYS,
    SHIPMENTS,
    PROPOSALS,
    ROUTES,
    STOPS,
    DOCK_TURNS,
    UNSERVED,
    CHANGES,
    MOVED,
    ROAD,
    MY_ROUTES,
    ROUTES_PAID,
    HUB_PARTS,
    CORRECTIONS,
    SHARES,
    CARRIED_BY,
    SETTLED_DAYS,
    MY_PARTS,
)
