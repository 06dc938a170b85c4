"""The orders floor as a Django application."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """See `docs/architecture.md` for what this app owns."""

    name = "orders"
    label = "orders"
