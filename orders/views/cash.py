"""When money is due: terms of buyers and farms."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

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
from orders import selectors, services
from orders.exchange import cash_tables
from orders.forms.cash import TermsForm
from orders.sentences import terms_in_words, terms_whom

MEMBERS_PER_PAGE = 100


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def terms(request: HttpRequest) -> HttpResponse:
    """When each buyer pays and each farm is paid; new terms are agreed here."""
    hub = acting_of(request).organization
    members = selectors.members_with_terms(hub)
    if request.method == "GET":
        return _terms(request, TermsForm(None, members=members), status=200)
    form = TermsForm(request.POST, members=members)
    if not form.is_valid():
        return _terms(request, form, status=422)
    try:
        services.agree_terms(hub=hub, agreement=form.agreement(), by=person_of(request))
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return _terms(request, form, status=409)
    say_done(request, _("These terms hold from their day on."))
    return redirect("orders:terms")


def _terms(request: HttpRequest, form: TermsForm, *, status: int) -> HttpResponse:
    hub = acting_of(request).organization
    rows = selectors.terms_of_members(hub, today=timezone.localdate())
    if wants_file(request):
        return table_file(request, (cash_tables.TERMS, _in_words(rows)))
    page = page_of(request, rows, MEMBERS_PER_PAGE)
    context = {"page": page, "form": form}
    return render(request, "orders/terms.html", context, status=status)


def _in_words(rows: Iterable[selectors.MemberTerms]) -> list[dict[str, Any]]:
    return [
        {
            "whom": terms_whom(row.side, row.member),
            "due": terms_in_words(row.terms),
            "is_own": row.is_own,
            "next": terms_in_words(row.next) if row.next else "",
            "next_on": row.next.starts_on if row.next else None,
        }
        for row in rows
    ]
