"""What people and programs do with webhook endpoints: add, pause, rotate, replay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from hub.core.errors.webhooks import (
    TooManyWebhooks,
    WebhookPaused,
    WebhookSecretGone,
    WebhookWithoutKind,
)
from hub.core.happenings import EVERY, Event
from hub.core.public_addresses import read_target
from hub.core.trail import Kind
from hub.core.webhooks import (
    FORMER_SECRET_LASTS,
    KEPT_FOR,
    MOST_ENDPOINTS,
    SECRET_READABLE_FOR,
    new_salt,
    secret_of,
)
from hub.models import Organization, WebhookDelivery, WebhookEndpoint, WebhookEvent
from hub.services.happenings import leave_for
from hub.services.trail import Fact, record

if TYPE_CHECKING:
    from hub.models import Person

Status = WebhookEndpoint.Status
State = WebhookDelivery.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an endpoint is for: its name, its address, the kinds of events it wants.

    Raises WebhookUrlUnfit, WebhookHostInside, WebhookWithoutKind.
    """

    name: str
    url: str
    kinds: Collection[str]

    def __post_init__(self) -> None:
        read_target(self.url, anywhere=settings.WEBHOOKS_ANYWHERE)
        if not self.known_kinds:
            raise WebhookWithoutKind

    @property
    def known_kinds(self) -> list[str]:
        """Every kind at once, or those chosen, in the order of the documentation."""
        if EVERY in self.kinds:
            return [EVERY]
        return [kind.value for kind in Event if kind.value in self.kinds]


@transaction.atomic
def add_webhook(
    *, organization: Organization, wish: Wish, by: "Person", now: datetime
) -> WebhookEndpoint:
    """Tell an address what happens from now on. Raises TooManyWebhooks."""
    # Two that add at once take turns at the row of their organization.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    kept = WebhookEndpoint.objects.filter(organization=organization)
    if kept.count() >= MOST_ENDPOINTS:
        raise TooManyWebhooks(most=MOST_ENDPOINTS)
    endpoint = WebhookEndpoint.objects.create(
        organization=organization,
        name=wish.name.strip(),
        url=wish.url,
        kinds=wish.known_kinds,
        made_by=by,
        made_at=now,
        salted_at=now,
    )
    _leave_trace(Kind.WEBHOOK_ADDED, endpoint, {}, _said(endpoint))
    return endpoint


@transaction.atomic
def change_webhook(*, endpoint: WebhookEndpoint, wish: Wish) -> WebhookEndpoint:
    """Give an endpoint another name, address or kinds; what waits goes there too."""
    endpoint = _held(endpoint)
    before = _said(endpoint)
    endpoint.name, endpoint.url = wish.name.strip(), wish.url
    endpoint.kinds = wish.known_kinds
    endpoint.save(update_fields=["name", "url", "kinds"])
    _leave_trace(Kind.WEBHOOK_CHANGED, endpoint, before, _said(endpoint))
    return endpoint


def secret_shown(endpoint: WebhookEndpoint) -> str:
    """The secret that a new or rotated endpoint signs with, for its owner's eyes."""
    return secret_of(endpoint.salt, site_key=settings.SECRET_KEY)


def secret_within_hour(*, endpoint: WebhookEndpoint, now: datetime) -> str:
    """The same for a program, within an hour. Raises WebhookSecretGone."""
    if now - endpoint.salted_at > SECRET_READABLE_FOR:
        raise WebhookSecretGone
    return secret_shown(endpoint)


def valid_secrets(endpoint: WebhookEndpoint, *, now: datetime) -> list[str]:
    """What a message is signed with now: the newest secret first."""
    salts = [endpoint.salt]
    if endpoint.former_ends_at is not None and endpoint.former_ends_at > now:
        salts.append(endpoint.former_salt)
    return [secret_of(salt, site_key=settings.SECRET_KEY) for salt in salts]


@transaction.atomic
def rotate_secret(*, endpoint: WebhookEndpoint, now: datetime) -> WebhookEndpoint:
    """Make a new secret; messages carry both signatures for a day."""
    endpoint = _held(endpoint)
    endpoint.former_salt, endpoint.salt = endpoint.salt, new_salt()
    endpoint.former_ends_at = now + FORMER_SECRET_LASTS
    endpoint.salted_at = now
    endpoint.save(update_fields=["former_salt", "salt", "former_ends_at", "salted_at"])
    _leave_trace(Kind.WEBHOOK_ROTATED, endpoint, {}, {})
    return endpoint


@transaction.atomic
def pause_webhook(*, endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Send nothing more to an endpoint; what happens meanwhile waits for it."""
    endpoint = _held(endpoint)
    if endpoint.is_active:
        before = _said(endpoint)
        endpoint.status = Status.PAUSED
        endpoint.save(update_fields=["status"])
        _leave_trace(Kind.WEBHOOK_CHANGED, endpoint, before, _said(endpoint))
    return endpoint


@transaction.atomic
def resume_webhook(*, endpoint: WebhookEndpoint, now: datetime) -> WebhookEndpoint:
    """Send again, what waited first, in its order. Safe to repeat."""
    endpoint = _held(endpoint)
    if endpoint.is_active:
        return endpoint
    before = _said(endpoint)
    endpoint.status, endpoint.first_failed_at = Status.ACTIVE, None
    endpoint.free_at = now
    endpoint.save(update_fields=["status", "first_failed_at", "free_at"])
    waiting = endpoint.deliveries.filter(state=State.WAITING, due_at__gt=now)
    waiting.update(due_at=now)
    _leave_trace(Kind.WEBHOOK_CHANGED, endpoint, before, _said(endpoint))
    return endpoint


@transaction.atomic
def remove_webhook(*, endpoint: WebhookEndpoint) -> None:
    """Forget an endpoint and all that was sent to it; nothing more leaves.

    Safe to repeat. Held before its deliveries, as by whoever sends them: an attempt
    that ends meanwhile comes before or after, never across.
    """
    kept = WebhookEndpoint.objects.select_for_update().filter(pk=endpoint.pk).first()
    if kept is not None:
        said = _said(kept)
        kept.delete()
        _leave_trace(Kind.WEBHOOK_REMOVED, endpoint, said, {})


@transaction.atomic
def send_test(*, endpoint: WebhookEndpoint) -> None:
    """Leave a test event for one endpoint. Raises WebhookPaused."""
    _require_active(endpoint)
    leave_for(
        kind=Event.WEBHOOK_TEST,
        endpoint=endpoint,
        data={"endpoint_id": endpoint.public_id},
    )


@transaction.atomic
def replay(*, delivery: WebhookDelivery, now: datetime) -> WebhookDelivery:
    """Send one message again with the id it had, whether it arrived or not.

    Raises WebhookPaused.
    """
    _require_active(delivery.endpoint)
    _put_back(WebhookDelivery.objects.filter(pk=delivery.pk), now)
    delivery.refresh_from_db()
    return delivery


@transaction.atomic
def replay_failed(*, endpoint: WebhookEndpoint, since: datetime, now: datetime) -> int:
    """Send again all that was given up of what happened since a moment.

    Gives how many. Raises WebhookPaused.
    """
    _require_active(endpoint)
    failed = endpoint.deliveries.filter(
        state=State.FAILED, event__happened_at__gte=since
    )
    return _put_back(failed, now)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Forget the events of more than a month ago and all their deliveries."""
    old = WebhookEvent.objects.filter(happened_at__lt=now - KEPT_FOR)
    _, by_model = old.delete()
    return by_model.get("hub.WebhookEvent", 0)


def _put_back(deliveries: QuerySet[WebhookDelivery], now: datetime) -> int:
    """A new round of attempts, from now on."""
    return deliveries.update(
        state=State.WAITING,
        due_at=now,
        num_attempts_before=F("num_attempts"),
        delivered_at=None,
    )


def _said(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """What a trace says of an endpoint: the rest of its address may hold a secret."""
    return {
        "name": endpoint.name,
        "host": read_target(endpoint.url, anywhere=True).host,
        "kinds": endpoint.kinds,
        "status": endpoint.status,
    }


def _leave_trace(
    kind: Kind,
    endpoint: WebhookEndpoint,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    fact = Fact(
        kind=kind,
        subject=(endpoint.public_id, endpoint.name),
        concerns=[endpoint.organization_id],
        before=before,
        after=after,
    )
    record(fact)


def _held(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """The row as it stands, held until the transaction ends."""
    rows = WebhookEndpoint.objects.select_for_update(no_key=True)
    return rows.get(pk=endpoint.pk)


def _require_active(endpoint: WebhookEndpoint) -> None:
    if not _held(endpoint).is_active:
        raise WebhookPaused
