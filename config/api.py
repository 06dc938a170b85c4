"""The API: every floor's doors under /api/v1, and the one place that says refusals."""

import hashlib
from typing import Any

from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from hub import api as hub
from hub.core.errors import DomainError
from hub.doors import sentence_of
from orders import api as orders
from producers import api as producers
from routing import api as routing
from vouchers import api as vouchers

CODES = {400: "unreadable", 403: "token_missing", 429: "too_many"}


class CharroiAPI(NinjaAPI):
    """Answers carry a tag of their content, so that an unchanged one is not sent."""

    def create_response(
        self, request: HttpRequest, data: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The JSON answer; 304 when the caller has this very content already."""
        answer = super().create_response(request, data, *args, **kwargs)
        answer.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(answer, ["Authorization", "Cookie", "Accept-Language"])
        if request.method != "GET" or answer.status_code != 200:
            return answer
        etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        answer.headers["ETag"] = etag
        kept = get_conditional_response(request, etag=etag, response=answer)
        return kept if isinstance(kept, HttpResponse) else answer


api = CharroiAPI(
    title="Charroi",
    version="1",
    description="Mutualized food logistics: availability, cycles, orders, plans, "
    "routes, invoices. Amounts are whole cents (CAD), masses grams, distances metres, "
    "durations seconds, moments carry their time zone.",
    urls_namespace="api",
    auth=[hub.ByKey(), hub.BySession()],
    docs_url=None,
)
for floor in (hub, producers, vouchers, orders, routing):
    api.add_router("", floor.router)


def _refuse(
    request: HttpRequest, status: int, code: str, words: str, fields: Any = ()
) -> HttpResponse:
    body = hub.refusal_body(code, words, fields)
    return api.create_response(request, body, status=status)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Against a rule: nothing was done."""
    return _refuse(request, 409, error.code, sentence_of(error))


@api.exception_handler(hub.Answered)
def answered(request: HttpRequest, kept: hub.Answered) -> HttpResponse:
    """The same answer as the first time."""
    answer = api.create_response(request, kept.body, status=kept.status)
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


@api.exception_handler(ValidationError)
def unclear(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A field that is missing, or not of its kind."""
    fields = [(".".join(map(str, e["loc"])), str(e["msg"])) for e in error.errors]
    return _refuse(
        request, 422, "not_valid", _("Some fields cannot be read as sent."), fields
    )


@api.exception_handler(Http404)
def absent(request: HttpRequest, error: Http404) -> HttpResponse:
    """Not there, or not yours to know."""
    del error
    return _refuse(request, 404, "not_found", _("There is nothing at this address."))


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No key, or one that lets nobody in."""
    del error
    answer = _refuse(
        request, 401, "key_missing", _("Send a key that is valid, or sign in.")
    )
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(hub.ScopeMissing)
def narrow(request: HttpRequest, error: hub.ScopeMissing) -> HttpResponse:
    """A key for something else."""
    words = _("This key lacks the scope %(scope)s.") % {"scope": error.scope.value}
    return _refuse(request, 403, "scope_missing", words)


@api.exception_handler(HttpError)
def stopped(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The library's own refusals, such as a change without the token of the site."""
    code = CODES.get(error.status_code, "refused")
    return _refuse(request, error.status_code, code, error.message)


@api.exception_handler(DataError)
@api.exception_handler(UnicodeError)
def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Text or a figure that no column can hold."""
    del error
    return _refuse(request, 422, "not_valid", _("What was sent cannot be read"))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def busy(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database did not answer in time; what was being done was undone."""
    del error
    words = _("Nothing was half done. Try again in a moment.")
    answer = _refuse(request, 503, "busy", words)
    answer.headers["Retry-After"] = "10"
    return answer
