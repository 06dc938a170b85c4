"""Tiers granted to buyers by agreement."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
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
from pricing.forms import AgreementForm
from pricing.sentences import tier_name


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def agreements(request: HttpRequest) -> HttpResponse:
    """Who has which tier by agreement, and the form that grants one."""
    hub = acting_of(request).organization
    today = timezone.localdate()
    form = AgreementForm(request.POST or None, hub=hub, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            services.agree_tier(**form.cleaned_data)
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Granted. Confirmed orders keep their price."))
            return redirect("pricing:agreements")
    found = selectors.agreements_of(hub_id=hub.pk)
    if wants_file(request):
        rows = ({"agreement": row, "tier": tier_name(row.tier)} for row in found)
        return table_file(request, (tables.AGREEMENTS, rows))
    context = {
        "form": form,
        "page": page_of(request, found),
        "tiers": selectors.tiers_of(hub_id=hub.pk, on=today),
        "today": today,
    }
    status = 422 if form.errors else 200
    return render(request, "pricing/agreements.html", context, status=status)


@require_POST
@acting_as("coordinator")
def agreement_end(request: HttpRequest, buyer_id: str) -> HttpResponse:
    """End the agreement of a buyer that began on the day sent along."""
    mine = selectors.agreements_of(hub_id=acting_of(request).organization.pk)
    agreement = get_object_or_404(
        mine, buyer__public_id=buyer_id, starts_on=_day_sent(request)
    )
    services.end_agreement(agreement=agreement, ends_on=timezone.localdate())
    say_done(request, gettext("Ended. Confirmed orders keep their price."))
    return redirect("pricing:agreements")


def _day_sent(request: HttpRequest) -> date:
    try:
        day = parse_date(request.POST.get("starts_on", ""))
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day
