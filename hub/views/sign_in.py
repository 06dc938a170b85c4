"""Coming in: a code by email, a passkey, a second factor; each attempt is counted."""

from typing import Any, Literal

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic.edit import FormView

from hub import selectors
from hub.accounts_adapter import CodeByMail
from hub.core.sign_in import network_of
from hub.forms.factors import MailedCode
from hub.services.sign_in_codes import Outcome
from hub.services.sign_in_watch import note_attempt
from hub.views.errors import too_many


def note(request: HttpRequest, what: Literal["asked", "failed"], address: str) -> None:
    """Count an attempt under the network that the throttles also believe."""
    network = network_of(get_adapter().get_client_ip(request))
    note_attempt(what=what, address=address, network=network, now=timezone.now())


class RequestCode(RequestLoginCodeView):  # type: ignore[misc] # untyped library
    """Ask for a code; asked too often, say so on a page of its own (429)."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The same answer whether somebody has the address or not."""
        address = form.cleaned_data["email"]
        note(self.request, "asked", address)
        CodeByMail.initiate(request=self.request, user=form._user, email=address)
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """Tell a mistyped address from an impatient visitor."""
        if form.has_error("email", "too_many_login_attempts"):
            note(self.request, "asked", form.data.get("email", ""))
            return too_many(self.request)
        answer: HttpResponse = super().form_invalid(form)
        return answer


@method_decorator(
    login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"),
    name="dispatch",
)
class ConfirmCode(NextRedirectMixin, FormView):  # type: ignore[misc,type-arg] # as above
    """Type the code that came by mail."""

    form_class = MailedCode
    template_name = "account/confirm_login_code.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Only in the browser that asked, while the code can be good."""
        stage = request._login_stage  # type: ignore[attr-defined] # set by the library
        process = CodeByMail.resume(stage)
        if process is None:
            return redirect("account_login")
        self.process = process
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on with the sign-in, or count one more wrong code."""
        outcome = self.process.verdict(form.cleaned_data["code"])
        if outcome is Outcome.RIGHT:
            answer: HttpResponse = self.process.finish(self.get_next_url())
            return answer
        note(self.request, "failed", self.process.state["email"])
        words = get_adapter().error_messages
        if outcome is Outcome.SPENT:
            messages.error(self.request, str(words["too_many_login_attempts"]))
            return redirect("account_login")
        form.add_error("code", words["incorrect_code"])
        return self.form_invalid(form)

    def get_context_data(self, **facts: Any) -> dict[str, Any]:
        """The address is shown to whoever typed it."""
        found: dict[str, Any] = super().get_context_data(**facts)
        found["verify_form"] = found["form"]
        found["email"] = self.process.state["email"]
        return found


class PasskeyLogin(LoginWebAuthnView):  # type: ignore[misc] # untyped library
    """Come in with a passkey alone, and go on to the page that was asked for."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Nobody is named by a passkey that was not accepted."""
        note(self.request, "failed", "")
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """The passkey says who it is."""
        passkey = form.cleaned_data["credential"]
        wanted = get_next_redirect_url(self.request)
        login = Login(user=passkey.user, redirect_url=wanted)
        answer: HttpResponse = perform_passwordless_login(self.request, passkey, login)
        return answer


class ShowFactor(AuthenticateView):  # type: ignore[misc] # untyped library
    """The second step of a sign-in, for who has a second factor."""

    def get_context_data(self, **facts: Any) -> dict[str, Any]:
        """A passkey is asked only of who has one."""
        found: dict[str, Any] = super().get_context_data(**facts)
        factors = selectors.factors_of(self.stage.login.user)
        found["has_passkey"] = any(factor.type == "webauthn" for factor in factors)
        return found

    def form_invalid(self, form: Any) -> HttpResponse:
        """A wrong second factor counts as a wrong code."""
        note(self.request, "failed", self.stage.login.user.email)
        answer: HttpResponse = super().form_invalid(form)
        return answer
