"""Mail is written in the language of the person who reads it."""

import pytest
from django.core import mail
from django.utils.translation import override

from hub import notices
from tests.factories.hub import make_farm, make_person, make_producer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr-ca", "Charroi\u00a0: votre invitation à Ferme du Rang"),
        ("en", "Charroi: your invitation to Ferme du Rang"),
    ],
)
def test_an_invitation_speaks_the_language_of_its_reader(
    language: str, subject: str
) -> None:
    person = make_person(language=language)
    make_producer(make_farm("Ferme du Rang"), person=person)

    with override("en" if language != "en" else "fr-ca"):
        notices.send_invitation(person.memberships.get(), "https://charroi.example/")

    assert mail.outbox[0].subject == subject
