"""Webhook endpoints and their deliveries, for those who speak for an organization."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from hub.core.happenings import EVERY, Event
from hub.models import Person, WebhookDelivery, WebhookEndpoint
from hub.selectors.api_keys import ISSUERS
from hub.selectors.organizations import organizations_with_role


def webhooks_run_by(person: Person) -> QuerySet[WebhookEndpoint]:
    """Endpoints of the organizations that the person, or the program, speaks for."""
    mine = organizations_with_role(person, *ISSUERS)
    return WebhookEndpoint.objects.filter(organization__in=mine).select_related(
        "organization__hub", "made_by"
    )


def deliveries_run_by(person: Person) -> QuerySet[WebhookDelivery]:
    """What was sent to those endpoints, or waits to be, the latest event first."""
    return (
        WebhookDelivery.objects.filter(endpoint__in=webhooks_run_by(person))
        .select_related("event__organization", "endpoint")
        .order_by("-id")
    )


def listening(kind: Event, organizations: Iterable[int]) -> frozenset[int]:
    """Which of some organizations have an endpoint for a kind of event; one query."""
    found = endpoints_for(kind, organizations)
    return frozenset(found.values_list("organization_id", flat=True))


def endpoints_for(
    kind: Event, organizations: Iterable[int]
) -> QuerySet[WebhookEndpoint]:
    """The endpoints of some organizations that want a kind of event, paused ones too:
    what happens meanwhile leaves when they are resumed."""
    wanted = Q(kinds__contains=[EVERY]) | Q(kinds__contains=[kind.value])
    if kind == Event.WEBHOOK_TEST:
        wanted = Q()
    return WebhookEndpoint.objects.filter(
        wanted, organization__in=list(organizations)
    ).order_by("pk")


def family_listening(kind: Event, hubs: Iterable[int]) -> frozenset[int]:
    """Which of some hubs and their members have an endpoint for a kind; one query."""
    hubs = list(hubs)
    wanted = Q(kinds__contains=[EVERY]) | Q(kinds__contains=[kind.value])
    family = Q(organization__in=hubs) | Q(organization__hub__in=hubs)
    found = WebhookEndpoint.objects.filter(wanted, family)
    return frozenset(found.values_list("organization_id", flat=True))


def endpoints_due(*, now: datetime) -> QuerySet[WebhookEndpoint]:
    """Active endpoints for which something is due, the longest untried first."""
    due = WebhookDelivery.objects.filter(
        endpoint=OuterRef("pk"), state=WebhookDelivery.State.WAITING, due_at__lte=now
    )
    return WebhookEndpoint.objects.filter(
        Exists(due),
        status=WebhookEndpoint.Status.ACTIVE,
        organization__is_active=True,
        free_at__lte=now,
    ).order_by("free_at", "pk")
