"""What is written when something goes wrong: one line, and nobody's address."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import logs
from tests.factories.sites import PRODUCTION, ROOT, database_addresses

FAIL = """
import logging, os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
import structlog
structlog.get_logger("web").info("request", path="/", who=["lea@rang.example"])
structlog.get_logger("web").info("request", path="/routing/calendars/k3e3p.ics")
try:
    raise ValueError("Key (lower(email))=(lea@rang.example) already exists.")
except ValueError:
    logging.getLogger("django.request").exception("Failed for %s", "lea@rang.example")
logging.getLogger("django.request").warning("Not Found: /nothing-here/")
"""


def test_an_error_is_one_line_with_its_trace_and_no_address() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FAIL],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION, **database_addresses()},
        capture_output=True,
        text=True,
        check=True,
    )

    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [(line["logger"], line["event"]) for line in lines] == [
        ("web", "request"),
        ("web", "request"),
        ("django.request", f"Failed for {logs.HIDDEN}"),
    ]
    assert lines[0]["who"] == [logs.HIDDEN]
    assert lines[1]["path"] == "/routing/calendars/(token).ics"
    last = lines[2]["exception"].splitlines()[-1]
    assert last == f"ValueError: Key (lower(email))=({logs.HIDDEN}) already exists."


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("to lea@rang.example, now", "to (address), now"),
        ("lea.roy+1@ferme.rang.example", "(address)"),
        ("two @ one, a@", "two @ one, a@"),
    ],
)
def test_addresses_are_struck_out(line: str, written: str) -> None:
    assert logs.hide_addresses(None, "info", line) == written


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="LOG_LEVEL is 'LOUD': write one of"):
        logs.configure(level="LOUD", as_json=True, quiet=True)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("/routing/calendars/k3e3p.ics 200", "/routing/calendars/(token).ics 200"),
        ("/routing/calendars/cycles/make/", "/routing/calendars/cycles/make/"),
        ("/letters/stop/ab:cd-ef/", "/letters/stop/(token)/"),
    ],
)
def test_tokens_are_struck_out(line: str, written: str) -> None:
    assert logs.hide_tokens(None, "info", line) == written
