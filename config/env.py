"""Typed readers of the environment: a bad value stops the start with a clear sentence.

Every name read here is listed in `docs/operating.md`; a house test insists.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

SECRET_LENGTH = 50
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, *, default: str | None = None) -> str:
    """The value as it stands; ImproperlyConfigured when absent without default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is missing: set it in the environment.")
    return value


def secret(name: str, *, default: str | None = None) -> str:
    """A long random text; the message never repeats it."""
    value = text(name, default=default)
    if len(value) < SECRET_LENGTH:
        raise ImproperlyConfigured(
            f"{name} is too short: give {SECRET_LENGTH} random characters or more."
        )
    return value


def secrets(name: str) -> list[str]:
    """Long random texts parted by commas, none by default; never repeated either."""
    found = words(name)
    if any(len(each) < SECRET_LENGTH for each in found):
        raise ImproperlyConfigured(
            f"{name} holds a short one: give {SECRET_LENGTH} random characters or"
            " more to each, parted by commas."
        )
    return found


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Raises ImproperlyConfigured for any other word."""
    word = text(name, default="yes" if default else "no").strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}: write yes or no.")


def whole(name: str, *, default: int, low: int, high: int) -> int:
    """A whole number between `low` and `high`, both included."""
    word = text(name, default=str(default)).strip()
    try:
        number = int(word)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is {word!r}: write a whole number."
        ) from error
    if not low <= number <= high:
        raise ImproperlyConfigured(
            f"{name} is {number}: it must lie between {low} and {high}."
        )
    return number


def words(name: str, *, default: tuple[str, ...] | None = ()) -> list[str]:
    """A list parted by commas, without blanks; never empty when there is no default."""
    joined = text(name, default=None if default is None else ",".join(default))
    found = [word.strip() for word in joined.split(",") if word.strip()]
    if default is None and not found:
        raise ImproperlyConfigured(f"{name} is empty: give at least one word.")
    return found


def hosts(name: str, *, default: tuple[str, ...] | None) -> list[str]:
    """Names of hosts, without a scheme, a path or a star that would let any pass."""
    found = words(name, default=default)
    for host in found:
        if host == "*" or "/" in host:
            raise ImproperlyConfigured(
                f"{name} holds {host!r}: write the names of hosts, such as"
                " charroi.example."
            )
    return found


def origins(name: str) -> list[str]:
    """Origins such as https://charroi.example."""
    found = words(name)
    for origin in found:
        if not origin.startswith(("https://", "http://")):
            raise ImproperlyConfigured(
                f"{name} holds {origin!r}: begin each origin with https://."
            )
    return found


def address(name: str, *, schemes: tuple[str, ...], default: str | None = "") -> str:
    """A URL with one of `schemes`, or the default when unset.

    The message never repeats the value: it may hold a password.
    """
    value = text(name, default=default).strip()
    with _readable(name):
        scheme = urlsplit(value).scheme
    if value and scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} must be an address beginning with {' or '.join(schemes)}."
        )
    return value


def database(url: str, name: str, *, at_start: Sequence[str] = ()) -> dict[str, object]:
    """Django's settings for one PostgreSQL address read from variable `name`.

    What follows its question mark (`sslmode=verify-full`) is told to the driver.
    `at_start` are settings of the server for each connection, as "-c timezone=UTC".
    """
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must be a postgresql:// address.")
    with _readable(name):
        found = Env.db_url_config(url)
    if not found["NAME"]:
        raise ImproperlyConfigured(f"{name} must end with the name of a database.")
    options = dict(found["OPTIONS"]) if "OPTIONS" in found else {}
    if at_start:
        given = [options["options"]] if "options" in options else []
        options["options"] = " ".join([*given, *at_start])
    return {**found, "OPTIONS": options}


def mail(name: str, *, default: str | None) -> dict[str, object]:
    """Django's mail settings for one address such as smtp+tls://user:secret@host:587."""
    schemes = ("smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail")
    url = address(name, schemes=schemes, default=default)
    if not url:
        raise ImproperlyConfigured(f"{name} is empty: say how mails leave.")
    with _readable(name):
        return dict(Env.email_url_config(url))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Replace what a library complains of, which could show a secret, by our words."""
    try:
        yield
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} cannot be read as an address: write / : @ and other signs of a"
            " password in their %XX form, and the port in digits."
        ) from None
