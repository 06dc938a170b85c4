"""Sheets that a hub brings: kept, looked at, imported."""

from datetime import UTC, datetime

from hub.core.imports import digest_of
from hub.models import ImportBatch, Organization, Person
from hub.services.imports import keep_sheet
from routing.services.imports import SHEETS, preview, run_import

SENT_AT = datetime(2026, 6, 15, 16, tzinfo=UTC)


def bring(
    hub: Organization, by: Person, kind: str, *rows: list[str], now: datetime = SENT_AT
) -> ImportBatch:
    """A sheet of one kind that waits to be confirmed: its header, its rows."""
    return keep_sheet(hub=hub, sheet=SHEETS[kind], table=list(rows), by=by, now=now)


def imported(batch: ImportBatch) -> ImportBatch:
    """The same, confirmed as it is shown."""
    digest = digest_of(preview(batch))
    return run_import(batch=batch, digest=digest, only_good=False, now=SENT_AT)
