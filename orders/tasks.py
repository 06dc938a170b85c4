"""Background work of orders: money that waits is proved every night."""

from celery import shared_task
from django.utils import timezone

from orders import services


@shared_task(name="orders.prove_suspense", ignore_result=True)
def prove_suspense() -> int:
    """Prove that suspense is the sum of unmatched payments; safe to run twice."""
    return services.prove_suspense(now=timezone.now())
