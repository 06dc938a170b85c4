"""The environment of a site in production, on the database of the tests."""

import json
import socket
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.db import connections

ROOT = Path(__file__).resolve().parents[2]
HOST = "charroi.example"
PRODUCTION = {
    "CHARROI_PRODUCTION": "yes",
    "CHARROI_DEMO": "no",
    "DEBUG": "no",
    "SECRET_KEY": "only-for-this-test-" + "0123456789abcdefghij" * 3,
    "ALLOWED_HOSTS": HOST,
    "EMAIL_URL": "smtp+tls://charroi:secret@mail.charroi.example:587",
    "LOG_LEVEL": "INFO",
}


@dataclass
class Visitor:
    """Somebody behind the proxy of a site on this machine, who keeps cookies."""

    port: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        form: dict[str, str] | None = None,
        *,
        scheme: str = "https",
        visitor: str = "203.0.113.1",
        more: dict[str, str] | None = None,
    ) -> tuple[int, HTTPMessage, str]:
        """One request with the visitor's cookies: status, headers, words."""
        headers = {
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(f"{name}={v}" for name, v in self.cookies.items()),
            **(more or {}),
        }
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
            body = urlencode(form)
        status, answered, words = send(
            self.port, path, body, headers, scheme=scheme, visitor=visitor
        )
        for line in answered.get_all("Set-Cookie") or []:
            self.cookies |= {k: m.value for k, m in SimpleCookie(line).items()}
        return status, answered, words


@dataclass(frozen=True)
class Program:
    """A program that speaks to the API of a site on this machine with its key."""

    port: int
    key: str

    def read(self, path: str) -> tuple[int, Any]:
        """What the API answers to a question."""
        status, _headers, words = send(self.port, f"/api/v1{path}", None, self._key())
        return status, json.loads(words)

    def act(
        self, path: str, payload: dict[str, Any], *, once: str
    ) -> tuple[int, HTTPMessage, str]:
        """One effect under the Idempotency-Key `once`."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": once}
        body = json.dumps(payload)
        return send(self.port, f"/api/v1{path}", body, headers | self._key())

    def _key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def send(
    port: int,
    path: str,
    body: str | None,
    headers: dict[str, str],
    *,
    scheme: str = "https",
    visitor: str = "203.0.113.1",
) -> tuple[int, HTTPMessage, str]:
    """One request as the proxy passes it on: a POST when it has a body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    told = {"Host": HOST, "X-Forwarded-Proto": scheme, "X-Forwarded-For": visitor}
    try:
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, {**told, **headers})
        response = connection.getresponse()
        return response.status, response.headers, _words(response)
    finally:
        connection.close()


def _words(response: HTTPResponse) -> str:
    return response.read().decode(errors="replace")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_addresses() -> dict[str, str]:
    """The addresses of the test database under both roles."""
    return {
        "DATABASE_URL": _address_of("default"),
        "DATABASE_OWNER_URL": _address_of("owner"),
    }


def _address_of(alias: str) -> str:
    given = connections[alias].settings_dict
    user = quote(given["USER"], safe="")
    if given["PASSWORD"]:
        user += ":" + quote(given["PASSWORD"], safe="")
    port = given["PORT"] or 5432
    return f"postgresql://{user}@{given['HOST'] or '127.0.0.1'}:{port}/{given['NAME']}"
