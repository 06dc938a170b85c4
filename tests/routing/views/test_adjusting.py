"""The board: adjusting a plan on a phone, with and without JavaScript."""

import time
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hub.models import Person
from routing import services
from routing.models import Plan
from tests.access.exports import files_of
from tests.factories.hub import make_coordinator, make_hub
from tests.factories.routing import WideDay, make_wide_day, make_wide_plan
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def day() -> WideDay:
    return make_wide_day()


@pytest.fixture
def plan(day: WideDay) -> Plan:
    return make_wide_plan(day)


@pytest.fixture
def version(plan: Plan) -> Plan:
    return services.adjust_plan(plan=plan, now=NOW)


@pytest.fixture
def ana(day: WideDay, enter: Callable[[Person], Client]) -> Client:
    return enter(day.ana)


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch):
    """Lines are drawn by a worker; none is needed to look at the board."""
    monkeypatch.setattr("routing.tasks.draw_plan.delay", lambda _plan_id: None)


def page(name: str, plan: Plan) -> str:
    return reverse(f"routing:{name}", args=[plan.public_id])


def step(client: Client, plan: Plan, do: str, *, version: int = 0, **more):
    data = {"do": do, "version": version}
    return client.post(page("step", plan), data, **more)


def stop_to(day: WideDay, stop: int, truck: int, place: object = "best") -> str:
    first, other = day.vehicles[0].public_id, day.vehicles[truck].public_id
    return f"stop:{first}:{stop}:{other}:{place}"


def test_a_plan_is_adjusted_into_its_version(ana, plan):
    answer = ana.post(page("adjust", plan))

    version = plan.versions.get()
    assert answer.headers["Location"] == page("adjusting", version)


def test_the_board_shows_every_truck_and_stop(ana, version):
    answer = ana.get(page("adjusting", version))

    board = answer.context["board"]
    assert answer.status_code == 200
    assert [(row.letter, len(row.stops)) for row in board.routes] == [
        ("A", 3),
        ("B", 2),
    ]
    assert answer.context["broken"] == []


def test_the_plan_of_a_search_has_no_board(ana, plan):
    answer = ana.get(page("adjusting", plan))

    assert answer.headers["Location"] == page("plan", plan)


def test_a_step_without_javascript_leads_back_to_the_board(ana, day, version):
    answer = step(ana, version, stop_to(day, 1, 1))

    version.refresh_from_db()
    assert answer.headers["Location"] == page("adjusting", version)
    assert version.edit_version == 1


def test_a_step_by_htmx_answers_with_the_board(ana, day, version):
    answer = step(ana, version, stop_to(day, 1, 1), headers=HTMX)

    assert [len(row.stops) for row in answer.context["board"].routes] == [2, 3]
    assert [template.name for template in answer.templates][0] == "routing/_board.html"


def test_the_keys_stay_on_the_stop_that_moved(ana, day, version):
    answer = step(ana, version, stop_to(day, 2, 0, 1), headers=HTMX)

    assert answer.context["held"] == f"{day.vehicles[0].public_id}:1"
    assert answer.content.decode().count(" autofocus") == 1


def test_undo_and_redo_are_buttons_too(ana, day, version):
    step(ana, version, stop_to(day, 1, 1))

    undone = step(ana, version, "undo", version=1, headers=HTMX)
    redone = step(ana, version, "redo", version=2, headers=HTMX)

    assert [len(row.stops) for row in undone.context["board"].routes] == [3, 2]
    assert [len(row.stops) for row in redone.context["board"].routes] == [2, 3]


def test_what_breaks_is_said_with_names_and_cannot_be_published(ana, day, version):
    answer = step(ana, version, stop_to(day, 0, 0, 1), headers=HTMX)

    farm = day.shipments[0].origin.name
    drop = day.shipments[0].drop_point.name
    truck = day.vehicles[0].name
    assert answer.context["broken"] == [
        f"{truck} unloads {farm} → {drop} at stop 1 before loading it.",
        f"{truck} loads {farm} → {drop} and never unloads it.",
    ]
    assert page("publish", version) not in answer.content.decode()


def test_the_second_of_two_people_sees_the_plan_as_it_is(ana, day, version, enter):
    bea = make_coordinator(day.hub)
    step(enter(bea), version, f"out:{day.shipments[1].public_id}")

    answer = step(ana, version, stop_to(day, 1, 1))

    version.refresh_from_db()
    assert (answer.status_code, version.edits.count()) == (409, 1)
    assert answer.context["refused"] == (
        f"{bea.name or bea.email} changed this plan while you were looking at it, so "
        "your change was not made. This is the plan as it is now: look again, then "
        "repeat it."
    )
    assert len(answer.context["board"].left) == 1


@pytest.mark.parametrize("do", ["", "dance", "stop:a", "stop:a:b:c:d", "out:"])
def test_what_is_no_step_is_refused_and_nothing_moves(ana, version, do):
    answer = step(ana, version, do)

    version.refresh_from_db()
    assert (answer.status_code, version.edit_version) == (409, 0)


def test_goods_taken_out_are_put_back_by_their_menu(ana, day, version):
    name = day.shipments[0].public_id
    step(ana, version, f"out:{name}")

    step(ana, version, f"shipment:{name}:{day.vehicles[1].public_id}", version=1)

    version.refresh_from_db()
    assert (version.edit_version, version.unserved.count()) == (2, 0)


def test_stops_and_trucks_are_locked_by_buttons(ana, day, version):
    truck = day.vehicles[0].public_id
    for do in (f"lock:{truck}:1", f"lock:{truck}"):
        step(ana, version, do)

    answer = ana.get(page("adjusting", version))

    first = answer.context["board"].routes[0]
    assert (first.is_locked, [stop.is_locked for stop in first.stops]) == (
        True,
        [False, True, False],
    )


def test_the_comparison_tells_which_stops_changed_trucks(ana, day, version):
    step(ana, version, stop_to(day, 1, 1))

    answer = ana.get(page("compare", version))

    moved = [
        (place, before, after)
        for place, change, before, after in answer.context["changes"]
        if change.is_other_truck
    ]
    first, second = (vehicle.name for vehicle in day.vehicles)
    assert moved[0][1:] == (first, second)
    assert answer.context["source"] == version.parent
    rows = files_of(ana, page("compare", version))["stops_changed"]
    assert [row[0] for row in rows] == [row[0] for row in answer.context["changes"]]


def test_a_version_never_touched_compares_as_equal(ana, version):
    assert ana.get(page("compare", version)).context["changes"] == []


def test_the_board_costs_the_same_queries_however_long_the_routes(
    enter, django_assert_max_num_queries
):
    wide = make_wide_day(num_drops=16)
    version = services.adjust_plan(plan=make_wide_plan(wide), now=NOW)
    client = enter(wide.ana)

    with django_assert_max_num_queries(30):
        answer = client.get(page("adjusting", version))

    stops = sum(len(row.stops) for row in answer.context["board"].routes)
    assert stops == 18


def test_another_hub_sees_nothing_of_it(enter, day, version):
    zoe = make_coordinator(make_hub())

    answers = [
        enter(zoe).get(page("adjusting", version)),
        step(enter(zoe), version, stop_to(day, 1, 1)),
        enter(zoe).post(page("improve", version)),
        enter(zoe).get(page("compare", version)),
    ]

    version.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404] * 4
    assert version.edit_version == 0


def test_forty_stops_are_moved_without_lag(enter, record_property):
    """40 moves on 40 stops; the figures are in benchmarks/results.md."""
    wide = make_wide_day(num_farms=2, num_drops=36, num_trucks=4)
    version = services.adjust_plan(plan=make_wide_plan(wide), now=NOW)
    client, trucks = enter(wide.ana), [truck.public_id for truck in wide.vehicles]
    board = client.get(page("adjusting", version)).context["board"]
    num_stops = sum(len(row.stops) for row in board.routes)
    seconds = []

    for number in range(40):
        routes = [row for row in board.routes if len(row.stops) > 1]
        moved_from = routes[number % len(routes)]
        to = trucks[(trucks.index(moved_from.vehicle.id) + 1) % len(trucks)]
        last = len(moved_from.stops) - 1
        do = f"stop:{moved_from.vehicle.id}:{last}:{to}:best"
        began = time.perf_counter()
        answer = step(client, version, do, version=number, headers=HTMX)
        seconds.append(time.perf_counter() - began)
        board = answer.context["board"]

    seconds.sort()
    record_property("middle_s", round(seconds[20], 3))
    record_property("most_s", round(seconds[-1], 3))
    version.refresh_from_db()
    assert (version.edit_version, num_stops) == (40, 40)
    assert seconds[20] < 3
