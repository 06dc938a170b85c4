"""The producers floor as a Django application."""

from django.apps import AppConfig


class ProducersConfig(AppConfig):
    """See `docs/architecture.md` for what this app owns."""

    name = "producers"
    label = "producers"
