"""People: their own name, phone and language."""

from collections.abc import Collection

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


def hold(*, pks: Collection[int]) -> None:
    """Hold people until the transaction ends, by ascending id.

    For what one person can do only once at a time, like driving. Who holds nobody else
    is not kept waiting: rows that point to these people may still be written.
    """
    held = Person.objects.select_for_update(no_key=True).filter(pk__in=pks)
    list(held.order_by("pk").values_list("pk", flat=True))
