"""How django-allauth behaves here: people are invited, nobody signs up alone."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc] # untyped library
    """Close the public sign-up, and say refusals in our own words."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "incorrect_code": _("This is not the code that was sent."),
        "rate_limited": _("Too many attempts: wait five minutes."),
        "too_many_login_attempts": _("Too many wrong codes: ask for a new one."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never; memberships come from an invitation."""
        return False
