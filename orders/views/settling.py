"""Settling a day: what is ready, what is missing, and who sells."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    say_done,
    table_file,
    wants_file,
)
from orders import selectors, services
from orders.exchange import tables
from orders.forms import SellerForm


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def settle_day(request: HttpRequest, service_on: str) -> HttpResponse:
    """How each order of a day stands; then its invoices, once however often asked."""
    hub, on = acting_of(request).organization, _day(service_on)
    if request.method == "GET":
        rows = selectors.orders_of_day(hub=hub, on=on)
        if wants_file(request):
            return table_file(request, (tables.DAY_ORDERS, rows))
        context = {
            "hub": hub,
            "on": on,
            "rows": rows,
            "num_ready": sum(row.is_ready for row in rows),
            "num_waiting": sum(bool(row.missing) for row in rows),
            "num_refused": sum(row.refusal is not None for row in rows),
            "totals": selectors.day_totals(hub=hub, on=on),
        }
        return render(request, "orders/settle_day.html", context)
    found = services.bill_day(
        hub=hub, service_on=on, by=person_of(request), now=timezone.now()
    )
    say_done(
        request,
        ngettext(
            "This day has %(num)s invoice.",
            "This day has %(num)s invoices.",
            len(found),
        )
        % {"num": len(found)},
    )
    return redirect("orders:settle_day", service_on)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def seller(request: HttpRequest) -> HttpResponse:
    """What stands at the head of the hub's invoices."""
    hub = acting_of(request).organization
    form = SellerForm(
        request.POST if request.method == "POST" else None,
        initial=selectors.seller_facts(hub),
    )
    if request.method == "POST" and form.is_valid():
        services.describe_seller(hub=hub, **form.cleaned_data)
        say_done(request, _("The next invoices will say so."))
        return redirect("orders:invoices")
    status = 422 if request.method == "POST" else 200
    return render(request, "orders/seller.html", {"form": form}, status=status)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
