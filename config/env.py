"""Typed readers of the environment: a bad value stops the start with a clear sentence.

Every name read here is listed in `docs/operating.md`; a house test insists.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env
from environ import ImproperlyConfigured as MissingValue

_env = Env()
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, *, default: str | None = None) -> str:
    """The value as it stands; ImproperlyConfigured when absent without default."""
    try:
        return str(
            _env.str(name, default=default) if default is not None else _env.str(name)
        )
    except MissingValue as error:
        raise ImproperlyConfigured(
            f"{name} is missing: set it in the environment."
        ) from error


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


def words(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """A list parted by commas, without blanks."""
    joined = text(name, default=",".join(default))
    return [word.strip() for word in joined.split(",") if word.strip()]


def address(name: str, *, schemes: tuple[str, ...], default: str = "") -> str:
    """A URL with one of `schemes`, or the default when unset.

    The message never repeats the value: it may hold a password.
    """
    value = text(name, default=default).strip()
    if value and urlsplit(value).scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} must be an address beginning with {' or '.join(schemes)}."
        )
    return value


def database(url: str, name: str) -> dict[str, object]:
    """Django's settings for one PostgreSQL address read from variable `name`."""
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must be a postgresql:// address.")
    return dict(Env.db_url_config(url))


def mail(name: str, *, default: str) -> dict[str, object]:
    """Django's mail settings for one address such as smtp+tls://user:secret@host:587."""
    schemes = ("smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail")
    return dict(Env.email_url_config(address(name, schemes=schemes, default=default)))
