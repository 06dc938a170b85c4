"""Papers of trucks and drivers, their scans, and who drives which route."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    person_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from hub.services.exports import note_licence_read
from routing import selectors, services
from routing.core.papers import LICENCE, OF_DRIVERS, OF_VEHICLES
from routing.exchange import tables
from routing.forms import DriverForm, PaperForm
from routing.models import DriverPaper, VehiclePaper
from routing.sentences import PAPERS, paper_sentence
from routing.views.fleet import OWNERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.models import Person


@require_GET
@acting_as(*OWNERS)
def papers(request: HttpRequest) -> HttpResponse:
    """The trucks and drivers one keeps, with the state of their papers."""
    person, today = person_of(request), timezone.localdate()
    trucks = _told(selectors.vehicle_holders(person, today))
    drivers = _told(selectors.driver_holders(person, today))
    if wants_file(request):
        return table_file(
            request,
            (tables.TRUCK_PAPERS, trucks),
            (tables.DRIVER_PAPERS, drivers),
        )
    context = {"vehicles": trucks, "drivers": drivers}
    return render(request, "routing/papers.html", context)


def _told(
    holders: list[selectors.Holder],
) -> list[tuple[selectors.Holder, list[str]]]:
    return [(row, [paper_sentence(each) for each in row.faults]) for row in holders]


@require_http_methods(["GET", "POST"])
@acting_as(*OWNERS)
def vehicle_papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """The insurance and the registration of a truck."""
    vehicle = get_object_or_404(
        selectors.vehicles_editable_by(person_of(request)), public_id=public_id
    )
    known = selectors.vehicle_papers(vehicle)
    forms = _forms(request, OF_VEHICLES, known)
    sent = request.POST.get("paper", "")
    if sent in forms and forms[sent].is_valid():
        services.keep_vehicle_paper(vehicle=vehicle, facts=forms[sent].facts(sent))
        say_done(request, _("The paper is kept."))
        return redirect(request.path)
    context = {"holder": vehicle.name, "rows": _rows(forms, known), "of": vehicle}
    return _form_page(request, {**context, "is_vehicle": True})


@require_http_methods(["GET", "POST"])
@acting_as(*OWNERS)
def driver_papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """The licence of a driver."""
    person = get_object_or_404(
        selectors.drivers_kept_by(person_of(request)), public_id=public_id
    )
    _note_read(request, person)
    known = selectors.driver_papers(person)
    forms = _forms(request, OF_DRIVERS, known)
    sent = request.POST.get("paper", "")
    if sent in forms and forms[sent].is_valid():
        services.keep_driver_paper(person=person, facts=forms[sent].facts(sent))
        say_done(request, _("The paper is kept."))
        return redirect(request.path)
    context = {"holder": str(person), "rows": _rows(forms, known), "of": person}
    return _form_page(request, {**context, "is_vehicle": False})


def _forms(
    request: HttpRequest,
    kinds: tuple[str, ...],
    known: "Mapping[str, VehiclePaper | DriverPaper]",
) -> dict[str, PaperForm]:
    sent = request.POST.get("paper", "")
    return {
        kind: PaperForm(
            request.POST if kind == sent else None,
            request.FILES if kind == sent else None,
            prefix=kind,
            initial={"number": known[kind].number, "expires_on": known[kind].expires_on}
            if kind in known
            else None,
        )
        for kind in kinds
    }


def _rows(
    forms: dict[str, PaperForm], known: "Mapping[str, VehiclePaper | DriverPaper]"
) -> list[tuple[str, str, PaperForm, VehiclePaper | DriverPaper | None]]:
    return [
        (kind, _(PAPERS[kind]), form, known.get(kind)) for kind, form in forms.items()
    ]


@require_GET
@acting_as(*OWNERS)
def vehicle_scan(request: HttpRequest, public_id: str, paper: str) -> HttpResponseBase:
    """The scan of a truck's paper, for those who keep it."""
    vehicle = get_object_or_404(
        selectors.vehicles_editable_by(person_of(request)), public_id=public_id
    )
    return _file(selectors.vehicle_papers(vehicle).get(paper))


@require_GET
@acting_as(*OWNERS)
def driver_scan(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The scan of a driver's licence, for those who keep it."""
    person = get_object_or_404(
        selectors.drivers_kept_by(person_of(request)), public_id=public_id
    )
    answer = _file(selectors.driver_papers(person).get(LICENCE))
    _note_read(request, person)
    return answer


def _note_read(request: HttpRequest, driver: "Person") -> None:
    note_licence_read(of=driver, by=person_of(request), today=timezone.localdate())


def _file(paper: VehiclePaper | DriverPaper | None) -> HttpResponseBase:
    if paper is None or not paper.scan:
        raise Http404
    answer = FileResponse(
        paper.scan.open("rb"),
        as_attachment=True,
        filename=f"{paper.kind}{PurePosixPath(str(paper.scan.name)).suffix}",
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def route_driver(request: HttpRequest, plan_id: str, number: int) -> HttpResponse:
    """Say who drives a route."""
    route = get_object_or_404(
        selectors.routes_to_staff(person_of(request)),
        plan__public_id=plan_id,
        number=number,
    )
    form = DriverForm(
        request.POST or None,
        drivers=selectors.drivers_for(route),
        initial=DriverForm.answers_of(route),
    )
    if form.is_valid():
        try:
            services.name_driver(route=route, driver=form.cleaned_data["driver"])
        except DomainError as refusal:
            form.add_error("driver", sentence_of(refusal))
        else:
            say_done(request, _("Saved."))
            return redirect("routing:plan", public_id=plan_id)
    context = {"form": form, "route": route, "plan": route.plan}
    status = 422 if request.method == "POST" else 200
    return render(request, "routing/route_driver.html", context, status=status)


def _form_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "routing/paper.html", context, status=status)
