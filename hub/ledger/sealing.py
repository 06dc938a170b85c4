"""Sealing: a job chains the postings afterwards, in a sequence of its own."""

from django.db import connection, transaction

from hub.ledger.core.seals import FIRST_LINK
from hub.ledger.models import Seal
from hub.ledger.records import unsealed_records

_ONE_SEALER = 20_260_101
"""The advisory lock that lets one sealer work at a time."""


@transaction.atomic
def seal(*, limit: int = 5_000) -> int:
    """Chain the postings that have no seal yet, oldest first; returns how many.

    A posting that was committed late is sealed later than its neighbours: the chain
    follows the order of sealing, so no posting ever waits for it. May run twice at
    once: the second one waits for the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_SEALER])
    last = Seal.objects.order_by("-sequence").first()
    sequence = last.sequence if last else 0
    chain_sha256 = last.chain_sha256 if last else FIRST_LINK
    seals = []
    for record in unsealed_records(limit):
        sequence += 1
        chain_sha256 = record.link(sequence=sequence, previous_sha256=chain_sha256)
        seals.append(
            Seal(sequence=sequence, posting_id=record.pk, chain_sha256=chain_sha256)
        )
    Seal.objects.bulk_create(seals, batch_size=1_000)
    return len(seals)
