"""One page for every error, in the reader's language, without a stack trace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    context = {"status": status, "title": title, "advice": advice}
    return render(request, "hub/error.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent, or not yours to see: the same words."""
    del exception
    return _page(
        request,
        404,
        _("This page cannot be found"),
        _("Check the address, or go back to the home page."),
    )


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """A form sent from an old page or another site."""
    del exception, reason
    return _page(
        request,
        403,
        _("This form can no longer be used"),
        _("Reload the page and send it again: nothing was changed."),
    )


def broken(_request: HttpRequest) -> HttpResponse:
    """Our fault; what was being done was undone.

    The page is drawn without the request: reading who asks could fail again.
    """
    context = {
        "status": 500,
        "title": _("Something went wrong on our side"),
        "advice": _("Nothing was half done. Try again in a moment."),
    }
    return HttpResponse(render_to_string("hub/error.html", context), status=500)


def busy(_request: HttpRequest) -> HttpResponse:
    """The database did not answer in time; what was being done was undone.

    Drawn without the request, for the same reason as `broken`.
    """
    context = {
        "status": 503,
        "title": _("The site is very busy"),
        "advice": _("Nothing was half done. Try again in a moment."),
    }
    page = render_to_string("hub/error.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def too_many(request: HttpRequest) -> HttpResponse:
    """Sign-in is slowed down: someone, or some program, tried too often."""
    return _page(
        request,
        429,
        _("Too many attempts"),
        _("Wait five minutes, then ask for a new code."),
    )
