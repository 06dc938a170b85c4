"""Files of a bank: what each row would bring now, and how the last one was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from orders.core.bank_table import (
    BankRow,
    Reading,
    Rows,
    day_order_of,
    decimal_of,
    read,
    require_readable,
)
from orders.models import PaymentFile, ReceivedPayment

if TYPE_CHECKING:
    from hub.models import Organization

FILES_SHOWN = 50


def bank_files_of(hub: Organization) -> QuerySet[PaymentFile]:
    """The files of a hub, the latest first."""
    return PaymentFile.objects.filter(hub=hub).select_related("sent_by").defer("table")


def remembered_reading(
    hub: Organization, shape: str, guessed: Reading, rows: Rows
) -> Reading:
    """The columns chosen for the last file of this shape; else what was guessed.

    The order of days and the mark of cents are those of this very file, where it shows
    them.
    """
    last = (
        PaymentFile.objects.filter(hub=hub, shape=shape)
        .order_by("-pk")
        .values_list("reading", flat=True)
        .first()
    )
    if not last:
        return guessed
    kept = Reading.of(last)
    return replace(
        kept,
        first_row=guessed.first_row,
        day_order=day_order_of(rows, kept) or kept.day_order,
        decimal=decimal_of(rows, kept),
    )


def bank_rows(file: PaymentFile, *, today: date) -> list[BankRow]:
    """What each row of a file would bring now.

    One taken before is `known`, also when somebody said that it was another one's
    double.
    Raises BankColumnMissing, BankColumnTwice, DayOrderAsked.
    """
    reading = Reading.of(file.reading)
    require_readable(file.table, reading)
    rows = read(file.table, reading, today=today)
    known = set(
        ReceivedPayment.objects.filter(
            hub=file.hub,
            line_digest__in={row.digest for row in rows if row.digest},
        )
        .filter(Q(undone_at=None) | Q(double_decision="same"))
        .values_list("line_digest", "occurrence")
    )
    return [
        BankRow(number=row.number, code="known")
        if (row.digest, row.occurrence) in known
        else row
        for row in rows
    ]
