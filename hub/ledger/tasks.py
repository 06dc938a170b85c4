"""Background work of the ledger: sealing, and giving back holds that expired."""

from celery import shared_task
from django.utils import timezone

from hub.ledger import posting, sealing


@shared_task(name="ledger.seal", ignore_result=True)
def seal_postings() -> int:
    """Chain the postings that have no seal yet; safe to run twice at once."""
    return sealing.seal()


@shared_task(name="ledger.release_expired", ignore_result=True)
def release_expired_holds() -> int:
    """Give back the money of holds that expired; safe to run twice at once."""
    return len(posting.release_expired(now=timezone.now()))
