"""How django-allauth behaves here: people are invited, nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc] # untyped library
    """Close the public sign-up: a hub adds its people."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never; memberships come from an invitation."""
        return False
