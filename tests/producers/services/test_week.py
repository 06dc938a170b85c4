"""A farm's week: cells that come twice, whole forms, last week again, nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from hub.models import Organization, Person
from producers import selectors, services
from producers.core.errors import (
    AlreadyPromised,
    QuantityTooLarge,
    SomethingPosted,
    WeekIsPast,
    WeekRefused,
)
from producers.core.grid import Cell
from producers.models import Availability, EmptyWeek, GridPage, Offer
from tests.factories.hub import MONDAY, make_farm, make_hub, make_producer
from tests.factories.producers import (
    make_availability,
    make_offer,
    make_pooled_offer,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 10, 15, tzinfo=UTC)
LAST_WEEK = MONDAY - timedelta(days=7)


def farm_with(num_offers: int) -> tuple[Organization, Person, list[Offer]]:
    farm = make_farm(hub=make_hub())
    offers = [make_offer(farm, price_cents=1_000) for _ in range(num_offers)]
    return farm, make_producer(farm), offers


def save(offer: Offer, by: Person, change: int, key: str, quantity: int | None) -> None:
    services.save_cell(
        offer=offer,
        week_on=MONDAY,
        cell=Cell(quantity=quantity),
        page_key=key,
        change=change,
        by=by,
        now=NOW,
    )


def quantities() -> list[int]:
    rows = Availability.objects.filter(week_on=MONDAY).order_by("offer")
    return list(rows.values_list("quantity", flat=True))


def test_a_change_sent_again_has_its_effect_once() -> None:
    _farm, person, [offer] = farm_with(1)
    key = str(uuid4())
    save(offer, person, 1, key, 10)
    moment = Availability.objects.get().updated_at

    save(offer, person, 2, key, 25)
    save(offer, person, 1, key, 10)
    save(offer, person, 2, key, 25)

    assert (quantities(), moment) == ([25], NOW)


def test_a_blank_that_comes_late_does_not_undo_a_later_figure() -> None:
    _farm, person, [offer] = farm_with(1)
    key = str(uuid4())

    save(offer, person, 2, key, 25)
    save(offer, person, 1, key, None)

    assert quantities() == [25]


def test_two_pages_number_their_changes_apart() -> None:
    _farm, person, [offer] = farm_with(1)

    save(offer, person, 9, str(uuid4()), 25)
    save(offer, person, 1, str(uuid4()), 30)

    assert quantities() == [30]


def test_a_refused_change_can_be_sent_again_under_its_number() -> None:
    _farm, person, [offer] = farm_with(1)
    key = str(uuid4())

    with pytest.raises(QuantityTooLarge):
        save(offer, person, 1, key, 200_000)
    save(offer, person, 1, key, 20)

    assert quantities() == [20]


def test_pages_of_past_days_are_forgotten() -> None:
    _farm, person, [offer] = farm_with(1)
    GridPage.objects.create(
        person=person, key="old", changed_at=NOW - timedelta(days=3)
    )

    save(offer, person, 1, "new", 20)

    assert list(GridPage.objects.values_list("key", flat=True)) == ["new"]


def test_a_form_saves_every_row_that_changed() -> None:
    _farm, person, [one, two, three] = farm_with(3)
    make_availability(three, quantity=7)

    num_changed = services.post_week(
        week_on=MONDAY,
        cells=[
            (one, Cell(quantity=5)),
            (two, Cell(quantity=None)),
            (three, Cell(quantity=7, price_cents=1_000)),
        ],
        by=person,
        now=NOW,
    )

    assert (num_changed, quantities()) == (1, [5, 7])


def test_a_form_with_wrong_rows_saves_none_and_names_each() -> None:
    _farm, person, [one, two, three] = farm_with(3)
    make_availability(three, quantity=9, reserved=4)

    with pytest.raises(WeekRefused) as refusal:
        services.post_week(
            week_on=MONDAY,
            cells=[
                (one, Cell(quantity=5)),
                (two, Cell(quantity=200_000)),
                (three, Cell(quantity=None)),
            ],
            by=person,
            now=NOW,
        )

    rows = refusal.value.data["rows"]
    assert {pk: type(error) for pk, error in rows.items()} == {
        two.pk: QuantityTooLarge,
        three.pk: AlreadyPromised,
    }
    assert quantities() == [9]


def test_last_week_fills_blanks_alone_and_leaves_lots_behind() -> None:
    farm, person, [one, two, three] = farm_with(3)
    make_availability(one, quantity=11, week_on=LAST_WEEK, price_cents=900, lot="OLD")
    make_availability(two, quantity=12, week_on=LAST_WEEK)
    make_availability(two, quantity=0)
    hub = farm.hub
    assert hub is not None

    num_filled = services.copy_last_week(
        producer=farm, hub=hub, week_on=MONDAY, by=person, now=NOW
    )

    copied = Availability.objects.get(offer=one, week_on=MONDAY)
    assert (num_filled, quantities()) == (1, [11, 0])
    assert (copied.price_cents, copied.lot) == (900, "")
    assert not Availability.objects.filter(offer=three).exists()


def test_last_week_is_the_last_week_posted() -> None:
    farm, person, [offer] = farm_with(1)
    make_availability(offer, quantity=11, week_on=MONDAY - timedelta(days=21))
    hub = farm.hub
    assert hub is not None

    services.copy_last_week(producer=farm, hub=hub, week_on=MONDAY, by=person, now=NOW)

    assert quantities() == [11]


def test_a_pooled_row_is_copied_at_the_price_of_the_pool_today() -> None:
    farm, person, _offers = farm_with(0)
    hub = farm.hub
    assert hub is not None
    pool = make_pooled_offer(hub, price_cents=2_000)
    offer = make_offer(farm, hub=hub, pooled_offer=pool)
    make_availability(offer, quantity=4, week_on=LAST_WEEK, price_cents=1_500)

    services.copy_last_week(producer=farm, hub=hub, week_on=MONDAY, by=person, now=NOW)

    assert Availability.objects.get(week_on=MONDAY).price_cents == 2_000


def test_nothing_this_week_is_said_once_and_never_beside_a_figure() -> None:
    farm, person, [offer] = farm_with(1)
    hub = farm.hub
    assert hub is not None
    told: dict[str, Any] = {
        "producer": farm,
        "hub": hub,
        "week_on": MONDAY,
        "by": person,
        "now": NOW,
    }

    for _ in range(2):
        services.nothing_this_week(**told)
    said = selectors.has_said_nothing(farm, hub, MONDAY)
    make_availability(offer, quantity=1)

    assert (said, EmptyWeek.objects.count()) == (True, 1)
    with pytest.raises(SomethingPosted):
        services.nothing_this_week(**told)


def test_a_past_week_cannot_be_filled_from_an_older_one() -> None:
    farm, person, [offer] = farm_with(1)
    make_availability(offer, week_on=MONDAY - timedelta(days=28))
    hub = farm.hub
    assert hub is not None
    past_on = MONDAY - timedelta(days=14)

    with pytest.raises(WeekIsPast):
        services.copy_last_week(
            producer=farm, hub=hub, week_on=past_on, by=person, now=NOW
        )

    assert Availability.objects.filter(week_on=past_on).count() == 0
