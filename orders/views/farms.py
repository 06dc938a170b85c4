"""What was ordered of a farm, and its pick list; nothing of what buyers pay."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from hub import selectors as hub_selectors
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    table_file,
    wants_file,
)
from orders import selectors
from orders.exchange import tables
from orders.exchange.pick_list import PickList, filled, pdf, pick_list
from orders.sentences import minimums_of, reason_of

if TYPE_CHECKING:
    from hub.models import Cycle, Organization


@require_GET
@acting_as("producer")
def sold(request: HttpRequest) -> HttpResponse:
    """The cycles of the farm's hub, with what each brings to the farm."""
    farm = acting_of(request).organization
    found = selectors.cycles_sold_by(farm)
    if wants_file(request):
        return table_file(request, (tables.SOLD, _paid(farm, list(found))))
    page = page_of(request, found, 20)
    rows = _paid(farm, list(page.object_list))
    return render(request, "orders/sold.html", {"page": page, "rows": rows})


def _paid(farm: "Organization", cycles: list["Cycle"]) -> list[dict[str, Any]]:
    pay = selectors.pay_by_cycle(farm, cycles)
    return [{"cycle": cycle, "pay_cents": pay.get(cycle.pk, 0)} for cycle in cycles]


@require_GET
@acting_as("producer")
def sold_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was ordered of the farm in one cycle, why, and what it will be paid."""
    farm = acting_of(request).organization
    cycle = _cycle(request, public_id)
    sheet = _sheet(farm, cycle)
    if wants_file(request):
        return table_file(request, (tables.SOLD_IN, sheet.totals))
    rows = selectors.sold_rows(farm, cycle)
    reasons = {
        row.product: reason_of(row.reason_code, row.reason_data)
        for row in rows
        if row.reason_code
    }
    context = {
        "cycle": cycle,
        "farm": farm,
        "sheet": sheet,
        "rows": rows,
        "reasons": sorted(reasons.items()),
        "minimums": minimums_of(cycle, farm),
        "pay_cents": sum(row.pay_cents for row in rows),
    }
    return render(request, "orders/sold_in.html", context)


@require_GET
@acting_as("producer")
def pick_list_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The pick list of the farm, to be printed."""
    farm = acting_of(request).organization
    cycle = _cycle(request, public_id)
    sheets = [_sheet(farm, cycle)]
    if wants_file(request):
        return table_file(request, (tables.PICK_LIST, _picked(sheets)))
    context = {
        "sheets": sheets,
        "pdf_of": public_id,
        "minimums": minimums_of(cycle, farm),
    }
    return render(request, "orders/pick_list.html", context)


@require_GET
@acting_as("producer")
def pick_list_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same pick list as a file."""
    farm = acting_of(request).organization
    cycle = _cycle(request, public_id)
    answer = HttpResponse(pdf(_sheet(farm, cycle)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{_file_name(cycle.service_on)}"'
    return answer


@require_GET
@acting_as("coordinator")
def pick_lists(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every farm's pick list of a cycle, one after the other, for the hub's dock."""
    cycle = get_object_or_404(
        hub_selectors.cycles_run_by(person_of(request)), public_id=public_id
    )
    sheets = [_sheet(farm, cycle) for farm in selectors.farms_that_sold(cycle)]
    if wants_file(request):
        return table_file(request, (tables.PICK_LIST, _picked(sheets)))
    context = {"sheets": sheets, "cycle": cycle, "minimums": minimums_of(cycle)}
    return render(request, "orders/pick_list.html", context)


def _picked(sheets: list[PickList]) -> list[dict[str, Any]]:
    """The rows of several pick lists, each with its farm."""
    return [
        {"farm": sheet.farm, "row": row}
        for sheet in sheets
        for stop in sheet.stops
        for row in stop.rows
    ]


def _cycle(request: HttpRequest, public_id: str) -> "Cycle":
    return get_object_or_404(
        selectors.sold_cycles_seen_by(person_of(request)).filter(
            hub=acting_of(request).hub
        ),
        public_id=public_id,
    )


def _sheet(farm: "Organization", cycle: "Cycle") -> PickList:
    sheet = pick_list(
        farm=farm.name,
        hub=cycle.hub.name,
        cycle=cycle.name,
        service_on=cycle.service_on,
        is_final=cycle.status == "closed",
    )
    return filled(sheet, selectors.sold_rows(farm, cycle))


def _file_name(on: date) -> str:
    return f"{on:%Y-%m-%d}.pdf"
