"""Background work of orders: closing cycles at their hour."""

import structlog
from celery import shared_task
from django.utils import timezone

from hub import selectors as hub_selectors
from hub.core.errors import DomainError
from orders import services

log = structlog.get_logger("orders")


@shared_task(name="orders.close_due_cycles", ignore_result=True)
def close_due_cycles() -> int:
    """Close the cycles whose hour has passed; a cycle that cannot is logged."""
    now = timezone.now()
    closed = 0
    for cycle_id in hub_selectors.cycles_to_close(now=now):
        try:
            services.close_cycle(cycle_id=cycle_id, by=None, now=now)
            closed += 1
        except DomainError as refusal:
            log.warning("close_refused", cycle=cycle_id, code=refusal.code)
    return closed
