"""The ledger as Django sees it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """One double-entry ledger that pays everybody to the cent."""

    name = "hub.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
