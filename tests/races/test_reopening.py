"""Going back beside what goes on: dispatch, taps, and somebody who goes back too."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from hub.models import Cycle
from orders import services as order_services
from orders.models import CycleReopening, Invoice, OrderLine
from routing import selectors, services
from routing.models import DaySettlement, FleetPool, Plan, PlanWithdrawal, StopTap
from routing.services import reopening
from tests.factories.driving import FARM, Drive, make_drive
from tests.factories.routing import PlanDay, give_papers, make_day, make_plan
from tests.factories.settled import DrivenDay, bring_all, make_driven_day, settle
from tests.factories.week import NOW, make_stock, make_week, order
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

BACK = services.WayBack(reason="Verglas.", by=None, now=NOW)


@pytest.fixture
def day() -> PlanDay:
    return make_day()


def reopener(day: PlanDay, key: str = "again") -> Callable[[], bool]:
    ask = order_services.Reopening(
        closes_at=NOW + timedelta(hours=8), reason="Oubli.", by=None, now=NOW
    )
    return lambda: bool(services.reopen_cycle(cycle=day.week.cycle, ask=ask, key=key))


def published(day: PlanDay) -> Plan:
    plan = make_plan(day)
    give_papers(plan)
    return services.publish_plan(plan=plan, by=None, now=NOW)


def dispatcher(plan: Plan) -> Callable[[], bool]:
    return lambda: bool(services.dispatch_plan(plan=plan, by=None, now=NOW))


def test_a_cycle_reopened_by_two_people_at_once_is_reopened_once(day):
    answers = all_at_once([reopener(day, f"again-{n}") for n in range(3)])

    assert sorted(map(str, answers)) == ["True", "cycle_not_closed", "cycle_not_closed"]
    assert CycleReopening.objects.count() == 1


@pytest.mark.parametrize(
    ("keys", "answers"),
    [(("one", "same"), ["CycleReopening", "cycle_not_closed"]), (("same",) * 2, None)],
)
def test_a_cycle_that_no_pool_carries_is_reopened_once_too(keys, answers):
    week = make_week()
    order(week, {make_stock(week).offer.public_id: 5})
    order_services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    week.cycle.refresh_from_db()
    ask = order_services.Reopening(
        closes_at=NOW + timedelta(hours=8), reason="Oubli.", by=None, now=NOW
    )

    def reopen(key: str) -> str:
        found = services.reopen_cycle(cycle=week.cycle, ask=ask, key=key)
        return type(found).__name__

    found = all_at_once([partial(reopen, key) for key in keys])

    assert sorted(map(str, found)) == (answers or ["CycleReopening"] * 2)
    assert CycleReopening.objects.count() == 1


def test_goods_leave_or_their_cycle_is_open_again_never_both(day):
    plan = published(day)

    went, opened = all_at_once([dispatcher(plan), reopener(day)])

    status = Cycle.objects.get().status
    assert (went, opened, status) in [
        (True, "cycle_has_dispatched_route", "closed"),
        ("cycle_left_the_day", True, "open"),
    ]


def test_without_the_locks_goods_leave_from_an_open_cycle(
    day, monkeypatch: pytest.MonkeyPatch
):
    """The negative control: it is pool and plan, held, that keep them apart."""
    plan = published(day)
    has_left = threading.Event()

    def look_without_holding(_cycle: Cycle) -> list[int]:
        assert has_left.wait(timeout=30)
        return []

    def dispatch() -> bool:
        done = bool(services.dispatch_plan(plan=plan, by=None, now=NOW))
        has_left.set()
        return done

    monkeypatch.setattr(selectors, "pools_carrying", look_without_holding)
    monkeypatch.setattr(selectors, "plans_carrying", lambda _cycle: Plan.objects.none())
    answers = all_at_once([dispatch, reopener(day)])

    assert (answers, Cycle.objects.get().status) == ([True, True], "open")
    assert FleetPool.objects.count() == 1


def caller_back(drive: Drive) -> Callable[[], bool]:
    return lambda: bool(
        services.withdraw_plan(plan=drive.route.plan, ask=BACK, key="back")
    )


def test_a_truck_is_called_back_before_its_first_tap_or_not_at_all():
    drive = make_drive()

    back, told = all_at_once(
        [caller_back(drive), lambda: drive.send([drive.tap("arrived", FARM)])[0].status]
    )

    assert (back, told, PlanWithdrawal.objects.count()) in [
        (True, "late", 1),
        ("plan_begun", "applied", 0),
    ]
    assert StopTap.objects.get().status == told


def test_without_the_plan_held_a_truck_that_began_is_called_back(
    monkeypatch: pytest.MonkeyPatch,
):
    """The negative control: the look comes before the tap, the writing after it."""
    drive = make_drive()
    looked, tapped = threading.Event(), threading.Event()
    withdraw = reopening.withdraw_plan.__wrapped__  # type: ignore[attr-defined] # kept by functools.wraps

    def look(plan: Plan) -> None:
        looked.set()
        assert tapped.wait(timeout=30)

    def back() -> bool:
        # Outside a transaction no lock is held from one step to the next.
        monkeypatch.setattr(
            "django.db.models.query.QuerySet.select_for_update",
            lambda rows, **_how: rows,
        )
        return bool(withdraw(plan=drive.route.plan, ask=BACK, key="back"))

    def tap() -> str:
        assert looked.wait(timeout=30)
        (answer,) = drive.send([drive.tap("arrived", FARM)])
        tapped.set()
        return str(answer.status)

    monkeypatch.setattr(reopening, "require_withdrawable", look)

    assert all_at_once([back, tap]) == [True, "applied"]


@pytest.fixture
def settled() -> DrivenDay:
    driven = make_driven_day(wants={"a": (4, 0)})
    bring_all(driven)
    settle(driven)
    return driven


def day_reopener(driven: DrivenDay, key: str) -> Callable[[], bool]:
    return lambda: bool(
        services.reopen_day(
            pool=driven.pool, service_on=driven.service_on, ask=BACK, key=key
        )
    )


def test_a_day_reopened_by_two_people_at_once_is_taken_back_once(settled):
    answers = all_at_once([day_reopener(settled, f"again-{n}") for n in range(2)])

    assert sorted(map(str, answers)) == ["True", "day_not_settled"]
    assert statements.balance_cents(f"carrier:{settled.carrier.public_id}") == 0
    assert audit().is_clean


def test_without_the_pool_held_both_say_that_they_reopened_it(
    settled, monkeypatch: pytest.MonkeyPatch
):
    """The negative control: both look before either writes; the last reason stays."""
    have_looked = threading.Barrier(2)
    look = selectors.settlement_of

    def looked(pool: FleetPool, service_on: date) -> DaySettlement | None:
        found = look(pool, service_on)
        have_looked.wait(timeout=30)
        return found

    monkeypatch.setattr(
        "django.db.models.query.QuerySet.select_for_update", lambda rows, **_how: rows
    )
    monkeypatch.setattr(selectors, "settlement_of", looked)

    answers = all_at_once([day_reopener(settled, f"again-{n}") for n in range(2)])

    assert answers == [True, True]


def test_a_day_reopened_beside_a_correction_loses_neither(settled):
    line = OrderLine.objects.get()

    def correct() -> bool:
        return bool(
            order_services.correct_invoice(
                invoice=Invoice.objects.get(),
                quantities={line.pk: 2},
                reason="gelées",
                by=None,
                now=NOW,
                key="frozen",
            )
        )

    answers = all_at_once([day_reopener(settled, "again"), correct])
    again = settle(settled)

    part = again.hubs.get()
    hub = settled.hub.public_id
    assert answers == [True, True]
    assert part.credited_cents == 200
    assert statements.balance_cents(f"hub:{hub}:transport") == part.left_cents
    assert audit().is_clean
