"""Pages of a day: goods, the search under way, the plan, publishing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.core.ids import new_public_id
from hub.models import Job, Person
from hub.services import cycle_gate, jobs
from routing import services
from routing.models import Plan
from tests.factories.routing import ask, make_plan, make_vehicle
from tests.factories.week import NOW
from tests.routing.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]


def day_page(cast: Cast) -> str:
    return f"/routing/days/{cast.day.pool.public_id}/{cast.day.service_on}/"


def plan_page(plan: Plan) -> str:
    return f"/routing/plans/{plan.public_id}/"


def words(response) -> str:
    """The text of a page in single spaces, amounts as they are read."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@time_machine.travel(NOW)
def test_a_closed_day_waits_in_the_list_of_days(cast: Cast, enter: Enter):
    page = words(enter(cast.ana).get("/routing/"))

    assert f'<a href="{day_page(cast)}">Thursday, June 18, 2026</a>' in page
    assert "To plan" in page


def test_a_day_shows_its_goods_beside_the_room_for_them(cast: Cast, enter: Enter):
    page = words(enter(cast.ana).get(day_page(cast)))

    assert "1 shipment to carry" in page
    assert "Room in the trucks: 1,000 kg · 4,000 L" in page


@pytest.mark.usefixtures("worker_at_once")
def test_the_button_plans_the_day_on_known_streets(
    cast: Cast, enter: Enter, django_capture_on_commit_callbacks
):
    client = enter(cast.ana)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{day_page(cast)}propose", {"seconds": 5, "key": "k"})

    plan = Plan.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, day_page(cast))
    assert plan.problem["matrix"]["engine"].startswith("road-graph/1")
    assert Job.objects.get().requested_by == cast.ana


def test_a_day_that_cannot_be_planned_says_why(cast: Cast, enter: Enter):
    cast.day.vehicle.compartments.all().delete()

    client = enter(cast.ana)
    client.post(f"{day_page(cast)}propose", {"seconds": 5, "key": "k"})

    assert f"“{cast.day.vehicle.name}” has no compartment" in words(
        client.get(day_page(cast))
    )
    assert Job.objects.count() == 0


@pytest.mark.parametrize("seconds", ["0", "-3", "9999", "ten", ""])
def test_a_search_time_that_is_not_offered_is_refused_in_words(
    cast: Cast, enter: Enter, seconds: str
):
    client = enter(cast.ana)

    client.post(f"{day_page(cast)}propose", {"seconds": seconds, "key": "k"})

    assert "Choose a search time between 1 and 300 seconds." in words(
        client.get(day_page(cast))
    )
    assert Job.objects.count() == 0


def test_a_search_under_way_is_told_and_polled(cast: Cast, enter: Enter):
    job = ask(cast.day, seconds=9)
    jobs.claim_job(job_id=job.pk, claim="run", now=NOW, heartbeat_limit_s=60)
    progress = {
        "step": "searching",
        "cost_cents": 12_345,
        "routes": 2,
        "unserved": 1,
        "searched_s": 4,
    }
    jobs.beat_job(job_id=job.pk, claim="run", now=NOW, progress=progress)

    address = f"/routing/plannings/{job.public_id}/"
    page = words(enter(cast.ana).get(address, headers={"HX-Request": "true"}))

    assert f'hx-get="{address}" hx-trigger="every 1s"' in page
    assert "<dt>Best cost so far</dt><dd>$123.45</dd>" in page
    assert "<dt>Searched</dt><dd>4 s of 9 s</dd>" in page


def test_a_failed_search_stops_polling_and_says_why(cast: Cast, enter: Enter):
    job = ask(cast.day)
    jobs.claim_job(job_id=job.pk, claim="run", now=NOW, heartbeat_limit_s=60)
    jobs.fail_job(job_id=job.pk, claim="run", now=NOW, reason="The engine is away.")

    address = f"/routing/plannings/{job.public_id}/"
    page = words(enter(cast.ana).get(address, headers={"HX-Request": "true"}))

    assert "hx-get" not in page
    assert "The engine is away." in page


def test_a_search_that_ended_leads_to_its_plan(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    assert plan.job is not None

    answer = enter(cast.ana).get(
        f"/routing/plannings/{plan.job.public_id}/", headers={"HX-Request": "true"}
    )

    assert answer.headers["HX-Redirect"] == plan_page(plan)


@pytest.mark.parametrize(
    ("verb", "is_stopping", "state"),
    [("stop", True, "running"), ("discard", True, "stopped")],
)
def test_a_search_is_stopped_or_thrown_away(
    cast: Cast, enter: Enter, verb: str, is_stopping: bool, state: str
):
    job = ask(cast.day)
    jobs.claim_job(job_id=job.pk, claim="run", now=timezone.now(), heartbeat_limit_s=60)

    answer = enter(cast.ana).post(f"/routing/plannings/{job.public_id}/{verb}")

    job.refresh_from_db()
    assert (answer.headers["Location"], job.stop_requested, job.state) == (
        day_page(cast),
        is_stopping,
        state,
    )


def test_a_plan_lists_its_stops_with_the_marks_of_the_map(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)

    response = enter(cast.ana).get(plan_page(plan))

    page = words(response)
    marks = [stop["mark"] for stop in response.context["map"][0]["stops"]]
    assert marks == ["A1", "A2"]
    assert [f'mark--1">{mark}</span>' in page for mark in marks] == [True, True]
    assert "40 kg of 1,000 kg · 80 L of 4,000 L" in page
    assert '<span class="badge">estimate</span>' in page


def test_a_plan_says_in_words_what_stays_behind(cast: Cast, enter: Enter):
    cast.day.vehicle.compartments.update(temperature_class="frozen")
    plan = make_plan(cast.day)

    page = words(enter(cast.ana).get(plan_page(plan)))

    assert "No truck of the day has a compartment for chilled goods." in page


def test_publishing_tells_drivers_and_shows_it(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    client = enter(cast.ana)

    client.post(f"{plan_page(plan)}publish")

    plan.refresh_from_db()
    assert (plan.status, plan.published_by) == ("published", cast.ana)
    assert "The plan is published: drivers see their routes." in words(
        client.get(plan_page(plan))
    )


def test_an_outdated_plan_offers_to_plan_again_and_no_publishing(
    cast: Cast, enter: Enter
):
    plan = make_plan(cast.day)
    cycle_gate.count_change(cycle_id=cast.day.week.cycle.pk)
    client = enter(cast.ana)

    client.post(f"{plan_page(plan)}publish")
    page = words(client.get(plan_page(plan)))

    plan.refresh_from_db()
    assert plan.status == "proposed"
    assert "The plan is out of date" in page
    assert "Publish this plan</button>" not in page
    assert f'href="{day_page(cast)}">Plan again</a>' in page


def test_another_hub_finds_nothing(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    assert plan.job is not None
    client = enter(cast.zoe)

    asked = [
        client.get(day_page(cast)),
        client.post(f"{day_page(cast)}propose", {"seconds": 5, "key": "k"}),
        client.get(plan_page(plan)),
        client.post(f"{plan_page(plan)}publish"),
        client.get(f"/routing/plannings/{plan.job.public_id}/"),
        client.post(f"/routing/plannings/{plan.job.public_id}/stop"),
        client.post(f"/routing/plannings/{plan.job.public_id}/discard"),
    ]

    plan.refresh_from_db()
    assert [answer.status_code for answer in asked] == [404] * 7
    assert plan.status == "proposed"


@pytest.mark.usefixtures("worker_at_once")
def test_a_hub_that_shares_the_pool_plans_and_publishes_as_well(
    cast: Cast, enter: Enter, django_capture_on_commit_callbacks
):
    guest = cast.zoe.memberships.get().organization
    services.join_pool(hub=guest, code=cast.day.pool.public_id)
    client = enter(cast.zoe)

    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(f"{day_page(cast)}propose", {"seconds": 5, "key": "k"})
    plan = Plan.objects.get()
    published = client.post(f"{plan_page(plan)}publish")

    plan.refresh_from_db()
    assert (asked.status_code, published.status_code) == (302, 302)
    assert (plan.status, plan.published_by) == ("published", cast.zoe)


def test_a_hub_that_shares_the_pool_does_not_keep_its_trucks(cast: Cast, enter: Enter):
    guest = cast.zoe.memberships.get().organization
    services.join_pool(hub=guest, code=cast.day.pool.public_id)
    client, pool = enter(cast.zoe), f"/routing/trucks/pools/{cast.day.pool.public_id}/"

    asked = [client.get(pool), client.get(f"{pool}new/"), client.post(pool)]

    assert [answer.status_code for answer in asked] == [404, 404, 404]


@time_machine.travel(NOW)
def test_the_panel_of_today_names_what_is_missing(cast: Cast, enter: Enter):
    cast.day.vehicle.compartments.update(capacity_kg=10)

    page = words(enter(cast.ana).get("/routing/today/"))

    assert "orders are closed, no truck is planned yet." in page
    assert "40 kg for 10 kg of room, 80 L for 4,000 L" in page


@time_machine.travel(NOW)
def test_the_panel_of_today_says_that_all_is_well(cast: Cast, enter: Enter):
    services.publish_plan(plan=make_plan(cast.day), by=None, now=NOW)

    page = words(enter(cast.ana).get("/routing/today/"))

    assert "Every day to come is planned and published." in page


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@time_machine.travel(NOW + timedelta(days=1))
def test_longer_days_ask_no_more_queries(cast: Cast, enter: Enter):
    client = enter(cast.ana)
    plan = make_plan(cast.day)
    addresses = ["/routing/", day_page(cast), plan_page(plan), "/routing/trucks/"]
    before = [count_queries(client, address) for address in addresses]

    make_vehicle(cast.day.pool)
    route = plan.routes.get()
    for number in range(2, 12):
        twin = plan.routes.get(number=1)
        twin.pk, twin.number = None, number
        twin.vehicle = make_vehicle(cast.day.pool)
        twin.save()
        for stop in route.stops.all():
            actions = list(stop.actions.all())
            stop.pk, stop.route, stop.public_id = None, twin, new_public_id()
            stop.save()
            for action in actions:
                action.pk, action.stop = None, stop
                action.save()
    after = [count_queries(client, address) for address in addresses]

    assert after == before
