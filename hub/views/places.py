"""Places where trucks stop."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hub import selectors
from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    photo_answer,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from hub.exchange import tables
from hub.forms import DockForm, PlaceForm, WindowFormSet, windows_of
from hub.forms.place import rows_of
from hub.models import Place
from hub.services.exports import note_read
from hub.services.places import save_place
from hub.templatetags.words import hours


@require_GET
@acting_as()
def places(request: HttpRequest) -> HttpResponse:
    """The places one may correct, by organization."""
    acting = acting_of(request)
    shown = selectors.places_listed_for(person_of(request), acting.organization)
    waiting = shown.filter(is_active=True, latitude__isnull=True)
    shown = shown.prefetch_related("windows")
    if wants_file(request):
        rows = ({"place": each, "hours": _hours(each)} for each in shown)
        return table_file(request, (tables.PLACES, rows))
    context = {"page": page_of(request, shown), "waiting": waiting}
    return render(request, "hub/places.html", context)


def _hours(shown: Place) -> list[str]:
    return [hours(window) for window in shown.windows.all()]


@require_http_methods(["GET", "POST"])
@acting_as()
def place_new(request: HttpRequest) -> HttpResponse:
    """Add a place of one's own organization, or of a member one coordinates."""
    mine = selectors.organizations_editable_by(person_of(request)).filter(
        pk__in=selectors.members_of(acting_of(request).organization)
    )
    known = request.GET.get("organization", "")
    form = PlaceForm(
        request.POST or None,
        request.FILES or None,
        organizations=mine,
        initial={"organization": known},
    )
    windows = WindowFormSet(
        request.POST or None, initial=[{"starts": "08:00", "ends": "16:00"}]
    )
    return _ask(request, form=form, windows=windows, place=None)


@require_http_methods(["GET", "POST"])
@acting_as()
def place(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a place and its hours."""
    shown = get_object_or_404(
        selectors.places_editable_by(person_of(request)), public_id=public_id
    )
    _note_read(request, shown)
    form = PlaceForm(
        request.POST or None,
        request.FILES or None,
        organizations=None,
        has_photo=bool(shown.photo),
        may_wait=not shown.is_pinned,
        initial=PlaceForm.answers_of(shown),
    )
    windows = WindowFormSet(request.POST or None, initial=rows_of(shown))
    dock = None
    if shown.kind == Place.Kind.HUB:
        answers = DockForm.answers_of(shown)
        dock = DockForm(_dock_answers(request), prefix="dock", initial=answers)
    return _ask(request, form=form, windows=windows, place=shown, dock=dock)


@require_GET
@acting_as()
def place_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """All that a driver must know of a place, to be printed by those who keep it."""
    shown = get_object_or_404(
        selectors.places_editable_by(person_of(request)).prefetch_related("windows"),
        public_id=public_id,
    )
    _note_read(request, shown)
    context: dict[str, Any] = {"place": shown, "code": shown.access_code}
    if shown.photo:
        context["photo_url"] = reverse("hub:place_photo", args=[public_id])
    return render(request, "hub/place_sheet.html", context)


@require_GET
@acting_as()
def place_photo(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The photo of a door, for those who keep the place."""
    shown = get_object_or_404(
        selectors.places_editable_by(person_of(request)), public_id=public_id
    )
    return photo_answer(request, shown.photo)


def _note_read(request: HttpRequest, shown: Place) -> None:
    """Who to call and the code of a door are shown: whose they are may know to whom.

    Who sends the form has asked for it before.
    """
    if request.method != "GET":
        return
    note_read(
        of=shown.organization,
        acting_for=acting_of(request).organization,
        by=person_of(request),
        today=timezone.localdate(),
    )


def _dock_answers(request: HttpRequest) -> Any | None:
    """What was said of the dock; pages that do not ask leave it as it is."""
    return request.POST if "dock-num_docks" in request.POST else None


def _ask(
    request: HttpRequest,
    *,
    form: PlaceForm,
    windows: Any,
    place: Place | None,
    dock: DockForm | None = None,
) -> HttpResponse:
    is_sent = request.method == "POST"
    is_dock_sound = dock is None or not dock.is_bound or dock.is_valid()
    # All are checked, so that every mistake is told at once.
    is_sound = is_sent and all([form.is_valid(), windows.is_valid(), is_dock_sound])
    if is_sound and (saved := _saved(form, windows, place, dock)):
        say_done(request, _("“%(name)s” is saved.") % {"name": saved.name})
        return redirect("hub:places")
    form.ask_photo_again()
    ground = selectors.map_ground(
        person_of(request), acting_of(request).organization, place
    )
    context = {
        "form": form,
        "windows": windows,
        "place": place,
        "dock": dock,
        "ground": ground,
    }
    return render(request, "hub/place.html", context, status=422 if is_sent else 200)


def _saved(
    form: PlaceForm, windows: Any, place: Place | None, dock: DockForm | None
) -> Place | None:
    owner = place.organization if place else form.chosen_organization
    try:
        return save_place(
            organization=owner,
            facts=form.facts(),
            windows=windows_of(windows),
            place=place,
            dock=dock.facts() if dock and dock.is_bound else None,
            photo=form.new_photo(),
        )
    except DomainError as error:
        form.add_error(error.data.get("field", "name"), sentence_of(error))
        return None
