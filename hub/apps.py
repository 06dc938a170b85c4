"""The ground floor as a Django application."""

from django.apps import AppConfig


class HubConfig(AppConfig):
    """Organizations, people, places, families, cycles and jobs."""

    name = "hub"
    label = "hub"
