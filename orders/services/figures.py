"""The figures that billed deliveries leave on the ground floor for reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.indicators import Fact
from hub.indicators import has_facts
from hub.services import indicators
from orders import selectors
from orders.models import Seller

if TYPE_CHECKING:
    from hub.models import Organization
    from orders.selectors import DayFigures

LONGEST_DETAIL = 80


@transaction.atomic
def leave_figures(*, hub: Organization, on: date, now: datetime) -> None:
    """Leave what a day of deliveries of a hub came to, in place of what it said before.

    Counted behind the lock of the seller's row, which whoever writes an invoice or a
    credit note holds until the end: no paper is missed, and the last one counts.
    """
    list(Seller.objects.select_for_update().filter(hub=hub))
    figures = selectors.figures_of_day(hub=hub, on=on)
    prefix = _prefix(hub, on)
    facts = _facts(figures, prefix, on)
    indicators.replace(hub=hub, prefix=prefix, facts=facts, now=now)


def renew_figures(*, hub: Organization, on: date, now: datetime) -> None:
    """Count a day anew that left its figures before; before it is settled, nothing."""
    if has_facts(hub, prefix=_prefix(hub, on)):
        leave_figures(hub=hub, on=on, now=now)


def _prefix(hub: Organization, on: date) -> str:
    return f"orders:{on}:{hub.public_id}:"


def _facts(figures: DayFigures, prefix: str, on: date) -> Iterable[Fact]:
    for measure, value in (
        ("farm_paid", figures.parts.farm_cents),
        ("buyer_invoiced", figures.parts.buyer_cents),
        ("fund_given", figures.given_cents),
        ("mass_delivered", figures.mass_g),
        ("shipments_delivered", figures.num_shipments),
    ):
        yield Fact(key=f"{prefix}{measure}:", on=on, measure=measure, value=value)
    for measure, sources in (
        ("fund_drawn", figures.drawn),
        ("envelope_paid", figures.enveloped),
        ("households", figures.fed),
    ):
        for source in sources:
            yield Fact(
                key=f"{prefix}{measure}:{source.public_id}",
                on=on,
                measure=measure,
                value=source.value,
                detail=source.name[:LONGEST_DETAIL],
                num_people=source.num_households,
            )
