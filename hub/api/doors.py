"""The doors of the API: who may enter, how a list is paged, how an effect is once.

A door is opened with `read`, `pages` or `act`; what is declared there (scope, roles,
shape of the answer) is what is checked and what the documentation says.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Status
from ninja.errors import ValidationError
from ninja.pagination import paginate
from ninja.params.functions import Header
from ninja.responses import NinjaJSONEncoder
from ninja.utils import contribute_operation_args
from pydantic import BaseModel

from hub.accounts_adapter import demand_now
from hub.api.callers import caller_of
from hub.api.paging import ById
from hub.api.shapes import ACT_REFUSALS, READ_REFUSALS, refusal_body
from hub.core.errors import DomainError, SecondFactorMissing
from hub.core.scopes import Scope
from hub.core.second_factor import Demand
from hub.doors import sentence_of
from hub.services.api_answers import keep_answer, one_answer, undone_if_refused
from hub.services.trail import Asking, asked_by

View = Callable[..., Any]
IDEMPOTENCY = Header(
    ...,
    alias="Idempotency-Key",
    pattern=r"^[A-Za-z0-9._:-]{8,100}$",
    description="A name of your choice for this one effect. Send the same again "
    "after a lost connection: the first answer comes back and nothing is done twice.",
)


class ScopeMissing(Exception):
    """The key of a program was not given `scope`."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope.value)
        self.scope = scope


class Answered(Exception):
    """An answer given before under this Idempotency-Key, to be given again."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


class Door(Router):
    """A router that knows scopes, roles, pages and idempotency keys."""

    def read(
        self, path: str, *, scope: Scope, out: Any, roles: tuple[str, ...] = ()
    ) -> Callable[[View], View]:
        """A question about one thing, or about a short list."""
        route = self.get(
            path, response={200: out, **READ_REFUSALS}, **_told(scope, roles)
        )

        def opened(view: View) -> View:
            filters: set[str] = set()
            shown: View = route(_filtered(_guarded(view, scope, roles), filters))
            filters |= self._filters_of(shown)
            return shown

        return opened

    def pages(
        self, path: str, *, scope: Scope, out: Any, roles: tuple[str, ...] = ()
    ) -> Callable[[View], View]:
        """A list by pages of at most 200; the view gives a queryset."""
        route = self.get(
            path, response={200: list[out], **READ_REFUSALS}, **_told(scope, roles)
        )

        def opened(view: View) -> View:
            filters: set[str] = set()
            listed = _filtered(_guarded(view, scope, roles), filters)
            shown: View = route(paginate(ById)(listed))
            filters |= self._filters_of(shown)
            return shown

        return opened

    def act(
        self,
        path: str,
        *,
        scope: Scope,
        out: Any,
        roles: tuple[str, ...] = (),
        status: HTTPStatus = HTTPStatus.OK,
        counts: bool = False,
    ) -> Callable[[View], View]:
        """An effect, once for each Idempotency-Key; the view gives an `out`.

        One that `counts` moves money or rights: of a person it demands a second factor,
        of a program nothing more, whose key was made behind one.
        """
        route = self.post(
            path, response={status.value: out, **ACT_REFUSALS}, **_told(scope, roles)
        )

        def opened(view: View) -> View:
            # Outside: this refusal is not kept, it passes once a factor was shown.
            once = _once(_guarded(view, scope, roles), status.value)
            return route(_behind_factor(once) if counts else once)

        return opened

    def _filters_of(self, opened: View) -> set[str]:
        """What may stand behind the `?` of a question, its page included."""
        return {
            name
            for path in self.path_operations.values()
            for operation in path.operations
            if operation.view_func is opened
            for model in operation.models
            if model.__ninja_param_source__ == "query"
            for name in getattr(model, "__ninja_flatten_map__", {})
        }


def effect_key(request: HttpRequest) -> str:
    """The name of this effect for a service that keeps keys of its own."""
    caller = caller_of(request).person.public_id
    asked = f"{caller} {request.headers['Idempotency-Key']}".encode()
    return f"api-{hashlib.sha256(asked).hexdigest()[:40]}"


def _told(scope: Scope, roles: tuple[str, ...]) -> dict[str, Any]:
    """Who may ask, for the description: no roles is every member."""
    return {"openapi_extra": {"x-scope": scope.value, "x-roles": list(roles)}}


def _guarded(view: View, scope: Scope, roles: tuple[str, ...]) -> View:
    """Refuse a key without the scope; be absent for who has none of the roles."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        caller = caller_of(request)
        if not caller.may(scope):
            raise ScopeMissing(scope)
        if roles and not caller.acting.roles & set(roles):
            raise Http404
        key = request.headers.get("Idempotency-Key", "")
        with asked_by(Asking(person=caller.person, key=key)):
            return view(request, *args, **kwargs)

    return guarded


def _filtered(view: View, filters: set[str]) -> View:
    """Refuse a filter that nobody knows: without it, all rows would be given."""

    @wraps(view)
    def filtered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if unknown := sorted(request.GET.keys() - filters):
            raise ValidationError(
                [{"type": "extra_forbidden", "loc": ("query", n)} for n in unknown]
            )
        return view(request, *args, **kwargs)

    return filtered


def _behind_factor(view: View) -> View:
    """Refuse a person who moves money without a second factor."""

    @wraps(view)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        is_program = caller_of(request).scopes is not None
        if not is_program and demand_now(request) in (Demand.ADD, Demand.PROVE):
            raise SecondFactorMissing
        return view(request, *args, **kwargs)

    return behind


def _once(view: View, status: int) -> View:
    """Do the effect and keep its answer in one transaction, or give the kept one.

    A refusal is an answer: it is kept too, the work that it undid is not.
    """

    @wraps(view)
    def once(
        request: HttpRequest, *args: Any, idempotency_key: str, **kwargs: Any
    ) -> Any:
        refusal: DomainError | None = None
        with one_answer(
            caller=caller_of(request).person,
            key=idempotency_key,
            fingerprint=_fingerprint(request),
        ) as row:
            if row.status is not None:
                raise Answered(row.status, row.body)
            try:
                with undone_if_refused():
                    answer = view(request, *args, **kwargs)
            except DomainError as error:
                refusal = error
                body = refusal_body(error.code, sentence_of(error))
                keep_answer(row=row, status=409, body=body)
            else:
                keep_answer(row=row, status=status, body=_plain(answer))
        if refusal is not None:
            raise refusal
        return Status(status, answer)

    contribute_operation_args(once, "idempotency_key", str, IDEMPOTENCY)
    return once


def _fingerprint(request: HttpRequest) -> str:
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(asked + request.body).hexdigest()


def _plain(answer: Any) -> Any:
    """What is kept of an answer: its very words, moments as they were first sent."""
    assert isinstance(answer, BaseModel)
    return json.loads(json.dumps(answer.model_dump(), cls=NinjaJSONEncoder))
