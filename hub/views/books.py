"""The books: the last audit, the roots of the days, closed periods. No money in it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub import selectors
from hub.doors import acting_as


@require_GET
@acting_as("coordinator", "funder")
def books(request: HttpRequest) -> HttpResponse:
    """What concerns everybody whose money is in the one ledger of all hubs."""
    state = selectors.books_state(
        today=timezone.localdate(), month_closes_on=settings.LEDGER_MONTH_CLOSES_ON
    )
    return render(request, "hub/books.html", {"books": state})
