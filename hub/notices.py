"""Mail that leaves the house, in the language of the person who reads it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.mail import DNS_NAME, EmailMessage, send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from hub.core.letters import Kind, readable
from hub.models import Membership

_INVITATION = """\
%(hello)s

%(why)s

%(how)s
%(address)s
"""


def send_invitation(membership: Membership, sign_in_url: str) -> None:
    """Tell a person which role they were given, and how to come in."""
    person = membership.person
    with override(person.language):
        words = {
            "organization": membership.organization.name,
            "role": membership.get_role_display(),
            "address": person.email,
        }
        body = _INVITATION % {
            "hello": gettext("Hello,"),
            "why": gettext(
                "You have a role in “%(organization)s” on Charroi: %(role)s."
            )
            % words,
            "how": gettext(
                "To come in, type your address (%(address)s) on this page; "
                "a code will be sent to you."
            )
            % words,
            "address": sign_in_url,
        }
        subject = gettext("Charroi: your invitation to %(organization)s") % words
    send_mail(subject, body, None, [person.email])


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
        subject = render_to_string(f"hub/notices/{kind}_subject.txt", facts)
        body = render_to_string(f"hub/notices/{kind}_message.txt", facts)
    # Parts that do not apply leave empty lines behind.
    paragraphs = re.sub(r"\n{3,}", "\n\n", body.strip())
    return Letter(subject=" ".join(subject.split()), body=paragraphs + "\n")


def send_letter(letter: Letter, *, address: str, name: str) -> None:
    """Hand a letter to the mail server. Raises SMTPException or OSError.

    The same `name` gives the same Message-ID: a mailbox that gets it twice can tell.
    """
    headers = {
        "Message-ID": f"<{name}@{DNS_NAME}>",
        "Auto-Submitted": "auto-generated",
    }
    EmailMessage(letter.subject, letter.body, to=[address], headers=headers).send()
