"""Second factors typed or shown; what a browser sends is read with care."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

REMEMBERED_S = 180
UNREADABLE = (AttributeError, KeyError, IndexError, TypeError, ValueError)


class MailedCode(forms.Form):
    """The code that came by mail, as it was typed."""

    code = forms.CharField(label=_("Code"), max_length=20)


class _OnceOnly(forms.Form):
    """A code of an app opens once, for as long as its clock could accept it again.

    The library forgets it after thirty seconds, but accepts it for ninety.
    """

    def clean_code(self) -> str:
        """Refuse a code that was used before."""
        code: str = super().clean_code()  # type: ignore[misc] # of the form beside it
        # The library reads past blanks and dashes: so must what remembers the code.
        digits = "".join(sign for sign in code if sign.isalnum())
        used = f"second-factor-used:{self.authenticator.pk}:{digits}"  # type: ignore[attr-defined] # set above
        if not cache.add(used, "yes", timeout=REMEMBERED_S):
            raise get_adapter().validation_error("incorrect_code")
        return code


class TypedCode(_OnceOnly, AuthenticateForm):  # type: ignore[misc] # untyped library
    """The code of an app, or a recovery code, at sign-in."""


class TypedCodeAgain(_OnceOnly, ReauthenticateForm):  # type: ignore[misc] # as above
    """The same, to show again who is there."""


class _ReadWithCare(forms.Form):
    """What is no answer of a passkey is refused, whatever it is made of."""

    def clean_credential(self) -> Any:
        """Check the answer of the passkey."""
        try:
            return super().clean_credential()  # type: ignore[misc] # of the form beside
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyShown(_ReadWithCare, AuthenticateWebAuthnForm):  # type: ignore[misc] # as above
    """A passkey as second factor."""


class PasskeyShownAgain(_ReadWithCare, ReauthenticateWebAuthnForm):  # type: ignore[misc] # as above
    """A passkey, to show again who is there."""


class PasskeySignIn(_ReadWithCare, LoginWebAuthnForm):  # type: ignore[misc] # as above
    """A passkey alone: it holds two factors, the device and what unlocks it."""


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc] # as above
    """A passkey to add, with a name; it always asks its owner to unlock it."""

    name = forms.CharField(
        label=_("Its name"),
        required=False,
        max_length=60,
        help_text=_("Such as “My phone” or “The office computer”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_passwordless(self) -> bool:
        """Whatever was sent: a passkey that nothing unlocks is not taken."""
        return True

    def clean(self) -> dict[str, Any]:
        """Check the answer of the passkey."""
        try:
            answer: dict[str, Any] = super().clean()
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return answer
