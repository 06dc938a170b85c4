"""Mail that leaves the house, in the language of the person who reads it."""

from django.core.mail import send_mail
from django.utils.translation import gettext, override

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
