"""What a coordination sees of its farms, and the offers it pools."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from hub import selectors as hub_selectors
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
from producers import selectors, services
from producers.exchange import tables
from producers.forms.catalogue import PooledOfferForm
from producers.models import PooledOffer

FARMS_PER_PAGE = 100


@require_GET
@acting_as("coordinator")
def farms(request: HttpRequest) -> HttpResponse:
    """Which farms have answered for the week to come."""
    hub = acting_of(request).hub
    week_on = hub_selectors.week_to_fill(hub, timezone.localdate())
    weeks = selectors.farm_weeks(hub, week_on)
    if wants_file(request):
        return table_file(request, (tables.FARM_WEEKS, weeks))
    context = {
        "hub": hub,
        "week_on": week_on,
        "page": page_of(request, weeks, FARMS_PER_PAGE),
        "expected_cents": sum(week.expected_cents for week in weeks),
    }
    return render(request, "producers/farms.html", context)


@require_GET
@acting_as("coordinator")
def pooled_offers(request: HttpRequest) -> HttpResponse:
    """Lines that several farms fill, each with its farms."""
    hub = acting_of(request).hub
    pools = selectors.pools_with_members(hub)
    if wants_file(request):
        rows = ({"pool": pool, "farms": _farms(pool)} for pool in pools)
        return table_file(request, (tables.POOLED_OFFERS, rows))
    context = {"hub": hub, "page": page_of(request, pools)}
    return render(request, "producers/pooled_offers.html", context)


def _farms(pool: PooledOffer) -> list[str]:
    return [offer.variant.product.producer.name for offer in pool.offers.all()]


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def pooled_offer_new(request: HttpRequest) -> HttpResponse:
    """Open a line that several farms can fill."""
    form = PooledOfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.create_pooled_offer(
                hub=acting_of(request).hub, details=form.details()
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Saved."))
            return redirect("producers:pooled_offers")
    return _form(request, form, gettext("New pooled offer"))


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def pooled_offer(request: HttpRequest, pool_id: str) -> HttpResponse:
    """Correct a pooled offer; a new price holds for the weeks to come."""
    mine = selectors.pooled_offers_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=pool_id)
    initial = PooledOfferForm.initial_of(row)
    form = PooledOfferForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_pooled_offer(
                pooled_offer=row, details=form.details(), today=timezone.localdate()
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Saved."))
            return redirect("producers:pooled_offers")
    return _form(request, form, gettext("Pooled offer"))


@require_POST
@acting_as("coordinator")
def pooled_offer_active(request: HttpRequest, pool_id: str) -> HttpResponse:
    """Withdraw a pooled offer, or open it again."""
    mine = selectors.pooled_offers_editable_by(person_of(request))
    row = get_object_or_404(mine, public_id=pool_id)
    is_active = request.POST.get("active") == "yes"
    services.set_pool_active(pooled_offer=row, is_active=is_active)
    return redirect("producers:pooled_offers")


def _form(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "producers/pool_form.html", context, status=status)
