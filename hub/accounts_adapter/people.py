"""Reading who is signed in, with the roles that nearly every page then asks for."""

from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hub.models import Membership, Person
from hub.selectors.memberships import memberships_with_person

_roles_found: ContextVar[list[Membership] | None] = ContextVar(
    "roles_found", default=None
)
"""What the session was read with, while Django asks whose it is."""


class PersonOfSession(AuthenticationMiddleware):
    """Django's own, which hands what the session was read with to `SignedInPeople`."""

    def process_request(self, request: HttpRequest) -> None:
        """The person stays lazy: a page that asks for nobody reads nobody."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment] # as Django does


def _person_of(request: HttpRequest) -> Any:
    request.session.get(SESSION_KEY)
    token = _roles_found.set(getattr(request.session, "roles_found", None))
    try:
        return get_user(request)
    finally:
        _roles_found.reset(token)


class SignedInPeople(AuthenticationBackend):  # type: ignore[misc] # not typed
    """Signs people in as allauth does, and reads a session's person with their roles.

    No query of its own where the session was read with them, else one instead of two.
    Whether the session still stands is judged by Django as before.
    """

    def get_user(self, user_id: Any) -> Person | None:
        """The person, active or nobody; the roles lie in `roles_read`."""
        roles = _found_of(user_id) or memberships_with_person(user_id)
        if not roles:
            person: Person | None = super().get_user(user_id)
            return person
        person = roles[0].person
        person.roles_read = roles
        return person if self.user_can_authenticate(person) else None


def _found_of(user_id: Any) -> list[Membership]:
    """The roles read with the session, unless they are somebody else's."""
    found = _roles_found.get() or []
    return found if found and found[0].person_id == user_id else []
