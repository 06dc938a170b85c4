"""What every door shares: who may enter, and how a refusal is said.

A person without the role sees the same 404 as for a page that does not exist.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext

from hub.core.errors import DomainError
from hub.models import Person
from hub.selectors import Acting

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Entry = Callable[..., HttpResponseBase]


def acting_as(*roles: str) -> Callable[[View[P]], Entry]:
    """Let in people acting with one of `roles` (any role when none is named)."""

    def guard(view: View[P]) -> Entry:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            acting = acting_of(request)
            if roles and not acting.roles & set(roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead a stranger to sign in, and back to the page they were reading.

    A part of a page that htmx asks for leads the whole page there: a plain redirect
    would put the sign-in form in the place of the part.
    """
    if not is_fragment(request):
        return redirect_to_login(request.get_full_path())
    page = urlsplit(request.headers.get("HX-Current-URL", "/"))
    answer = redirect_to_login(urlunsplit(("", "", page.path, page.query, "")))
    return HttpResponse(headers={"HX-Redirect": answer.url})


def acting_of(request: HttpRequest) -> Acting:
    """The organization the person acts for; 404 for someone without any role."""
    acting = request.acting.now  # type: ignore[attr-defined] # set by our middleware
    if acting is None:
        raise Http404
    return cast(Acting, acting)


def acting_or_none(request: HttpRequest) -> Acting | None:
    """The organization the person acts for, or None for a stranger."""
    return cast(Acting | None, request.acting.now)  # type: ignore[attr-defined] # ours


def person_of(request: HttpRequest) -> Person:
    """The signed-in person."""
    return cast(Person, request.user)


def sentence_of(error: DomainError) -> str:
    """The refusal in the reader's language, its figures filled in."""
    return gettext(error.sentence) % error.data


def say_refusal(request: HttpRequest, error: DomainError) -> None:
    """Show the refusal at the top of the next page."""
    messages.error(request, sentence_of(error))


def say_done(request: HttpRequest, sentence: str) -> None:
    """Show what was done at the top of the next page."""
    messages.success(request, sentence)


def say_warning(request: HttpRequest, sentence: str) -> None:
    """Show what somebody must look at before they go on."""
    messages.warning(request, sentence)


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def photo_answer(request: HttpRequest, photo: FieldFile) -> HttpResponseBase:
    """A photo kept privately, a JPEG whatever was sent; 404 when there is none.

    A browser may keep it for this person alone, and asks each time whether it stands.
    """
    if not photo:
        raise Http404
    with photo.open("rb") as kept:
        answer = HttpResponse(kept.read(), content_type="image/jpeg")
    etag = f'"{photo.name}"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=answer) or answer
