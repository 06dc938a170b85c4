"""Who took a table that names people, or read of somebody else, is written down."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from hub.models import Trace
from hub.services.exports import note_read
from tests.factories.hub import (
    make_carrier,
    make_coordinator,
    make_driver,
    make_place,
)
from tests.hub.views.conftest import Cast, cast, enter

__all__ = ["cast", "enter"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("/organizations/?table=organizations&format=csv", ["organizations"]),
        ("/organizations/?table=organizations&format=pdf", []),
        ("/organizations/", []),
        ("/cycles/?table=cycles&format=csv", []),
    ],
)
def test_taking_a_table_of_people_leaves_one_trace(
    cast: Cast, enter, address: str, taken: list[str]
) -> None:
    enter(cast.ana).get(address)

    told = Trace.objects.filter(kind="personal_exported")
    assert [(t.person, t.subject, t.after["document"]) for t in told] == [
        (cast.ana, cast.hub.name, name) for name in taken
    ]


def read_by(cast: Cast) -> list[tuple[object, str, set[int]]]:
    return [
        (t.person, t.subject, {row.organization_id for row in t.readers.all()})
        for t in Trace.objects.filter(kind="personal_read").order_by("id")
    ]


@pytest.mark.django_db
def test_reading_of_another_organization_is_written_once_a_day(
    cast: Cast, enter
) -> None:
    page = f"/organizations/{cast.farm.public_id}/"
    ana = enter(cast.ana)
    today = timezone.now()

    ana.get(page)
    ana.get(page)
    once = read_by(cast)
    with time_machine.travel(today + timedelta(days=1)):
        enter(cast.ana).get(page)

    told = (cast.ana, cast.farm.name, {cast.farm.pk, cast.hub.pk})
    assert (once, read_by(cast)) == ([told], [told, told])


@pytest.mark.django_db
def test_each_reader_leaves_a_trace_for_each_organization(cast: Cast, enter) -> None:
    readers = [cast.ana, make_coordinator(cast.hub)]
    organizations = [cast.farm, cast.group]

    for reader in readers:
        for organization in organizations:
            enter(reader).get(f"/organizations/{organization.public_id}/")

    assert [(who, of) for who, of, _readers in read_by(cast)] == [
        (reader, organization.name)
        for reader in readers
        for organization in organizations
    ]


@pytest.mark.django_db
def test_whoever_it_was_read_for_may_read_that_it_was(cast: Cast) -> None:
    note_read(
        of=cast.farm, acting_for=cast.group, by=cast.omar, today=date(2026, 6, 18)
    )

    readers = {cast.farm.pk, cast.hub.pk, cast.group.pk}
    assert read_by(cast) == [(cast.omar, cast.farm.name, readers)]


@pytest.mark.django_db
def test_reading_of_ones_own_is_no_news(cast: Cast, enter) -> None:
    enter(cast.lea).get(f"/organizations/{cast.farm.public_id}/")
    enter(cast.ana).get(f"/organizations/{cast.hub.public_id}/")

    assert read_by(cast) == []


@pytest.mark.django_db
def test_what_one_may_not_read_is_not_written_as_read(cast: Cast, enter) -> None:
    answer = enter(cast.lea).get(f"/organizations/{cast.group.public_id}/")

    assert (answer.status_code, read_by(cast)) == (404, [])


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["", "sheet/"])
def test_a_door_that_is_read_is_written_down(cast: Cast, enter, sheet: str) -> None:
    place = make_place(cast.group)

    enter(cast.ana).get(f"/places/{place.public_id}/{sheet}")
    enter(cast.omar).get(f"/places/{place.public_id}/{sheet}")

    told = (cast.ana, cast.group.name, {cast.group.pk, cast.hub.pk})
    assert read_by(cast) == [told]


@pytest.mark.django_db
def test_a_licence_that_is_read_is_written_down_for_the_carrier(
    cast: Cast, enter
) -> None:
    carrier = make_carrier(hub=cast.hub)
    driver = make_driver(carrier)
    page = f"/routing/trucks/drivers/{driver.public_id}/"

    readers = (driver, cast.ana, cast.ana)
    answers = [enter(who).get(page).status_code for who in readers]

    told = Trace.objects.filter(kind="licence_read")
    assert answers == [200, 200, 200]
    assert [(t.person, t.about, t.subject) for t in told] == [(cast.ana, driver, "")]
    assert [row.organization for row in told[0].readers.all()] == [carrier]
