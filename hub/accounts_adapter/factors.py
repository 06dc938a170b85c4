"""Second factors: secrets encrypted at rest, our name in apps, our QR drawer."""

from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.core.secret_text import decrypt, encrypt
from hub.models import Person


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc] # untyped library
    """What django-allauth keeps and shows of second factors."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Add a passkey or an app first."),
        "incorrect_code": _("This code or passkey was not accepted."),
    }

    def encrypt(self, text: str) -> str:
        """Close a secret before it is written."""
        return encrypt(text, settings.SECOND_FACTOR_KEYS)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret that is to be compared."""
        return decrypt(encrypted_text, settings.SECOND_FACTOR_KEYS)

    def build_totp_svg(self, url: str) -> str:
        """The QR code that an app reads."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, border=3)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, _user: Person, _type: str) -> str:
        """A name for a passkey that was given none."""
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Passkeys belong to the host name of this site."""
        host = str(context.request.get_host()).partition(":")[0]
        return {"id": host, "name": "Charroi"}
