"""The programmes that a hub works with, for its coordination."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from vouchers import selectors, services
from vouchers.exchange import tables
from vouchers.forms import WelcomeForm


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def programmes(request: HttpRequest) -> HttpResponse:
    """Who may pay for groups of the hub, and the form that welcomes one more."""
    hub = acting_of(request).organization
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.welcome(
                hub=hub, code=form.cleaned_data["code"], on=timezone.localdate()
            )
        except DomainError as error:
            form.add_error("code", sentence_of(error))
        else:
            say_done(request, gettext("It can grant envelopes to your groups."))
            return redirect("vouchers:programmes")
    found = selectors.programmes_of(hub)
    if wants_file(request):
        rows = ({"programme": row, "is_member": row.hub_id == hub.pk} for row in found)
        return table_file(request, (tables.PROGRAMMES, rows))
    context = {"hub": hub, "form": form, "programmes": found}
    status = 422 if form.errors else 200
    return render(request, "vouchers/programmes.html", context, status=status)


@require_POST
@acting_as("coordinator")
def part(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a programme of elsewhere grant nothing more here."""
    hub = acting_of(request).organization
    programme = get_object_or_404(selectors.programmes_of(hub), public_id=public_id)
    services.part_with(hub=hub, programme=programme)
    say_done(request, gettext("Ended. The envelopes already granted stand."))
    return redirect("vouchers:programmes")
