"""Envelopes, for the programme that grants them and for the group that spends them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
    table_file,
    wants_file,
)
from vouchers import indicators, selectors, services
from vouchers.exchange import tables
from vouchers.forms import AmountForm, GrantForm
from vouchers.models import Envelope

PROGRAMME = "programme_manager"
READERS = (PROGRAMME, "group_buyer", "distributor")


@require_GET
@acting_as(*READERS)
def envelopes(request: HttpRequest) -> HttpResponse:
    """The envelopes of the programme, or of the group, one acts for."""
    acting = acting_of(request)
    if acting.is_programme:
        rows = selectors.envelopes_of_programme(acting.organization)
    else:
        rows = selectors.envelopes_of_group(acting.organization)
    seen = indicators.envelopes_seen(rows, on=timezone.localdate())
    if wants_file(request):
        told = ({"seen": each, "families": _families(each.envelope)} for each in seen)
        return table_file(request, (tables.ENVELOPES, told))
    context = {
        "page": page_of(request, seen),
        "total": indicators.total_of(seen),
        "is_programme": acting.is_programme,
        "organization": acting.organization,
    }
    return render(request, "vouchers/envelopes.html", context)


def _families(shown: Envelope) -> list[str]:
    return [str(family) for family in shown.families.all()]


@require_http_methods(["GET", "POST"])
@acting_as(PROGRAMME)
def envelope_new(request: HttpRequest) -> HttpResponse:
    """Grant an envelope; sent twice, it is granted once."""
    programme = acting_of(request).organization
    today = timezone.localdate()
    form = GrantForm(request.POST or None, programme=programme, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            granted = services.grant_envelope(
                programme=programme,
                grant=form.grant(),
                key=str(form.cleaned_data["key"]),
                on=today,
            )
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, gettext("Granted: the group can order with it."))
            return redirect("vouchers:envelope", granted.public_id)
    context = {
        "form": form,
        "programme": programme,
        "has_groups": selectors.groups_of(programme).exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "vouchers/envelope_new.html", context, status=status)


@require_GET
@acting_as(*READERS)
def envelope(request: HttpRequest, public_id: str) -> HttpResponse:
    """One envelope with its money and every movement."""
    seen = selectors.envelopes_seen_by(person_of(request))
    shown = get_object_or_404(seen, public_id=public_id)
    if wants_file(request):
        lines = indicators.whole_journal(shown)
        return table_file(request, (tables.ENVELOPE_JOURNAL, lines))
    return _page(request, shown)


@require_POST
@acting_as(PROGRAMME)
def top_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add money; sent twice, it counts once."""
    mine = _mine(request, public_id)
    form = AmountForm(request.POST, name="more")
    if not form.is_valid():
        return _page(request, mine, more_form=form)
    try:
        services.top_up(
            envelope=mine,
            amount_cents=form.cleaned_data["amount"],
            key=str(form.cleaned_data["key"]),
            on=timezone.localdate(),
        )
    except DomainError as error:
        form.add_error("amount", sentence_of(error))
        return _page(request, mine, more_form=form)
    say_done(request, gettext("Added to the envelope."))
    return redirect("vouchers:envelope", public_id)


@require_POST
@acting_as(PROGRAMME)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back what is left, or a part of it.

    A refusal leads to a fresh page: the ledger keeps a refused key refused.
    """
    mine = _mine(request, public_id)
    form = AmountForm(request.POST, name="less")
    if not form.is_valid():
        return _page(request, mine, less_form=form)
    try:
        services.withdraw(
            envelope=mine,
            amount_cents=form.cleaned_data["amount"],
            key=str(form.cleaned_data["key"]),
            on=timezone.localdate(),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, gettext("Taken back from the envelope."))
    return redirect("vouchers:envelope", public_id)


def _mine(request: HttpRequest, public_id: str) -> Envelope:
    managed = selectors.envelopes_managed_by(person_of(request))
    return get_object_or_404(managed, public_id=public_id)


def _page(request: HttpRequest, shown: Envelope, **bound: Any) -> HttpResponse:
    """The page of an envelope; a form that was refused keeps what was typed in it."""
    acting = acting_of(request)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    context = {
        "envelope": shown,
        "seen": indicators.envelope_seen(shown, on=timezone.localdate()),
        "journal": indicators.journal(shown, page=page),
        "can_manage": acting.is_programme and shown.programme == acting.organization,
        "is_group": shown.group == acting.organization,
        "more_form": AmountForm(name="more"),
        "less_form": AmountForm(name="less"),
    } | bound
    status = 422 if bound else 200
    return render(request, "vouchers/envelope.html", context, status=status)
