"""Several workers send what is due: each attempt leaves once."""

import time
from collections import Counter
from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from hub import selectors
from hub.core.happenings import Event
from hub.core.webhooks import MOST_ENDPOINTS
from hub.hooks import Answer
from hub.models import WebhookDelivery, WebhookEndpoint
from hub.services import happenings, webhook_sending, webhooks
from hub.services.webhook_sending import Claimed, claim_next
from tests.factories import hub as ground
from tests.factories.webhooks import make_endpoint
from tests.races.crowd import all_at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_ENDPOINTS = 20


@pytest.fixture
def due() -> None:
    """Twenty endpoints, for each of which one message is due."""
    farm = ground.make_farm()
    for number in range(NUM_ENDPOINTS):
        make_endpoint(farm, name=f"Boutique {number}")
    facts = {"pool_id": "p", "plan_id": "q", "service_on": "s", "num_routes": 2}
    happenings.leave(kind=Event.PLAN_PUBLISHED, facts={farm.pk: facts})


def claim_all() -> list[tuple[int, int]]:
    """What one worker sends: (delivery, attempt)."""
    sent = []
    for _turn in range(3 * NUM_ENDPOINTS):
        claimed = claim_next(now=timezone.now())
        if claimed is not None:
            sent.append((claimed.delivery_id, claimed.attempt))
            webhook_sending.record(
                claimed=claimed, answer=Answer(status=200), now=timezone.now()
            )
    return sent


def test_four_workers_send_each_attempt_once(due: None) -> None:
    answers = all_at_once([claim_all] * 4)

    sent = Counter(
        pair for found in answers if isinstance(found, list) for pair in found
    )
    assert (len(sent), set(sent.values())) == (NUM_ENDPOINTS, {1})
    assert WebhookDelivery.objects.filter(state="delivered").count() == NUM_ENDPOINTS


def claim_without_lock(now: datetime) -> Claimed | None:
    """The same claim without its lock, and with a moment to be overtaken."""
    endpoint = selectors.endpoints_due(now=now).first()
    if endpoint is None:
        return None
    delivery = endpoint.deliveries.filter(state="waiting", due_at__lte=now).first()
    time.sleep(0.02)
    if delivery is None:
        return None
    attempt = delivery.num_attempts + 1
    later = now + webhook_sending.CLAIMED_FOR
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(free_at=later)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        due_at=later, num_attempts=attempt
    )
    return Claimed(
        delivery_id=delivery.pk,
        endpoint_id=endpoint.pk,
        attempt=attempt,
        url="",
        headers={},
        body=b"",
    )


def test_without_the_lock_some_leave_twice(
    due: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "claim_next", claim_without_lock)

    answers = all_at_once([claim_all] * 4)

    sent = Counter(
        pair for found in answers if isinstance(found, list) for pair in found
    )
    assert max(sent.values()) > 1


def test_the_last_places_for_addresses_are_given_once() -> None:
    farm, by = ground.make_farm(), ground.make_person()
    for number in range(MOST_ENDPOINTS - 1):
        make_endpoint(farm, name=f"Boutique {number}")
    wish = webhooks.Wish(name="Une de plus", url="https://a.example/", kinds=["*"])

    def add() -> str:
        return webhooks.add_webhook(
            organization=farm, wish=wish, by=by, now=timezone.now()
        ).status

    answers = all_at_once([add] * 3)

    assert sorted(map(str, answers)) == ["active", *["too_many_webhooks"] * 2]
    assert WebhookEndpoint.objects.count() == MOST_ENDPOINTS


def test_an_endpoint_is_removed_while_the_outcome_of_an_attempt_is_written() -> None:
    farm = ground.make_farm()
    endpoint = make_endpoint(farm)
    facts = {"pool_id": "p", "plan_id": "q", "service_on": "s", "num_routes": 2}
    happenings.leave(kind=Event.PLAN_PUBLISHED, facts={farm.pk: facts})

    def write_outcome() -> None:
        """As `record` does: the endpoint is held, then its delivery."""
        with transaction.atomic():
            rows = WebhookEndpoint.objects.select_for_update(no_key=True)
            rows.get(pk=endpoint.pk)
            wait_until_somebody_waits()
            WebhookDelivery.objects.select_for_update().filter(
                endpoint=endpoint
            ).first()

    def remove() -> None:
        time.sleep(0.3)
        webhooks.remove_webhook(endpoint=endpoint)

    assert all_at_once([write_outcome, remove]) == [None, None]
    assert WebhookEndpoint.objects.count() == 0
