"""One message leaves for a checked address, within one limit, and no redirect."""

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from hub.hooks import Answer, send
from tests.factories.listener import DRIP, Listener

HEADERS = {"webhook-id": "evt_1"}


def post(url: str, **rules: object) -> Answer:
    return send(url=url, headers=HEADERS, body=b"{}", **rules)  # type: ignore[arg-type] # one call for all tests


def test_a_message_arrives_whole():
    with Listener() as listener:
        answer = post(listener.url, anywhere=True)

    (heard,) = listener.heard
    assert (answer.status, answer.fault) == (200, "")
    assert (heard.path, heard.id, heard.body) == ("/hook?for=tests", "evt_1", b"{}")
    assert heard.headers["content-type"] == "application/json"


def test_a_redirect_is_not_followed():
    with Listener() as inner, Listener([302]) as listener:
        listener.location = inner.url

        answer = post(listener.url, anywhere=True)

    assert (answer.status, answer.fault) == (302, "redirect")
    assert (len(listener.heard), inner.heard) == (1, [])


@pytest.mark.parametrize("status", [400, 410, 500, 503])
def test_any_other_answer_is_a_failure(status):
    with Listener([status]) as listener:
        answer = post(listener.url, anywhere=True)

    assert (answer.status, answer.fault, answer.retry_after_s) == (status, "status", 7)


def test_an_answer_that_drips_is_cut_at_the_limit():
    with Listener([DRIP]) as listener:
        began = time.monotonic()

        answer = post(listener.url, anywhere=True, total_s=0.4)
        lasted = time.monotonic() - began

    assert (answer.status, answer.fault) == (0, "timed_out")
    assert 0.4 <= lasted < 2


def test_what_is_not_http_is_said():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer_nonsense() -> None:
            client, _ = server.accept()
            client.recv(4096)
            client.sendall(b"220 mail.example ESMTP\r\n")
            client.close()

        threading.Thread(target=answer_nonsense, daemon=True).start()
        port = server.getsockname()[1]

        answer = post(f"http://127.0.0.1:{port}/", anywhere=True)

    assert (answer.status, answer.fault) == (0, "not_http")


def test_a_closed_door_is_said():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    answer = post(f"http://127.0.0.1:{port}/", anywhere=True)

    assert (answer.status, answer.fault) == (0, "no_connection")


def resolving(monkeypatch: pytest.MonkeyPatch, *turns: list[str]) -> list[int]:
    """Let the resolver answer otherwise each time it is asked; gives its calls."""
    asked: list[int] = []

    def getaddrinfo(_host: str, port: int, **_kinds: object) -> list[object]:
        found = turns[min(len(asked), len(turns) - 1)]
        asked.append(port)
        return [
            (
                socket.AF_INET6 if ":" in each else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (each, port),
            )
            for each in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def calls_of(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where connections go; none is made."""
    calls: list[tuple[str, int]] = []

    class Refusing(socket.socket):
        def connect(self, address: Any) -> None:
            calls.append(address[:2])
            raise ConnectionRefusedError

    monkeypatch.setattr(socket, "socket", Refusing)
    return calls


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "64:ff9b::7f00:1"]
)
def test_a_name_that_leads_inside_is_refused_before_any_connection(monkeypatch, inside):
    resolving(monkeypatch, [inside])
    calls = calls_of(monkeypatch)

    answer = post("https://farm.example/hook")

    assert (answer.fault, calls) == ("inside", [])


def test_one_inner_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    resolving(monkeypatch, ["8.8.8.8", "127.0.0.1"])
    calls = calls_of(monkeypatch)

    answer = post("https://farm.example/hook")

    assert (answer.fault, calls) == ("inside", [])


def test_the_address_that_was_checked_is_the_one_that_is_called(monkeypatch):
    # The name is rebound right after it was resolved; nobody asks a second time.
    asked = resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    calls = calls_of(monkeypatch)

    answer = post("https://farm.example/hook")

    assert (answer.fault, calls, asked) == ("no_connection", [("8.8.8.8", 443)], [443])


def test_the_next_message_checks_the_address_again(monkeypatch):
    resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    calls = calls_of(monkeypatch)
    post("https://farm.example/hook")

    answer = post("https://farm.example/hook")

    assert (answer.fault, calls) == ("inside", [("8.8.8.8", 443)])


def test_a_name_without_address_is_said(monkeypatch):
    resolving(monkeypatch, [])

    assert post("https://farm.example/hook").fault == "no_address"


def test_http_and_inner_hosts_are_refused_outside_development():
    answers = [post("http://8.8.8.8/"), post("https://127.0.0.1/")]

    assert [answer.fault for answer in answers] == ["inside", "inside"]


def test_a_resolver_that_hangs_is_left_behind(monkeypatch):
    released = threading.Event()

    def hang(*_asked: object, **_kinds: object) -> list[object]:
        released.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)

    answer = post("https://farm.example/hook", total_s=0.2)
    released.set()

    assert answer.fault == "timed_out"


def certificate(folder: Path, host: str) -> Path:
    """A certificate that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize(
    ("carried", "answer"),
    [("farm.example", (200, "")), ("other.example", (0, "tls"))],
)
def test_the_certificate_is_that_of_the_name_and_not_of_the_address(
    tmp_path, monkeypatch, carried, answer
):
    resolving(monkeypatch, ["127.0.0.1"])
    pem = certificate(tmp_path, carried)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(pem)
    asked: list[str | None] = []
    server_side.sni_callback = lambda _sock, name, _context: asked.append(name)
    trusting = ssl.create_default_context(cafile=str(pem))
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    with Listener() as listener:
        listener.socket = server_side.wrap_socket(listener.socket, server_side=True)
        port = listener.server_address[1]

        found = post(f"https://farm.example:{port}/", anywhere=True)

    assert (found.status, found.fault) == answer
    assert asked == ["farm.example"]
