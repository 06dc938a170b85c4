"""Mail that leaves the house, in the language of the person who reads it."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from smtplib import SMTPException
from threading import BoundedSemaphore
from typing import Any

import structlog
from django.conf import settings
from django.core import signing
from django.core.mail import DNS_NAME, EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from hub.core.letters import OPTIONAL, Kind, readable
from hub.core.sign_in import Alarm
from hub.models import Person

STOP_SALT = "hub.notices.stop"


@dataclass(frozen=True, slots=True)
class Letter:
    """The very words of a notice."""

    subject: str
    body: str


def compose(
    *, kind: Kind, data: Mapping[str, Any], hub_name: str, language: str
) -> Letter:
    """Write a notice in the language of who reads it, from its facts alone."""
    facts = {**readable(data, language=language), "from_hub": hub_name}
    with override(language):
        body = render_to_string(f"hub/notices/{kind}_message.txt", facts)
    # Parts that do not apply leave empty lines behind.
    paragraphs = re.sub(r"\n{3,}", "\n\n", body.strip())
    subject = subject_of(kind=kind, data=data, hub_name=hub_name, language=language)
    return Letter(subject=subject, body=paragraphs + "\n")


def subject_of(
    *, kind: Kind, data: Mapping[str, Any], hub_name: str, language: str
) -> str:
    """The subject of a notice alone, for lists of thousands."""
    facts = {**readable(data, language=language), "from_hub": hub_name}
    with override(language):
        subject = render_to_string(f"hub/notices/{kind}_subject.txt", facts)
    return " ".join(subject.split())


def send_letter(letter: Letter, *, address: str, name: str, stop_url: str = "") -> None:
    """Hand a letter to the mail server. Raises SMTPException or OSError.

    The same `name` gives the same Message-ID: a mailbox that gets it twice can tell.
    With `stop_url` the mailbox may offer to stop letters of its kind in one click
    (RFC 8058). It is no part of the words that are kept: it is its reader's alone.
    """
    headers = {
        "Message-ID": f"<{name}@{DNS_NAME}>",
        "Auto-Submitted": "auto-generated",
    }
    if stop_url:
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    EmailMessage(letter.subject, letter.body, to=[address], headers=headers).send()


MOST_WAITING = 200
_places = BoundedSemaphore(MOST_WAITING)
log = structlog.get_logger("mail")


def send_soon(message: EmailMessage) -> None:
    """Send a letter about signing in while the answer is already on its way.

    Who waits for the answer learns nothing from the time that a mail server takes, and
    a slow one holds up no page. Letters wait in this process, at most `MOST_WAITING` of
    them (one more is sent before the answer); they leave before it ends. One that was
    refused is told to the log: the person asks for another.
    """
    if not settings.SIGN_IN_MAIL_THREADS or not _places.acquire(blocking=False):
        _send_or_tell(message)
        return
    _senders().submit(_send_and_make_room, message)


@cache
def _senders() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.SIGN_IN_MAIL_THREADS, thread_name_prefix="mail")


def _send_and_make_room(message: EmailMessage) -> None:
    try:
        _send_or_tell(message)
    finally:
        _places.release()


def _send_or_tell(message: EmailMessage) -> None:
    try:
        message.send()
    except (SMTPException, OSError) as error:
        log.error("mail_not_sent", reason=type(error).__name__)


def send_alarm(person: Person, *, alarm: Alarm, network: str) -> None:
    """Tell an operator that somebody seems to be guessing codes."""
    _write_soon(person, "alarm", {"alarm": alarm.value, "network": network})


def send_books_alarm(person: Person, *, day: date, checks: Sequence[str]) -> None:
    """Tell an operator that the books of a day are not as they must be."""
    _write_soon(person, "books", {"day": day, "checks": list(checks)})


def send_factor_news(person: Person, *, news: str) -> None:
    """Tell a person that their ways to sign in changed, in case it was not them."""
    _write_soon(person, "factor_news", {"news": news})


def _write_soon(person: Person, text: str, facts: Mapping[str, Any]) -> None:
    with override(person.language):
        subject = render_to_string(f"hub/security/{text}_subject.txt", dict(facts))
        body = render_to_string(f"hub/security/{text}_message.txt", dict(facts))
    headers = {"Auto-Submitted": "auto-generated"}
    send_soon(
        EmailMessage(
            " ".join(subject.split()),
            body.strip() + "\n",
            to=[person.email],
            headers=headers,
        )
    )


def stop_url(person: Person, kind: Kind) -> str:
    """Where this person stops this kind; empty where it always goes.

    Empty too while PUBLIC_ORIGIN does not say where the site is.
    """
    if kind not in OPTIONAL or not settings.PUBLIC_ORIGIN:
        return ""
    token = stop_token(person, kind)
    return settings.PUBLIC_ORIGIN + reverse("hub:notice_stop", args=[token])


def stop_token(person: Person, kind: Kind) -> str:
    """What lets its holder stop this kind for this person, and nothing else."""
    return signing.dumps([person.public_id, kind], salt=STOP_SALT)


def read_stop_token(token: str) -> tuple[str, Kind] | None:
    """Whom and which kind a token names; None for one that we did not sign."""
    try:
        public_id, kind = signing.loads(token, salt=STOP_SALT)
        return public_id, Kind(kind)
    except (signing.BadSignature, ValueError):
        return None
