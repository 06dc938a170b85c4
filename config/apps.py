"""The roof as a Django application: it carries the commands that see every floor."""

from django.apps import AppConfig


class RoofConfig(AppConfig):
    """Commands and checks that need all floors; no tables."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        """Register the start-up checks and the queue that tasks are sent to."""
        from config import celery, checks  # noqa: F401 - importing is the effect
