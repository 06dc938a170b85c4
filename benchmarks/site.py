"""A site in production settings on this machine, for the runners that ask its pages."""

import gzip
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg

from benchmarks.shopping import Answer

ROOT = Path(__file__).resolve().parents[1]
HOST = "localhost"


@dataclass
class Visitor:
    """Someone with cookies who asks pages of a server on this machine."""

    port: int
    host: str = HOST
    cookies: dict[str, str] = field(default_factory=dict)
    _line: HTTPConnection | None = None

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """Status, address one is sent to, words; the connection is kept open."""
        line = self._line = self._line or HTTPConnection(
            "127.0.0.1", self.port, timeout=60
        )
        headers = {
            "Host": self.host,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "127.0.0.1",
            "Referer": f"https://{self.host}/",
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        sent = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
            sent = urlencode(form)
        line.request("GET" if form is None else "POST", path, sent, headers)
        answer = line.getresponse()
        body = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        words = body.decode()
        for kept in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = kept.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), words


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: its port, its process, its database's address."""

    port: int
    pid: int
    database_url: str


@contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """A migrated database of our own, dropped at the end; how to reach it."""
    with psycopg.connect(_owner(), autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {name}")
        link.execute(f"CREATE DATABASE {name}")
        try:
            environment = production(name)
            manage(environment, "migrate", "--verbosity", "0")
            yield environment
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


def production(name: str) -> dict[str, str]:
    """The environment of a site in production on the database of that name."""
    return {
        **os.environ,
        "DATABASE_URL": _named(_runtime(), name),
        "DATABASE_OWNER_URL": _named(_owner(), name),
        "CHARROI_PRODUCTION": "yes",
        "CHARROI_DEMO": "no",
        "DEBUG": "no",
        "SECRET_KEY": token_urlsafe(64),
        "ALLOWED_HOSTS": HOST,
        "BEHIND_PROXY": "yes",
        "EMAIL_URL": "smtp+tls://nobody:nothing@localhost:587",
        "LOG_LEVEL": "WARNING",
    }


def _runtime() -> str:
    if not (given := os.environ.get("DATABASE_URL", "")):
        sys.exit("Set DATABASE_URL and DATABASE_OWNER_URL (docs/operating.md).")
    return given


def _owner() -> str:
    return os.environ.get("DATABASE_OWNER_URL", _runtime())


def _named(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def manage(environment: dict[str, str], *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return ran.stdout


def shell(environment: dict[str, str], code: str) -> dict[str, Any]:
    said = manage(environment, "shell", "--no-imports", "--command", code)
    return dict(json.loads(said.splitlines()[-1]))


@contextmanager
def server(environment: dict[str, str]) -> Iterator[Site]:
    """Two processes of granian, as `manage.py serve --production` starts them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ["--interface", "wsgi", "config.wsgi:application", "--workers", "2"]
    words += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    words += ["--blocking-threads", "4"]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *words],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield Site(port, server.pid, environment["DATABASE_OWNER_URL"])
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            Visitor(port).ask("/health")
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not start.")
