"""Proving the books: everything the ledger promises, computed again from its rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Sum

from hub.ledger.audit import books, history, holds
from hub.ledger.audit.report import Report
from hub.ledger.models import Account, Entry, Posting, Refusal, Seal

__all__ = ["Report", "audit"]


def audit() -> Report:
    """Everything that is wrong with the ledger at this moment; nothing, we hope."""
    with _one_moment():
        head = Seal.objects.order_by("-sequence").first()
        return Report(
            checks={
                "postings sum to zero": books.lopsided_postings(),
                "the ledger sums to zero": books.lopsided_ledger(),
                "balances equal entries": books.wrong_balances(),
                "rollups equal entries": books.wrong_rollups(),
                "no floored account is below zero": books.overdrawn_accounts(),
                "holds account for their money": holds.wrong_holds(),
                "contents match their fingerprints": history.changed_contents(),
                "reversals are the opposite of their original": (
                    history.wrong_reversals()
                ),
                "a key has one outcome": history.keys_with_two_outcomes(),
                "closed periods are as they were": history.changed_periods(),
                "seals form one chain": history.broken_seals(),
            },
            num_accounts=Account.objects.count(),
            num_postings=Posting.objects.count(),
            num_entries=Entry.objects.count(),
            num_refusals=Refusal.objects.count(),
            ledger_sum_cents=_sum_cents(),
            num_sealed=Seal.objects.count(),
            seal_sequence=head.sequence if head else 0,
            seal_sha256=head.chain_sha256 if head else "",
        )


def _sum_cents() -> int:
    return int(Entry.objects.aggregate(cents=Sum("amount_cents", default=0))["cents"])


@contextmanager
def _one_moment() -> Iterator[None]:
    """One snapshot for all checks: money that moves meanwhile is not seen by half."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
        yield
