"""Webhooks that leave the house: one signed POST to a checked public address.

The host is resolved once. Every address that it has must be public, and the connection
goes to one of those very addresses: a name that resolves to something else a moment
later changes nothing. The certificate is still that of the name. Redirects are not
followed, nothing of the answer's body is read, and one limit holds for all of it.
"""

import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from hub.core.errors.webhooks import WebhookUrlUnfit
from hub.core.public_addresses import Target, is_public_address, read_target
from hub.models import WebhookDelivery

CONNECT_S = 3.0
TOTAL_S = 10.0
MOST_ADDRESSES = 4
Fault = WebhookDelivery.Fault


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one attempt; `status` is 0 when nothing answered."""

    status: int = 0
    fault: str = ""
    duration_ms: int = 0
    retry_after_s: int = 0


class _Refused(Exception):
    """Nothing was sent, or no answer came, for this reason."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class _Limit:
    """One moment by which all of an attempt must have ended."""

    def __init__(self, total_s: float) -> None:
        self._began = time.monotonic()
        self._total_s = total_s

    def left_s(self) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left_s = self._total_s - (time.monotonic() - self._began)
        if left_s <= 0:
            raise TimeoutError
        return left_s

    def spent_ms(self) -> int:
        """Milliseconds since it began."""
        return round((time.monotonic() - self._began) * 1000)


class _Patient(io.RawIOBase):
    """Bytes of a socket, read no later than the limit however slowly they drip."""

    def __init__(self, sock: socket.socket, limit: _Limit) -> None:
        self._sock = sock
        self._limit = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._limit.left_s())
        return self._sock.recv_into(buffer)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client asks of a socket."""
        return io.BufferedReader(self)


def send(
    *,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    anywhere: bool = False,
    total_s: float = TOTAL_S,
) -> Answer:
    """Post `body` once and say what became of it; raises nothing.

    With `anywhere` (development and tests) http and inner addresses are called too.
    """
    limit = _Limit(total_s)
    try:
        target = read_target(url, anywhere=anywhere)
        with _connected(target, limit, anywhere=anywhere) as sock:
            return _ask(sock, target, headers, body, limit)
    except _Refused as refused:
        return Answer(fault=refused.fault, duration_ms=limit.spent_ms())
    except WebhookUrlUnfit:
        return Answer(fault=Fault.INSIDE, duration_ms=limit.spent_ms())
    except TimeoutError:
        return Answer(fault=Fault.TIMED_OUT, duration_ms=limit.spent_ms())
    except ssl.SSLError:
        return Answer(fault=Fault.TLS, duration_ms=limit.spent_ms())
    except (HTTPException, ValueError):
        return Answer(fault=Fault.NOT_HTTP, duration_ms=limit.spent_ms())
    except OSError:
        return Answer(fault=Fault.NO_CONNECTION, duration_ms=limit.spent_ms())


def _connected(target: Target, limit: _Limit, *, anywhere: bool) -> socket.socket:
    """A connection to one of the addresses checked, under TLS for https."""
    addresses = _addresses(target, limit)
    if not anywhere and not all(is_public_address(str(to[0])) for _, to in addresses):
        raise _Refused(Fault.INSIDE)
    sock = _first_that_answers(addresses, limit)
    if target.scheme == "http":
        return sock
    try:
        sock.settimeout(limit.left_s())
        context = ssl.create_default_context()
        return context.wrap_socket(sock, server_hostname=target.host)
    except BaseException:
        sock.close()
        raise


def _addresses(target: Target, limit: _Limit) -> list[tuple[int, tuple[Any, ...]]]:
    """Family and address of each way to a host, asked of the resolver once.

    The resolver knows no limit of its own: it is left behind when it takes too long.
    """
    found: SimpleQueue[list[tuple[int, tuple[Any, ...]]]] = SimpleQueue()

    def ask() -> None:
        rows: list[Any] = []
        with suppress(OSError, UnicodeError):
            rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        found.put([(row[0], row[4]) for row in rows])

    Thread(target=ask, daemon=True).start()
    try:
        rows = found.get(timeout=min(CONNECT_S, limit.left_s()))
    except Empty:
        raise TimeoutError from None
    if not rows:
        raise _Refused(Fault.NO_ADDRESS)
    return rows


def _first_that_answers(
    addresses: list[tuple[int, tuple[Any, ...]]], limit: _Limit
) -> socket.socket:
    trouble: OSError = OSError()
    for family, to in addresses[:MOST_ADDRESSES]:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(CONNECT_S, limit.left_s()))
            sock.connect(to)
        except OSError as error:
            sock.close()
            trouble = error
        else:
            return sock
    raise trouble


def _ask(
    sock: socket.socket,
    target: Target,
    headers: Mapping[str, str],
    body: bytes,
    limit: _Limit,
) -> Answer:
    told = {
        "Host": target.host_header,
        "User-Agent": "Charroi-Webhooks/1",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Accept": "*/*",
        "Connection": "close",
        **headers,
    }
    lines = [f"POST {target.path} HTTP/1.1", *(f"{k}: {v}" for k, v in told.items())]
    sock.settimeout(limit.left_s())
    sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii") + body)
    patient: Any = _Patient(sock, limit)
    response = HTTPResponse(patient, method="POST")
    try:
        response.begin()
        asked = response.headers.get("Retry-After", "")
        return Answer(
            status=response.status,
            fault=_fault_of(response.status),
            duration_ms=limit.spent_ms(),
            retry_after_s=int(asked) if asked.isdecimal() and len(asked) < 7 else 0,
        )
    finally:
        response.close()


def _fault_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return Fault.REDIRECT if 300 <= status < 400 else Fault.STATUS
