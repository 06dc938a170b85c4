"""The API: every floor's doors under /api/v1, and the one place that says refusals."""

import hashlib
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from hub import api as hub
from hub.api import webhooks
from hub.core.errors import N_, DomainError, SecondFactorMissing
from hub.doors import sentence_of, trouble_behind
from orders import api as orders
from pricing import api as pricing
from producers import api as producers
from routing import api as routing
from vouchers import api as vouchers

log = structlog.get_logger("api")
UNREADABLE = N_("What was sent is no JSON. Write it in UTF-8, numbers without NaN.")
STOPPED = {
    400: ("unreadable", UNREADABLE),
    403: (
        "token_missing",
        N_("A change by a person needs the token of the site (X-CSRFToken)."),
    ),
}


class CharroiAPI(NinjaAPI):
    """Answers carry a tag of their content, so that an unchanged one is not sent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._written: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """The description; it is written once, for operations never change."""
        name = repr(sorted(asked.items()))
        if name not in self._written:
            self._written[name] = super().get_openapi_schema(**asked)
        return self._written[name]

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of an operation, wherever its code stands: clients build on it."""
        return operation.view_func.__name__

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


DESCRIPTION = """
Mutualized food logistics: availability, cycles, orders, allocation, plans, routes,
bills, settlements, statements, envelopes.

**Figures.** Amounts are whole cents (CAD): `1250` is 12.50 $. Masses are grams, volumes
millilitres, distances metres, durations seconds, times of day seconds from midnight,
rates hundredths of a percent (`_bps`). Days are `2026-11-27`; moments carry a zone.

**Coming in.** `Authorization: Bearer charroi_…`; each operation names the scope that
its key needs (`x-scope`) and the roles that find it (`x-roles`; none: every member).

**Effects.** Every POST takes an `Idempotency-Key`; sent again with the same content, it
is answered the same and nothing is done twice.

**Lists.** `limit` and `cursor`, with `next_cursor` in the answer; every answer to a GET
has an `ETag`.

**Refusals.** One shape: `{"error": {"code": …, "message": …, "fields": […]}}`. 409 is a
rule, named by `code`; nothing was done. 404 is absent, or not yours to know.
"""
api = CharroiAPI(
    title="Charroi",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=[hub.ByKey(), hub.BySession()],
    docs_url=None,
)
for floor in (hub, webhooks, producers, pricing, vouchers, orders, routing):
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


@api.exception_handler(SecondFactorMissing)
def unproved(request: HttpRequest, error: SecondFactorMissing) -> HttpResponse:
    """A person who moves money, signed in without a second factor."""
    return _refuse(request, 403, error.code, sentence_of(error))


@api.exception_handler(hub.Answered)
def answered(request: HttpRequest, kept: hub.Answered) -> HttpResponse:
    """The same answer as the first time."""
    answer = api.create_response(request, kept.body, status=kept.status)
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


@api.exception_handler(ValidationError)
def unclear(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A field that is missing, or not of its kind."""
    fields = [hub.fault_of(each) for each in error.errors]
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
    otherwise = (DomainError.code, DomainError.sentence)
    code, words = STOPPED.get(error.status_code, otherwise)
    return _refuse(request, error.status_code, code, _(words))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """More than any operation needs; nothing of it was read."""
    del error
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    words = _("This is too much at once: at most %(most)s MB.") % {"most": most}
    return _refuse(request, 413, "too_large", words)


@api.exception_handler(DataError)
@api.exception_handler(UnicodeError)
def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Text or a figure that no column can hold."""
    del error
    return _refuse(request, 422, "not_valid", _("What was sent cannot be read"))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def troubled(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database could not work; what was being done was undone."""
    trouble = trouble_behind(error)
    assert trouble is not None
    log.error(trouble.code, path=request.path, exc_info=error)
    answer = _refuse(request, 503, trouble.code, _(trouble.advice))
    answer.headers["Retry-After"] = str(trouble.retry_after_s)
    return answer
