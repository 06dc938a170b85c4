"""The licence of a driver written twice at once, for the first time."""

from datetime import date

import pytest

from hub.models import Person
from routing import services
from routing.models import DriverPaper
from tests.factories.hub import make_person
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_WRITERS = 6
FACTS = services.PaperFacts(kind="licence", number="L-1", expires_on=date(2027, 6, 18))


def test_every_first_writing_is_kept_in_one_row() -> None:
    person = make_person()

    def write() -> str:
        return services.keep_driver_paper(person=person, facts=FACTS).number

    assert all_at_once([write] * NUM_WRITERS) == ["L-1"] * NUM_WRITERS
    assert DriverPaper.objects.count() == 1


def test_without_waiting_for_the_row_the_table_stops_all_but_one() -> None:
    """The negative control: rows written blindly meet the constraint."""
    person = make_person()

    def blindly() -> str:
        return row_of(person).number

    answers = all_at_once([blindly] * NUM_WRITERS)

    assert answers.count("stopped by the table") == NUM_WRITERS - 1


def row_of(person: Person) -> DriverPaper:
    return DriverPaper.objects.create(
        person=person, kind="licence", number="L-1", expires_on=FACTS.expires_on
    )
