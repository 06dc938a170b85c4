"""The pricing floor as a Django application."""

from django.apps import AppConfig


class PricingConfig(AppConfig):
    """See `docs/architecture.md` for what this app owns."""

    name = "pricing"
    label = "pricing"
