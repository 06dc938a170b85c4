"""Every operation of the API answers what its description says, whatever is sent.

Cases are invented from the description itself: right, wrong and odd. Rows of the
first hub take the place of invented names, so that effects are really tried.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings

from config.api import api
from config.wsgi import application
from hub.api.faults import UNTOLD
from hub.core.scopes import Scope
from hub.services.api_keys import issue_key
from tests.access.world import World
from tests.soak.figures import count
from tests.soak.playing import IS_LONG, num_examples

NUM_CASES = num_examples(3, a_round=200)
MEMBERS = ("hub", "farm", "group", "carrier", "programme")
NAME = re.compile(r"^[2-9a-z]{12}$")
ROW_OF = {
    "cycle_id": "cycle",
    "order_id": "group_order",
    "envelope_id": "envelope",
    "plan_id": "driven",
    "job_id": "job",
    "offer_id": "offer",
    "item_id": "offer",
    "buyer_id": "group",
    "drop_point_id": "drop_point",
    "pool_id": "fleet",
    "invoice_id": "invoice",
    "organization_id": "group",
    "farm_id": "farm",
    "breakdown_id": "breakdown",
    "programme_id": "programme",
    "group_id": "group",
    "shipment_id": "shipment",
    "vehicle_id": "vehicle",
    "place_id": "drop_point",
    "driver_id": "trucker",
}

described = schemathesis.openapi.from_dict(api.get_openapi_schema())
described.app = application
described.config.phases.coverage.enabled = IS_LONG


@pytest.fixture(scope="module", autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the file's transaction open between requests, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def keys(world: World) -> dict[str, str]:
    """The key of a program of each of these members of the first hub."""
    return {
        member: issue_key(
            organization=world.home.rows[member],
            name="Essais",
            scopes=[scope.value for scope in Scope],
            days=1,
            by=world.home.people["coordination"],
            now=timezone.now(),
        )[1]
        for member in MEMBERS
    }


@described.parametrize()
@settings(max_examples=NUM_CASES, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(
    case: Any, world: World, keys: dict[str, str]
) -> None:
    for sent in (case.path_parameters, case.query, case.body):
        _name_rows(sent, world)

    for key in keys.values():
        with transaction.atomic():
            headers = {
                "Authorization": f"Bearer {key}",
                "Accept-Encoding": "identity",
                "Accept-Language": "en",
            }
            answer = case.call_and_validate(headers=headers)
            assert answer.status_code != 401
            assert UNTOLD not in answer.text
            count(f"requests to the API answered {answer.status_code}")
            transaction.set_rollback(True)


def _name_rows(sent: Any, world: World) -> None:
    """Put a real row where the description's own kind of name was invented."""
    if isinstance(sent, list):
        for each in sent:
            _name_rows(each, world)
    if not isinstance(sent, dict):
        return
    for name, value in sent.items():
        if name in ROW_OF and isinstance(value, str) and NAME.match(value):
            sent[name] = world.home.rows[ROW_OF[name]].public_id
        else:
            _name_rows(value, world)
