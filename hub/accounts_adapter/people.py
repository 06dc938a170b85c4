"""Reading who is signed in, with the roles that nearly every page then asks for."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from hub.models import Person
from hub.selectors.memberships import memberships_with_person


class SignedInPeople(AuthenticationBackend):  # type: ignore[misc] # not typed
    """Signs people in as allauth does, and reads a session's person with their roles.

    One query instead of two at the head of every page. Whether the session still
    stands is judged by Django as before.
    """

    def get_user(self, user_id: Any) -> Person | None:
        """The person, active or nobody; the roles lie in `roles_read`."""
        roles = memberships_with_person(user_id)
        if not roles:
            person: Person | None = super().get_user(user_id)
            return person
        person = roles[0].person
        person.roles_read = roles
        return person if self.user_can_authenticate(person) else None
