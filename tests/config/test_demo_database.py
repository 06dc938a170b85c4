"""The processes that serve a demo reach its database the way we do."""

from pathlib import Path

import pytest
from django.db import connections
from pytest_django import Settings

from config import env
from config.demo import database

ADDRESSES = [
    "postgresql://charroi:mot%2Fde%40passe@db.example:5433/{name}?sslmode=verify-full",
    "postgresql://charroi@/{name}?host=%2Frun%2Fpostgresql",
    "postgresql://charroi@127.0.0.1:5432/{name}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_of_a_demo_differs_from_ours_by_its_name_alone(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = env.database(
        address.format(name="charroi"), "DATABASE_URL", at_start=["-c x"]
    )
    for word, value in given.items():
        monkeypatch.setitem(connections["default"].settings_dict, word, value)

    told = database.address_of("default", "charroi_demo_hub_1")

    assert told == address.format(name="charroi_demo_hub_1")


def test_no_mail_of_a_demo_leaves_or_fills_the_terminal(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BASE_DIR = tmp_path
    given = database.environment_of("charroi_demo_hub_1")
    monkeypatch.setenv("EMAIL_URL", given["EMAIL_URL"])

    kept = env.mail("EMAIL_URL", default=None)

    assert (kept["EMAIL_BACKEND"], kept["EMAIL_FILE_PATH"]) == (
        "django.core.mail.backends.filebased.EmailBackend",
        str(tmp_path / "var/demo/charroi_demo_hub_1/mails"),
    )
