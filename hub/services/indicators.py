"""Leaving figures for reports; floors above call it when their day is settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.indicators import Fact
from hub.models import IndicatorFact

if TYPE_CHECKING:
    from hub.models import Organization


@transaction.atomic
def record(*, hub: Organization, facts: Iterable[Fact], now: datetime) -> None:
    """Leave facts of a hub.

    A key names one fact for ever: recorded again, its figure is replaced, never added
    to, so that a day may be counted anew after a correction. Keys must be written by
    one floor only; a fact never changes its hub, day or measure.
    """
    rows = [
        IndicatorFact(
            key=fact.key,
            hub=hub,
            service_on=fact.on,
            measure=fact.measure,
            detail=fact.detail,
            value=fact.value,
            unit=fact.unit,
            num_people=fact.num_people,
            recorded_at=now,
        )
        for fact in sorted(facts, key=lambda fact: fact.key)
    ]
    IndicatorFact.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["value", "detail", "num_people", "recorded_at"],
    )


@transaction.atomic
def replace(
    *, hub: Organization, prefix: str, facts: Iterable[Fact], now: datetime
) -> None:
    """Leave facts of a hub in place of all those whose key begins with `prefix`.

    So a source that has nothing any more leaves nothing behind. The caller sees to it
    that no two of these run at once for the same prefix.
    """
    rows = list(facts)
    assert all(fact.key.startswith(prefix) for fact in rows)
    before = IndicatorFact.objects.filter(hub=hub, key__startswith=prefix)
    before.exclude(key__in=[fact.key for fact in rows]).delete()
    record(hub=hub, facts=rows, now=now)
