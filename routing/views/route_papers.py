"""Papers of one truck: manifest, loading sheet, delivery notes; page and PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hub.core.errors import N_
from hub.doors import acting_as, acting_of, person_of
from hub.exchange.sheet import Sheet, pdf
from routing import selectors
from routing.exchange import delivery_notes, loading, manifest
from routing.models import Route

DOCUMENTS = {
    "manifest": (N_("Manifest"), manifest.sheets_of),
    "loading": (N_("Loading sheet"), loading.sheets_of),
    "notes": (N_("Delivery notes"), delivery_notes.sheets_of),
}


@require_GET
@acting_as("coordinator", "driver")
def route_paper(
    request: HttpRequest, plan_id: str, number: int, document: str
) -> HttpResponse:
    """One paper of a route, to be printed."""
    route = _route(request, plan_id, number)
    title, sheets = _sheets(route, document)
    context = {
        "title": title,
        "sheets": sheets,
        "back": _back(request, route),
        "pdf_url": reverse("routing:route_paper_pdf", args=[plan_id, number, document]),
    }
    return render(request, "hub/sheets.html", context)


@require_GET
@acting_as("coordinator", "driver")
def route_paper_pdf(
    request: HttpRequest, plan_id: str, number: int, document: str
) -> HttpResponse:
    """The same paper as a file."""
    route = _route(request, plan_id, number)
    _title, sheets = _sheets(route, document)
    if not sheets:
        raise Http404
    name = f"{document}-{route.plan.service_on:%Y-%m-%d}-{number}.pdf"
    answer = HttpResponse(pdf(sheets), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _route(request: HttpRequest, plan_id: str, number: int) -> Route:
    routes = selectors.routes_on_paper(person_of(request))
    return get_object_or_404(routes, plan__public_id=plan_id, number=number)


def _sheets(route: Route, document: str) -> tuple[str, tuple[Sheet, ...]]:
    if document not in DOCUMENTS:
        raise Http404
    title, made_of = DOCUMENTS[document]
    return _(title), made_of(selectors.cargo_of(route))


def _back(request: HttpRequest, route: Route) -> str:
    if acting_of(request).is_coordinator:
        return reverse("routing:plan", args=[route.plan.public_id])
    return reverse("routing:route", args=[route.plan.public_id, route.number])
