"""Who is asking: a program by its key, or a person by the session of the site."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from hub import selectors
from hub.core.scopes import Scope
from hub.doors import acting_or_none, person_of
from hub.models import Person
from hub.services.api_keys import note_use


@dataclass(frozen=True, slots=True)
class Caller:
    """A person or a program, for whom it acts, and what its key allows."""

    person: Person
    acting: selectors.Acting
    scopes: frozenset[str] | None = None

    def may(self, scope: Scope) -> bool:
        """Whether the key was given this scope; people at the site need none."""
        return self.scopes is None or scope.value in self.scopes


class ByKey(HttpBearer):
    """`Authorization: Bearer charroi_…`."""

    def authenticate(self, _request: HttpRequest, token: str) -> Caller | None:
        """The program whose key this is; None for a key that lets nobody in."""
        now = timezone.now()
        key = selectors.key_sent(token, now=now)
        if key is None:
            return None
        note_use(key=key, now=now)
        acting = selectors.acting_for(key.machine, key.organization.public_id)
        if acting is None:
            return None
        return Caller(key.machine, acting, frozenset(key.scopes))


class BySession(APIKeyCookie):
    """The cookie of the site; anything that changes also needs its token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, _key: str | None) -> Caller | None:
        """The person signed in, acting for the organization chosen at the site."""
        acting = acting_or_none(request)
        if acting is None:
            return None
        return Caller(person_of(request), acting)


def caller_of(request: HttpRequest) -> Caller:
    """Who is asking, once ninja has let them in."""
    caller: Any = request.auth  # type: ignore[attr-defined] # set by ninja
    assert isinstance(caller, Caller)
    return caller
