"""Papers of a closed cycle: packing lists of the hub, lot labels of a farm."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hub import selectors as hub_selectors
from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    table_file,
    wants_file,
)
from hub.exchange.sheet import Sheet
from hub.exchange.sheet import pdf as sheets_pdf
from orders import selectors
from orders.exchange import lot_labels, packing_list, tables
from orders.exchange.lot_labels import LotLabel

if TYPE_CHECKING:
    from hub.models import Cycle


@require_GET
@acting_as("coordinator")
def packing_lists(request: HttpRequest, public_id: str) -> HttpResponse:
    """What each buyer gets at each drop point of a cycle."""
    cycle = _run_cycle(request, public_id)
    if wants_file(request):
        lines = selectors.lines_to_pack(cycle)
        return table_file(request, (tables.PACKING_LISTS, lines))
    context = {
        "title": _("Packing lists"),
        "table": tables.PACKING_LISTS.name,
        "sheets": _packing(cycle),
        "back": reverse("orders:cycle", args=[public_id]),
        "pdf_url": reverse("orders:packing_lists_pdf", args=[public_id]),
    }
    return render(request, "hub/sheets.html", context)


@require_GET
@acting_as("coordinator")
def packing_lists_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same lists as a file."""
    cycle = _run_cycle(request, public_id)
    sheets = _packing(cycle)
    if not sheets:
        raise Http404
    return _file(sheets_pdf(sheets), f"{cycle.service_on:%Y-%m-%d}.pdf")


@require_GET
@acting_as("producer")
def labels(request: HttpRequest, public_id: str) -> HttpResponse:
    """The labels of one's crates in a cycle, with what stands on them."""
    made = _labels(request, public_id)
    if wants_file(request):
        return table_file(request, (tables.LOT_LABELS, made))
    context = {
        "labels": made,
        "num_crates": sum(label.num_crates for label in made),
        "cycle_id": public_id,
    }
    return render(request, "orders/lot_labels.html", context)


@require_GET
@acting_as("producer")
def labels_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The labels as a file, ten on a page, one for each crate."""
    made = _labels(request, public_id)
    if not made:
        raise Http404
    return _file(lot_labels.pdf(made), f"{made[0].service_on:%Y-%m-%d}.pdf")


def _packing(cycle: "Cycle") -> tuple[Sheet, ...]:
    lists = packing_list.packing_lists(cycle.hub.name, selectors.lines_to_pack(cycle))
    return tuple(packing_list.sheet_of(each) for each in lists)


def _labels(request: HttpRequest, public_id: str) -> tuple[LotLabel, ...]:
    acting = acting_of(request)
    cycle = get_object_or_404(
        selectors.sold_cycles_seen_by(person_of(request)).filter(hub=acting.hub),
        public_id=public_id,
    )
    lines = selectors.lines_to_label(cycle, acting.organization)
    return lot_labels.lot_labels(lines)


def _run_cycle(request: HttpRequest, public_id: str) -> "Cycle":
    return get_object_or_404(
        hub_selectors.cycles_run_by(person_of(request)), public_id=public_id
    )


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
