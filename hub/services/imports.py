"""Sheets that a hub brings: kept until confirmed, recorded when done, and undone.

What the rows mean is said by the service of their floor (`import_members` here); this
one keeps the sheet, the choice of columns and the record of what was done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from hub import selectors
from hub.core.imports import (
    Action,
    Column,
    ImportHasErrors,
    ImportIsOver,
    ImportOutdated,
    Sheet,
    Verdict,
    digest_of,
    guess_columns,
    normalised,
    require_mapping,
)
from hub.models import ImportBatch, ImportRow, Organization, Person

DRAFTS_KEPT = timedelta(days=7)
Effect = dict[str, Any]


@transaction.atomic
def keep_sheet(
    *,
    hub: Organization,
    sheet: Sheet,
    table: Sequence[Sequence[str]],
    by: Person,
    now: datetime,
    file_name: str = "",
    is_sample: bool = False,
) -> ImportBatch:
    """Keep a sheet until it is confirmed, its columns guessed from their headers.

    Sheets that nobody confirmed for a week are thrown away on the way.
    """
    ImportBatch.objects.filter(
        hub=hub,
        status=ImportBatch.Status.DRAFT,
        created_at__lt=now - DRAFTS_KEPT,
    ).delete()
    remembered = selectors.remembered_columns(hub, sheet.code)
    columns = [_in_every_language(column) for column in sheet.columns]
    guessed = guess_columns(table[0], columns, remembered)
    return ImportBatch.objects.create(
        hub=hub,
        person=by,
        kind=sheet.code,
        file_name=file_name[:120],
        is_sample=is_sample,
        table=[list(row) for row in table],
        mapping=_by_header(table[0], guessed),
        created_at=now,
    )


def _in_every_language(column: Column) -> Column:
    """The column, also known by its label as each language of the site shows it."""
    labels = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            labels.append(gettext(column.label))
    return replace(column, names=(*column.names, *labels))


def open_sample(
    *, hub: Organization, kind: str, file_name: str, by: Person, now: datetime
) -> ImportBatch:
    """Begin a sample of what no sheet brings; `record` says what it made."""
    return ImportBatch.objects.create(
        hub=hub,
        person=by,
        kind=kind,
        file_name=file_name,
        is_sample=True,
        created_at=now,
    )


@transaction.atomic
def choose_columns(
    *, batch: ImportBatch, sheet: Sheet, chosen: Mapping[int, str]
) -> ImportBatch:
    """Say which column holds what. Raises ColumnMissing, ColumnTwice, ImportIsOver."""
    kept = lock_draft(batch)
    require_mapping({at: code for at, code in chosen.items() if code}, sheet.columns)
    kept.mapping = _by_header(kept.table[0], chosen)
    kept.save(update_fields=["mapping"])
    return kept


def _by_header(headers: Sequence[str], mapping: Mapping[int, str]) -> dict[str, str]:
    return {
        normalised(header): mapping.get(position, "")
        for position, header in reversed(list(enumerate(headers)))
        if normalised(header)
    }


def lock_draft(batch: ImportBatch) -> ImportBatch:
    """Hold a sheet that still waits for an answer. Raises ImportIsOver."""
    kept = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if kept.status != ImportBatch.Status.DRAFT:
        raise ImportIsOver
    return kept


def discard(*, batch: ImportBatch) -> None:
    """Throw away a sheet that was not imported; one that was stays."""
    ImportBatch.objects.filter(pk=batch.pk, status=ImportBatch.Status.DRAFT).delete()


def require_same(
    verdicts: Sequence[Verdict], *, digest: str, only_good: bool
) -> list[Verdict]:
    """The rows to do, when they are still those that were shown.

    Raises ImportOutdated, or ImportHasErrors unless the good rows alone are asked for.
    """
    if digest_of(verdicts) != digest:
        raise ImportOutdated
    num_refused = sum(verdict.action == Action.REFUSE for verdict in verdicts)
    if num_refused and not only_good:
        raise ImportHasErrors(num=num_refused)
    return [verdict for verdict in verdicts if verdict.action != Action.REFUSE]


def record(
    batch: ImportBatch,
    done: Sequence[tuple[Verdict, str, list[Effect]]],
    *,
    now: datetime,
    left_out: Sequence[tuple[Verdict, str]] = (),
) -> ImportBatch:
    """Write down what each row did or why it was left out; let go of the sheet."""
    ImportRow.objects.bulk_create(
        ImportRow(
            batch=batch,
            number=verdict.number,
            action=verdict.action,
            title=title[:250],
            effects=effects,
        )
        for verdict, title, effects in done
    )
    batch.status, batch.done_at, batch.table = ImportBatch.Status.DONE, now, []
    batch.left_out = [_left_out(verdict, title) for verdict, title in left_out]
    batch.save(update_fields=["status", "done_at", "table", "left_out"])
    return batch


def _left_out(verdict: Verdict, title: str) -> dict[str, Any]:
    return {
        "number": verdict.number,
        "title": title[:250],
        "errors": [asdict(error) for error in verdict.errors],
    }


def lock_done(batches: Sequence[ImportBatch]) -> list[ImportBatch]:
    """Hold imports that stand, by ascending id. Raises ImportIsOver."""
    pks = [batch.pk for batch in batches]
    held = list(
        ImportBatch.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    )
    if any(batch.status != ImportBatch.Status.DONE for batch in held):
        raise ImportIsOver
    return held


def mark_undone(batches: Sequence[ImportBatch], *, by: Person, now: datetime) -> None:
    """Say who took imports back, and when; their rows stay readable."""
    ImportBatch.objects.filter(pk__in=[batch.pk for batch in batches]).update(
        status=ImportBatch.Status.UNDONE, undone_at=now, undone_by=by
    )
