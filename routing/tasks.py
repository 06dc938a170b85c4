"""Background work of routing: planning a day, closing a cycle with its costs."""

from celery import shared_task
from django.utils import timezone

from routing import services


@shared_task(name="routing.plan", ignore_result=True)
def plan(job_id: int) -> None:
    """Plan the day that a job asks for; safe to run twice."""
    services.run_plan(job_id=job_id)


@shared_task(name="routing.rest_of_day", ignore_result=True)
def rest_of_day(job_id: int) -> None:
    """Plan the rest of a day without a truck that broke down; safe to run twice."""
    services.run_rest(job_id=job_id)


@shared_task(name="routing.close_cycle", ignore_result=True)
def close_cycle(job_id: int) -> None:
    """Close the cycle that a job asks for; safe to run twice."""
    services.run_close(job_id=job_id)


@shared_task(name="routing.close_due_cycles", ignore_result=True)
def close_due_cycles() -> int:
    """Ask for the close of every cycle whose hour has passed; safe to run twice."""
    asked = services.request_due_closes(now=timezone.now())
    for job in asked:
        close_cycle.delay(job.pk)
    return len(asked)


@shared_task(name="routing.draw_plan", ignore_result=True)
def draw_plan(plan_id: int) -> None:
    """Draw the ways that a hand opened along the streets; safe to run twice."""
    services.draw_plan(plan_id=plan_id)
