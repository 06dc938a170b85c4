"""The roof as a Django application: it carries the commands that see every floor."""

from django.apps import AppConfig


class RoofConfig(AppConfig):
    """Commands and checks that need all floors; no tables."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """Register the start-up checks."""
        from config import checks  # noqa: F401 - registering is its effect
