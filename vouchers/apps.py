"""The vouchers floor as a Django application."""

from django.apps import AppConfig


class VouchersConfig(AppConfig):
    """See `docs/architecture.md` for what this app owns."""

    name = "vouchers"
    label = "vouchers"
