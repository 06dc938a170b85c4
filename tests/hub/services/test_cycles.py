"""Cycles are prepared, corrected and opened."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hub.core.errors import (
    CycleNotDraft,
    CycleNotEditable,
    CycleOutOfOrder,
    CyclePast,
    CycleWeekFixed,
    HubWithoutDock,
    NameTaken,
)
from hub.models import Cycle
from hub.services import cycles
from hub.services.cycles import CycleFacts
from tests.factories.hub import make_cycle, make_hub, make_place

pytestmark = pytest.mark.django_db
MONTREAL = ZoneInfo("America/Toronto")
OPENS = datetime(2026, 6, 12, 8, tzinfo=MONTREAL)
CLOSES = datetime(2026, 6, 16, 18, tzinfo=MONTREAL)
MEANWHILE = datetime(2026, 6, 14, 12, tzinfo=MONTREAL)
FACTS = CycleFacts(
    name="Semaine 25", opens_at=OPENS, closes_at=CLOSES, service_on=date(2026, 6, 18)
)


def draft() -> Cycle:
    return cycles.create_cycle(hub=make_hub(), facts=FACTS)


def test_a_new_cycle_is_a_draft() -> None:
    kept = Cycle.objects.get(pk=draft().pk)

    assert (kept.status, kept.revision, kept.opens_at, kept.closes_at) == (
        "draft",
        0,
        OPENS,
        CLOSES,
    )


def test_a_name_is_taken_once_in_a_hub() -> None:
    cycle = draft()

    with pytest.raises(NameTaken):
        cycles.create_cycle(hub=cycle.hub, facts=FACTS)

    assert Cycle.objects.count() == 1


@pytest.mark.parametrize(
    ("closes_at", "service_on"),
    [(OPENS, date(2026, 6, 18)), (CLOSES, date(2026, 6, 15))],
)
def test_a_cycle_opens_then_closes_then_is_delivered(
    closes_at: datetime, service_on: date
) -> None:
    with pytest.raises(CycleOutOfOrder):
        CycleFacts(
            name="Non", opens_at=OPENS, closes_at=closes_at, service_on=service_on
        )


def test_a_correction_raises_the_revision() -> None:
    cycle = draft()
    later = CycleFacts(
        name="Semaine 25",
        opens_at=OPENS,
        closes_at=CLOSES,
        service_on=date(2026, 6, 19),
    )

    cycles.edit_cycle(cycle_id=cycle.pk, facts=later)

    cycle.refresh_from_db()
    assert (cycle.revision, cycle.service_on) == (1, date(2026, 6, 19))


@pytest.mark.parametrize("status", ["closing", "closed", "cancelled"])
def test_a_cycle_that_takes_no_orders_keeps_its_dates(status: str) -> None:
    cycle = make_cycle(make_hub(), status=status)

    with pytest.raises(CycleNotEditable):
        cycles.edit_cycle(cycle_id=cycle.pk, facts=FACTS)

    kept = Cycle.objects.get(pk=cycle.pk)
    assert (kept.name, kept.revision) == (cycle.name, cycle.revision)


def facts_on(service_on: date) -> CycleFacts:
    """A correction that changes the delivery day."""
    return CycleFacts(
        name="Semaine 25", opens_at=OPENS, closes_at=CLOSES, service_on=service_on
    )


def test_an_open_cycle_moves_within_its_week() -> None:
    cycle = make_cycle(make_hub(), service_on=date(2026, 6, 18))

    cycles.edit_cycle(cycle_id=cycle.pk, facts=facts_on(date(2026, 6, 20)))

    assert Cycle.objects.get().service_on == date(2026, 6, 20)


def test_an_open_cycle_keeps_the_week_whose_stock_is_promised() -> None:
    cycle = make_cycle(make_hub(), service_on=date(2026, 6, 18))

    with pytest.raises(CycleWeekFixed):
        cycles.edit_cycle(cycle_id=cycle.pk, facts=facts_on(date(2026, 6, 25)))

    assert Cycle.objects.get().service_on == date(2026, 6, 18)


def test_opening_by_hand_lets_buyers_order_at_once() -> None:
    cycle = draft()
    early = OPENS - timedelta(days=1)

    cycles.open_cycle(cycle_id=cycle.pk, now=early)

    cycle.refresh_from_db()
    assert (cycle.status, cycle.opens_at, cycle.revision) == ("open", early, 1)


def test_opening_twice_changes_nothing() -> None:
    cycle = draft()
    for _ in range(2):
        cycles.open_cycle(cycle_id=cycle.pk, now=MEANWHILE)

    cycle.refresh_from_db()
    assert (cycle.status, cycle.revision) == ("open", 1)


def test_a_cycle_does_not_open_after_its_closing_hour() -> None:
    cycle = draft()

    with pytest.raises(CyclePast):
        cycles.open_cycle(cycle_id=cycle.pk, now=CLOSES)

    assert Cycle.objects.get(pk=cycle.pk).status == "draft"


def test_a_closed_cycle_does_not_open_again() -> None:
    cycle = make_cycle(make_hub(), status="closed")

    with pytest.raises(CycleNotDraft):
        cycles.open_cycle(cycle_id=cycle.pk, now=MEANWHILE)

    assert Cycle.objects.get(pk=cycle.pk).status == "closed"


@pytest.mark.parametrize(
    ("now", "num_opened", "status"),
    [
        (OPENS - timedelta(seconds=1), 0, "draft"),
        (OPENS, 1, "open"),
        (CLOSES, 0, "draft"),
    ],
)
def test_the_clock_opens_a_draft_between_its_hours(
    now: datetime, num_opened: int, status: str
) -> None:
    cycle = draft()

    opened = cycles.open_due_cycles(now=now)

    cycle.refresh_from_db()
    assert (opened, cycle.status) == (num_opened, status)


def test_the_clock_opens_a_cycle_once() -> None:
    cycle = draft()
    cycles.open_due_cycles(now=OPENS)

    assert cycles.open_due_cycles(now=MEANWHILE) == 0
    assert Cycle.objects.get(pk=cycle.pk).revision == 1


def test_a_draft_given_up_frees_its_name() -> None:
    cycle = draft()

    cycles.cancel_draft(cycle_id=cycle.pk)

    twin = cycles.create_cycle(hub=cycle.hub, facts=FACTS)
    cycle.refresh_from_db()
    assert (cycle.status, twin.status) == ("cancelled", "draft")


def test_an_open_cycle_is_not_given_up_here() -> None:
    cycle = make_cycle(make_hub(), status="open")

    with pytest.raises(CycleNotDraft):
        cycles.cancel_draft(cycle_id=cycle.pk)

    assert Cycle.objects.get(pk=cycle.pk).status == "open"


def test_a_copy_keeps_the_hours_of_the_wall_through_a_change_of_clocks() -> None:
    """Clocks go back on 1 November 2026: a week later is 169 hours later."""
    cycle = Cycle(
        opens_at=datetime(2026, 10, 26, 8, tzinfo=MONTREAL),
        closes_at=datetime(2026, 10, 28, 18, tzinfo=MONTREAL),
        service_on=date(2026, 10, 30),
    )

    copied = cycles.one_week_later(cycle, name="Copie")

    assert copied == CycleFacts(
        name="Copie",
        opens_at=datetime(2026, 11, 2, 8, tzinfo=MONTREAL),
        closes_at=datetime(2026, 11, 4, 18, tzinfo=MONTREAL),
        service_on=date(2026, 11, 6),
    )


def through_the_hub() -> CycleFacts:
    return replace(FACTS, flow="cross_dock")


def test_goods_may_pass_through_a_hub_with_a_dock() -> None:
    hub = make_hub()
    make_place(hub, kind="hub")

    cycle = cycles.create_cycle(hub=hub, facts=through_the_hub())

    assert Cycle.objects.get(pk=cycle.pk).flow == "cross_dock"


def test_goods_may_not_pass_through_a_hub_without_a_dock() -> None:
    with pytest.raises(HubWithoutDock):
        cycles.create_cycle(hub=make_hub(), facts=through_the_hub())

    assert Cycle.objects.count() == 0


def test_the_way_of_the_goods_changes_while_orders_come_in() -> None:
    hub = make_hub()
    make_place(hub, kind="hub")
    cycle = make_cycle(hub, service_on=FACTS.service_on)

    cycles.edit_cycle(cycle_id=cycle.pk, facts=through_the_hub())

    cycle.refresh_from_db()
    assert (cycle.flow, cycle.revision) == ("cross_dock", 1)


def test_a_copied_cycle_keeps_the_way_of_its_goods() -> None:
    hub = make_hub()
    make_place(hub, kind="hub")
    cycle = cycles.create_cycle(hub=hub, facts=through_the_hub())

    assert cycles.one_week_later(cycle, name="Copie").flow == "cross_dock"
