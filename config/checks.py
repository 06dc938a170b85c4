"""Start-up checks: settings that would lose work or leave the ledger open."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution


@register()
def visibility_outlasts_tasks(**_kwargs: Any) -> list[CheckMessage]:
    """A broker must not hand a task out again while its first run may still live."""
    if settings.VISIBILITY_TIMEOUT_S >= 2 * settings.TASK_TIME_LIMIT_S:
        return []
    return [
        Error(
            "VISIBILITY_TIMEOUT_S must be at least twice TASK_TIME_LIMIT_S: a long task"
            " would be delivered again while it still runs.",
            id="charroi.E001",
        )
    ]


@register()
def solver_fits_in_a_task(**_kwargs: Any) -> list[CheckMessage]:
    """The planner must end well before its task is cut."""
    if settings.SOLVER_TIME_LIMIT_S + 30 <= settings.TASK_TIME_LIMIT_S:
        return []
    return [
        Error(
            "SOLVER_TIME_LIMIT_S must leave 30 seconds within TASK_TIME_LIMIT_S.",
            id="charroi.E002",
        )
    ]


@register(Tags.security, deploy=True)
def ledger_has_two_roles(**_kwargs: Any) -> list[CheckMessage]:
    """In production the web must not own the tables of the ledger."""
    users = {settings.DATABASES[alias]["USER"] for alias in ("default", "owner")}
    if len(users) == 2:
        return []
    return [
        Caution(
            "DATABASE_OWNER_URL and DATABASE_URL use the same role: the web could"
            " change ledger entries. Give the web its own role (docs/operating.md).",
            id="charroi.W001",
        )
    ]


@register(Tags.security, deploy=True)
def codes_leave_by_mail(**_kwargs: Any) -> list[CheckMessage]:
    """In production a sign-in code goes to its reader, not to a terminal or a file."""
    if settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        return []
    return [
        Caution(
            "EMAIL_URL sends no mail: whoever reads the terminal or the folder could"
            " sign in as anybody. Give an smtp+tls:// address.",
            id="charroi.W002",
        )
    ]
