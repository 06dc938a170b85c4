"""Second factors: the day one was first asked, and secrets written under a new key."""

from collections.abc import Sequence
from datetime import date

from allauth.mfa.models import Authenticator
from django.db import transaction

from hub.core.secret_text import decrypt, encrypt
from hub.models import Person
from hub.notices import send_factor_news
from hub.services.devices import sign_out_others

SECRETS = ("secret", "seed")


def note_asked(*, person: Person, today: date) -> date:
    """The day a second factor was first asked of this person: today, or before."""
    Person.objects.filter(pk=person.pk, factor_asked_on=None).update(
        factor_asked_on=today
    )
    person.refresh_from_db(fields=["factor_asked_on"])
    assert person.factor_asked_on is not None
    return person.factor_asked_on


@transaction.atomic
def encrypt_anew(*, keys: Sequence[str]) -> int:
    """Close every secret of a second factor with the first key; gives how many rows.

    Raises SecretUnreadable, and changes nothing, when one opens with none of the keys.
    """
    rows = Authenticator.objects.select_for_update().order_by("pk")
    num_rows = 0
    for row in rows:
        closed = {name: row.data[name] for name in SECRETS if name in row.data}
        if not closed:
            continue
        row.data |= {
            name: encrypt(decrypt(text, keys), keys) for name, text in closed.items()
        }
        row.save(update_fields=["data"])
        num_rows += 1
    return num_rows


@transaction.atomic
def forget_factors(*, address: str) -> int | None:
    """Remove every factor of a person who lost them, and sign their devices out.

    Gives how many were removed; None when nobody has this address. The person is told
    by mail.
    """
    person = Person.objects.filter(email__iexact=address.strip()).first()
    if person is None:
        return None
    num_rows: int = Authenticator.objects.filter(user=person).delete()[0]
    sign_out_others(person=person, session_key=None)
    send_factor_news(person, news="factors_forgotten")
    return num_rows
