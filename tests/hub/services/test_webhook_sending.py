"""What one attempt leaves behind, and to whom nothing is sent any more."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.core.happenings import Event
from hub.core.webhooks import PAUSED_AFTER
from hub.hooks import Answer
from hub.models import (
    Notice,
    Organization,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from hub.services import happenings, webhook_sending, webhooks
from hub.services.webhook_sending import Claimed
from tests.factories.hub import make_farm, make_producer
from tests.factories.webhooks import make_endpoint

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
FACTS = {"pool_id": "p", "plan_id": "q", "service_on": "2026-06-18", "num_routes": 2}
ARRIVED, FAILED = Answer(status=200), Answer(status=500, fault="status")


@pytest.fixture
def farm() -> Organization:
    farm = make_farm()
    make_producer(farm)
    return farm


@pytest.fixture
def endpoint(farm: Organization) -> WebhookEndpoint:
    """An endpoint for which two messages are due at noon."""
    made = make_endpoint(farm)
    for _ in range(2):
        happenings.leave(kind=Event.PLAN_PUBLISHED, facts={farm.pk: FACTS})
    WebhookDelivery.objects.update(due_at=NOON)
    WebhookEndpoint.objects.update(free_at=NOON)
    return made


def claim(now: datetime = NOON) -> Claimed:
    claimed = webhook_sending.claim_next(now=now)
    assert claimed is not None
    return claimed


def states() -> list[str]:
    rows = WebhookDelivery.objects.order_by("pk")
    return list(rows.values_list("state", flat=True))


def test_an_outcome_is_written_once(endpoint: WebhookEndpoint) -> None:
    claimed = claim()

    first = webhook_sending.record(claimed=claimed, answer=ARRIVED, now=NOON)
    second = webhook_sending.record(claimed=claimed, answer=FAILED, now=NOON)

    assert (first, second, states()) == (True, False, ["delivered", "waiting"])


def test_one_arrival_ends_the_days_of_failure(endpoint: WebhookEndpoint) -> None:
    webhook_sending.record(claimed=claim(), answer=FAILED, now=NOON)
    later = NOON + timedelta(minutes=1)
    webhook_sending.record(claimed=claim(later), answer=ARRIVED, now=later)

    endpoint.refresh_from_db()
    assert (endpoint.first_failed_at, endpoint.free_at) == (None, later)


def test_an_organization_that_is_closed_is_told_nothing(
    farm: Organization, endpoint: WebhookEndpoint
) -> None:
    Organization.objects.filter(pk=farm.pk).update(is_active=False)

    assert webhook_sending.claim_next(now=NOON) is None
    assert states() == ["waiting"] * 2


def test_a_failure_after_the_pause_tells_nobody_again(
    endpoint: WebhookEndpoint,
) -> None:
    claimed = claim()
    webhooks.pause_webhook(endpoint=endpoint)
    WebhookEndpoint.objects.update(first_failed_at=NOON - PAUSED_AFTER)

    webhook_sending.record(claimed=claimed, answer=FAILED, now=NOON)

    endpoint.refresh_from_db()
    assert (endpoint.status, Notice.objects.count()) == ("paused", 0)


def test_the_same_thing_left_twice_is_told_once(farm: Organization) -> None:
    make_endpoint(farm)
    make_endpoint(farm, name="Compta")

    left = [
        happenings.leave(kind=Event.PLAN_PUBLISHED, facts={farm.pk: FACTS}, key=key)
        for key in ("one", "one", "two")
    ]

    assert left == [2, 0, 2]
    assert WebhookEvent.objects.count() == 2
