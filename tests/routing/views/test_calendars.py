"""Calendars that phones subscribe to: made, read without signing in, taken back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.core.calendars import (
    MOST_READS_AN_HOUR,
    SHOWN_AFTER,
    SHOWN_BEFORE,
    digest_of_token,
)
from hub.models import CalendarFeed, Membership, Person
from routing import services
from routing.models import VehicleLoan
from tests.factories.hub import make_cycle, make_group_buyer, make_place
from tests.factories.routing import (
    give_papers,
    make_day,
    make_plan,
    make_pool,
    make_vehicle,
)
from tests.factories.week import NOW
from tests.routing.views.conftest import Cast

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
Enter = Callable[[Person], Client]
ADDRESS = re.compile(r'value="http://testserver(/routing/calendars/(\w{40})\.ics)"')


@pytest.fixture(autouse=True)
def _tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def address_of(client: Client, kind: str) -> str:
    page = client.post(f"/routing/calendars/{kind}/make/")
    found = ADDRESS.search(page.content.decode())
    assert found, page.content.decode()
    return found[1]


def events_at(address: str) -> list[Any]:
    """What a calendar program reads, without signing in."""
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def titles(address: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in events_at(address)]


def sent_out(cast: Cast):
    plan = services.publish_plan(plan=make_plan(cast.day), by=None, now=NOW)
    give_papers(plan)
    return plan


def test_an_address_is_shown_once_and_kept_as_a_digest(cast: Cast, enter: Enter):
    client = enter(cast.ana)

    address = address_of(client, "cycles")

    token = address.rpartition("/")[2].removesuffix(".ics")
    page = client.get("/routing/calendars/").content.decode()
    row = CalendarFeed.objects.get()
    assert row.digest == digest_of_token(token)
    assert token not in page
    assert token not in str(CalendarFeed.objects.values().get())
    assert "never read yet" in page


def test_cycles_open_close_and_are_delivered(cast: Cast, enter: Enter):
    cycle = cast.day.week.cycle

    events = events_at(address_of(enter(cast.dan), "cycles"))

    assert {
        str(event["SUMMARY"]): (event["DTSTART"].dt, str(event["UID"]))
        for event in events
    } == {
        f"Commandes ouvertes\u00a0: {cycle.name}": (
            cycle.opens_at,
            f"cycle-{cycle.public_id}-opens@charroi",
        ),
        f"Fin des commandes\u00a0: {cycle.name}": (
            cycle.closes_at,
            f"cycle-{cycle.public_id}-closes@charroi",
        ),
        f"Livraison\u00a0: {cycle.name}": (
            cycle.service_on,
            f"cycle-{cycle.public_id}-delivery@charroi",
        ),
    }


def test_a_calendar_speaks_the_language_of_its_person(cast: Cast, enter: Enter):
    address = address_of(enter(cast.dan), "cycles")
    Person.objects.filter(pk=cast.dan.pk).update(language="en")

    assert titles(address)[1] == f"Delivery: {cast.day.week.cycle.name}"


def test_a_route_has_its_stops_and_nothing_private(cast: Cast, enter: Enter):
    plan = sent_out(cast)
    places = {stop.place for stop in plan.routes.get().stops.all()}
    for place in places:
        place.access_code, place.access_note = "C0DE-77", "porte grise"
        place.contact_phone = "514 555-0177"
        place.save()
    address = address_of(enter(cast.ana), "routes")

    (event,) = events_at(address)

    route = plan.routes.get()
    raw = Client().get(address).content.decode().replace("\r\n ", "")
    text = str(event["DESCRIPTION"]).split("\n")
    assert str(event["SUMMARY"]) == f"Tournée de {route.vehicle.name}\u00a0: 2 arrêts"
    assert [row.split(" · ")[-1].split(",")[0] for row in text] == [
        route.home.name,
        *(stop.place.name for stop in route.stops.order_by("sequence")),
        route.home.name,
    ]
    assert [
        secret for secret in ("C0DE-77", "porte grise", "514 555-0177") if secret in raw
    ] == []
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(
        seconds=route.end_s - route.start_s
    )


def test_a_driver_has_no_route_before_it_is_published(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    address = address_of(enter(cast.dan), "routes")

    before = titles(address)
    services.publish_plan(plan=plan, by=None, now=NOW)

    assert before == []
    assert len(titles(address)) == 1


def test_only_who_drives_is_taken_meanwhile(cast: Cast, enter: Enter):
    services.publish_plan(plan=make_plan(cast.day), by=None, now=NOW)
    addresses = [address_of(enter(who), "routes") for who in (cast.dan, cast.ana)]

    found = [[str(each["TRANSP"]) for each in events_at(one)] for one in addresses]

    assert found == [["OPAQUE"], ["TRANSPARENT"]]


def test_a_withdrawn_plan_is_called_off_and_comes_back(cast: Cast, enter: Enter):
    plan = sent_out(cast)
    address = address_of(enter(cast.ana), "routes")
    (first,) = events_at(address)

    services.withdraw_plan(
        plan=plan,
        ask=services.WayBack(reason="Verglas.", by=None, now=NOW),
        key="back",
    )
    (off,) = events_at(address)
    plan.refresh_from_db()
    services.publish_plan(plan=plan, by=None, now=NOW)
    (back,) = events_at(address)

    found = [
        (str(event["STATUS"]), int(event["SEQUENCE"])) for event in (first, off, back)
    ]
    assert found == [("CONFIRMED", 0), ("CANCELLED", 1), ("CONFIRMED", 2)]
    assert len({str(event["UID"]) for event in (first, off, back)}) == 1
    assert (str(off["SUMMARY"]), "DESCRIPTION" in off) == ("Événement annulé", False)


def test_a_truck_lent_is_told_to_each_side_in_its_own_words(cast: Cast, enter: Enter):
    guest = make_vehicle(make_pool(), name="Frigo du nord")
    owner = Person.objects.create_user("olga@exemple.test", name="Olga")
    Membership.objects.create(
        person=owner, organization=guest.owner, role=Membership.Role.DRIVER
    )
    loan = VehicleLoan.objects.create(
        vehicle=guest,
        pool=cast.day.pool,
        service_on=cast.day.service_on,
        shift_start_s=28_800,
        shift_end_s=57_600,
        fixed_cents=7_777,
    )
    lent = address_of(enter(owner), "bookings")
    borrowed = address_of(enter(cast.ana), "bookings")

    (mine,), (theirs,) = events_at(lent), events_at(borrowed)
    loan.status = VehicleLoan.Status.CANCELLED
    loan.save()
    (off,) = events_at(lent)

    assert (str(mine["SUMMARY"]), str(theirs["SUMMARY"])) == (
        f"Frigo du nord\u00a0: prêté à {cast.day.pool.name}",
        f"Frigo du nord\u00a0: emprunté à {guest.owner.name}",
    )
    assert str(mine["STATUS"]) == "TENTATIVE"
    assert mine["DTSTART"].dt.strftime("%H:%M %z") == "08:00 -0400"
    assert (str(off["STATUS"]), str(off["UID"])) == ("CANCELLED", str(mine["UID"]))


def test_nothing_of_another_hub_is_read(cast: Cast, enter: Enter):
    sent_out(cast)
    fill(cast, num=1)
    client = enter(cast.ana)
    mine = [address_of(client, kind) for kind in ("cycles", "routes", "bookings")]
    before = [titles(address) for address in mine]

    theirs = make_day()
    services.publish_plan(plan=make_plan(theirs), by=None, now=NOW)
    VehicleLoan.objects.create(
        vehicle=theirs.vehicle,
        pool=make_pool(),
        service_on=theirs.service_on,
        shift_start_s=28_800,
        shift_end_s=57_600,
    )

    assert [len(found) for found in before] == [6, 1, 1]
    assert [titles(address) for address in mine] == before


def test_a_day_far_from_today_is_not_shown(cast: Cast, enter: Enter):
    far = [NOW + SHOWN_AFTER + ONE_DAY, NOW - SHOWN_BEFORE - ONE_DAY]
    near = [NOW + SHOWN_AFTER - ONE_DAY, NOW - SHOWN_BEFORE + ONE_DAY]
    address = address_of(enter(cast.ana), "cycles")
    before = len(titles(address))

    for moment in (*far, *near):
        cycle = make_cycle(cast.day.week.hub)
        cycle.service_on = moment.date()
        cycle.save()

    assert len(titles(address)) == before + 3 * len(near)


def test_who_lost_the_role_reads_nothing(cast: Cast, enter: Enter):
    sent_out(cast)
    routes = address_of(enter(cast.ana), "routes")
    cycles = address_of(enter(cast.ana), "cycles")
    assert len(events_at(routes)) == 1

    Membership.objects.filter(person=cast.ana).update(role="funder")

    answer = Client().get(routes)
    assert (answer.status_code, b"VEVENT" in answer.content) == (404, False)
    assert len(events_at(cycles)) == 3
    Membership.objects.filter(person=cast.ana).delete()
    assert Client().get(cycles).status_code == 404


def test_who_drives_for_nobody_any_more_sees_no_route(cast: Cast, enter: Enter):
    sent_out(cast)
    buyer = make_group_buyer(cast.day.week.buyer, person=cast.dan)

    answer = enter(buyer).post("/routing/calendars/routes/make/")
    Membership.objects.filter(person=buyer, role="driver").delete()
    refused = enter(buyer).post("/routing/calendars/routes/make/")

    assert (answer.status_code, refused.status_code) == (200, 404)


def test_an_address_taken_back_or_made_anew_is_dead(cast: Cast, enter: Enter):
    client = enter(cast.ana)
    first = address_of(client, "cycles")
    second = address_of(client, "cycles")

    statuses = [Client().get(each).status_code for each in (first, second)]
    client.post("/routing/calendars/cycles/revoke/")
    after = Client().get(second)

    assert statuses == [404, 200]
    assert (after.status_code, b"VCALENDAR" in after.content) == (404, False)


def test_who_left_is_read_no_more(cast: Cast, enter: Enter):
    address = address_of(enter(cast.ana), "cycles")

    Person.objects.filter(pk=cast.ana.pk).update(is_active=False)

    assert Client().get(address).status_code == 404


def test_an_unchanged_calendar_is_not_sent_again(cast: Cast, enter: Enter):
    address = address_of(enter(cast.ana), "cycles")
    first = Client().get(address)

    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        again = Client().get(address, headers={"if-none-match": first["ETag"]})
        make_cycle(cast.day.week.hub)
        changed = Client().get(address, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_a_calendar_asked_too_often_is_told_to_wait(cast: Cast, enter: Enter):
    address = address_of(enter(cast.ana), "cycles")
    CalendarFeed.objects.update(
        hour_at=NOW.replace(minute=0), num_reads=MOST_READS_AN_HOUR - 1
    )

    last, over = Client().get(address), Client().get(address)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        later = Client().get(address)

    assert [each.status_code for each in (last, over, later)] == [200, 429, 200]
    assert (over["Retry-After"], over.content) == ("3600", b"")
    assert CalendarFeed.objects.get().num_reads == 1


@pytest.mark.parametrize("kind", ["cycles", "routes", "bookings"])
def test_queries_do_not_grow_with_events(cast: Cast, enter: Enter, kind: str):
    sent_out(cast)
    address = address_of(enter(cast.ana), kind)
    few = num_queries(cast, address, num=1)
    many = num_queries(cast, address, num=6)

    assert many == few
    assert many <= 15


def num_queries(cast: Cast, address: str, *, num: int) -> int:
    fill(cast, num=num)
    events_at(address)
    with CaptureQueriesContext(connection) as caught:
        events_at(address)
    return len(caught)


def fill(cast: Cast, *, num: int) -> None:
    """More cycles, loans, and stops on the route."""
    route = cast.day.pool.plans.get().routes.get()
    for _ in range(num):
        make_cycle(cast.day.week.hub)
        sequence = route.stops.count() + 1
        route.stops.create(
            place=make_place(cast.day.week.buyer),
            sequence=sequence,
            arrival_s=40_000,
            service_start_s=40_000,
            departure_s=40_600,
            leg_distance_m=10,
        )
        VehicleLoan.objects.create(
            vehicle=cast.day.vehicle,
            pool=make_pool(cast.day.week.hub),
            service_on=cast.day.service_on,
            shift_start_s=28_800,
            shift_end_s=57_600,
        )


def test_a_farm_whose_name_is_a_line_adds_no_event(cast: Cast, enter: Enter):
    plan = sent_out(cast)
    stop = plan.routes.get().stops.first()
    assert stop
    stop.place.name = "X\r\nBEGIN:VEVENT\r\nSUMMARY:Faux"
    stop.place.save()

    address = address_of(enter(cast.ana), "routes")

    assert len(titles(address)) == 1


def test_what_a_calendar_says_goes_no_further(cast: Cast, enter: Enter):
    client = enter(cast.ana)

    page = client.post("/routing/calendars/cycles/make/")
    answer = Client().get(address_of(client, "cycles"))

    told = [
        (one["Referrer-Policy"], "private" in one["Cache-Control"])
        for one in (page, answer)
    ]
    # Without any referrer a browser sends "Origin: null", and its forms are refused.
    assert told == [("same-origin", True), ("no-referrer", True)]
    assert answer["X-Robots-Tag"] == "noindex"
