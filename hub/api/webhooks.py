"""Webhooks through the API: addresses that are told what happens, and what was sent."""

import re
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Path, Schema

from hub import selectors
from hub.api.callers import caller_of
from hub.api.doors import Door
from hub.api.shapes import Moment, PublicId, Sent
from hub.core.happenings import EVERY, Event
from hub.core.scopes import Scope
from hub.models import WebhookDelivery, WebhookEndpoint
from hub.services import webhooks as services

router = Door(tags=["webhooks"])
Id = Annotated[str, Path(pattern=r"^[2-9a-z]{12}$")]
KINDS = "|".join(re.escape(kind) for kind in (EVERY, *Event))
Kind = Annotated[str, Field(pattern=f"^({KINDS})$")]
READ, WRITE = Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE
ROLES = selectors.ISSUERS


class WebhookIn(Sent):
    """An address, and what it wants to be told."""

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*\S")]
    url: Annotated[str, Field(min_length=1, max_length=500)]
    kinds: list[Kind] = Field(
        max_length=100, description="Kinds of docs/webhooks.md; `*` for all of them."
    )

    def wish(self) -> services.Wish:
        """The same for the service."""
        return services.Wish(name=self.name, url=self.url, kinds=self.kinds)


class WebhookOut(Schema):
    """An address that is told what happens; its secret is read apart."""

    id: PublicId = Field(alias="public_id")
    organization_id: PublicId = Field(alias="organization.public_id")
    name: str
    url: str
    kinds: list[str]
    status: Literal["active", "paused", "failing", "gone"]
    made_at: Moment


class SecretOut(Schema):
    """What signs the messages."""

    secret: str


class DeliveryOut(Schema):
    """One event for one address."""

    id: PublicId = Field(alias="public_id")
    webhook_id: str = Field(description="The header of the same name.")
    type: str = Field(alias="event.kind")
    happened_at: datetime = Field(alias="event.happened_at")
    state: Literal["waiting", "delivered", "failed"]
    num_attempts: int
    due_at: datetime
    delivered_at: datetime | None
    answer_status: int | None
    fault: str = Field(description="Why the last attempt failed; empty if it did not.")

    @staticmethod
    def resolve_webhook_id(delivery: WebhookDelivery) -> str:
        return f"evt_{delivery.event.public_id}"


class SinceIn(Sent):
    """From when on."""

    since: Moment


class CountOut(Schema):
    """How many messages are sent again."""

    count: int


@router.pages("/webhooks", scope=READ, roles=ROLES, out=WebhookOut)
def webhooks(request: HttpRequest) -> QuerySet[WebhookEndpoint]:
    """The addresses of one's organizations."""
    return selectors.webhooks_run_by(caller_of(request).person)


@router.act(
    "/webhooks",
    scope=WRITE,
    roles=ROLES,
    out=WebhookOut,
    status=HTTPStatus.CREATED,
    counts=True,
)
def add_webhook(request: HttpRequest, asked: WebhookIn) -> WebhookOut:
    """Have an address told what happens from now on; then read its secret."""
    caller = caller_of(request)
    return _out(
        services.add_webhook(
            organization=caller.acting.organization,
            wish=asked.wish(),
            by=caller.person,
            now=timezone.now(),
        )
    )


@router.read("/webhooks/{endpoint_id}", scope=READ, roles=ROLES, out=WebhookOut)
def webhook(request: HttpRequest, endpoint_id: Id) -> WebhookEndpoint:
    """One address."""
    return _mine(request, endpoint_id)


@router.read("/webhooks/{endpoint_id}/secret", scope=WRITE, roles=ROLES, out=SecretOut)
def webhook_secret(request: HttpRequest, endpoint_id: Id) -> dict[str, Any]:
    """The secret of an address, within an hour of its making."""
    endpoint = _mine(request, endpoint_id)
    now = timezone.now()
    return {"secret": services.secret_within_hour(endpoint=endpoint, now=now)}


@router.act(
    "/webhooks/{endpoint_id}/change",
    scope=WRITE,
    roles=ROLES,
    out=WebhookOut,
    counts=True,
)
def change_webhook(
    request: HttpRequest, endpoint_id: Id, asked: WebhookIn
) -> WebhookOut:
    """Give an address another name, place or kinds."""
    endpoint = _mine(request, endpoint_id)
    return _out(services.change_webhook(endpoint=endpoint, wish=asked.wish()))


@router.act(
    "/webhooks/{endpoint_id}/rotate",
    scope=WRITE,
    roles=ROLES,
    out=WebhookOut,
    counts=True,
)
def rotate_webhook(request: HttpRequest, endpoint_id: Id) -> WebhookOut:
    """Make a new secret; the former one signs beside it for a day."""
    endpoint = _mine(request, endpoint_id)
    return _out(services.rotate_secret(endpoint=endpoint, now=timezone.now()))


@router.act("/webhooks/{endpoint_id}/pause", scope=WRITE, roles=ROLES, out=WebhookOut)
def pause_webhook(request: HttpRequest, endpoint_id: Id) -> WebhookOut:
    """Send nothing for now; what happens meanwhile waits."""
    return _out(services.pause_webhook(endpoint=_mine(request, endpoint_id)))


@router.act("/webhooks/{endpoint_id}/resume", scope=WRITE, roles=ROLES, out=WebhookOut)
def resume_webhook(request: HttpRequest, endpoint_id: Id) -> WebhookOut:
    """Send again, what waited first."""
    endpoint = _mine(request, endpoint_id)
    return _out(services.resume_webhook(endpoint=endpoint, now=timezone.now()))


@router.act("/webhooks/{endpoint_id}/remove", scope=WRITE, roles=ROLES, out=WebhookOut)
def remove_webhook(request: HttpRequest, endpoint_id: Id) -> WebhookOut:
    """Forget an address and all that was sent to it; gives what it was."""
    endpoint = _mine(request, endpoint_id)
    removed = _out(endpoint)
    services.remove_webhook(endpoint=endpoint)
    return removed


@router.act("/webhooks/{endpoint_id}/test", scope=WRITE, roles=ROLES, out=WebhookOut)
def send_test_webhook(request: HttpRequest, endpoint_id: Id) -> WebhookOut:
    """Have a `webhook.test` event sent within seconds."""
    endpoint = _mine(request, endpoint_id)
    services.send_test(endpoint=endpoint)
    return _out(endpoint)


@router.pages(
    "/webhooks/{endpoint_id}/deliveries", scope=READ, roles=ROLES, out=DeliveryOut
)
def webhook_deliveries(
    request: HttpRequest, endpoint_id: Id
) -> QuerySet[WebhookDelivery]:
    """What was sent to an address in the last thirty days, or waits to be."""
    endpoint = _mine(request, endpoint_id)
    deliveries = selectors.deliveries_run_by(caller_of(request).person)
    return deliveries.filter(endpoint=endpoint)


@router.act("/webhooks/{endpoint_id}/replay", scope=WRITE, roles=ROLES, out=CountOut)
def replay_webhook(request: HttpRequest, endpoint_id: Id, asked: SinceIn) -> CountOut:
    """Send again all that was given up of what happened since a moment."""
    count = services.replay_failed(
        endpoint=_mine(request, endpoint_id), since=asked.since, now=timezone.now()
    )
    return CountOut(count=count)


@router.act(
    "/webhook-deliveries/{delivery_id}/replay",
    scope=WRITE,
    roles=ROLES,
    out=DeliveryOut,
)
def replay_delivery(request: HttpRequest, delivery_id: Id) -> DeliveryOut:
    """Send one message again, with the `webhook-id` it had."""
    deliveries = selectors.deliveries_run_by(caller_of(request).person)
    delivery = get_object_or_404(deliveries, public_id=delivery_id)
    services.replay(delivery=delivery, now=timezone.now())
    return DeliveryOut.from_orm(delivery)


def _mine(request: HttpRequest, endpoint_id: str) -> WebhookEndpoint:
    endpoints = selectors.webhooks_run_by(caller_of(request).person)
    return get_object_or_404(endpoints, public_id=endpoint_id)


def _out(endpoint: WebhookEndpoint) -> WebhookOut:
    return WebhookOut.from_orm(endpoint)
