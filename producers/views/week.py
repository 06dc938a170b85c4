"""The weekly grid: shown, saved by cell or as one form, copied, answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from hub import selectors as hub_selectors
from hub.core.errors import DomainError
from hub.core.periods import monday_of
from hub.doors import (
    acting_as,
    person_of,
    say_done,
    say_refusal,
    table_file,
    wants_file,
)
from hub.templatetags.words import money
from producers import selectors, services
from producers.core.errors import WeekRefused
from producers.exchange import tables
from producers.forms.week import RowEntry, entries_of, entries_typed
from producers.views.access import farm_of, hub_of, own_farm

if TYPE_CHECKING:
    from hub.models import Organization
    from producers.models import Availability

WEEK = timedelta(days=7)


@require_GET
@acting_as("producer", "coordinator")
def week(request: HttpRequest) -> HttpResponse:
    """Go to the week to fill: of one's farm, or of the farms one coordinates."""
    farm = own_farm(request)
    if farm is None or farm.hub is None:
        return redirect("producers:farms")
    week_on = hub_selectors.week_to_fill(farm.hub, timezone.localdate())
    return redirect("producers:grid", farm_id=farm.public_id, week_on=week_on)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def grid(request: HttpRequest, farm_id: str, week_on: date) -> HttpResponse:
    """One row per variant; as one form it is saved whole or not at all."""
    farm = farm_of(request, farm_id)
    hub = hub_of(request, farm)
    rows = selectors.grid_rows(farm, hub, week_on)
    if wants_file(request):
        return table_file(request, (tables.AVAILABILITY, rows))
    if request.method == "GET":
        return _page(request, farm, hub, week_on, entries=entries_of(rows))
    entries, sent = entries_typed(request.POST, rows)
    if not _save_week(request, week_on, sent):
        return _page(request, farm, hub, week_on, entries=entries, status=422)
    return _back(farm, hub, week_on)


def _save_week(request: HttpRequest, week_on: date, sent: list[RowEntry]) -> bool:
    """Read every row, then save them together; refusals are noted on the rows."""
    cells = {entry.row.offer_id: entry.read() for entry in sent}
    if any(entry.errors for entry in sent):
        say_refusal(request, WeekRefused(rows={}))
        return False
    offers = selectors.offers_by_id(list(cells))
    try:
        num_changed = services.post_week(
            week_on=week_on,
            cells=[(offers[pk], cell) for pk, cell in cells.items()],
            by=person_of(request),
            now=timezone.now(),
        )
    except WeekRefused as refusal:
        by_offer = {entry.row.offer_id: entry for entry in sent}
        for pk, error in refusal.data["rows"].items():
            by_offer[pk].refuse(error)
        say_refusal(request, refusal)
        return False
    said = ngettext("%(count)s row saved.", "%(count)s rows saved.", num_changed)
    say_done(request, said % {"count": num_changed})
    return True


@require_POST
@acting_as("producer", "coordinator")
def cell(request: HttpRequest, farm_id: str, week_on: date) -> JsonResponse:
    """Save one row as a phone types it; the answer tells what to show beside it."""
    farm = farm_of(request, farm_id)
    hub = hub_of(request, farm)
    offers = selectors.offers_editable_by(person_of(request))
    offer = get_object_or_404(
        offers,
        public_id=request.POST.get("offer", ""),
        variant__product__producer=farm,
        hub=hub,
    )
    entry = RowEntry(
        row=selectors.blank_row(offer),
        quantity=request.POST.get(f"quantity-{offer.public_id}", ""),
        price=request.POST.get(f"price-{offer.public_id}", ""),
        lot=request.POST.get(f"lot-{offer.public_id}", ""),
    )
    written = entry.read()
    if entry.errors:
        return _refused(entry)
    try:
        saved = services.save_cell(
            offer=offer,
            week_on=week_on,
            cell=written,
            page_key=request.POST.get("page", "")[:36] or str(uuid4()),
            change=_change_number(request.POST.get("change", "")),
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        entry.refuse(error)
        return _refused(entry)
    expected_cents = selectors.expected_income_cents(farm, hub, week_on)
    return JsonResponse(_saved(saved, expected_cents))


def _change_number(text: str) -> int:
    """The number of a change; one that is none counts as the first."""
    is_number = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if is_number else 1


def _refused(entry: RowEntry) -> JsonResponse:
    answer = {
        "state": "refused",
        "fields": list(entry.errors),
        "message": " ".join(entry.refusals()),
    }
    return JsonResponse(answer, status=422)


def _saved(row: Availability | None, expected_cents: int) -> dict[str, str]:
    total_cents = row.quantity * row.price_cents if row else 0
    return {
        "state": "saved",
        "message": gettext("Saved") if row else gettext("Blank: nothing said yet"),
        "warning": warning_of(row.reserved, row.short_quantity) if row else "",
        "total": money(total_cents),
        "expected": money(expected_cents),
    }


def warning_of(reserved: int, short_quantity: int) -> str:
    """What a farm must know when it posts less than it promised."""
    if not short_quantity:
        return ""
    sentence = gettext(
        "%(reserved)s promised: %(short)s short. The coordination will see it."
    )
    return sentence % {"reserved": reserved, "short": short_quantity}


@require_POST
@acting_as("producer", "coordinator")
def copy(request: HttpRequest, farm_id: str, week_on: date) -> HttpResponse:
    """Fill the blank rows with the last week posted."""
    farm = farm_of(request, farm_id)
    hub = hub_of(request, farm)
    try:
        num_filled = services.copy_last_week(
            producer=farm,
            hub=hub,
            week_on=week_on,
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
        return _back(farm, hub, week_on)
    said = ngettext("%(count)s row filled.", "%(count)s rows filled.", num_filled)
    say_done(request, said % {"count": num_filled})
    return _back(farm, hub, week_on)


@require_POST
@acting_as("producer", "coordinator")
def nothing(request: HttpRequest, farm_id: str, week_on: date) -> HttpResponse:
    """Answer that the farm has nothing this week."""
    farm = farm_of(request, farm_id)
    hub = hub_of(request, farm)
    try:
        services.nothing_this_week(
            producer=farm,
            hub=hub,
            week_on=week_on,
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
        return _back(farm, hub, week_on)
    say_done(request, gettext("Noted: nothing this week. Thank you for telling."))
    return _back(farm, hub, week_on)


def _page(
    request: HttpRequest,
    farm: Organization,
    hub: Organization,
    week_on: date,
    *,
    entries: list[RowEntry],
    status: int = 200,
) -> HttpResponse:
    is_past = week_on < monday_of(timezone.localdate())
    context: dict[str, Any] = {
        "farm": farm,
        "hub": hub,
        "hubs": selectors.hubs_offered_to(farm),
        "week_on": week_on,
        "week_before": week_on - WEEK,
        "week_after": week_on + WEEK,
        "last_on": selectors.last_week_posted(farm, hub, week_on),
        "entries": [
            (entry, warning_of(entry.row.reserved, entry.row.short_quantity))
            for entry in entries
        ],
        "expected_cents": sum(entry.row.total_cents for entry in entries),
        "is_empty": selectors.has_said_nothing(farm, hub, week_on),
        "is_past": is_past,
        "is_closed": is_past or hub_selectors.is_week_closed(hub, week_on),
        "page_key": str(uuid4()),
    }
    return render(request, "producers/week.html", context, status=status)


def _back(farm: Organization, hub: Organization, week_on: date) -> HttpResponseRedirect:
    address = reverse(
        "producers:grid", kwargs={"farm_id": farm.public_id, "week_on": week_on}
    )
    if hub.pk != farm.hub_id:
        address += f"?hub={hub.public_id}"
    return HttpResponseRedirect(address)
