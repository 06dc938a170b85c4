"""Every door of the API: one effect a key, pages, tags, one shape of refusal."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from hub.models import ApiAnswer, Cycle
from tests.factories.hub import (
    MONDAY,
    make_coordinator,
    make_cycle,
    make_farm,
    make_hub,
)
from tests.hub.api.conftest import MakeProgram
from tests.hub.api.test_keys import CYCLE

pytestmark = pytest.mark.django_db


def error_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_cycle_is_made_once_for_a_key_sent_twice(let_in: MakeProgram) -> None:
    program = let_in(make_hub())

    first = program.post("/cycles", CYCLE, key="cycle-0001")
    second = program.post("/cycles", CYCLE, key="cycle-0001")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Cycle.objects.count() == 1


def test_an_answer_is_given_again_with_the_same_moments(let_in: MakeProgram) -> None:
    """Moments have microseconds in the table and milliseconds in both answers."""
    program = let_in(make_hub())
    body = {**CYCLE, "opens_at": "2026-11-20T12:00:00.123456-05:00"}

    first = program.post("/cycles", body, key="cycle-0001")
    second = program.post("/cycles", body, key="cycle-0001")

    assert first.json()["opens_at"] == "2026-11-20T12:00:00.123-05:00"
    assert first.json() == second.json()


def test_a_key_sent_with_another_content_is_refused(let_in: MakeProgram) -> None:
    program = let_in(make_hub())
    program.post("/cycles", CYCLE, key="cycle-0001")

    answer = program.post("/cycles", {**CYCLE, "name": "Autre"}, key="cycle-0001")

    assert error_of(answer) == (409, "idempotency_key_reused")
    assert list(Cycle.objects.values_list("name", flat=True)) == ["Semaine 48"]


def test_the_same_key_of_two_programs_is_two_keys(let_in: MakeProgram) -> None:
    one, other = let_in(make_hub()), let_in(make_hub())

    answers = [each.post("/cycles", CYCLE, key="cycle-0001") for each in (one, other)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Cycle.objects.count() == 2


def test_a_refused_key_stays_refused(let_in: MakeProgram) -> None:
    program = let_in(make_hub())
    program.post("/cycles", CYCLE, key="cycle-0001")
    refused = program.post("/cycles", CYCLE, key="cycle-0002")
    Cycle.objects.all().delete()

    again = program.post("/cycles", CYCLE, key="cycle-0002")

    assert error_of(refused) == (409, "name_taken")
    assert again.json() == refused.json()
    assert Cycle.objects.count() == 0


def test_an_effect_without_a_key_is_refused(let_in: MakeProgram) -> None:
    answer = let_in(make_hub()).post("/cycles", CYCLE)

    assert error_of(answer) == (422, "not_valid")
    assert [each["field"] for each in answer.json()["error"]["fields"]] == [
        "header.Idempotency-Key"
    ]
    assert (Cycle.objects.count(), ApiAnswer.objects.count()) == (0, 0)


def test_the_fields_to_mend_are_named(let_in: MakeProgram) -> None:
    wrong = {**CYCLE, "opens_at": "demain", "flow": "avion"}

    answer = let_in(make_hub()).post("/cycles", wrong, key="cycle-0001")

    assert [each["field"] for each in answer.json()["error"]["fields"]] == [
        "body.opens_at",
        "body.flow",
    ]


def test_a_list_is_read_page_by_page(let_in: MakeProgram) -> None:
    hub = make_hub()
    made = [
        make_cycle(hub, service_on=MONDAY + timedelta(weeks=week)).public_id
        for week in range(5)
    ]
    program = let_in(hub)
    read, cursor = [], ""
    for _page in range(3):
        page = program.get(f"/cycles?limit=2&cursor={cursor}").json()
        read += [row["id"] for row in page["items"]]
        cursor = page["next_cursor"]

    assert (read, cursor) == (made, "")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "cursor=é", "cursor=zz"])
def test_a_page_that_cannot_be_is_refused(let_in: MakeProgram, query: str) -> None:
    answer = let_in(make_hub()).get(f"/cycles?{query}")

    assert error_of(answer) == (422, "not_valid")


def test_cycles_are_found_by_their_day(let_in: MakeProgram) -> None:
    hub = make_hub()
    for on in (date(2026, 6, 11), date(2026, 6, 18), date(2026, 6, 25)):
        make_cycle(hub, service_on=on)

    page = let_in(hub).get("/cycles?since=2026-06-12&until=2026-06-18").json()

    assert [row["service_on"] for row in page["items"]] == ["2026-06-18"]


def test_an_unchanged_list_is_not_sent_again(let_in: MakeProgram) -> None:
    hub = make_hub()
    program = let_in(hub)
    etag = program.get("/cycles").headers["ETag"]

    same = program.get("/cycles", **{"If-None-Match": etag})
    make_cycle(hub)
    changed = program.get("/cycles", **{"If-None-Match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200


def test_a_farm_does_not_see_drafts(let_in: MakeProgram) -> None:
    hub = make_hub()
    draft = make_cycle(hub, status=Cycle.Status.DRAFT)
    farm, coordination = let_in(make_farm(hub=hub)), let_in(hub)

    found = [
        program.get(f"/cycles/{draft.public_id}").status_code
        for program in (farm, coordination)
    ]

    assert found == [404, 200]


def test_a_person_at_the_site_needs_no_key_but_its_token_to_change() -> None:
    ana = make_coordinator(make_hub())
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    read = client.get("/api/v1/cycles")
    changed = client.post(
        "/api/v1/cycles",
        CYCLE,
        content_type="application/json",
        headers={"Idempotency-Key": "cycle-0001"},
    )

    assert (read.status_code, changed.status_code) == (200, 403)
    assert Cycle.objects.count() == 0


def test_the_same_keys_answer_in_french(let_in: MakeProgram) -> None:
    program = let_in(make_hub())
    program.post("/cycles", CYCLE, key="cycle-0001")
    program.headers["Accept-Language"] = "fr-CA"

    answer = program.post("/cycles", CYCLE, key="cycle-0002")

    assert answer.json()["error"]["message"] == (
        "«\u00a0Semaine 48\u00a0» existe déjà ici. Choisissez un autre nom."
    )


def test_an_open_cycle_is_corrected_within_its_week(let_in: MakeProgram) -> None:
    program = let_in(make_hub())
    cycle = program.does("/cycles", CYCLE)
    address = f"/cycles/{cycle['id']}"

    later = program.does(f"{address}/edit", {**CYCLE, "service_on": "2026-12-04"})
    Cycle.objects.update(status=Cycle.Status.OPEN)
    refused = program.refused(f"{address}/edit", CYCLE)
    moved = {**CYCLE, "name": "Semaine 49", "service_on": "2026-12-03"}
    program.does(f"{address}/edit", moved)

    assert (later["service_on"], later["revision"]) == (
        "2026-12-04",
        cycle["revision"] + 1,
    )
    assert refused == (409, "cycle_week_fixed")
    kept = program.reads(address)
    assert (kept["name"], kept["service_on"]) == ("Semaine 49", "2026-12-03")
