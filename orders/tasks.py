"""Background work of orders: money that waits is proved, cash ahead is watched."""

from celery import shared_task
from django.utils import timezone

from orders import services


@shared_task(name="orders.prove_suspense", ignore_result=True)
def prove_suspense() -> int:
    """Prove that suspense is the sum of unmatched payments; safe to run twice."""
    return services.prove_suspense(now=timezone.now())


@shared_task(name="orders.watch_cash", ignore_result=True)
def watch_cash() -> int:
    """Warn the hubs whose money will run low; safe to run twice at once."""
    return services.watch_every_hub(today=timezone.localdate())
