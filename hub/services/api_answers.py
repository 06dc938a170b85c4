"""One effect per Idempotency-Key of a program: the answer is kept and given again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from hub.core.errors import IdempotencyKeyReused
from hub.models import ApiAnswer, Person


@contextmanager
def one_answer(*, caller: Person, key: str, fingerprint: str) -> Iterator[ApiAnswer]:
    """The row of this key: empty when nobody answered it yet, else what was answered.

    What is done inside stands or falls with the answer. A second request with the same
    key waits here until the first one has ended, then sees its answer, or finds nothing
    if that was undone. Raises IdempotencyKeyReused: the same key, another content.
    """
    with transaction.atomic():
        ApiAnswer.objects.bulk_create(
            [ApiAnswer(caller=caller, key=key, fingerprint=fingerprint)],
            ignore_conflicts=True,
        )
        row = ApiAnswer.objects.select_for_update().get(caller=caller, key=key)
        if row.fingerprint != fingerprint:
            raise IdempotencyKeyReused(key=key)
        yield row


@contextmanager
def undone_if_refused() -> Iterator[None]:
    """An attempt inside an answer: a refusal undoes it and leaves the answer."""
    with transaction.atomic():
        yield


def keep_answer(*, row: ApiAnswer, status: int, body: Any) -> None:
    """Write what was answered, refusals too, beside the effect."""
    ApiAnswer.objects.filter(pk=row.pk).update(status=status, body=body)
