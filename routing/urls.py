"""Addresses of the routing floor."""

from datetime import date

from django.urls import path, register_converter

from routing.views import (
    adjusting,
    breakdowns,
    calendars,
    closing,
    days,
    drivers,
    driving,
    first_day,
    fleet,
    imports,
    lending,
    papers,
    plannings,
    plans,
    reopening,
    route_papers,
    settling,
    telling,
    today,
    tracks,
    under_way,
    unserved,
)


class DayConverter:
    """A day as 2026-06-18."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read the day; ValueError means no such address."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write the day."""
        return value.isoformat()


register_converter(DayConverter, "day")

app_name = "routing"
urlpatterns = [
    path("", days.plans, name="plans"),
    path("days/<str:pool_id>/<day:service_on>/", days.day, name="day"),
    path("days/<str:pool_id>/<day:service_on>/road/", under_way.road, name="road"),
    path(
        "days/<str:pool_id>/<day:service_on>/propose",
        plannings.propose,
        name="propose",
    ),
    path("plannings/<str:public_id>/", plannings.planning, name="planning"),
    path("plannings/<str:public_id>/stop", plannings.stop, name="stop"),
    path("plannings/<str:public_id>/discard", plannings.discard, name="discard"),
    path("plans/<str:public_id>/", plans.plan, name="plan"),
    path("plans/<str:public_id>/letters/", plans.letters, name="letters"),
    path("plans/<str:public_id>/publish", plans.publish, name="publish"),
    path("plans/<str:public_id>/adjust", adjusting.adjust, name="adjust"),
    path("plans/<str:public_id>/board/", adjusting.adjusting, name="adjusting"),
    path("plans/<str:public_id>/step", adjusting.step, name="step"),
    path("plans/<str:public_id>/improve", adjusting.improve, name="improve"),
    path("plans/<str:public_id>/compare/", adjusting.compare, name="compare"),
    path("plans/<str:public_id>/unserved/", unserved.unserved, name="unserved"),
    path("plans/<str:public_id>/dispatch", plans.dispatch, name="dispatch"),
    path(
        "plans/<str:public_id>/breakdown/",
        breakdowns.breakdown_new,
        name="breakdown_new",
    ),
    path("breakdowns/<str:public_id>/", breakdowns.breakdown, name="breakdown"),
    path("breakdowns/<str:public_id>/approve", breakdowns.approve, name="approve"),
    path("breakdowns/<str:public_id>/again", breakdowns.again, name="rest_again"),
    path("breakdowns/<str:public_id>/abandon", breakdowns.abandon, name="abandon"),
    path("breakdowns/<str:public_id>/resume", breakdowns.resume, name="resume"),
    path("closing/<str:public_id>/", closing.closing, name="closing"),
    path("closing/<str:public_id>/close", closing.close, name="close"),
    path("closing/<str:public_id>/reopen/", reopening.reopen, name="reopen"),
    path("plans/<str:public_id>/withdraw/", reopening.withdraw, name="withdraw"),
    path("trucks/", fleet.pools, name="pools"),
    path("trucks/pools/new/", fleet.pool_new, name="pool_new"),
    path("trucks/pools/join/", fleet.pool_join, name="pool_join"),
    path("trucks/pools/<str:public_id>/leave", fleet.pool_leave, name="pool_leave"),
    path("trucks/pools/<str:public_id>/", fleet.pool, name="pool"),
    path("trucks/pools/<str:public_id>/new/", fleet.vehicle_new, name="vehicle_new"),
    path("trucks/vehicles/<str:public_id>/", fleet.vehicle, name="vehicle"),
    path("trucks/vehicles/<str:public_id>/lend/", lending.offer, name="offer"),
    path("trucks/vehicles/<str:public_id>/keep/", lending.keep, name="keep"),
    path(
        "trucks/vehicles/<str:public_id>/papers/",
        papers.vehicle_papers,
        name="vehicle_papers",
    ),
    path(
        "trucks/vehicles/<str:public_id>/papers/<str:paper>/",
        papers.vehicle_scan,
        name="vehicle_scan",
    ),
    path("trucks/papers/", papers.papers, name="papers"),
    path("trucks/drivers/<str:public_id>/", papers.driver_papers, name="driver_papers"),
    path(
        "trucks/drivers/<str:public_id>/scan/", papers.driver_scan, name="driver_scan"
    ),
    path(
        "plans/<str:plan_id>/routes/<int:number>/driver/",
        papers.route_driver,
        name="route_driver",
    ),
    path("trucks/lent/", lending.lending, name="lending"),
    path("trucks/lent/new/", fleet.own_vehicle_new, name="own_vehicle_new"),
    path("trucks/lent/decide", lending.decide, name="loans_decide"),
    path("trucks/week/", lending.calendar, name="calendar"),
    path("trucks/week/<day:week_on>/", lending.calendar, name="calendar_week"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path(
        "calendars/<slug:calendar>/make/", calendars.calendar_make, name="calendar_make"
    ),
    path(
        "calendars/<slug:calendar>/revoke/",
        calendars.calendar_revoke,
        name="calendar_revoke",
    ),
    path("plans/<str:plan_id>/routes/<int:number>/tell/", telling.tell, name="tell"),
    path(
        "plans/<str:plan_id>/routes/<int:number>/tell/tap",
        telling.tell_tap,
        name="tell_tap",
    ),
    path("mine/", drivers.my_routes, name="my_routes"),
    path("mine/<str:plan_id>/<int:number>/", drivers.route, name="route"),
    path("mine/worker.js", driving.drive_worker, name="drive_worker"),
    path("mine/pass", driving.drive_pass, name="drive_pass"),
    path("mine/<str:plan_id>/<int:number>/drive/", driving.drive, name="drive"),
    path(
        "mine/<str:plan_id>/<int:number>/drive/tap",
        driving.drive_tap,
        name="drive_tap",
    ),
    path(
        "mine/<str:plan_id>/<int:number>/drive/taps",
        driving.drive_taps,
        name="drive_taps",
    ),
    path(
        "papers/<str:plan_id>/<int:number>/<str:document>/",
        route_papers.route_paper,
        name="route_paper",
    ),
    path(
        "papers/<str:plan_id>/<int:number>/<str:document>.pdf",
        route_papers.route_paper_pdf,
        name="route_paper_pdf",
    ),
    path(
        "papers/<str:plan_id>/<int:number>/track.<str:form>",
        tracks.route_track,
        name="route_track",
    ),
    path("plans/<str:public_id>/plan.geojson", tracks.plan_track, name="plan_track"),
    path(
        "mine/<str:plan_id>/<int:number>/stops/<int:sequence>/",
        drivers.stop_sheet,
        name="stop_sheet",
    ),
    path(
        "mine/<str:plan_id>/<int:number>/stops/<int:sequence>/photo/",
        drivers.stop_photo,
        name="stop_photo",
    ),
    path(
        "days/<str:pool_id>/<day:service_on>/settlement/",
        settling.settlement,
        name="settlement",
    ),
    path(
        "days/<str:pool_id>/<day:service_on>/reopen/",
        reopening.reopen_day,
        name="reopen_day",
    ),
    path("days/<str:pool_id>/<day:service_on>/settle", settling.settle, name="settle"),
    path("shares/", settling.my_shares, name="my_shares"),
    path("shares/<str:public_id>/", settling.share, name="share"),
    path("pay/", settling.my_pay, name="my_pay"),
    path("sharing/", settling.settlement_rule, name="settlement_rule"),
    path("first-steps/", first_day.first_steps, name="first_steps"),
    path("first-steps/panel/", first_day.first_steps_panel, name="first_steps_panel"),
    path("first-steps/<str:step>/hide/", first_day.step_hide, name="step_hide"),
    path("first-steps/<str:step>/sample/", first_day.sample_load, name="sample_load"),
    path("samples/remove/", first_day.samples_remove, name="samples_remove"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<str:kind>/new/", imports.import_new, name="import_new"),
    path("imports/<str:kind>/model/", imports.import_model, name="import_model"),
    path("imports/<str:public_id>/", imports.import_batch, name="import_batch"),
    path(
        "imports/<str:public_id>/confirm/",
        imports.import_confirm,
        name="import_confirm",
    ),
    path("imports/<str:public_id>/undo/", imports.import_undo, name="import_undo"),
    path(
        "imports/<str:public_id>/discard/",
        imports.import_discard,
        name="import_discard",
    ),
    path("today/", today.today_panel, name="today_panel"),
]
