"""Every typed setting refuses a bad value in one sentence that shows no secret."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from tests.factories.sites import PRODUCTION, ROOT, database_addresses

PASSWORD = "mot-de-passe-secret"
NOT_YES_OR_NO = "{name} is 'maybe': write yes or no."
NOT_WHOLE = "{name} is 'dix': write a whole number."
NOT_READABLE = (
    "{name} cannot be read as an address: write / : @ and other signs of a password"
    " in their %XX form, and the port in digits."
)
NO_ORIGIN = "{name} must be an address beginning with https or http."
BAD_VALUES = [
    ("CHARROI_PRODUCTION", "maybe", NOT_YES_OR_NO),
    ("DEBUG", "maybe", NOT_YES_OR_NO),
    ("DEBUG", "yes", "DEBUG must be off when CHARROI_PRODUCTION is on."),
    ("CHARROI_DEMO", "maybe", NOT_YES_OR_NO),
    ("CHARROI_DEMO", "yes", "CHARROI_DEMO must be off when CHARROI_PRODUCTION is on."),
    ("BEHIND_PROXY", "maybe", NOT_YES_OR_NO),
    ("SECURE_SSL_REDIRECT", "maybe", NOT_YES_OR_NO),
    ("SECRET_KEY", None, "{name} is missing: set it in the environment."),
    (
        "SECRET_KEY",
        PASSWORD,
        "{name} is too short: give 50 random characters or more.",
    ),
    ("ALLOWED_HOSTS", None, "{name} is missing: set it in the environment."),
    ("ALLOWED_HOSTS", " , ", "{name} is empty: give at least one word."),
    (
        "ALLOWED_HOSTS",
        "*",
        "{name} holds '*': write the names of hosts, such as charroi.example.",
    ),
    (
        "CSRF_TRUSTED_ORIGINS",
        "charroi.example",
        "{name} holds 'charroi.example': begin each origin with https://.",
    ),
    (
        "DATABASE_URL",
        f"mysql://charroi:{PASSWORD}@127.0.0.1/charroi",
        "{name} must be an address beginning with postgres or postgresql.",
    ),
    ("DATABASE_URL", f"postgresql://charroi:{PASSWORD}/x@host/charroi", NOT_READABLE),
    ("DATABASE_URL", f"postgresql://charroi:{PASSWORD}@[host/charroi", NOT_READABLE),
    (
        "DATABASE_URL",
        f"postgresql://charroi:{PASSWORD}@127.0.0.1",
        "{name} must end with the name of a database.",
    ),
    (
        "DATABASE_OWNER_URL",
        f"sqlite://charroi:{PASSWORD}@127.0.0.1/charroi",
        "{name} must be an address beginning with postgres or postgresql.",
    ),
    ("LOCK_TIMEOUT_MS", "dix", NOT_WHOLE),
    (
        "LOCK_TIMEOUT_MS",
        "10",
        "{name} is 10: it must lie between 100 and 600000.",
    ),
    ("EMAIL_URL", None, "{name} is missing: set it in the environment."),
    ("EMAIL_URL", "", "{name} is empty: say how mails leave."),
    ("EMAIL_URL", f"smtp+tls://charroi:{PASSWORD}@mail:port", NOT_READABLE),
    (
        "EMAIL_URL",
        f"ftp://charroi:{PASSWORD}@mail",
        "{name} must be an address beginning with smtp or smtp+tls or smtp+ssl or"
        " consolemail or filemail or memorymail.",
    ),
    (
        "BROKER_URL",
        f"kafka://charroi:{PASSWORD}@queue",
        "{name} must be an address beginning with redis or rediss or amqp or amqps or"
        " filesystem.",
    ),
    ("BROKER_URL", f"redis://:{PASSWORD}@[queue", NOT_READABLE),
    ("PUBLIC_ORIGIN", "charroi.example", NO_ORIGIN),
    ("WEBHOOKS_ANYWHERE", "maybe", NOT_YES_OR_NO),
    (
        "WEBHOOKS_ANYWHERE",
        "yes",
        "WEBHOOKS_ANYWHERE must be off when CHARROI_PRODUCTION is on.",
    ),
    ("SECOND_FACTOR_GRACE_DAYS", "dix", NOT_WHOLE),
    ("LEDGER_MONTH_CLOSES_ON", "dix", NOT_WHOLE),
    (
        "SECOND_FACTOR_KEYS",
        f"{'k' * 50},{PASSWORD}",
        "{name} holds a short one: give 50 random characters or more to each, parted"
        " by commas.",
    ),
    ("TASK_TIME_LIMIT_S", "dix", NOT_WHOLE),
    ("VISIBILITY_TIMEOUT_S", "dix", NOT_WHOLE),
    ("JOB_HEARTBEAT_LIMIT_S", "dix", NOT_WHOLE),
    ("SOLVER_TIME_LIMIT_S", "dix", NOT_WHOLE),
    (
        "LOG_LEVEL",
        "loud",
        "{name} is 'LOUD': write one of CRITICAL, DEBUG, ERROR, INFO, WARNING.",
    ),
]
FREE_TEXTS = {
    "TEST_DB_NAME",
    "DEFAULT_FROM_EMAIL",
    "STATIC_ROOT",
    "MEDIA_ROOT",
    "BROKER_FOLDER",
    "SOLVER_FOLDER",
}
READ_EACH = """
import json, os, runpy, sys
from django.core.exceptions import ImproperlyConfigured
good, cases = json.load(sys.stdin)
told = []
for name, value in cases:
    os.environ.clear()
    os.environ.update(good)
    os.environ.pop(name, None)
    os.environ.update({} if value is None else {name: value})
    try:
        runpy.run_module("config.settings")
        told.append("")
    except ImproperlyConfigured as error:
        told.append(str(error))
json.dump(told, sys.stdout)
"""


def good_environment() -> dict[str, str]:
    """A production that starts."""
    return {**os.environ, **PRODUCTION, **database_addresses()}


def test_every_typed_setting_refuses_a_bad_value_by_name() -> None:
    cases = [(name, value) for name, value, _sentence in BAD_VALUES]
    asked = json.dumps([good_environment(), [("LOG_LEVEL", "INFO"), *cases]])

    ran = subprocess.run(
        [sys.executable, "-c", READ_EACH],
        input=asked,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    expected = [sentence.format(name=name) for name, _value, sentence in BAD_VALUES]
    assert json.loads(ran.stdout) == ["", *expected]


def test_what_an_address_asks_of_the_connection_is_heard() -> None:
    """An `sslmode` that was lost would send everything in clear."""
    secure = {
        name: f"{address}?sslmode=verify-full"
        for name, address in database_addresses().items()
    }
    tell = "import json; from config.settings import DATABASES as kept; "

    ran = subprocess.run(
        [sys.executable, "-c", tell + "print(json.dumps(kept))"],
        cwd=ROOT,
        env={**good_environment(), **secure},
        capture_output=True,
        text=True,
        check=True,
    )

    told = {alias: kept["OPTIONS"] for alias, kept in json.loads(ran.stdout).items()}
    careful = {
        "sslmode": "verify-full",
        "options": "-c lock_timeout=8000 -c timezone=UTC",
    }
    assert told == {
        "default": careful,
        "journal": careful,
        "owner": {"sslmode": "verify-full"},
    }


def test_our_limits_are_added_to_those_an_address_gives() -> None:
    address = "postgresql://a@host/charroi?options=-c%20statement_timeout%3D9000"

    found = env.database(address, "DATABASE_URL", at_start=["-c timezone=UTC"])

    assert found["OPTIONS"] == {"options": "-c statement_timeout=9000 -c timezone=UTC"}


def test_every_setting_read_is_tried_or_is_a_free_text() -> None:
    tree = ast.parse(Path(ROOT, "config", "settings.py").read_text())
    read = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and re.fullmatch(r"env\.\w+", ast.unparse(node.func))
        and isinstance(node.args[0], ast.Constant)
    }

    assert read == {name for name, _value, _sentence in BAD_VALUES} | FREE_TEXTS


def test_a_start_refused_shows_no_part_of_a_password() -> None:
    bad = {"DATABASE_URL": f"postgresql://charroi:{PASSWORD}/x@127.0.0.1:5432/charroi"}

    ran = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**good_environment(), **bad},
        capture_output=True,
        text=True,
        check=False,
    )

    last = ran.stderr.strip().splitlines()[-1]
    assert ran.returncode == 1
    assert last.endswith(NOT_READABLE.format(name="DATABASE_URL"))
    assert PASSWORD not in ran.stderr + ran.stdout


@pytest.mark.parametrize(
    ("word", "said"), [("yes", True), ("ON", True), ("0", False), ("", False)]
)
def test_a_flag_reads_the_usual_words(
    word: str, said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEHIND_PROXY", word)

    assert env.flag("BEHIND_PROXY", default=not said) is said


def test_words_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "charroi.example, www.charroi.example,")

    assert env.hosts("ALLOWED_HOSTS", default=None) == [
        "charroi.example",
        "www.charroi.example",
    ]


def test_a_value_that_begins_with_a_dollar_is_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """django-environ would take it for the name of another variable, and tell it."""
    value = "$" + "k" * env.SECRET_LENGTH
    monkeypatch.setenv("SECRET_KEY", value)

    assert env.secret("SECRET_KEY") == value


def test_an_unset_setting_takes_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCK_TIMEOUT_MS", raising=False)

    assert env.whole("LOCK_TIMEOUT_MS", default=8_000, low=100, high=9_000) == 8_000


def test_a_setting_without_default_must_be_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)

    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS is missing"):
        env.text("ALLOWED_HOSTS")
