"""The site as it runs in production: granian, hashed files, JSON logs, strict headers.

One server for the file, behind a proxy that says https, on the database of the tests.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_string
from email.policy import default as default_policy
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import gettext, override

from hub.core.trouble import DOWN
from tests.factories.hub import make_farm, make_person, make_producer
from tests.factories.sites import (
    HOST,
    PRODUCTION,
    ROOT,
    Visitor,
    database_addresses,
    free_port,
)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
FOREVER = "max-age=315360000, public, immutable"
START_LIMIT_S = 60


class Site(Visitor):
    """A production server as a process, and a visitor who keeps cookies."""

    def __init__(self, folder: Path, **changes: str) -> None:
        super().__init__(port=free_port())
        self.folder = folder
        self.mails = folder / "mails"
        self.environment = {
            **os.environ,
            **PRODUCTION,
            **database_addresses(),
            "BEHIND_PROXY": "yes",
            "EMAIL_URL": f"filemail:///{self.mails}",
            "STATIC_ROOT": str(folder / "static"),
            "BROKER_FOLDER": str(folder / "queue"),
            **changes,
        }

    def start(self) -> None:
        """Start granian; its words go to a file."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        command += ["config.wsgi:application", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--blocking-threads", "2"]
        command += ["--log-level", "warning"]
        self._log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait()

    def stop(self) -> None:
        """End the server and its workers."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=20)
        self._log.close()

    def told(self) -> list[dict[str, Any]]:
        """The lines of the log, each read as JSON."""
        lines = (self.folder / "log").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def mail_to(self, address: str) -> str:
        """The letter to an address; it leaves after the answer."""
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            letters = [path.read_text() for path in self.mails.glob("*")]
            for letter in letters:
                if address in letter and letter.endswith("-" * 79 + "\n"):
                    return letter
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text())

    def _wait(self) -> None:
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit and self.process.poll() is None:
            try:
                self.ask("/static/nothing")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text())


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"))
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput"]
    collect += ["--ignore", "leaflet-src*"]  # slow to compress, and unused
    subprocess.run(
        collect, cwd=ROOT, env=made.environment, check=True, capture_output=True
    )
    made.start()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _a_new_visitor(site: Site) -> None:
    site.cookies = {}


def security_of(headers: HTTPMessage) -> dict[str, str | None]:
    names = (
        "Content-Security-Policy",
        "Strict-Transport-Security",
        "X-Frame-Options",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
    )
    return {name: headers[name] for name in names}


STRICT = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/", None, 200),
        ("/accounts/login/", None, 200),
        ("/today/", None, 302),
        ("/health", None, 200),
        ("/nothing-here/", None, 404),
        ("/switch/", None, 405),
        ("/language/", {"language": "en"}, 403),
    ],
)
def test_every_kind_of_answer_carries_the_strict_headers(
    path: str, form: dict[str, str] | None, status: int, site: Site
) -> None:
    answered, headers, _words = site.ask(path, form)

    assert (answered, security_of(headers)) == (status, STRICT)


def test_plain_http_is_sent_to_https_under_the_same_policy(site: Site) -> None:
    status, headers, _words = site.ask("/help/", scheme="http")

    assert (status, headers["Location"]) == (301, f"https://{HOST}/help/")
    assert headers["Content-Security-Policy"] == POLICY


def test_another_host_is_refused(site: Site) -> None:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.request("GET", "/", headers={"Host": "elsewhere.example"})
    answer = connection.getresponse()
    answer.read()
    connection.close()

    assert answer.status == 400


def test_files_are_kept_for_ever_under_their_hashed_name_only(site: Site) -> None:
    _status, _headers, page = site.ask("/")
    hashed = re.search(r"/static/hub/charroi\.[0-9a-f]{12}\.css", page)
    assert hashed

    status, headers, _words = site.ask(hashed[0])
    plain_status, plain_headers, _words = site.ask("/static/hub/charroi.css")

    assert (status, headers["Cache-Control"]) == (200, FOREVER)
    assert headers["Content-Security-Policy"] == POLICY
    assert (plain_status, plain_headers["Cache-Control"]) == (200, "max-age=60, public")


def test_no_page_asks_for_a_file_by_its_plain_name(site: Site) -> None:
    _status, _headers, page = site.ask("/")

    asked = set(re.findall(r"/static/[^\"'#]+", page))

    assert asked
    assert {name for name in asked if not re.search(r"\.[0-9a-f]{12}\.", name)} == set()


@pytest.mark.django_db(transaction=True)
def test_cookies_travel_over_https_alone_and_no_script_reads_them(site: Site) -> None:
    _status, shown, _words = site.ask("/accounts/login/")
    _status, chosen, _words = site.ask("/language/", {"language": "en", "next": "/"})
    _status, asked, _words = site.ask(
        "/accounts/login/code/", {"email": f"{uuid4().hex}@rang.example"}
    )
    cookies: SimpleCookie = SimpleCookie()
    for headers in (shown, chosen, asked):
        for line in headers.get_all("Set-Cookie") or []:
            cookies.load(line)

    flags = {
        name: (cookie["secure"], cookie["httponly"], cookie["samesite"])
        for name, cookie in cookies.items()
        if name != "messages"
    }

    strict = (True, True, "Lax")
    assert flags == dict.fromkeys(("csrftoken", "django_language", "sessionid"), strict)


@pytest.mark.django_db(transaction=True)
def test_behind_the_proxy_an_impatient_visitor_slows_down_nobody_else(
    site: Site,
) -> None:
    site.ask("/accounts/login/")
    token = {"csrftoken": site.cookies["csrftoken"]}

    def ask_for_a_code(visitor: str) -> int:
        site.cookies = dict(token)
        form = {"email": f"{uuid4().hex}@rang.example"}
        return site.ask("/accounts/login/code/", form, visitor=visitor)[0]

    impatient = [ask_for_a_code("203.0.113.7") for _ in range(21)]
    another = ask_for_a_code("203.0.113.8")

    assert (impatient, another) == ([302] * 20 + [429], 302)


@pytest.mark.django_db(transaction=True)
def test_a_sign_in_leaves_one_line_a_request_and_no_secret_in_the_log(
    site: Site,
) -> None:
    address = f"lea-{uuid4().hex}@rang.example"
    person = make_producer(make_farm(), person=make_person(address))
    before = len(site.told())

    site.ask("/accounts/login/")
    site.ask("/accounts/login/code/", {"email": address})
    mail = site.mail_to(address)
    subject = message_from_string(mail, policy=default_policy)["Subject"]
    code = str(subject).split()[-1]
    confirmed, _headers, _words = site.ask("/accounts/login/confirm/", {"code": code})
    today, _headers, _words = site.ask("/today/?email=" + address)
    site.ask("/nothing-here/")

    lines = site.told()[before:]
    said = [
        (line["event"], line["method"], line["path"], line["status"]) for line in lines
    ]
    assert (confirmed, today) == (302, 200)
    assert said == [
        ("request", "GET", "/accounts/login/", 200),
        ("request", "POST", "/accounts/login/code/", 302),
        ("request", "POST", "/accounts/login/confirm/", 302),
        ("request", "GET", "/today/", 200),
        ("request", "GET", "/nothing-here/", 404),
    ]
    assert lines[3]["person"] == person.public_id
    written = (site.folder / "log").read_text()
    secrets = [address, "@", code, *site.cookies.values()]
    assert [secret for secret in secrets if secret in written] == []


def test_without_its_database_the_site_says_so_and_nothing_more(
    site: Site, tmp_path: Path
) -> None:
    down = Site(
        tmp_path,
        DATABASE_URL="postgresql://charroi_app:secret@127.0.0.1:1/charroi",
        STATIC_ROOT=site.environment["STATIC_ROOT"],
    )
    down.start()
    try:
        down.cookies = {"sessionid": "s" * 32}
        status, headers, words = down.ask("/health")
        page_status, page_headers, page = down.ask("/today/")
    finally:
        down.stop()

    assert (status, json.loads(words)) == (503, {"database": "down"})
    assert security_of(headers) == security_of(page_headers) == STRICT
    assert page_status == 503
    with override("fr-ca"):
        advice = gettext(DOWN.advice)
    assert advice in page
    assert [word for word in ("Traceback", "psycopg", "secret") if word in page] == []
    assert "secret" not in (tmp_path / "log").read_text()
