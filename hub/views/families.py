"""Product families: the common ones to read, those of the hub to keep."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hub import selectors
from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from hub.exchange import tables
from hub.forms import FamilyForm
from hub.models import ProductFamily
from hub.services.families import save_family


@require_GET
@acting_as("coordinator")
def families(request: HttpRequest) -> HttpResponse:
    """Every family, by code; those of the hub can be corrected."""
    mine = selectors.families_editable_by(person_of(request))
    editable = set(mine.values_list("pk", flat=True))
    found = selectors.families()
    if wants_file(request):
        rows = ({"family": each, "is_ours": each.pk in editable} for each in found)
        return table_file(request, (tables.FAMILIES, rows))
    context = {"page": page_of(request, found), "editable": editable}
    return render(request, "hub/families.html", context)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def family_new(request: HttpRequest) -> HttpResponse:
    """Add a family of the hub."""
    return _ask(request, FamilyForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def family(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a family of the hub; the common ones change with the installation."""
    mine = selectors.families_editable_by(person_of(request))
    shown = get_object_or_404(mine, code=code)
    answers = {
        "name_fr": shown.name_fr,
        "name_en": shown.name_en,
        "is_basic_grocery": shown.is_basic_grocery,
    }
    return _ask(request, FamilyForm(request.POST or None, initial=answers), shown)


def _ask(
    request: HttpRequest, form: FamilyForm, family: ProductFamily | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save_family(family=family, hub=acting_of(request).hub, **form.cleaned_data)
        except DomainError as error:
            form.add_error("name_en", sentence_of(error))
        else:
            say_done(request, _("Saved."))
            return redirect("hub:families")
    context = {"form": form, "family": family}
    status = 422 if form.errors else 200
    return render(request, "hub/family.html", context, status=status)
