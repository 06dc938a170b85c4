"""Webhooks through the API: once per key, and the secret in no kept answer."""

import json

import pytest

from hub.models import ApiAnswer, WebhookDelivery, WebhookEndpoint
from hub.services import webhooks
from tests.factories import hub as ground
from tests.factories.webhooks import make_endpoint
from tests.hub.api.conftest import MakeProgram

pytestmark = pytest.mark.django_db
BODY = {"name": "Boutique", "url": "https://shop.example/hook", "kinds": ["*"]}


@pytest.fixture
def farm():
    return ground.make_farm()


def test_a_program_has_itself_told_once_and_reads_its_secret(
    farm, let_in: MakeProgram
) -> None:
    program = let_in(farm, "webhooks:read", "webhooks:write")

    answers = [program.post("/webhooks", BODY, key="k-0000001") for _ in range(2)]

    endpoint = WebhookEndpoint.objects.get()
    told = answers[0].json()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].json()["id"] == told["id"] == endpoint.public_id
    assert (told["organization_id"], told["status"]) == (farm.public_id, "active")
    secret = webhooks.secret_shown(endpoint)
    read = program.get(f"/webhooks/{endpoint.public_id}/secret")
    assert read.json() == {"secret": secret}
    kept = json.dumps(list(ApiAnswer.objects.values_list("body", flat=True)))
    assert secret not in kept


def test_an_inner_address_is_refused(farm, let_in: MakeProgram) -> None:
    inside = {**BODY, "url": "https://[::1]/"}

    answer = let_in(farm).post("/webhooks", inside, key="k-0000001")

    assert (answer.status_code, answer.json()["error"]["code"]) == (
        409,
        "webhook_host_inside",
    )
    assert WebhookEndpoint.objects.count() == 0


def test_a_kind_that_does_not_exist_is_refused(farm, let_in: MakeProgram) -> None:
    misspelt = {**BODY, "kinds": ["order.placed", "order.canceled"]}

    answer = let_in(farm).post("/webhooks", misspelt, key="k-0000001")

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_valid")
    assert [each["field"] for each in answer.json()["error"]["fields"]] == [
        "body.kinds.1"
    ]
    assert WebhookEndpoint.objects.count() == 0


def test_reading_is_not_writing(farm, let_in: MakeProgram) -> None:
    endpoint = make_endpoint(farm)
    program = let_in(farm, "webhooks:read")

    statuses = [
        program.get(f"/webhooks/{endpoint.public_id}").status_code,
        program.get(f"/webhooks/{endpoint.public_id}/secret").status_code,
        program.post("/webhooks", BODY, key="k-0000001").status_code,
    ]

    assert statuses == [200, 403, 403]


def test_what_was_sent_is_listed_and_sent_again(farm, let_in: MakeProgram) -> None:
    endpoint = make_endpoint(farm)
    webhooks.send_test(endpoint=endpoint)
    WebhookDelivery.objects.update(state="failed", num_attempts=10)
    program = let_in(farm)
    page = f"/webhooks/{endpoint.public_id}"

    (row,) = program.get(f"{page}/deliveries").json()["items"]
    since = {"since": row["happened_at"]}
    again = program.post(f"{page}/replay", since, key="k-0000001")
    once = program.post(f"/webhook-deliveries/{row['id']}/replay", key="k-0000002")

    event = WebhookDelivery.objects.get().event
    assert (row["webhook_id"], row["type"], row["state"], row["num_attempts"]) == (
        f"evt_{event.public_id}",
        "webhook.test",
        "failed",
        10,
    )
    assert (again.json(), once.json()["state"]) == ({"count": 1}, "waiting")
