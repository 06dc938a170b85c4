"""Places and their hours."""

import pytest

from hub.core.errors import (
    DockCannotWork,
    LongitudeWithoutMinus,
    NameTaken,
    PlaceOutsideTerritory,
    WindowOutOfOrder,
)
from hub.models import Place, PlaceWindow
from hub.services.places import DockFacts, PlaceFacts, Window, save_place
from tests.factories.hub import make_buyer, make_place

pytestmark = pytest.mark.django_db
MORNING = Window(start_s=28_800, end_s=43_200)
SATURDAY = Window(start_s=32_400, end_s=36_000, weekday=5)


def facts(
    name: str = "Quai", latitude: float = 45.52, longitude: float = -73.6
) -> PlaceFacts:
    return PlaceFacts(
        kind="drop_point", name=name, latitude=latitude, longitude=longitude
    )


def hours_of(place: Place) -> list[tuple[int | None, int, int]]:
    return list(
        place.windows.order_by("start_s").values_list("weekday", "start_s", "end_s")
    )


def test_a_place_is_kept_with_its_hours() -> None:
    buyer = make_buyer()

    place = save_place(
        organization=buyer, facts=facts(), windows=[MORNING, SATURDAY, MORNING]
    )

    assert (place.organization, place.name) == (buyer, "Quai")
    assert hours_of(place) == [(None, 28_800, 43_200), (5, 32_400, 36_000)]


def test_new_hours_replace_those_of_before() -> None:
    place = make_place(make_buyer())

    save_place(
        organization=place.organization, facts=facts(), windows=[SATURDAY], place=place
    )

    assert hours_of(place) == [(5, 32_400, 36_000)]


def test_a_correction_never_moves_a_place_to_another_organization() -> None:
    place = make_place(make_buyer())

    save_place(organization=make_buyer(), facts=facts(), windows=[], place=place)

    assert Place.objects.get(pk=place.pk).organization == place.organization


def test_a_place_in_another_province_is_refused() -> None:
    with pytest.raises(PlaceOutsideTerritory):
        save_place(
            organization=make_buyer(),
            facts=facts(latitude=43.65, longitude=-79.38),
            windows=[MORNING],
        )

    assert (Place.objects.count(), PlaceWindow.objects.count()) == (0, 0)


def test_a_longitude_without_its_minus_is_named() -> None:
    with pytest.raises(LongitudeWithoutMinus) as refusal:
        save_place(
            organization=make_buyer(), facts=facts(longitude=73.6), windows=[MORNING]
        )

    assert refusal.value.data["field"] == "longitude"


def test_a_name_is_taken_once_in_an_organization() -> None:
    place = make_place(make_buyer(), name="Quai")

    with pytest.raises(NameTaken):
        save_place(organization=place.organization, facts=facts("Quai"), windows=[])

    assert Place.objects.count() == 1


@pytest.mark.parametrize(("start_s", "end_s"), [(10, 10), (20, 10), (0, 86_401)])
def test_hours_end_after_they_begin(start_s: int, end_s: int) -> None:
    with pytest.raises(WindowOutOfOrder):
        Window(start_s=start_s, end_s=end_s)


def test_a_dock_keeps_what_is_said_of_it() -> None:
    dock = DockFacts(num_docks=3, dwell_limit_s=7_200, transfer_duration_s=600)
    place = save_place(organization=make_buyer(), facts=facts(), windows=[], dock=dock)

    save_place(organization=place.organization, facts=facts(), windows=[], place=place)

    kept = Place.objects.get(pk=place.pk)
    assert (kept.num_docks, kept.dwell_limit_s, kept.transfer_duration_s) == (
        3,
        7_200,
        600,
    )


@pytest.mark.parametrize(("num_docks", "dwell_limit_s"), [(0, 600), (1, 599)])
def test_a_dock_that_cannot_work_is_refused(num_docks: int, dwell_limit_s: int) -> None:
    with pytest.raises(DockCannotWork):
        DockFacts(
            num_docks=num_docks, dwell_limit_s=dwell_limit_s, transfer_duration_s=600
        )
