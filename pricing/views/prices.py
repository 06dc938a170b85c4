"""What a hub charges: tiers, margin, transport part, and whether tiers carry all."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from pricing import indicators, selectors, services
from pricing.core.errors import FeeOutOfRange, TierUnderFloor
from pricing.core.terms import GRAMS_PER_KG
from pricing.exchange import tables
from pricing.forms import (
    BreakEvenForm,
    FeeForm,
    MarginForm,
    TiersForm,
    TransportForm,
)
from pricing.sentences import multipliers_said


@require_GET
@acting_as("coordinator")
def prices(request: HttpRequest) -> HttpResponse:
    """Every price rule of the hub, with the form to change each."""
    hub = acting_of(request).organization
    if wants_file(request):
        margins = indicators.margins_seen(hub_id=hub.pk, on=timezone.localdate())
        return table_file(
            request,
            (tables.MARGINS, margins),
            (tables.TRANSPORT, selectors.transport_of(hub_id=hub.pk)),
            (tables.MULTIPLIERS, multipliers_said(hub.pk)),
            (tables.FEES, selectors.fees_of(hub_id=hub.pk)),
            (tables.TAXES, selectors.taxes_of()),
        )
    return _sheet(request)


@require_POST
@acting_as("coordinator")
def start(request: HttpRequest) -> HttpResponse:
    """Begin with three tiers and a margin; what is set already stays."""
    hub = acting_of(request).organization
    services.start_pricing(hub=hub, on=timezone.localdate())
    say_done(request, gettext("Prices can be worked out now. Adjust them below."))
    return redirect("pricing:prices")


@require_POST
@acting_as("coordinator")
def tiers(request: HttpRequest) -> HttpResponse:
    """Set what each tier pays."""
    form = TiersForm(request.POST)
    if not form.is_valid():
        return _sheet(request, tiers_form=form)
    try:
        services.set_tiers(
            hub=acting_of(request).organization,
            settings=form.settings(),
            starts_on=form.cleaned_data["starts_on"],
        )
    except TierUnderFloor as error:
        form.add_error(error.data["tier"], sentence_of(error))
        return _sheet(request, tiers_form=form)
    say_done(request, gettext("Saved. Confirmed orders keep their price."))
    return redirect("pricing:prices")


@require_POST
@acting_as("coordinator")
def margin(request: HttpRequest) -> HttpResponse:
    """Set the margin from a day on."""
    form = MarginForm(request.POST)
    if not form.is_valid():
        return _sheet(request, margin_form=form)
    told = form.cleaned_data
    try:
        services.set_margin(
            hub=acting_of(request).organization,
            basis=told["basis"],
            rate_bps=told["rate"],
            starts_on=told["starts_on"],
        )
    except DomainError as error:
        form.add_error("rate", sentence_of(error))
        return _sheet(request, margin_form=form)
    say_done(request, gettext("Saved. Confirmed orders keep their price."))
    return redirect("pricing:prices")


@require_POST
@acting_as("coordinator")
def transport(request: HttpRequest) -> HttpResponse:
    """Set the transport part of the three temperature classes from a day on."""
    form = TransportForm(request.POST)
    if not form.is_valid():
        return _sheet(request, transport_form=form)
    try:
        services.set_transport_table(
            hub=acting_of(request).organization,
            cents_per_kg=form.cents_per_kg(),
            starts_on=form.cleaned_data["starts_on"],
            is_taxed=form.cleaned_data["is_taxed"],
        )
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return _sheet(request, transport_form=form)
    say_done(request, gettext("Saved. Confirmed orders keep their price."))
    return redirect("pricing:prices")


@require_POST
@acting_as("coordinator")
def fee(request: HttpRequest) -> HttpResponse:
    """Set the fee of one leg of the way from a day on."""
    form = FeeForm(request.POST)
    if not form.is_valid():
        return _sheet(request, fee_form=form)
    try:
        services.set_fee(
            hub=acting_of(request).organization,
            figures=form.figures(),
            starts_on=form.cleaned_data["starts_on"],
        )
    except FeeOutOfRange as error:
        form.add_error(error.data["part"], sentence_of(error))
        return _sheet(request, fee_form=form)
    say_done(request, gettext("Saved. Confirmed orders keep their price."))
    return redirect("pricing:prices")


@require_GET
@acting_as()
def explained(request: HttpRequest) -> HttpResponse:
    """How a price is made in this hub, for anyone who belongs to it."""
    acting = acting_of(request)
    example = indicators.worked_example(hub_id=acting.hub.pk, on=timezone.localdate())
    context = {
        "hub": acting.hub,
        "example": example,
        "mass_g": indicators.EXAMPLE_KG * GRAMS_PER_KG,
        "is_coordinator": acting.is_coordinator,
    }
    return render(request, "pricing/explained.html", context)


def _sheet(request: HttpRequest, **bound: Any) -> HttpResponse:
    """The page of prices; a form that was refused keeps what was typed in it."""
    hub = acting_of(request).organization
    today = timezone.localdate()
    tiers_set = list(selectors.tiers_of(hub_id=hub.pk, on=today))
    shares = BreakEvenForm(request.GET, tiers=tiers_set)
    context = {
        "hub": hub,
        "tiers": tiers_set,
        "margins": indicators.margins_seen(hub_id=hub.pk, on=today),
        "transport": selectors.transport_of(hub_id=hub.pk),
        "today": today,
        "multipliers": selectors.multipliers_of(hub_id=hub.pk),
        "fees": selectors.fees_of(hub_id=hub.pk),
        "taxes": selectors.taxes_of(),
        "tiers_form": TiersForm(
            initial=TiersForm.answers_of(tiers_set) | {"starts_on": today}
        ),
        "fee_form": FeeForm(initial={"starts_on": today}),
        "margin_form": MarginForm(initial={"starts_on": today}),
        "transport_form": TransportForm(initial={"starts_on": today}),
        "weighed": shares.weighed(),
        "shares_form": shares,
        **bound,
    }
    is_refused = bool(bound) or bool(shares.errors)
    status = 422 if is_refused else 200
    return render(request, "pricing/prices.html", context, status=status)
