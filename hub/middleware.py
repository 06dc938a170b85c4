"""What every answer carries: a strict content policy, a log line, who is asking."""

import os
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from hub import selectors
from hub.accounts_adapter import FRESH_DOORS, LASTING_DOORS, MONEY_DOORS
from hub.core.errors import DomainError
from hub.doors import factor_first, trouble_behind
from hub.services.trail import Asking, asked_by
from hub.views import errors

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("web")


class ContentSecurityPolicy:
    """Allow our own files only: no inline script or style, no other host."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the policy to the answer."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(self), microphone=(), camera=(self)"
        )
        return response


class RequestLog:
    """One structured line per request: method, path, status, milliseconds."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Time the answer; the person is named by public id, if the page asked who.

        The log itself reads no table: it must speak when the database is down.
        """
        began = time.monotonic()
        response = self.get_response(request)
        person = getattr(request, "_cached_user", None)
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            took_ms=round((time.monotonic() - began) * 1000),
            person=getattr(person, "public_id", None),
            process=os.getpid(),
        )
        return response


class DatabaseRefusals:
    """Say in words what the database would not do; the transaction was undone.

    A lock that did not come in time, a full disk, a server that starts again: the page
    says which, and the same request may well pass in a moment. Text or a number that
    no column can hold (a NUL in an address, say): what was sent cannot be read. A
    refusal of a rule that its page did not expect is said too, in its own sentence.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to add when all goes well."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """The page for it; None leaves every other mistake to the error page."""
        if isinstance(exception, DomainError):
            return errors.refused(request, exception)
        if isinstance(exception, DataError):
            log.warning("unreadable", path=request.path, exc_info=exception)
            return errors.unreadable(request)
        trouble = trouble_behind(exception)
        if trouble is None:
            return None
        log.error(trouble.code, path=request.path, exc_info=exception)
        return errors.troubled(request, trouble)


class LazyActing:
    """`request.acting`: truthy when signed in with a role, read once when asked."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._read = False
        self._acting: selectors.Acting | None = None

    @property
    def now(self) -> selectors.Acting | None:
        """The organization acted for, or None for a stranger."""
        if not self._read:
            self._acting = selectors.acting_for(
                self._request.user, self._request.session.get(selectors.SESSION_KEY)
            )
            self._read = True
        return self._acting

    def __bool__(self) -> bool:
        return self.now is not None

    def __getattr__(self, name: str) -> Any:
        """Templates read `acting.organization` and the claims directly."""
        if name.startswith("_") or self.now is None:
            raise AttributeError(name)
        return getattr(self.now, name)


class WhoAsks:
    """Tell the services who asks, for the trail; the request itself stays outside."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The user stays lazy: only a change that leaves a trace looks at them."""
        with asked_by(Asking(person=request.user)):
            return self.get_response(request)


class CurrentMembership:
    """Put the organization a person acts for on the request, as `request.acting`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read it from the session lazily, only when a view asks."""
        request.acting = LazyActing(request)  # type: ignore[attr-defined] # ours
        return self.get_response(request)


class SecondFactor:
    """Before a form that counts: a second factor, or the page that tells how.

    What was sent is kept aside and offered again afterwards.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to add to an answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """None lets the form through; reading a page is always let through."""
        match = request.resolver_match
        name = match.view_name if match else ""
        is_lasting = name in LASTING_DOORS
        if request.method != "POST" or not (is_lasting or name in MONEY_DOORS):
            return None
        return factor_first(
            request, of_everyone=is_lasting, is_fresh=name in FRESH_DOORS
        )
