"""Sending what is due, **at least once**, each endpoint at its own pace.

An attempt is claimed under lock in a transaction of its own: the endpoint is taken
until a moment (`free_at`), and so is the delivery (`due_at`). The message then leaves
outside any transaction, and the outcome is written if the attempt is still the last
one. A worker that dies in between loses nothing: when the moment has passed, the
delivery is due again. One message at a time leaves for an endpoint, by one thread of
several, so that a slow one holds no other back.
"""

import random
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hub import selectors
from hub.core.letters import Kind
from hub.core.webhooks import Letter, is_to_be_paused, signed_headers, wait_after
from hub.hooks import Answer, send
from hub.models import WebhookDelivery, WebhookEndpoint
from hub.services import notices
from hub.services.webhooks import valid_secrets

NUM_LANES = 8
SPELL_S = 10.0
"""How long one run goes on claiming: the worker has other work to do."""
CLAIMED_FOR = timedelta(seconds=60)
"""Longer than any attempt lasts."""
REST = timedelta(seconds=15)
"""After a failure, an endpoint is left alone for a moment."""
GONE = 410
State = WebhookDelivery.State
Status = WebhookEndpoint.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One attempt, with all that it sends: nothing is read again meanwhile."""

    delivery_id: int
    endpoint_id: int
    attempt: int
    url: str
    headers: dict[str, str]
    body: bytes


def send_due() -> int:
    """Send what is due, each attempt once however many workers do this at a time.

    Gives how many arrived. Call it outside any transaction.
    """
    began, num_arrived = time.monotonic(), 0
    running: dict[Future[Answer], Claimed] = {}
    with ThreadPoolExecutor(NUM_LANES, thread_name_prefix="webhook") as lanes:
        while True:
            while len(running) < NUM_LANES and time.monotonic() - began < SPELL_S:
                claimed = claim_next(now=timezone.now())
                if claimed is None:
                    break
                running[lanes.submit(_post, claimed)] = claimed
            if not running:
                return num_arrived
            for ended in wait(running, return_when=FIRST_COMPLETED).done:
                num_arrived += record(
                    claimed=running.pop(ended),
                    answer=ended.result(),
                    now=timezone.now(),
                )


@transaction.atomic
def claim_next(*, now: datetime) -> Claimed | None:
    """Take the next attempt that is due; what another worker takes is passed by."""
    free = selectors.endpoints_due(now=now)
    # Whoever leaves an event meanwhile refers to this row: that is no reason to wait.
    rows = free.select_for_update(skip_locked=True, no_key=True, of=("self",))
    endpoint = rows.first()
    if endpoint is None:
        return None
    delivery = (
        endpoint.deliveries.select_for_update(of=("self",))
        .select_related("event__organization")
        .filter(state=State.WAITING, due_at__lte=now)
        .order_by("due_at", "pk")
        .first()
    )
    if delivery is None:  # taken between the two looks, by one who has ended since
        return None
    endpoint.free_at = delivery.due_at = now + CLAIMED_FOR
    endpoint.tried_at = delivery.tried_at = now
    delivery.num_attempts += 1
    endpoint.save(update_fields=["free_at", "tried_at"])
    delivery.save(update_fields=["due_at", "tried_at", "num_attempts"])
    event = delivery.event
    letter = Letter(
        event_id=event.public_id,
        kind=event.kind,
        organization_id=event.organization.public_id,
        happened_at=event.happened_at,
        data=event.data,
    )
    keys = valid_secrets(endpoint, now=now)
    return Claimed(
        delivery_id=delivery.pk,
        endpoint_id=endpoint.pk,
        attempt=delivery.num_attempts,
        url=endpoint.url,
        headers=signed_headers(letter, valid_secrets=keys, at=now),
        body=letter.body,
    )


def _post(claimed: Claimed) -> Answer:
    return send(
        url=claimed.url,
        headers=claimed.headers,
        body=claimed.body,
        anywhere=settings.WEBHOOKS_ANYWHERE,
    )


@transaction.atomic
def record(*, claimed: Claimed, answer: Answer, now: datetime) -> bool:
    """Write what became of an attempt; one that was overtaken writes nothing.

    Gives whether it arrived. What cannot arrive is given up; where nothing arrives
    for days, or the address says that it is gone, the endpoint is paused and its
    people are told.
    """
    locked = WebhookEndpoint.objects.select_for_update(no_key=True, of=("self",))
    endpoints = locked.select_related("organization__hub")
    kept = endpoints.filter(pk=claimed.endpoint_id).first()
    attempts = WebhookDelivery.objects.select_for_update().filter(
        pk=claimed.delivery_id, num_attempts=claimed.attempt, state=State.WAITING
    )
    delivery = attempts.first()
    if kept is None or delivery is None:
        return False
    has_arrived = not answer.fault
    delivery.answer_status = answer.status or None
    delivery.fault, delivery.duration_ms = answer.fault, answer.duration_ms
    if has_arrived:
        delivery.state, delivery.delivered_at = State.DELIVERED, now
        kept.first_failed_at, kept.free_at = None, now
    else:
        _put_off(delivery, answer, now)
        kept.first_failed_at = kept.first_failed_at or now
        kept.free_at = now + REST
        _pause_if_hopeless(kept, answer, now)
    delivery.save()
    kept.save(update_fields=["first_failed_at", "free_at", "status"])
    return has_arrived


def _put_off(delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
    # Sent again by hand while this attempt left: the new round begins with it.
    num_failed = max(delivery.num_attempts - delivery.num_attempts_before, 1)
    pause = wait_after(
        num_failed,
        chance=random.random(),  # noqa: S311 - spreads retries, hides nothing
        asked_s=answer.retry_after_s,
    )
    if pause is None:
        delivery.state = State.FAILED
        return
    delivery.due_at = now + pause


def _pause_if_hopeless(
    endpoint: WebhookEndpoint, answer: Answer, now: datetime
) -> None:
    """Pause an endpoint, once, and leave a notice for its people with it."""
    if not endpoint.is_active:
        return
    if answer.status == GONE:
        endpoint.status = Status.GONE
    elif is_to_be_paused(failing_since=endpoint.first_failed_at, now=now):
        endpoint.status = Status.FAILING
    else:
        return
    organization = endpoint.organization
    notices.leave(
        kind=Kind.WEBHOOK_PAUSED,
        key=f"webhook-paused:{endpoint.public_id}:{now.isoformat()}",
        data={
            "name": endpoint.name,
            "is_gone": endpoint.status == Status.GONE,
            "failing_on": timezone.localdate(endpoint.first_failed_at).isoformat(),
        },
        hub=organization.hub or organization,
        organization=organization,
    )
