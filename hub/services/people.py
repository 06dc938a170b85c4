"""People: their language."""

from django.conf import settings
from django.db import transaction

from hub.models import Person


@transaction.atomic
def choose_language(*, person: Person, language: str) -> None:
    """Remember the language a person reads; an unknown one changes nothing."""
    if language in dict(settings.LANGUAGES):
        Person.objects.filter(pk=person.pk).update(language=language)
