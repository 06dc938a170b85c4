"""People: their own name, phone and language."""

from django.conf import settings
from django.db import transaction

from hub.models import Person


@transaction.atomic
def choose_language(*, person: Person, language: str) -> None:
    """Remember the language a person reads; an unknown one changes nothing."""
    if language in dict(settings.LANGUAGES):
        Person.objects.filter(pk=person.pk).update(language=language)


@transaction.atomic
def introduce_oneself(*, person: Person, name: str, phone: str) -> None:
    """Correct the name that colleagues see, and the phone for the day of delivery."""
    Person.objects.filter(pk=person.pk).update(name=name.strip(), phone=phone.strip())
