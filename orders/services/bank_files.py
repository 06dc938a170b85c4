"""Files of a bank: kept, looked at, taken, taken back.

The preview and the taking read the rows by one function, and the taking refuses when it
would do something else than what was shown. Locks as in `receiving`: the hub first, so
that two files with the same lines follow each other.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.services.trail import Fact, record
from orders import selectors
from orders.core.bank_table import (
    ERRORS,
    BankRow,
    Reading,
    Rows,
    digest_of,
    guess,
    require_readable,
    shape_of,
)
from orders.core.errors.payments import (
    BankFileHasErrors,
    BankFileOutdated,
    BankFileOver,
    BankFileStays,
)
from orders.models import PaymentFile, ReceivedPayment
from orders.services.receiving import (
    BankLine,
    Received,
    Source,
    leave_books,
    lock_hub,
    receive,
)

if TYPE_CHECKING:
    from hub.models import Organization, Person

DRAFTS_KEPT = timedelta(days=7)


@transaction.atomic
def keep_bank_file(
    *,
    hub: "Organization",
    rows: Rows,
    encoding: str,
    file_name: str,
    by: "Person | None",
    now: datetime,
) -> PaymentFile:
    """Keep a file until it is confirmed, read as the last one of its shape was.

    Files that nobody confirmed for a week are thrown away on the way.
    """
    PaymentFile.objects.filter(
        hub=hub, status=PaymentFile.Status.DRAFT, sent_at__lt=now - DRAFTS_KEPT
    ).delete()
    guessed, shape = guess(rows), shape_of(rows)
    reading = selectors.remembered_reading(hub, shape, guessed, rows)
    return PaymentFile.objects.create(
        hub=hub,
        file_name=file_name[:120],
        encoding=encoding,
        shape=shape,
        reading=reading.as_dict(),
        table=rows,
        sent_by=by,
        sent_at=now,
    )


@transaction.atomic
def choose_reading(*, file: PaymentFile, reading: Reading) -> PaymentFile:
    """Say which column holds what, and how days are written.

    Raises BankFileOver, BankColumnMissing, BankColumnTwice, DayOrderAsked.
    """
    held = _lock_file(file, PaymentFile.Status.DRAFT)
    require_readable(held.table, reading)
    held.reading = reading.as_dict()
    held.save(update_fields=["reading"])
    return held


def _lock_file(file: PaymentFile, status: str) -> PaymentFile:
    lock_hub(file.hub)
    held = (
        PaymentFile.objects.select_for_update(of=("self",))
        .select_related("hub")
        .filter(pk=file.pk)
        .first()
    )
    if held is None or held.status != status:
        raise BankFileOver
    return held


@transaction.atomic
def take_bank_file(
    *,
    file: PaymentFile,
    digest: str,
    only_good: bool,
    by: "Person | None",
    today: date,
    now: datetime,
) -> list[ReceivedPayment]:
    """Write down every payment of a file, as its preview showed them.

    A line that another file brought is not taken again. Raises BankFileOver,
    BankFileOutdated, BankFileHasErrors, and what `choose_reading` does.
    """
    held = _lock_file(file, PaymentFile.Status.DRAFT)
    rows = selectors.bank_rows(held, today=today)
    if digest_of(rows) != digest:
        raise BankFileOutdated
    wrong = sum(row.code in ERRORS for row in rows)
    if wrong and not only_good:
        raise BankFileHasErrors(num=wrong)
    made = [_take(held, row, by, now) for row in rows if not row.code]
    held.status, held.done_at, held.table = PaymentFile.Status.DONE, now, []
    held.left_out = [
        {"number": row.number, "code": row.code, "data": dict(row.data)}
        for row in rows
        if row.code
    ]
    held.save(update_fields=["status", "done_at", "table", "left_out"])
    _trace(Kind.PAYMENTS_IMPORTED, held, made, by)
    return made


def _take(
    file: PaymentFile, row: BankRow, by: "Person | None", now: datetime
) -> ReceivedPayment:
    assert row.on is not None, "a row without a day has a code"
    return receive(
        hub=file.hub,
        told=Received(
            on=row.on,
            amount_cents=row.amount_cents,
            payer=row.payer,
            reference=row.reference,
            bank_id=row.bank_id,
        ),
        source=Source.FILE,
        key=f"file:{file.public_id}:{row.number}",
        by=by,
        now=now,
        line=BankLine(
            file=file,
            row_number=row.number,
            digest=row.digest,
            occurrence=row.occurrence,
        ),
    )


@transaction.atomic
def undo_bank_file(
    *, file: PaymentFile, by: "Person | None", today: date, now: datetime
) -> PaymentFile:
    """Take a whole file back while nothing of it is matched or given back.

    Raises BankFileOver, BankFileStays.
    """
    held = _lock_file(file, PaymentFile.Status.DONE)
    rows = list(
        ReceivedPayment.objects.select_for_update(of=("self",))
        .select_related("hub")
        .filter(file=held, undone_at=None)
        .order_by("pk")
    )
    gone = sum(row.left_cents != row.amount_cents for row in rows)
    if gone:
        raise BankFileStays(num=gone)
    for row in rows:
        leave_books(row, today=today, now=now)
    held.status, held.undone_at = PaymentFile.Status.UNDONE, now
    held.save(update_fields=["status", "undone_at"])
    _trace(Kind.PAYMENTS_UNDONE, held, rows, by)
    return held


def discard_bank_file(*, file: PaymentFile) -> None:
    """Throw away a file that was not taken; one that was stays."""
    PaymentFile.objects.filter(pk=file.pk, status=PaymentFile.Status.DRAFT).delete()


def _trace(
    kind: Kind,
    file: PaymentFile,
    payments: Sequence[ReceivedPayment],
    by: "Person | None",
) -> None:
    fact = Fact(
        kind=kind,
        subject=(file.public_id, file.hub.name),
        concerns=[file.hub_id],
        after={
            "num_payments": len(payments),
            "total_cents": sum(row.amount_cents for row in payments),
        },
    )
    record(fact, by=by)
