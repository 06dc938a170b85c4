"""Accounts: people are invited, nobody signs up alone; each device is remembered."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.models import Person
from hub.notices import send_factor_news, send_soon
from hub.services import devices


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

    def respond_user_inactive(
        self, request: HttpRequest, _user: Person
    ) -> HttpResponse:
        """A passkey of a closed account opens nothing, and says so."""
        messages.error(request, str(self.error_messages["account_inactive"]))
        return redirect("account_login")

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in, and remember the device in words its owner will recognize."""
        super().login(request, user)
        devices.remember_device(
            person=user,
            session_key=str(request.session.session_key),
            user_agent=request.headers.get("User-Agent", ""),
            address=self.get_client_ip(request),
            now=timezone.now(),
        )

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and take the device off the list."""
        devices.forget_device(session_key=str(request.session.session_key))
        super().logout(request)

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """A passkey first; there are no passwords."""
        methods = super().get_reauthentication_methods(user)
        found = [each for each in methods if each["id"] != "reauthenticate"]
        if not found:
            return [{"id": "mail", "url": reverse("account_reauthenticate")}]
        return sorted(found, key=lambda each: not each["id"].endswith("webauthn"))

    def send_mail(self, template: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter without making its reader's address show in the time taken."""
        site = get_current_site(context.get("request"))
        facts = {"email": email, "current_site": site, **context}
        send_soon(self.render_mail(template, email, facts))

    def send_notification_mail(
        self, template: str, user: Person, *_args: Any, **_options: Any
    ) -> None:
        """Tell a person that a way to sign in changed, by our own letter."""
        send_factor_news(user, news=template.rpartition("/")[2])
