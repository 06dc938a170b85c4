"""Samples: a few invented rows to look at, removed without a trace in the lists.

A sample is an import like any other, marked; removing all of them takes these imports
back, which is refused as a whole when anything real hangs on one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from hub import selectors as hub_selectors
from hub.core.first_steps import Step
from hub.core.imports import Action, Verdict, digest_of
from hub.core.periods import at_local, local_clock, monday_of
from hub.services import cycles, imports
from hub.services.cycles import CycleFacts
from routing import selectors
from routing.core.samples import Row, sample_sheets
from routing.selectors.first_day import SAMPLE
from routing.services.imports import SHEETS, preview, run_import, undo_imports

if TYPE_CHECKING:
    from hub.models import Organization, Person

CYCLES = "cycles"
_WEEKS_AHEAD = timedelta(weeks=8)
"""Far enough for a sample cycle never to open before somebody has removed it."""
_DAY = timedelta(days=1)


@transaction.atomic
def load_sample(*, hub: Organization, step: Step, by: Person, now: datetime) -> None:
    """Bring the sample of one step; one that is there already stays as it is."""
    names = selectors.names_for(hub)
    for kind, rows in sample_sheets(step, names):
        _bring(hub, kind, rows, step=step, by=by, now=now)
    if step == Step.CYCLE:
        _bring_cycle(hub, names.of(hub.name), by=by, now=now)


def _bring(
    hub: Organization,
    kind: str,
    rows: list[Row],
    *,
    step: Step,
    by: Person,
    now: datetime,
) -> None:
    sheet = SHEETS[kind]
    codes = [column.code for column in sheet.columns]
    table = [codes, *([row.get(code, "") for code in codes] for row in rows)]
    batch = imports.keep_sheet(
        hub=hub,
        sheet=sheet,
        table=table,
        by=by,
        now=now,
        file_name=f"{SAMPLE}{step}",
        is_sample=True,
    )
    verdicts = preview(batch)
    if not any(verdict.action == Action.CREATE for verdict in verdicts):
        imports.discard(batch=batch)
        return
    digest = digest_of(verdicts)
    run_import(batch=batch, digest=digest, only_good=True, now=now)


def _bring_cycle(hub: Organization, name: str, *, by: Person, now: datetime) -> None:
    """A draft that shows how a week is laid out."""
    if hub_selectors.samples_of(hub).filter(kind=CYCLES).exists():
        return
    monday = monday_of(local_clock(now)[0]) + _WEEKS_AHEAD
    facts = CycleFacts(
        name=name[:80],
        opens_at=at_local(monday, 8 * 3_600),
        closes_at=at_local(monday + _DAY, 17 * 3_600),
        service_on=monday + 3 * _DAY,
    )
    made = cycles.create_cycle(hub=hub, facts=facts)
    batch = imports.open_sample(
        hub=hub, kind=CYCLES, file_name=f"{SAMPLE}{Step.CYCLE}", by=by, now=now
    )
    verdict = Verdict(number=2, action=Action.CREATE, facts={"name": made.name})
    effect: imports.Effect = {
        "table": "cycle",
        "id": made.public_id,
        "before": None,
        "after": {},
    }
    imports.record(batch, [(verdict, made.name, [effect])], now=now)


def remove_samples(*, hub: Organization, by: Person, now: datetime) -> None:
    """Remove every sample of a hub. Raises ImportStays, and then removes none."""
    batches = list(hub_selectors.samples_of(hub))
    undo_imports(batches=batches, by=by, now=now)
