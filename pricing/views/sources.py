"""What is left of a source that ends: its last day moved, or its money given back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from hub.core.errors import DomainError
from hub.doors import acting_as, say_done, sentence_of
from pricing import services
from pricing.forms import ProlongForm, ReturnForm
from pricing.views.fund import fund_acting, show_fund


@require_POST
@acting_as("coordinator")
def prolong(request: HttpRequest) -> HttpResponse:
    """Move the last day of a money lot, as its funder agreed."""
    mine = fund_acting(request)
    form = ProlongForm(request.POST, hub=mine.hub)
    if not form.is_valid():
        return show_fund(request, prolong_form=form)
    try:
        services.prolong_lot(on=timezone.localdate(), **form.cleaned_data)
    except DomainError as error:
        form.add_error("ends_on", sentence_of(error))
        return show_fund(request, prolong_form=form)
    say_done(request, gettext("The last day is moved; the change is kept."))
    return redirect("pricing:fund")


@require_POST
@acting_as("coordinator")
def give_back(request: HttpRequest) -> HttpResponse:
    """Record money that went back to its funder; sent twice, it counts once."""
    mine = fund_acting(request)
    form = ReturnForm(request.POST, hub=mine.hub)
    if not form.is_valid():
        return show_fund(request, return_form=form)
    told = form.cleaned_data
    try:
        services.return_lot(
            lot=told["lot"],
            amount_cents=told["amount"],
            key=str(told["key"]),
            on=timezone.localdate(),
            why=told["why"],
        )
    except DomainError as error:
        form.add_error("amount", sentence_of(error))
        return show_fund(request, return_form=form)
    say_done(request, gettext("Recorded in the journal of the fund."))
    return redirect("pricing:fund")
