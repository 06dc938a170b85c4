"""The sign of life of the clock and the workers, left where `/health` reads it."""

from datetime import datetime

from django.core.cache import cache

from hub.selectors import CLOCK_KEY


def say_it_ticks(*, now: datetime) -> None:
    """Leave the moment at which a task of the clock went through a worker."""
    cache.set(CLOCK_KEY, now, timeout=None)
