"""A person's own ways to sign in: passkeys, an app, recovery codes.

Whoever adds the first one shows again who they are by a code sent by mail; whoever has
one shows it again (django-allauth's reauthentication). Each change signs every other
device out and is told by mail.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
)
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import (
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub import selectors
from hub.accounts_adapter import (
    demand_now,
    forget_kept,
    is_fresh,
    kept_form,
    note_proof,
    reminder_for,
)
from hub.core.second_factor import Demand
from hub.doors import person_of
from hub.forms.factors import MailedCode
from hub.services import devices
from hub.services.sign_in_codes import Outcome, issue_code, try_code
from hub.views.errors import too_many
from hub.views.sign_in import note

TICKET = "reauthentication_ticket"


def end_other_sessions(request: HttpRequest) -> None:
    """Sign every other device out; this one goes on."""
    person = devices.sign_out_others(
        person=person_of(request), session_key=request.session.session_key
    )
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()


class _ShownAgain:
    """Lets in who showed a moment ago who they are, by mail for want of a factor."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Lead to where that is shown, and back; what was sent is not kept."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        person = person_of(request)
        is_known = is_fresh(request) or selectors.has_factor(person)
        if is_known and not is_reauthentication_required(request, app="allauth.mfa"):
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return] # of the view beside it
        method = get_adapter().get_reauthentication_methods(person)[0]
        page = urlencode({"next": request.get_full_path()})
        return redirect(f"{method['url']}?{page}")


class _Adds(_ShownAgain):
    """A factor that is added was shown: it counts as proof from then on."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it, then sign the other devices out."""
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc] # of the view beside it
        note_proof(self.request)  # type: ignore[attr-defined] # of the view beside it
        end_other_sessions(self.request)  # type: ignore[attr-defined]
        return answer


class _Changes(_ShownAgain):
    """A factor that is changed or taken away."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, then sign the other devices out."""
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc] # of the view beside it
        end_other_sessions(self.request)  # type: ignore[attr-defined] # of the view beside it
        return answer


class Factors(IndexView):  # type: ignore[misc] # untyped library
    """My ways to sign in."""

    def get_context_data(self, **facts: Any) -> dict[str, Any]:
        """Each kind with its rows, and the day by which one is needed."""
        found: dict[str, Any] = super().get_context_data(**facts)
        kinds: dict[str, Any] = found["authenticators"]
        codes = kinds.get("recovery_codes")
        return {
            **found,
            "passkeys": kinds.get("webauthn", []),
            "app": kinds.get("totp"),
            "codes_left": len(codes.get_unused_codes()) if codes else None,
            "needed_on": reminder_for(self.request),
        }


class AddPasskey(_Adds, AddWebAuthnView):  # type: ignore[misc] # untyped library
    """Add a passkey and name it."""

    def get_context_data(self, **facts: Any) -> dict[str, Any]:
        """What the browser needs to make one that its owner must unlock."""
        found: dict[str, Any] = super().get_context_data(**facts)
        options = auth.begin_registration(person_of(self.request), True)
        found["js_data"] = {"creation_options": options}
        return found


class _OwnPasskey:
    """One passkey of the person asking, by the random name that it gave itself."""

    def get_object(self, _queryset: Any = None) -> Any:
        """Absent when it is somebody else's."""
        mine = self.get_queryset()  # type: ignore[attr-defined] # of the view beside it
        name = self.kwargs["passkey_id"]  # type: ignore[attr-defined]
        return get_object_or_404(mine, data__credential__id=name)


class RenamePasskey(_ShownAgain, _OwnPasskey, EditWebAuthnView):  # type: ignore[misc] # untyped library
    """Give a passkey another name."""

    success_url = reverse_lazy("mfa_index")


class RemovePasskey(_Changes, _OwnPasskey, RemoveWebAuthnView):  # type: ignore[misc] # untyped library
    """Take a passkey away."""

    success_url = reverse_lazy("mfa_index")


class AddApp(_Adds, ActivateTOTPView):  # type: ignore[misc] # untyped library
    """Add an app that shows codes."""


class RemoveApp(_Changes, DeactivateTOTPView):  # type: ignore[misc] # untyped library
    """Take the app away."""


class NewRecoveryCodes(_Changes, GenerateRecoveryCodesView):  # type: ignore[misc] # untyped library
    """Make ten new recovery codes; the former ones open nothing."""


class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc] # untyped library
    """The recovery codes, shown once."""

    @classmethod
    def as_view(cls, **options: Any) -> Any:
        """Nothing on the way keeps the page."""
        return never_cache(super().as_view(**options))


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc] # untyped library
    """Show a passkey again."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Stay on the page: the library would lead to the sign-in of somebody else."""
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return redirect(self.request.get_full_path())


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def show_again(request: HttpRequest) -> HttpResponse:
    """Show again who is there by a code sent by mail, for who has nothing better."""
    person = person_of(request)
    if selectors.has_factor(person):
        method = get_adapter().get_reauthentication_methods(person)[0]
        wanted = urlencode({"next": get_next_redirect_url(request) or "/"})
        return redirect(f"{method['url']}?{wanted}")
    form = MailedCode(request.POST if "code" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        if not ratelimit.consume(
            request, action="request_login_code", key=person.email
        ):
            return too_many(request)
        request.session[TICKET], code = issue_code(
            address=person.email, now=timezone.now()
        )
        letter = {"request": request, "code": code}
        get_adapter().send_mail("account/email/login_code", person.email, letter)
    if form.is_bound and form.is_valid():
        outcome = try_code(
            ticket=request.session.get(TICKET, ""),
            code=form.cleaned_data["code"],
            now=timezone.now(),
        )
        if outcome is Outcome.RIGHT:
            record_authentication(
                request, person, method="code", email=person.email, reauthenticated=True
            )
            return redirect(get_next_redirect_url(request) or "mfa_index")
        note(request, "failed", person.email)
        spent = outcome is Outcome.SPENT
        if spent:
            request.session.pop(TICKET, None)
        words = get_adapter().error_messages
        kind = "too_many_login_attempts" if spent else "incorrect_code"
        form.add_error("code", words[kind])
    context = {"form": form, "is_sent": TICKET in request.session}
    status = 422 if form.errors else 200
    return render(request, "account/reauthenticate.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, how to have one, and what was kept meanwhile.

    Sent (POST), it forgets what was kept.
    """
    if request.method == "POST":
        forget_kept(request)
        return redirect("hub:home")
    kept = kept_form(request)
    context = {
        "demand": demand_now(request, **(kept["demanded"] if kept else {})),
        "kept": kept,
        "is_not_needed": Demand.NOTHING,
        "has_factor": selectors.has_factor(person_of(request)),
    }
    return render(request, "account/second_factor.html", context)
