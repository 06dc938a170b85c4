"""The list of days, and one day of a pool: what to carry, planning, proposals."""

import uuid
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.doors import (
    acting_as,
    person_of,
    table_file,
    wants_file,
)
from routing import selectors
from routing.exchange import rows, tables
from routing.forms import SearchForm
from routing.sentences import failure_sentence

DAYS_BACK = 35


@require_GET
@acting_as("coordinator")
def plans(request: HttpRequest) -> HttpResponse:
    """Days with goods to carry, the latest first."""
    pools = selectors.pools_seen_by(person_of(request)).prefetch_related("hubs")
    since = timezone.localdate() - timedelta(days=DAYS_BACK)
    days = selectors.days_of(pools, since=since)
    if wants_file(request):
        return table_file(request, (tables.DAYS, days))
    context = {"pools": pools, "days": days}
    return render(request, "routing/plans.html", context)


@require_GET
@acting_as("coordinator")
def day(request: HttpRequest, pool_id: str, service_on: date) -> HttpResponse:
    """What a day has to carry, the search under way, and what was proposed."""
    person = person_of(request)
    pool = get_object_or_404(selectors.pools_seen_by(person), public_id=pool_id)
    goods = selectors.day_goods(pool, service_on)
    proposals = selectors.proposals_of(pool, service_on)
    if wants_file(request):
        return table_file(
            request,
            (tables.SHIPMENTS, rows.shipment_rows(goods.shipments)),
            (tables.PROPOSALS, proposals),
        )
    job = selectors.last_planning(pool, service_on)
    is_settled = any(row.is_settled for row in proposals)
    runs = selectors.pools_run_by(person).filter(pk=pool.pk)
    context = {
        "pool": pool,
        "service_on": service_on,
        "goods": goods,
        "proposals": proposals,
        "is_settled": is_settled,
        "may_reopen": is_settled and runs.exists(),
        "job": job,
        "failure": failure_sentence(job) if job and job.state == "failed" else "",
        "form": SearchForm(initial={"key": uuid.uuid4().hex}),
    }
    return render(request, "routing/day.html", context)
