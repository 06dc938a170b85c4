"""Second factors: a passkey kept in memory, an app that shows codes, recovery codes."""

import hashlib
import json
import secrets
import time
from collections.abc import MutableMapping
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from hub.models import Person
from hub.services.devices import remember_device

FLAGS = AuthenticatorData.FLAG


def show_factor(
    session: MutableMapping[str, Any], person: Person, *, method: str = "mfa"
) -> None:
    """Write into a session that its person showed a second factor just now."""
    shown = {"method": method, "at": time.time(), "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(person.pk)


def add_app(person: Person) -> str:
    """An app; gives its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_of(secret: str, *, periods_later: int = 0) -> str:
    """The six digits that the app shows now, or some half minutes from now."""
    counter = int(time.time()) // 30 + periods_later
    digits: str = format_hotp_value(hotp_value(secret, counter))
    return digits


def add_recovery_codes(person: Person) -> list[str]:
    """Ten recovery codes."""
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


class SoftPasskey:
    """A passkey as a phone would hold it: a key, unlocked or not, for one site."""

    def __init__(self, host: str = "testserver", *, is_unlocked: bool = True) -> None:
        self.origin = f"https://{host}"
        self.rp_hash = hashlib.sha256(host.encode()).digest()
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(16)
        self.flags = FLAGS.UP | (FLAGS.UV if is_unlocked else FLAGS(0))
        self.user_handle = ""

    def make(self, options: dict[str, Any]) -> str:
        """The answer to a page that adds a passkey."""
        asked = options["publicKey"]
        self.user_handle = asked["user"]["id"]
        return json.dumps(self._made(asked["challenge"]))

    def show(self, options: dict[str, Any]) -> str:
        """The answer to a page that asks for a passkey."""
        asked = options["publicKey"]
        told = CollectedClientData.create(
            "webauthn.get", asked["challenge"], self.origin
        )
        data = AuthenticatorData.create(self.rp_hash, self.flags, 1)
        signature = self.key.sign(data + told.hash, ec.ECDSA(SHA256()))
        return json.dumps(
            self._answer(
                clientDataJSON=websafe_encode(told),
                authenticatorData=websafe_encode(data),
                signature=websafe_encode(signature),
                userHandle=self.user_handle,
            )
        )

    def kept_for(self, person: Person, name: str = "Téléphone") -> Authenticator:
        """The row of this passkey, as if it had been added."""
        self.user_handle = websafe_encode(str(person.pk).encode())
        credential = self._made(websafe_encode(secrets.token_bytes(32)))
        return Authenticator.objects.create(
            user=person,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": name, "credential": credential},
        )

    def _made(self, challenge: str) -> dict[str, Any]:
        told = CollectedClientData.create("webauthn.create", challenge, self.origin)
        data = AuthenticatorData.create(
            self.rp_hash,
            self.flags | FLAGS.AT,
            0,
            AttestedCredentialData.create(
                bytes(16),
                self.credential_id,
                ES256.from_cryptography_key(self.key.public_key()),
            ),
        )
        attested = AttestationObject.create("none", data, {})
        return self._answer(
            clientDataJSON=websafe_encode(told),
            attestationObject=websafe_encode(attested),
        )

    def _answer(self, **response: str) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": response,
        }


def equip(person: Person, mark: str) -> dict[str, Any]:
    """Every second factor for a person, and a phone where they are signed in."""
    add_app(person)
    add_recovery_codes(person)
    device = remember_device(
        person=person,
        session_key=mark,
        user_agent="",
        address="203.0.113.7",
        now=timezone.now(),
    )
    return {"passkey": SoftPasskey().kept_for(person, mark), "device": device}
