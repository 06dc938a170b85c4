"""The environment of a site in production, on the database of the tests."""

from pathlib import Path
from urllib.parse import quote

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
