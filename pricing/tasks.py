"""Background work of prices: watching how long each fund lasts."""

from celery import shared_task
from django.utils import timezone

from pricing import services


@shared_task(name="pricing.watch_funds", ignore_result=True)
def watch_funds() -> int:
    """Tell who coordinates that a fund came under a level; safe to run twice."""
    return services.watch_funds(on=timezone.localdate())
