"""Leaving an event for programs elsewhere, in the transaction of what happened.

Nothing is called back: a fact is left here, and `hub.services.webhook_sending` looks
for it later. Where no endpoint wants the event, one query is all that it costs.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hub import selectors
from hub.core.happenings import Event, require_facts
from hub.models import WebhookDelivery, WebhookEndpoint, WebhookEvent


@transaction.atomic
def leave(*, kind: Event, facts: Mapping[int, Mapping[str, Any]], key: str = "") -> int:
    """Leave one event for each organization, by its pk, with what it may know.

    Call it in the transaction of what happened: both stand or neither. Only
    organizations with an endpoint for this kind get one. With a `key`, the same thing
    left again leaves nothing: give the key of an effect that may be asked twice.
    Gives how many messages will leave.
    """
    for data in facts.values():
        require_facts(kind, data)
    endpoints = list(selectors.endpoints_for(kind, facts)) if facts else []
    if key and endpoints:
        known = WebhookEvent.objects.filter(key=key, organization__in=list(facts))
        told = set(known.values_list("organization_id", flat=True))
        endpoints = [one for one in endpoints if one.organization_id not in told]
    return _write(kind, facts, endpoints, key)


@transaction.atomic
def leave_for(*, kind: Event, endpoint: WebhookEndpoint, data: dict[str, Any]) -> None:
    """Leave an event for one endpoint alone, whatever kinds it wants."""
    require_facts(kind, data)
    _write(kind, {endpoint.organization_id: data}, [endpoint])


def _write(
    kind: Event,
    facts: Mapping[int, Mapping[str, Any]],
    endpoints: list[WebhookEndpoint],
    key: str = "",
) -> int:
    if not endpoints:
        return 0
    told = sorted({endpoint.organization_id for endpoint in endpoints})
    events = WebhookEvent.objects.bulk_create(
        WebhookEvent(organization_id=pk, kind=kind, data=dict(facts[pk]), key=key)
        for pk in told
    )
    of = {event.organization_id: event for event in events}
    deliveries = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            event=of[endpoint.organization_id],
            endpoint=endpoint,
            due_at=of[endpoint.organization_id].happened_at,
        )
        for endpoint in endpoints
    )
    return len(deliveries)
