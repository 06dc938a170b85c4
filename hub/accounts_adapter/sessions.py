"""Sessions as Django keeps them, read together with the roles of who signed in."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as KeptInDatabase
from django.utils import timezone

from hub.models import Membership
from hub.selectors.memberships import memberships_with_session


class SessionStore(KeptInDatabase):
    """Django's own, which also finds the person whose device this session is.

    One query instead of two at the head of every page. The session alone says who is
    signed in; what lies in `roles_found` is used when it is about the same person.
    """

    roles_found: list[Membership] | None = None

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing for one that ended."""
        key = self.session_key
        found = key and memberships_with_session(key, now=timezone.now())
        if not found:
            self._session_key = None
            return {}
        data, self.roles_found = found
        held: dict[str, Any] = self.decode(data)
        return held
