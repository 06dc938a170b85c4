"""The routing floor as a Django application."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    """See `docs/architecture.md` for what this app owns."""

    name = "routing"
    label = "routing"
