"""Asking for a code by email: django-allauth's page, with our refusal."""

from typing import Any

from allauth.account.views import RequestLoginCodeView
from django.http import HttpResponse

from hub.views.errors import too_many


class RequestCode(RequestLoginCodeView):  # type: ignore[misc] # untyped library
    """Ask for a code; asked too often, say so on a page of its own (429)."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Tell a mistyped address from an impatient visitor."""
        if form.has_error("email", "too_many_login_attempts"):
            return too_many(self.request)
        answer: HttpResponse = super().form_invalid(form)
        return answer
