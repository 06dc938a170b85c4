"""What every door shares: who may enter, and how a refusal is said.

A person without the role sees the same 404 as for a page that does not exist.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db import InterfaceError, OperationalError
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import slugify

from hub.accounts_adapter import demand_now, forget_form, keep_form
from hub.core.errors import DomainError
from hub.core.second_factor import Demand
from hub.core.trouble import Trouble, trouble_of
from hub.exchange.files import CONTENT_TYPES, Form, written
from hub.exchange.table import Table
from hub.models import Person
from hub.selectors import Acting
from hub.services.exports import note_taken
from hub.templatetags import words

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
    return words.said(error)


def trouble_behind(error: BaseException | None) -> Trouble | None:
    """What the database could not do for now; None for any other mistake."""
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    return trouble_of(getattr(error.__cause__, "sqlstate", None))


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


def factor_first(
    request: HttpRequest, *, of_everyone: bool = False, is_fresh: bool = False
) -> HttpResponse | None:
    """Lead to their second factor a person of whom it is demanded now; else None.

    What they sent or asked for is kept, and offered again once the factor was shown.
    """
    asked = {"of_everyone": of_everyone, "is_fresh": is_fresh}
    if demand_now(request, **asked) in (Demand.NOTHING, Demand.SOON):
        forget_form(request)
        return None
    keep_form(request, **asked)
    if is_fragment(request):
        page = reverse("account_second_factor")
        return HttpResponse(headers={"HX-Redirect": page})
    return redirect("account_second_factor")


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


def page_of(
    request: HttpRequest, rows: Any, per_page: int = 50, *, name: str = "page"
) -> Page[Any]:
    """The page asked for; the nearest one when it does not exist.

    `name` tells the lists of one page apart in its address.
    """
    return Paginator(rows, per_page).get_page(request.GET.get(name))


def wants_file(request: HttpRequest) -> bool:
    """Whether a table of the page is asked for as a file, not the page."""
    return request.method in ("GET", "HEAD") and "format" in request.GET


def table_file(
    request: HttpRequest, *offered: tuple[Table, Iterable[Any]]
) -> HttpResponse:
    """The table that the address names, of those that its page offers, as a file.

    The page has let the person in and chosen the rows: the file holds the same. Taking
    a table that names people leaves a trace, and asks who moves money for a second
    factor shown just now. 404 for another table or another form.
    """
    form, name = request.GET["format"], request.GET.get("table", "")
    table, rows = next((each for each in offered if each[0].name == name), (None, ()))
    if table is None or form not in CONTENT_TYPES:
        raise Http404
    acting = acting_of(request)
    if table.is_personal:
        if led := factor_first(request, is_fresh=True):
            return led
        note_taken(
            table=table.name,
            acting_for=acting.organization,
            by=person_of(request),
        )
    parts = (acting.hub.name, str(table.title))
    stem = "-".join(slugify(part) for part in parts)
    filename = f"{stem}-{timezone.localdate():%Y-%m-%d}.{form}"
    answer = HttpResponse(
        written(table, rows, cast(Form, form)), content_type=CONTENT_TYPES[form]
    )
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
