"""How low prices may go, and how much support one buyer may get in a month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from pricing import selectors, services
from pricing.exchange import tables
from pricing.forms import LimitForm

FIELD_OF = {
    "limit_backwards": "ends_on",
    "multiplier_out_of_range": "floor_bps",
    "negative_price": "cap_cents",
    "grant_not_for_buyer": "grant",
    "not_a_member_of_hub": "buyer",
}


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def limits(request: HttpRequest) -> HttpResponse:
    """Every limit of support of the hub, and the form that sets one."""
    hub = acting_of(request).organization
    today = timezone.localdate()
    form = LimitForm(request.POST or None, hub=hub, today=today)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.set_limit(
                hub=hub,
                buyer=told["buyer"],
                figures=form.figures(),
                starts_on=told["starts_on"],
                ends_on=told["ends_on"],
            )
        except DomainError as error:
            form.add_error(FIELD_OF.get(error.code), sentence_of(error))
        else:
            say_done(request, gettext("Saved. Confirmed orders keep their price."))
            return redirect("pricing:limits")
    found = selectors.limits_of(hub_id=hub.pk)
    if wants_file(request):
        return table_file(request, (tables.LIMITS, found))
    context = {"form": form, "page": page_of(request, found), "today": today}
    status = 422 if form.errors else 200
    return render(request, "pricing/limits.html", context, status=status)


@require_POST
@acting_as("coordinator")
def limit_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a limit today; one to come is withdrawn."""
    mine = selectors.limits_of(hub_id=acting_of(request).organization.pk)
    limit = get_object_or_404(mine, public_id=public_id)
    services.end_limit(limit=limit, ends_on=timezone.localdate())
    say_done(request, gettext("Ended. Confirmed orders keep their price."))
    return redirect("pricing:limits")
