"""A program elsewhere that hears webhooks: a real HTTP server on a free port."""

import base64
import hashlib
import hmac
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DRIP = 0
"""Instead of a status: answers one byte at a time, for longer than anyone waits."""


class Heard:
    """One request as it came."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self.path = path
        self.headers = headers
        self.body = body

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.headers["webhook-id"]


class Listener(ThreadingHTTPServer):
    """Answers with `statuses` in turn, then 200; keeps what it heard."""

    daemon_threads = True

    def __init__(self, statuses: Sequence[int] = ()) -> None:
        self.statuses = list(statuses)
        self.heard: list[Heard] = []
        self.location = ""
        self.closing = threading.Event()
        super().__init__(("127.0.0.1", 0), _Answers)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/hook?for=tests"

    def __enter__(self) -> "Listener":
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()


class _Answers(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        """Keep what came, and answer as the test asked."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.heard.append(Heard(self.path, headers, body))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status == DRIP:
            self._drip()
            return
        self.send_response(status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Retry-After", "7")
        self.end_headers()

    def _drip(self) -> None:
        for sign in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000:
            if self.server.closing.is_set():
                return
            try:
                self.wfile.write(bytes([sign]))
            except OSError:
                return
            time.sleep(0.02)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its own name
        """Say nothing."""


def is_signed(heard: Heard, secret: str) -> bool:
    """Whether one of the signatures is right: a receiver's own reading of the rules."""
    key = base64.b64decode(secret.split("_", 1)[1])
    stamp = heard.headers["webhook-timestamp"]
    content = f"{heard.id}.{stamp}.{heard.body.decode()}".encode()
    right = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    given = heard.headers["webhook-signature"].split(" ")
    return any(hmac.compare_digest(each, f"v1,{right}") for each in given)
