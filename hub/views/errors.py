"""One page for every error, in the reader's language, without a stack trace."""

import sys

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hub import selectors
from hub.core.errors import DomainError
from hub.core.trouble import Trouble
from hub.doors import is_fragment, sentence_of, trouble_behind

PROGRAMS = "/api/"
"""Below this address programs ask, and read JSON."""


def _page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    if _is_change_by_part(request):
        return _read_anew(request, status, title, advice)
    context = {"status": status, "title": title, "advice": advice}
    return render(request, "hub/error.html", context, status=status)


def _bare_page(
    request: HttpRequest, status: int, title: str, advice: str
) -> HttpResponse:
    """Drawn without the request: reading who asks could fail again."""
    if _is_change_by_part(request):
        return _read_anew(request, status, title, advice)
    context = {"status": status, "title": title, "advice": advice}
    return HttpResponse(render_to_string("hub/error.html", context), status=status)


def _is_change_by_part(request: HttpRequest) -> bool:
    return is_fragment(request) and request.method == "POST"


def _read_anew(
    request: HttpRequest, status: int, title: str, advice: str
) -> HttpResponse:
    """Let htmx read the whole page again, with the words on top.

    A part of a page has no room for an error page, and htmx would say nothing: what
    was typed would look saved.
    """
    messages.error(request, f"{title}. {advice}", fail_silently=True)
    return HttpResponse(status=status, headers={"HX-Refresh": "true"})


def unreadable(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Sent by no form of ours: text that cannot be kept, or far too much of it."""
    del exception
    return _bare_page(
        request,
        400,
        _("What was sent cannot be read"),
        _("Check the address, or go back to the home page."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent, or not yours to see: the same words; a program gets its own shape."""
    del exception
    if request.path.startswith(PROGRAMS):
        words = _("There is nothing at this address.")
        told = {"code": "not_found", "message": words, "fields": []}
        return JsonResponse({"error": told}, status=404)
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


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault; what was being done was undone.

    A database that fails outside a view (a session that is read or kept) ends here too.
    """
    if trouble := trouble_behind(sys.exc_info()[1]):
        return troubled(request, trouble)
    return _bare_page(
        request,
        500,
        _("Something went wrong on our side"),
        _("Nothing was half done. Try again in a moment."),
    )


def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """A refusal that a page did not expect; nothing was half done."""
    return _page(request, 409, _(DomainError.sentence), sentence_of(refusal))


def troubled(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The database could not work; what was being done was undone."""
    answer = _bare_page(request, 503, _(trouble.title), _(trouble.advice))
    answer.headers["Retry-After"] = str(trouble.retry_after_s)
    return answer


def too_many(request: HttpRequest) -> HttpResponse:
    """Sign-in is slowed down: someone, or some program, tried too often.

    Attempts that cannot be counted are refused too: then the database says why.
    """
    if trouble := selectors.trouble_now():
        return troubled(request, trouble)
    return _page(
        request,
        429,
        _("Too many attempts"),
        _("Wait five minutes, then ask for a new code."),
    )
