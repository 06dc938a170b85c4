"""Endpoints of organizations, as a test wants them."""

from collections.abc import Collection
from typing import Any

from hub.models import Organization, WebhookEndpoint, WebhookEvent


def make_endpoint(
    organization: Organization,
    url: str = "https://farm.example/hook",
    *,
    kinds: Collection[str] = ("*",),
    name: str = "Boutique",
) -> WebhookEndpoint:
    """An endpoint that is told what happens to `organization`: all, unless said."""
    return WebhookEndpoint.objects.create(
        organization=organization, url=url, kinds=list(kinds), name=name
    )


def told(organization: Organization) -> list[tuple[str, dict[str, Any]]]:
    """What programs of an organization are told, in the order it happened."""
    events = WebhookEvent.objects.filter(organization=organization).order_by("pk")
    return list(events.values_list("kind", "data"))


def kinds_told(organization: Organization) -> list[str]:
    """The same, without the facts."""
    return [kind for kind, _data in told(organization)]
